"""The words of a web page as a reader sees them: all of them, since a quotation may stand in a box or a note.

Extractors of "the article" leave out what they take for ornament, and so parts of the evidence; here only scripts,
styles and raised numbers of notes are left out.
"""

from html.parser import HTMLParser
from typing import Final

_HIDDEN: Final = frozenset({"script", "style", "noscript", "template", "svg", "head", "select"})
_INLINE: Final = (
    "a abbr acronym b bdi bdo big cite code del dfn em font i img ins kbd label mark q rp rt ruby s samp small "
    "span strike strong sub sup time tt u var wbr"
)
"""Elements that do not part words; all others do."""
_NOTE: Final = "sup"
_BODY: Final = "body"


def page_text(page: str) -> str:
    """Give the text of an HTML page, a line for each block."""
    reader = _Reader()
    reader.feed(page)
    reader.close()
    return "".join(reader.pieces)


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.pieces: list[str] = []
        self._inline = frozenset(_INLINE.split())
        self._hidden: list[str] = []
        self._note: list[str] | None = None

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == _BODY:
            self._hidden.clear()  # the end of a head may be left out
        if tag in _HIDDEN:
            self._hidden.append(tag)
        elif tag == _NOTE:
            self._end_note()
            self._note = []
        elif tag not in self._inline:
            self._end_block()

    def handle_endtag(self, tag: str) -> None:
        if tag in self._hidden:
            del self._hidden[self._hidden.index(tag) :]
        elif tag == _NOTE:
            self._end_note()
        elif tag not in self._inline:
            self._end_block()

    def handle_data(self, data: str) -> None:
        if not self._hidden:
            # Lines of the file are no lines of the page.
            (self.pieces if self._note is None else self._note).append(data.replace("\n", " "))

    def close(self) -> None:
        super().close()
        self._end_note()

    def _end_block(self) -> None:
        self._end_note()
        self.pieces.append("\n")

    def _end_note(self) -> None:
        """Take what is raised for words, unless it is the number of a note."""
        raised = "".join(self._note or ())
        if not raised.strip(" []()*,").isdigit():
            self.pieces.append(raised)
        self._note = None

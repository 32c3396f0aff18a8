"""Picking passages from an article's text, of which nothing is kept but where they stand and at most twelve words.

Positions count characters from 0 in the text as `folded` writes it; the SHA-256 of that tells texts apart.
"""

import re
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from typing import Any, Final

from perspectives.rules.documents.fields import MAX_FRAGMENT_WORDS, word_count
from perspectives.rules.documents.problems import Problem, written
from perspectives.rules.publication.canonical_json import sha256

LONGEST_TEXT: Final = 400_000
"""The most characters of a text; few chapters of books have as many."""
SELECTOR_NOTE: Final = (
    "start and end count characters from 0 (end not included) in the text of the article, with white space folded to "
    "single spaces, none at either end, invisible characters left out, and curly quotation marks made straight. quote "
    "is a fragment of the passage in the same form; text_sha256 is the SHA-256 of the whole text in that form."
)
"""What a guide that is begun at the desk says of its positions."""

_STRAIGHT: Final = str.maketrans(
    dict.fromkeys("\u2018\u2019\u201a\u201b\u2032", "'") | dict.fromkeys("\u201c\u201d\u201e\u201f\u2033", '"')
)
_SPACE: Final = re.compile(r"\s+")
_SHOWN: Final = 60


class PickError(ValueError):
    """Why nothing was picked, in a sentence for the editor; `field` names what is to be mended."""

    def __init__(self, field: str, sentence: str) -> None:
        super().__init__(sentence)
        self.field, self.sentence = field, sentence


@dataclass(frozen=True)
class Picked:
    """Where a passage stands, the fragment that is kept of it, and the SHA-256 of the text that it is from."""

    start: int
    end: int
    quote: str
    text_sha256: str


def picked(text: str, passages: Iterable[Mapping[str, Any]]) -> tuple[list[dict[str, Any]], list[Problem]]:
    """Pick passages, each with its words in `passage`, those to show in `words`, and what else is said of it.

    Gives them with position, fragment and the text's SHA-256 instead, and every problem, at `text` or at
    `passages[0].words`. They may be used only if there is no problem.
    """
    found: list[dict[str, Any]] = []
    problems: list[Problem] = []
    try:
        whole = ArticleText(text)
    except PickError as error:
        return [], [Problem("", 0, error.field, error.sentence)]
    for place, given in enumerate(passages):
        said = {name: value for name, value in given.items() if name not in {"passage", "words"}}
        wanted = (str(given.get(name) or "") for name in ("passage", "words", "paraphrase"))
        try:
            found.append({**said, **asdict(whole.pick(*wanted))})
        except PickError as error:
            problems.append(Problem("", 0, written(("passages", place, error.field)), error.sentence))
    return found, problems


def folded(text: str) -> str:
    """Write a text as positions count in it, however it was copied from a page."""
    seen = "".join(one for one in text if one.isspace() or not unicodedata.category(one).startswith("C"))
    return _SPACE.sub(" ", unicodedata.normalize("NFC", seen).translate(_STRAIGHT)).strip()


class ArticleText:
    """The text of an article while passages are picked from it."""

    def __init__(self, text: str) -> None:
        """Take the text as it was pasted. Raises PickError where it is empty or too long."""
        self.text = folded(text)
        if not self.text:
            raise PickError("text", "Paste the text of the article here; it is not kept.")
        if len(self.text) > LONGEST_TEXT:
            raise PickError("text", f"The text has {len(self.text):,} characters; paste {LONGEST_TEXT:,} at most.")
        self.sha256 = sha256(self.text.encode())
        self._small = self.text.lower()

    def pick(self, passage: str, words: str = "", paraphrase: str = "") -> Picked:
        """Find a passage in the text, and keep `words` of it, or all of it where it is short enough.

        Raises PickError where it is not in the text or more than once, where more than twelve words would be kept, and
        where the paraphrase repeats more than those.
        """
        sought, chosen = folded(passage), folded(words)
        start = self._place(sought)
        _require_fragment(sought, chosen)
        if repeated := self._repeated(folded(paraphrase)):
            raise PickError(
                "paraphrase",
                f"“{_short(repeated)}” repeats more than {MAX_FRAGMENT_WORDS} words of the article in a row; say it in "
                "words of your own.",
            )
        return Picked(start, start + len(sought), chosen or sought, self.sha256)

    def _place(self, sought: str) -> int:
        if not sought:
            raise PickError("passage", "Copy the passage from the text into this field.")
        count = self.text.count(sought)
        if count > 1:
            raise PickError(
                "passage",
                f"“{_short(sought)}” stands {count} times in the text; copy more of what is around it, and choose the "
                "words to show below.",
            )
        if not count:
            near = self._small.find(sought.lower())
            written = _short(self.text[near : near + len(sought)])
            raise PickError(
                "passage",
                f"“{_short(sought)}” is not in the text that you pasted; "
                + (f"it is written “{written}” there." if near >= 0 else "copy it from there, word by word."),
            )
        return self.text.index(sought)

    def _repeated(self, paraphrase: str) -> str:
        """Give the first words of a paraphrase that the text has too, more in a row than may be kept."""
        words = paraphrase.lower().split()
        size = MAX_FRAGMENT_WORDS + 1
        runs = (" ".join(words[at : at + size]) for at in range(len(words) - size + 1))
        return next((run for run in runs if run in self._small), "")


def _require_fragment(passage: str, chosen: str) -> None:
    count = word_count(chosen or passage)
    if chosen not in passage:
        raise PickError("words", f"“{_short(chosen)}” is not in the passage; copy the words from there.")
    if count > MAX_FRAGMENT_WORDS:
        what = "These are" if chosen else "The passage has"
        raise PickError(
            "words",
            f"{what} {count} words, and at most {MAX_FRAGMENT_WORDS} of the article's own are shown; choose those that "
            "tell most.",
        )


def _short(text: str) -> str:
    return text if len(text) <= _SHOWN else f"{text[:_SHOWN]}…"

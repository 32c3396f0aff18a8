"""Entries as others read them: BibTeX by bibtexparser and pylatexenc, RIS line by line as its specification says.

Nothing of ours is called here, so that what our readers overlook is found.
"""

import html
import re
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from bibtexparser.entrypoint import parse_string
from bibtexparser.model import Entry, String
from django.conf.locale import LANG_INFO
from pylatexenc.latex2text import LatexNodes2Text

Field = tuple[str, str]
"""The name of a field in small letters (of a tag in capital ones), and its value as plain text."""

_TEXT = LatexNodes2Text(math_mode="verbatim", strict_latex_spaces=False)
_NOT_TEX = {"url", "doi", "file", "eprint", "urn"}
_BARE_MARK = re.compile(r"(?<!\\)[%&]")
_PART = re.compile(r'"(?:[^"{}]|\{(?:[^{}]|\{(?:[^{}]|\{[^{}]*\})*\})*\})*"|\{.*\}(?=\s*(?:#|\Z))|[^#"{}]+', re.DOTALL)
_MARKUP = re.compile(r"</?(?:p|i|b|em|strong|su[bp]|span|scp|sc|title|jats:\w+)(?:\s[^<>]*)?>", re.IGNORECASE)
_RESOLVER = re.compile(r"\A\s*(?:https?://)?(?:dx\.|www\.)?doi\.org/|\A\s*doi:?\s*", re.IGNORECASE)
_ISBN = re.compile(r"(?:97[89][- ]?)?\d(?:[- ]?\d){8}[- ]?[\dXx]")
_ISBN_LABEL = re.compile(r"\AISBN(?:-1[03])?\b", re.IGNORECASE)
_COMMAND = re.compile(r"\\[A-Za-z]+")
_ABOUT = {"c", "ca", "circa", "approx", "about", "um"}
_SIGNS = {"less": "<", "greater": ">", "slash": "/"}
_SIGN = re.compile(r"\$\\(less|greater|slash)\$")
_KEY = re.compile(r"\A(@\s*\w+\s*[{(])[^=]*?,(?=\s*,?\s*[\w:+-]+\s*=)")
_NO_COMMA = re.compile(r"\}(\s*\n\s*\w+\s*=\s*\{)")
"""Where a comma is missing between two lines, which bibtexparser takes for one field."""
_TAG = re.compile(r"\ufeff?\s*([A-Z][A-Z0-9]) {1,2}- ?(.*)")
_LINE_ENDS = re.compile(r"\r\n|\n|\r")
_WORD = re.compile(r"[^\W_]+")
_LETTERS = str.maketrans(
    {"ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "æ": "ae", "œ": "oe", "\N{LATIN SMALL LETTER DOTLESS I}": "i"}
)
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_SHORT = 3
_CODES = {
    "de": ("ger", "deu", "ngerman"), "en": ("eng",), "en-us": ("american", "usenglish"), "es": ("spa",),
    "en-gb": ("british", "ukenglish"), "fr": ("fre", "fra", "francais"), "is": ("isl", "ice"), "it": ("ita",),
    "la": ("lat", "latin"), "nl": ("dut", "nld"), "pt": ("por",), "ru": ("rus",), "zh": ("chi", "zho", "chinese"),
}  # fmt: skip
"""What ISO 639-2 and LaTeX's babel call languages, by their tags in small letters."""
_KINDS = re.compile(
    r"(?:phd|ma|cand)thesis|(?:tech|res)report|software|datacd|audiocd|pat(?:ent|req)(?:de|eu|fr|uk|us)?"
)
"""Names of BibLaTeX for kinds of works, for which a record has words of a language."""
_ORDINALS = ("st", "nd", "rd", "th")
_SORTED_AS = re.compile(r"\\noopsort\s*\{[^{}]*\}")
"""What BibTeX sorts by and never prints."""
_LANGUAGES = {"language", "langid", "hyphenation", "LA"}
_DATES = {"date", "year", "month", "day", "urldate", "origdate", "PY", "Y1", "Y2", "DA"}
_PEOPLE = {"author", "editor", "translator", "bookauthor"}
_BETWEEN_NAMES = {"and", "family", "given", "prefix", "suffix"}
_VARIABLES = {
    **dict.fromkeys(("date", "year", "month", "day", "PY", "Y1", "DA"), ("issued",)),
    **dict.fromkeys(("urldate", "Y2"), ("accessed",)),
    "origdate": ("original-date",),
    **dict.fromkeys(("AU", "A1"), ("author",)),
    **dict.fromkeys(("ED", "A2"), ("editor",)),
    "A4": ("translator",),
    "LA": ("language",),
    "langid": ("language",),
    "hyphenation": ("language",),
    "DO": ("DOI",),
    "UR": ("URL",),
    "SN": ("ISBN",),
}
"""Fields and the variables of CSL under whose names sentences tell of them."""


def bibtex(raw: str, definitions: str) -> list[Field] | None:
    """Read an entry of BibTeX; None where bibtexparser cannot. Its key is not its own affair, but ours and theirs."""
    keyed = _NO_COMMA.sub(r"},\1", _KEY.sub(r"\1key,", raw, count=1))
    found = parse_string(f"{definitions}\n{keyed}", parse_stack=[])
    blocks = [getattr(block, "ignore_error_block", None) or block for block in found.blocks]
    entries = [block for block in blocks if isinstance(block, Entry)]
    if not entries:
        return None
    strings = {block.key.lower(): str(block.value) for block in blocks if isinstance(block, String)}
    fields = [(field.key.lower(), _written_out(str(field.value), strings)) for field in entries[-1].fields]
    return [(name, _plain(name, value)) for name, value in fields]


def _written_out(value: str, strings: Mapping[str, str], depth: int = 5) -> str:
    """Join the parts of a value, abbreviations by what they stand for."""
    parts = []
    for part in _PART.findall(value):
        bare = part.strip()
        if bare[:1] in {"{", '"'}:
            parts.append(bare[1:-1])
        else:
            known = strings.get(bare.lower())
            parts.append(_written_out(known, strings, depth - 1) if known and depth else bare)
    return "".join(parts)


def _plain(name: str, value: str) -> str:
    if name in _NOT_TEX:
        return value.replace("\\", "")
    shown = _SORTED_AS.sub("", value.replace(r"\symbol{126}", "~"))
    decoded = html.unescape(_SIGN.sub(lambda match: _SIGNS[match[1]], shown).replace("\\&", "&"))
    try:
        return str(_TEXT.latex_to_text(_BARE_MARK.sub(r"\\\g<0>", decoded)))
    except IndexError:  # of a command without its arguments
        return _COMMAND.sub(" ", decoded)


def ris(raw: str) -> list[Field]:
    """Read an entry of RIS, without its type and its end; a line without a tag goes on with the one before."""
    found: list[Field] = []
    for line in _LINE_ENDS.split(raw):
        if match := _TAG.fullmatch(line):
            found.append((match[1], match[2]))
        elif line.strip() and found:
            found[-1] = (found[-1][0], f"{found[-1][1]} {line.strip()}")
    return [(tag, value) for tag, value in found if tag not in {"TY", "ER"}]


def words(text: str) -> list[str]:
    """Give the words of a text in small letters, without accents."""
    plain = unicodedata.normalize("NFKD", text).casefold().translate(_LETTERS)
    return _WORD.findall("".join(one for one in plain if not unicodedata.combining(one)))


def date_words(text: str) -> list[str]:
    """Give the words of a date, months as numbers."""
    return [str(1 + _MONTHS.index(word[:3])) if word[:3] in _MONTHS else word for word in words(text)]


def language_names(tag: str) -> set[str]:
    """Give what a language is called: its tag, in English, in its own words, by ISO 639-2, by LaTeX's babel."""
    tag = tag.lower()
    code = tag.partition("-")[0]
    known = LANG_INFO.get(tag) or LANG_INFO.get(code, {})
    names = (tag, code, known.get("name", ""), known.get("name_local", ""), *_CODES.get(tag, ()), *_CODES.get(code, ()))
    return {"".join(words(str(name))) for name in names}


class Held:
    """What there is of an entry: a record, and sentences that tell of what is not in it."""

    def __init__(self, record: Mapping[str, Any], keys: Sequence[str], told: Sequence[str]) -> None:
        """Take all values of a record, the keys of the entry and of those above it, and what is said of it."""
        texts = [*_texts(record), *keys]
        self._words = [word for text in texts for word in words(text)]
        self._is_about = any(text.endswith("~") for text in texts)
        self._tokens = {word.lstrip("0") for word in self._words}
        self._whole = "".join(self._words)
        self._has_genre = "genre" in record
        self._languages = language_names(str(record.get("language", "")))
        self._told = told
        self._said = {word for sentence in told for word in words(sentence)}

    def outcome(self, field: Field) -> str:
        """Say whether a field is kept, told or lost."""
        missing = self.missing(field)
        if not missing:
            return "kept"
        names = (field[0].lower(), *(name.lower() for name in _VARIABLES.get(field[0], ())))
        starts = tuple(start for name in names for start in (f"{name}:", f"{name} ("))
        is_named = any(sentence.lower().startswith(starts) for sentence in self._told)
        return "told" if is_named or self._said.issuperset(missing) else "lost"

    def missing(self, field: Field) -> list[str]:
        """Give the words of a field that the record does not have."""
        name, text = field
        if name in _LANGUAGES and "".join(words(text)) in self._languages:
            return []
        if name == "type" and self._has_genre and _KINDS.fullmatch(text.strip()):
            return []
        if name.upper() in {"DO", "DOI", "UR", "L2", "URL"}:
            text = _RESOLVER.sub("", text)
        if name in {"isbn", "SN"}:
            text = _ISBN.sub(lambda match: "" if self._has_isbn(match[0]) else match[0], text)
            text = _ISBN_LABEL.sub("", text)
        found = date_words(text) if name in _DATES else words(_MARKUP.sub(" ", text))
        if name in _DATES and self._is_about:
            found = [word for word in found if word not in _ABOUT]
        if name in _PEOPLE:
            found = [word for word in found if word not in _BETWEEN_NAMES]
        return [word for word in found if not self._holds(word)]

    def _has_isbn(self, written: str) -> bool:
        """Whether an ISBN of ten or thirteen digits is there, whose last digits differ."""
        return re.sub(r"\W", "", written)[-10:-1] in self._whole

    def _holds(self, word: str) -> bool:
        if word.isdecimal() and any(f"{word}{ending}" in self._tokens for ending in _ORDINALS):
            return True
        return word.lstrip("0") in self._tokens or (len(word) > _SHORT and word in self._whole)


def _texts(value: Any) -> Iterator[str]:
    if isinstance(value, Mapping):
        for inner in value.values():
            yield from _texts(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from _texts(inner)
    else:
        yield str(value)

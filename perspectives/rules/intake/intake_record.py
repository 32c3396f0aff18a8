"""What other programs say of a work (a CSL-JSON item) as a source record of ours, with gaps rather than guesses."""

import html
import re
import unicodedata
from collections.abc import Callable, Collection, Iterator, Mapping
from typing import Any, cast
from urllib.parse import urlsplit

from anyascii import anyascii
from pydantic import TypeAdapter, ValidationError

from perspectives.rules.documents.problems import from_validation, shown
from perspectives.rules.intake import dates
from perspectives.rules.intake.languages import language_tag
from perspectives.rules.sources import identifiers
from perspectives.rules.sources.source_record import Name, SourceRecord
from perspectives.vocab import CslType, PublicationStatus, SourceCategory

Plain = dict[str, Any]

_TYPES = {
    "journal-article": CslType.ARTICLE_JOURNAL,
    "book-chapter": CslType.CHAPTER,
    "monograph": CslType.BOOK,
    "edited-book": CslType.BOOK,
    "reference-book": CslType.BOOK,
    "proceedings-article": CslType.PAPER_CONFERENCE,
    "proceedings": CslType.BOOK,
    "posted-content": CslType.ARTICLE,
    "dissertation": CslType.THESIS,
    "peer-review": CslType.REVIEW,
    "reference-entry": CslType.ENTRY,
}
"""Types that Crossref's own answers use."""
_CATEGORIES = {
    CslType.ARTICLE_JOURNAL: SourceCategory.PEER_REVIEWED,
    CslType.CHAPTER: SourceCategory.PEER_REVIEWED,
    CslType.PAPER_CONFERENCE: SourceCategory.PEER_REVIEWED,
    CslType.THESIS: SourceCategory.PEER_REVIEWED,
    CslType.BOOK: SourceCategory.TRADE_BOOK,
    CslType.REPORT: SourceCategory.THINK_TANK,
    CslType.DATASET: SourceCategory.DATASET,
    CslType.TREATY: SourceCategory.PRIMARY_DOCUMENT,
    CslType.LEGISLATION: SourceCategory.PRIMARY_DOCUMENT,
    CslType.BILL: SourceCategory.PRIMARY_DOCUMENT,
    CslType.LEGAL_CASE: SourceCategory.PRIMARY_DOCUMENT,
    CslType.HEARING: SourceCategory.PRIMARY_DOCUMENT,
    CslType.ARTICLE_NEWSPAPER: SourceCategory.JOURNALISM,
    CslType.ARTICLE_MAGAZINE: SourceCategory.JOURNALISM,
    CslType.SPEECH: SourceCategory.OPINION,
    CslType.INTERVIEW: SourceCategory.OPINION,
}
_NAMES = ("author", "editor", "translator", "container-author", "interviewer")
_DATES = ("issued", "original-date", "accessed")
_OURS = {"type", "language", "category", "checked"}
_TEXTS = tuple(
    name
    for key, field in SourceRecord.model_fields.items()
    if (name := field.alias or key) not in {*_NAMES, *_DATES, *_OURS, "status", "DOI", "ISBN", "URL"}
)
_ADAPTERS: dict[str, TypeAdapter[Any]] = {
    field.alias or key: TypeAdapter(cast("Any", field.annotation)) for key, field in SourceRecord.model_fields.items()
}
_MARKUP = re.compile(
    r"</?(?:i|b|p|em|strong|sub|sup|sc|scp|span|title|jats:[a-z-]{1,30})(?:\s[^<>]{0,100})?>", re.IGNORECASE
)
_ENTITY = re.compile(r"&(?:[a-z]{2,8}|#\d{2,6}|#x[0-9a-f]{2,5});", re.IGNORECASE)
_DOTLESS = re.compile("\u0131(?=[\u0300-\u036f])")
_INVISIBLE = {"Cc", "Cf", "Cs", "Co", "Zl", "Zp"}
_MOST_NAMES = 500
"""Some papers of physics have three thousand authors; who needs them all finds them by the DOI."""
_LONGEST_ISBNS = 1000
"""How many characters are looked through for an ISBN; works in many volumes have some twenty."""
REQUIRED = ("title", "language", "category")


def record(item: Mapping[str, Any]) -> tuple[Plain, list[str]]:
    """Turn an item into the fields of a record that are sound, and sentences on those that were left out or changed.

    What the item does not say is missing; so are category and confirmation, which are for a person to say.
    """
    problems: list[str] = []
    found: Plain = {"type": _type(item.get("type"), problems)}
    readers: list[tuple[tuple[str, ...], Callable[[Any], Any]]] = [
        (_NAMES, _people),
        (("issued", "original-date"), dates.work_date),
        (("accessed",), dates.partial_date),
        (("status",), _status),
        (_TEXTS, _text),
        (("DOI",), lambda value: identifiers.doi(_text(value)) or _text(value)),
        (("ISBN",), _isbn),
        (("URL",), lambda value: identifiers.url(_text(value)) or _text(value)),
        (("language",), lambda value: language_tag(_text(value).replace("_", "-"))),
    ]
    for names, reader in readers:
        for name in names:
            if item.get(name) in (None, "", [], {}):
                continue
            _take(found, name, item[name], reader, problems)
    problems += _changes(item, found)
    address = found.get("URL", "")
    if urlsplit(address).hostname in _RESOLVERS and (number := identifiers.doi(address)):
        found.setdefault("DOI", number)
    return found, problems


_RESOLVERS = {"doi.org", "dx.doi.org", "www.doi.org"}


def _changes(item: Mapping[str, Any], found: Plain) -> Iterator[str]:
    """Say what a record cannot hold of a value of which it holds the rest."""
    for name in _NAMES:
        people = item.get(name)
        if not isinstance(people, list):
            continue
        if len(people) > _MOST_NAMES:
            yield f"{name}: of {len(people)} names the first {_MOST_NAMES} are kept."
        if any(isinstance(person, dict) and _person(person) in _OTHERS for person in people):
            yield f"{name}: it says that there are others; the record has those that are named."
    for name in _DATES:
        if name in found and isinstance(value := item.get(name), Mapping):
            yield from (f"{name}: {change}" for change in dates.losses(value, found[name]))


def missing(found: Mapping[str, Any]) -> list[str]:
    """List what a record lacks before it can become a source, each a sentence."""
    return [f"{name.capitalize()} is missing; add it." for name in REQUIRED if not found.get(name)]


def mistakes(found: Mapping[str, Any]) -> list[tuple[str, str]]:
    """List what is wrong with a whole record: the field and a sentence each."""
    try:
        SourceRecord.model_validate(found)
    except ValidationError as error:
        return [(str(path[0]) if path else "", words) for path, words in from_validation(error, SourceRecord)]
    return []


def likely_category(found: Mapping[str, Any]) -> SourceCategory | None:
    """Guess the category from the type, for a person to confirm; None where the type says nothing."""
    return _CATEGORIES.get(CslType(found["type"]))


def citekey(found: Mapping[str, Any], taken: Collection[str]) -> str:
    """Make a key that nobody has: family name of the first author, year, first word of the title that means something.

    Where it is taken, letters follow: `sarotte2021not`, `sarotte2021notb`, `sarotte2021notc` …
    """
    people = found.get("author") or found.get("editor") or [{}]
    family = people[0].get("family") or people[0].get("literal", "").removeprefix("The ").partition(" ")[0]
    words = [_bare(word) for word in found.get("title", "").split()]
    word = next((word for word in words if word and word not in _SMALL_WORDS), "")
    stem = f"{_bare(family)[:30]}{_bare(found.get('issued', '')[:4])}{word[:30]}" or "source"
    key, number = stem, 1
    while key in taken:
        number += 1
        key = f"{stem}{_letters(number)}"
    return key


_SMALL_WORDS = {"a", "an", "the", "der", "die", "das", "le", "la", "les", "el"}
_LETTERS = 26
_NOT_IN_KEYS = re.compile("[^a-z0-9]+")


def _letters(number: int) -> str:
    """Count in letters: 1 is a, 26 is z, 27 is aa."""
    text = ""
    while number:
        number, place = divmod(number - 1, _LETTERS)
        text = f"{chr(ord('a') + place)}{text}"
    return text


def _bare(word: str) -> str:
    """Write a word in a to z and 0 to 9, other scripts by the sounds of their letters; '' if it has none."""
    return _NOT_IN_KEYS.sub("", anyascii(unicodedata.normalize("NFC", word)).lower())


def _take(found: Plain, name: str, value: Any, reader: Callable[[Any], Any], problems: list[str]) -> None:
    """Take a value over if it is sound, and say so if it is not."""
    read = reader(value)
    if read in ("", []):
        written = value.get("raw", value) if isinstance(value, Mapping) else value
        problems.append(f"{name}: '{shown(written)}' cannot be read; left out.")
        return
    try:
        _ADAPTERS[name].validate_python(read)
    except ValidationError as error:
        problems.append(f"{name}: {from_validation(error, Name)[0][1]}; left out.")
        return
    found[name] = read
    if _has_invisible(value):
        problems.append(f"{name}: invisible characters were removed.")


def _type(value: Any, problems: list[str]) -> str:
    code = value if isinstance(value, str) else ""
    if code.lower() in CslType.values:
        return code.lower()
    if code in _TYPES:
        return _TYPES[code].value
    problems.append(f"type: '{shown(value)}' is not known here; taken for a document.")
    return CslType.DOCUMENT.value


def _text(value: Any) -> str:
    """Write a value as one clean line: no markup of citation programs, no invisible characters, single spaces."""
    if isinstance(value, list):
        value = next(iter(value), "")
    if isinstance(value, bool) or not isinstance(value, str | int | float):
        return ""
    bare = _MARKUP.sub("", _ENTITY.sub(lambda found: html.unescape(found[0]), str(value)))
    plain = unicodedata.normalize("NFC", _DOTLESS.sub("i", bare))
    kept = (" " if character.isspace() else character for character in plain)
    return " ".join("".join(one for one in kept if unicodedata.category(one) not in _INVISIBLE).split())


def _status(value: Any) -> str:
    words = " ".join(_text(value).replace("-", " ").split()).casefold()
    return next((status.value for status in PublicationStatus if status.value.replace("-", " ") == words), "")


def _has_invisible(value: Any) -> bool:
    if isinstance(value, list):
        return any(_has_invisible(one) for one in value)
    if isinstance(value, dict):
        return any(_has_invisible(one) for one in value.values())
    text = value if isinstance(value, str) else ""
    return any(not one.isspace() and unicodedata.category(one) in _INVISIBLE for one in text)


def _people(value: Any) -> list[Plain]:
    people = value[:_MOST_NAMES] if isinstance(value, list) else []
    names = [name for person in people if isinstance(person, dict) and (name := _person(person))]
    return [name for name in names if name not in _OTHERS]


_OTHERS = ({"literal": "others"}, {"family": "others"}, {"literal": "et al."}, {"family": "et al."})
"""What is no name, but says that there are more."""


_NAME_PARTS = ("family", "given", "suffix", "dropping-particle", "non-dropping-particle")


def _person(person: Mapping[str, Any]) -> Plain:
    parts = {name: text[:300].strip() for name in _NAME_PARTS if (text := _text(person.get(name)))}
    if "family" in parts:
        return parts
    whole = _text(person.get("literal")) or _text(person.get("name")) or " ".join(parts.values())
    return {"literal": whole[:300].strip()} if whole else {}


def _isbn(value: Any) -> str:
    words = _text(value)[:_LONGEST_ISBNS]
    texts = value if isinstance(value, list) else re.split(r"[\s,;()]+(?=97|\d{9}|[A-Za-z(])", words)
    return next((number for text in texts if (number := identifiers.isbn(_text(text)))), "")

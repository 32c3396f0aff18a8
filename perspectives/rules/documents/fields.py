"""Field types shared by all documents: what a text, a slug, a date or an identifier must look like.

Each refusal is a sentence that says how to mend the value; `problems.py` adds file, line and path.
"""

import re
import unicodedata
from calendar import monthrange
from datetime import MINYEAR
from typing import Annotated
from urllib.parse import urlsplit

import isbnlib
import langcodes
from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, StringConstraints
from pydantic_core import PydanticCustomError

from perspectives.rules.documents.problems import kind_of, shown

MAX_QUOTE_WORDS = 40
"""The longest quotation from any source, in words: a short quotation in the sense of scholarly fair use."""
MAX_GLOSS_WORDS = 25
MAX_FRAGMENT_WORDS = 12
"""The longest fragment of the article itself, in words."""

MAX_PROMPT_WORDS = 40
MAX_NOTE_WORDS = 120
"""The longest note for teachers, in words: what is read while a class comes in."""

MAX_PLAIN_WORDS = 60
"""The longest plain wording of a perspective, in words: what a reader takes in at one look."""

LONGEST_NOTE = 3000
"""The most characters of a note that says why somebody did something."""

_INVISIBLE = {"Cc", "Cf", "Cs", "Co", "Zl", "Zp"}
_DATE = re.compile(r"(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?", re.ASCII)
_SEASON = re.compile(r"\d{4}-2[1-4]", re.ASCII)
_MOST_ENDS = 2
_MONTHS = 12
_DOI = re.compile(r"10\.\d+(?:\.\d+)*/.+")
_ISBN = re.compile(r"\d(-?\d){8}-?[\dX]|\d(-?\d){12}", re.ASCII)
_ASKS_OPINION = re.compile(
    r"\b(?:do|would) you (?:think|agree|believe|feel)\b|\byour (?:own )?(?:opinion|view)s?\b", re.IGNORECASE
)
_WHOLE = re.compile(r"0|[1-9]\d{0,8}", re.ASCII)
_NOT_IN_ADDRESSES = frozenset(' <>"{}|\\^`')


class Part(BaseModel):
    """Base of every part of a document: unknown fields are refused, values never change."""

    model_config = ConfigDict(extra="forbid", frozen=True)


def refusal(sentence: str) -> PydanticCustomError:
    """Make the error that a field's check raises; `sentence` says what is wrong and how to mend it."""
    return PydanticCustomError("mend", "{sentence}", {"sentence": sentence})


def word_count(text: str) -> int:
    """Count the words of `text`, separated by white space."""
    return len(text.split())


def invisible(text: str) -> str:
    """Give the first character that nobody sees, or that turns the direction of writing; empty where there is none.

    Line breaks are none of these.
    """
    if text.isprintable():  # which almost all are, and which is known at once
        return ""
    found = (one for one in text if one != "\n" and unicodedata.category(one) in _INVISIBLE)
    return next(found, "")


def _only_text(value: object) -> object:
    if not isinstance(value, str):
        raise refusal(f"is a {kind_of(value)}; write one text here")
    return value


def _only_number(value: object) -> object:
    """Take digits from packs and numbers from editions, and nothing that would be written differently again."""
    if isinstance(value, str) and _WHOLE.fullmatch(value):
        return int(value)
    if not isinstance(value, int) or isinstance(value, bool):
        what = f"'{shown(value)}'" if isinstance(value, str) else f"a {kind_of(value)}"
        raise refusal(f"is {what}, not a whole number; write digits only, at most nine")
    return value


def _plain(value: str) -> str:
    """Refuse what would not survive a round trip or would deceive a reader's eye."""
    if not value.strip():
        raise refusal("is empty; write the text or remove the field")
    if value != value.strip():
        raise refusal("starts or ends with white space; remove it")
    if found := invisible(value):
        raise refusal(f"contains the invisible character U+{ord(found):04X}; remove it")
    if not unicodedata.is_normalized("NFC", value):
        raise refusal("is not in Unicode normal form NFC; save the file with composed characters")
    return value


def _one_line(value: str) -> str:
    if "\n" in value:
        raise refusal("contains a line break; write it as one line")
    if "  " in value:
        raise refusal("contains two spaces in a row; write one")
    return value


def _paragraphs(value: str) -> str:
    for paragraph in value.split("\n\n"):
        if not paragraph or "\n" in paragraph or "  " in paragraph or paragraph != paragraph.strip():
            raise refusal(
                "has uneven white space; separate words by one space and paragraphs by one empty line "
                "(after '|'; by two after '>')",
            )
    return value


def _within_quote_limit(value: str) -> str:
    if (words := word_count(value)) > MAX_QUOTE_WORDS:
        raise refusal(f"has {words} words; quote at most {MAX_QUOTE_WORDS} and paraphrase the rest")
    return value


def _within_gloss_limit(value: str) -> str:
    if (words := word_count(value)) > MAX_GLOSS_WORDS:
        raise refusal(f"has {words} words; explain the term in at most {MAX_GLOSS_WORDS}")
    return value


def _within_fragment_limit(value: str) -> str:
    if (words := word_count(value)) > MAX_FRAGMENT_WORDS:
        raise refusal(f"quotes {words} words of the article; quote at most {MAX_FRAGMENT_WORDS}")
    return value


def _within_plain_limit(value: str) -> str:
    if (words := word_count(value)) > MAX_PLAIN_WORDS:
        raise refusal(f"has {words} words; say it in at most {MAX_PLAIN_WORDS}")
    return value


def _within_note_limit(value: str) -> str:
    if (words := word_count(value)) > MAX_NOTE_WORDS:
        raise refusal(f"has {words} words; tell teachers in at most {MAX_NOTE_WORDS}")
    return value


def _asks_for_reasons(value: str) -> str:
    if not value.endswith("?"):
        raise refusal("does not end with a question mark; write a question")
    if (words := word_count(value)) > MAX_PROMPT_WORDS:
        raise refusal(f"has {words} words; ask in at most {MAX_PROMPT_WORDS}")
    if found := _ASKS_OPINION.search(value):
        raise refusal(f"asks for an opinion ('{found[0]}'); ask what would show it, or who says so and why")
    return value


def _real_date(value: str) -> str:
    match = _DATE.fullmatch(value)
    if match is None:
        raise refusal(f"'{shown(value)}' is not a date; write YYYY, YYYY-MM or YYYY-MM-DD")
    year, month, day = (int(part or 1) for part in match.groups())
    if year < MINYEAR or not 1 <= month <= _MONTHS:
        raise refusal(f"'{value}' has no such month or year; write YYYY, YYYY-MM or YYYY-MM-DD")
    if not 1 <= day <= monthrange(year, month)[1]:
        raise refusal(f"'{value}' has no such day; check the calendar")
    return value


def _real_work_date(value: str) -> str:
    ends = value.split("/")
    if len(ends) > _MOST_ENDS or (ends[-1] == "" and len(ends) > 1):
        raise refusal(f"'{shown(value)}' is not a period; write 1914/1918, or 1914/.. for one that goes on")
    for place, end in enumerate(ends):
        if place and end == "..":
            continue
        bare = end[:-1] if end[-1:] in {"~", "?", "%"} else end
        _real_date(bare[:4] if _SEASON.fullmatch(bare) else bare)
    if len(ends) == _MOST_ENDS and ends[1] != ".." and ends[1][:4] < ends[0][:4]:
        raise refusal(f"'{value}' ends before it begins; write the earlier date first")
    return value


def _known_language(value: str) -> str:
    if not langcodes.tag_is_valid(value):
        raise refusal(f"'{value}' is not a language tag (BCP 47); write for instance en, de or uk")
    if (standard := langcodes.standardize_tag(value)) != value:
        raise refusal(f"'{value}' is not the standard form of the language tag; write '{standard}'")
    return value


def _web_address(value: str) -> str:
    try:
        parts = urlsplit(value)
        _ = parts.port  # raises ValueError where there is no such port
        is_sound = parts.scheme in {"http", "https"} and bool(parts.hostname) and "@" not in parts.netloc
    except ValueError:
        is_sound = False
    if not is_sound or any(character.isspace() or character in _NOT_IN_ADDRESSES for character in value):
        raise refusal(
            f"'{shown(value)}' is not a web address; write it whole, beginning with https://, without spaces or a name "
            "and password",
        )
    return value


def _doi(value: str) -> str:
    if " " in value or not _DOI.fullmatch(value):
        raise refusal(f"'{shown(value)}' is not a DOI; write it bare, beginning with 10.")
    return value


def _isbn(value: str) -> str:
    if not _ISBN.fullmatch(value) or not isbnlib.to_isbn13(value):
        raise refusal(f"'{shown(value)}' is not an ISBN, or its check digit is wrong; compare it with the book")
    return value


def _pattern(pattern: str, sentence: str) -> AfterValidator:
    compiled = re.compile(pattern)

    def check(value: str) -> str:
        if not compiled.fullmatch(value):
            raise refusal(f"'{shown(value)}' {sentence}")
        return value

    return AfterValidator(check)


def _without_bar(name: str) -> str:
    if "|" in name:
        raise refusal("holds '|', which parts a name from a role in forms; write the role in a field of its own")
    return name


_Plain = Annotated[str, BeforeValidator(_only_text), StringConstraints(max_length=5000), AfterValidator(_plain)]
Line = Annotated[_Plain, AfterValidator(_one_line)]
"""One line of text, at most 5,000 characters."""
Paragraphs = Annotated[_Plain, AfterValidator(_paragraphs)]
"""One or more paragraphs, separated by an empty line."""
Heading = Annotated[Line, StringConstraints(max_length=300)]
"""A short line: a title or a label, at most 300 characters."""
HolderName = Annotated[Heading, AfterValidator(_without_bar)]

Quote = Annotated[Line, AfterValidator(_within_quote_limit)]
"""A quotation of at most 40 words."""
Fragment = Annotated[Quote, AfterValidator(_within_fragment_limit)]
"""A quotation from the article itself, of at most 12 words."""
Phrasing = Annotated[Line, StringConstraints(max_length=120)]
"""A question as a reader would type it, at most 120 characters, in any language."""
PlainWording = Annotated[Line, AfterValidator(_within_plain_limit)]
"""A position in the plain words of a 14-year-old's reading level, at most 60."""
Explanation = Annotated[Line, AfterValidator(_within_gloss_limit)]
"""What a term means, in at most 25 words."""
Prompt = Annotated[Line, AfterValidator(_asks_for_reasons)]
"""A question to a class, at most 40 words, that asks nobody for an opinion."""
TeacherNote = Annotated[Paragraphs, AfterValidator(_within_note_limit)]
"""A note for teachers in at most 120 words."""
Number = Annotated[int, BeforeValidator(_only_number)]
"""A whole number, in packs written with at most nine digits."""
Slug = Annotated[
    Heading,
    StringConstraints(max_length=80),
    _pattern(r"[a-z0-9]+(-[a-z0-9]+)*", "is not a slug; use small letters, digits and single hyphens"),
]
"""An identifier for addresses, at most 80 characters."""
CiteKey = Annotated[
    Heading,
    StringConstraints(max_length=80),
    _pattern(r"[a-z0-9]+([_-][a-z0-9]+)*", "is not a citekey; use small letters and digits, such as sarotte2021not"),
]
"""The key of a source in `sources.yaml`."""
ClaimRef = Annotated[
    Heading,
    _pattern(r"[a-z0-9]+(-[a-z0-9]+)*/[a-z0-9]+(-[a-z0-9]+)*", "is not a claim's public id; write topic/claim"),
]
"""The public id of a claim, such as `minsk-ii/s2`."""
Sha256 = Annotated[Heading, _pattern(r"[0-9a-f]{64}", "is not a SHA-256; write its 64 digits, a to f in small letters")]
"""The SHA-256 of a text in hexadecimal digits."""
PartialDate = Annotated[Heading, AfterValidator(_real_date)]
"""A calendar date known to the year, the month or the day (EDTF level 0)."""
WorkDate = Annotated[Heading, AfterValidator(_real_work_date)]
"""When a work appeared: a partial date, or `1914~` (about), `1914?`, `2001-21` (spring), `1914/1918`, `1914/..`."""
LanguageTag = Annotated[Heading, StringConstraints(max_length=35), AfterValidator(_known_language)]
"""A language tag in the standard form of BCP 47, at most 35 characters."""
WebAddress = Annotated[Line, StringConstraints(max_length=2000), AfterValidator(_web_address)]
"""An absolute http or https address."""
Doi = Annotated[Heading, AfterValidator(_doi)]
"""A DOI in bare form."""
Isbn = Annotated[Heading, AfterValidator(_isbn)]
"""An ISBN-10 or ISBN-13 with a right check digit."""

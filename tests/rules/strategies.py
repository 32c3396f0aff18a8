"""Random whole folders of packs, valid by construction, in the form in which they are dumped.

`folders()` gives file name -> plain document: field names as in packs, numbers as numbers, nothing that is left out of
a dump. Texts hold what YAML and databases like to trip over.
"""

import unicodedata
from collections.abc import Mapping
from random import Random
from typing import Any

from hypothesis import strategies as st

from perspectives.rules.documents import yaml_text
from perspectives.rules.documents.fields import word_count
from perspectives.rules.documents.packs import ARTICLE_FILE, SOURCES_FILE, THESAURUS_FILE, TOPICS_FOLDER, Packs
from perspectives.rules.publication.balance import ANSWERING
from perspectives.rules.publication.index_records import plain
from perspectives.vocab import (
    ClaimKind,
    CruxKind,
    CslType,
    FindingKind,
    MetadataState,
    QuoteStatus,
    Relation,
    ResponseType,
    SourceCategory,
    Stance,
)
from tests.rules.strategies_values import date, isbn, language, maybe, one, slugs, some, words

Plain = dict[str, Any]
Folder = dict[str, Plain]

_LINES = ("container-title", "collection-title", "event-title", "publisher")
_HEADINGS = [
    "collection-number",
    "event-place",
    "genre",
    "medium",
    "edition",
    "number",
    "volume",
    "issue",
    "page",
    "number-of-pages",
    "section",
    "authority",
    "archive",
    "archive-location",
    "publisher-place",
]
_NAMES = ("author", "editor", "translator", "container-author", "interviewer")
_DATES = ("issued", "original-date", "accessed")
_DOIS = ("x", "ABC", "(SICI)1097-0258(19980815)17:15<1661::AID-SIM968>3.0.CO;2-2", "брід", "a/b", "a_b;c")
_PATHS = ("", "/", "/a?b=c&d=%20#e", "/брід", "/1:2", "/~x", "/'", "/a,b;c=(d)!*", ":8080/x")


class _Texts:
    """Texts to choose from: few are made, many fields are filled, so that big folders are made quickly."""

    def __init__(self, draw: Random, pool: list[list[str]]) -> None:
        self.draw = draw
        self.pool = pool

    def line(self, limit: int = 5000) -> str:
        """One line."""
        chosen = [word for text in some(self.draw, range(len(self.pool)), least=1) for word in self.pool[text]]
        text = unicodedata.normalize("NFC", " ".join(chosen * one(self.draw, (1, 1, 1, 4))))
        return text[:limit].strip()

    def short(self, most: int = 12) -> str:
        """One line of so many words at most."""
        chosen = self.line(300).split(" ")[:most]
        while word_count(" ".join(chosen)) > most:  # a hard space parts words too
            chosen.pop()
        return " ".join(chosen)

    def paragraphs(self) -> str:
        """One to three paragraphs."""
        return "\n\n".join(self.line() for _ in range(one(self.draw, (1, 1, 2, 3))))


def folders() -> st.SearchStrategy[Folder]:
    """Make folders: article, sources, one to three topics."""
    return st.builds(_folder, st.integers(0, 2**32), st.lists(words(), min_size=3, max_size=6))


def _folder(seed: int, pool: list[list[str]]) -> Folder:
    draw = Random(seed)
    texts = _Texts(draw, pool)
    keys = slugs(draw, least=1, most=5)
    topics = {slug: _topic(draw, texts, keys) for slug in slugs(draw, least=1, most=3)}
    article = slugs(draw, least=1, most=1)[0]
    folder: Folder = {
        SOURCES_FILE: {key: _source(draw, texts, number) for number, key in enumerate(keys)},
        ARTICLE_FILE: {"article": article, "source": keys[0], **_guide(draw, texts, keys, topics)},
    }
    first = one(draw, (0, 1, 99, 9000))
    for number, (slug, body) in enumerate(topics.items()):
        folder[f"{TOPICS_FOLDER}/{slug}.yaml"] = {"topic": slug, "article": article, "order": first + number, **body}
    return folder


def files(folder: Mapping[str, Plain]) -> dict[str, bytes]:
    """Write a folder as the bytes of its files."""
    return {name: yaml_text.write(document).encode() for name, document in folder.items()}


def dumped(packs: Packs) -> Folder:
    """Give validated documents as plain ones again."""
    assert packs.article is not None
    return {
        SOURCES_FILE: {key: plain(record) for key, record in packs.sources.items()},
        ARTICLE_FILE: plain(packs.article),
        **({THESAURUS_FILE: {name: list(terms) for name, terms in packs.thesaurus.items()}} if packs.thesaurus else {}),
        **{f"{TOPICS_FOLDER}/{topic.topic}.yaml": plain(topic) for topic in packs.topics},
    }


def _filled(**fields: Any) -> Plain:
    # A dump leaves out what is empty.
    return {name: value for name, value in fields.items() if value not in ([], None)}


def _source(draw: Random, texts: _Texts, number: int) -> Plain:
    fields: Plain = {name: texts.line() for name in some(draw, _LINES)}
    fields |= {name: texts.line(300) for name in some(draw, _HEADINGS, most=4)}
    fields |= {name: date(draw) for name in some(draw, _DATES)}
    fields |= {name: [_name(draw, texts) for _ in range(one(draw, (1, 2)))] for name in some(draw, _NAMES, most=2)}
    return {
        "type": one(draw, CslType).value,
        "title": texts.line(),
        **fields,
        **_filled(
            DOI=maybe(draw, lambda: f"10.5555/{number}{one(draw, _DOIS)}"),
            ISBN=maybe(draw, lambda: isbn(draw)),
            URL=maybe(
                draw, lambda: f"https://{one(draw, ('x.example', 'xn--brd-5cd.example', '[::1]'))}{one(draw, _PATHS)}"
            ),
        ),
        "language": language(draw),
        "category": one(draw, SourceCategory).value,
        "checked": _filled(
            metadata=one(draw, MetadataState).value,
            text=maybe(draw, lambda: one(draw, QuoteStatus).value),
            note=maybe(draw, texts.line),
        ),
    }


def _name(draw: Random, texts: _Texts) -> Plain:
    if one(draw, (True, False)):
        return {"literal": texts.line(300)}
    parts = some(draw, ("given", "suffix", "dropping-particle", "non-dropping-particle"))
    return {"family": texts.line(300), **{part: texts.line(300) for part in parts}}


def _cites(draw: Random, texts: _Texts, keys: list[str]) -> list[Plain]:
    return [_cite(draw, texts, one(draw, keys), article=keys[0]) for _ in range(one(draw, (0, 1, 2)))]


def _cite(draw: Random, texts: _Texts, source: str, *, article: str) -> Plain:
    cite = _filled(source=source, locator=maybe(draw, lambda: texts.line(300)), relation=one(draw, Relation).value)
    if one(draw, (True, False)):
        cite["quote"] = texts.short(12 if source == article else 40)
        cite |= _filled(quote_language=maybe(draw, lambda: language(draw)), **_seen(draw, texts))
        if one(draw, (True, False)):
            cite["translation"] = texts.line()
        if "translation" in cite or cite["quote_status"] == QuoteStatus.TRANSLATED:
            cite["translator"] = texts.line(300)
    return cite


def _seen(draw: Random, texts: _Texts) -> Plain:
    status = one(draw, QuoteStatus)
    if status is QuoteStatus.NOT_CHECKED:
        return {"quote_status": status.value}
    where = texts.line(300) if status is QuoteStatus.SECOND_HAND else maybe(draw, lambda: texts.line(300))
    return {"quote_status": status.value, "quote_seen_in": where, "quote_seen_on": maybe(draw, lambda: date(draw))}


def _holder(draw: Random, texts: _Texts, number: int) -> str | Plain:
    name = texts.line(290).replace("|", "/") + str(number)
    return {"name": name, "role": texts.line(300)} if one(draw, (True, False)) else name


def _perspectives(draw: Random, texts: _Texts, keys: list[str]) -> list[Plain]:
    ids = slugs(draw, least=1, most=4)
    claims = iter(slugs(draw, least=0, most=8))
    sides: list[Plain] = []
    for side in ids:
        own = [next(claims, "") for _ in range(one(draw, (0, 1, 2, 3)))]
        holders = [_holder(draw, texts, number) for number in range(one(draw, (0, 1, 2)))]
        sides.append(
            _filled(
                id=side,
                stance=one(draw, Stance if not sides else ANSWERING).value,
                label=texts.line(300),
                summary=texts.line(),
                plain=maybe(draw, lambda: texts.short(60)),
                held_by=holders,
                held_by_note=maybe(draw, texts.line),
            )
            | {
                "claims": [
                    _filled(
                        id=claim,
                        text=texts.line(),
                        kind=one(draw, ClaimKind).value,
                        cites=_cites(draw, texts, keys),
                    )
                    for claim in own
                    if claim
                ],
            },
        )
    return sides


def _responses(draw: Random, texts: _Texts, sides: list[Plain]) -> list[Plain]:
    side_of = {claim["id"]: side["id"] for side in sides for claim in side["claims"]}
    pairs = [(one_, other) for one_ in side_of for other in side_of if side_of[one_] != side_of[other]]
    links = [(*pair, kind.value) for pair in some(draw, pairs, most=5) for kind in some(draw, ResponseType, most=2)]
    return [{"from": start, "to": end, "type": kind, "note": texts.line()} for start, end, kind in links]


def _gaps(draw: Random, texts: _Texts, sides: list[Plain], responses: list[Plain]) -> list[Plain]:
    stance_of = {claim["id"]: side["stance"] for side in sides for claim in side["claims"]}
    answered = {(link["to"], stance_of[link["from"]]) for link in responses}
    possible = [
        (claim, stance)
        for claim in stance_of
        for stance in ("opposing", "neutral")
        if stance_of[claim] == "author" and (claim, stance) not in answered
    ]
    return [{"claim": claim, "stance": stance, "note": texts.line()} for claim, stance in some(draw, possible)]


def _topic(draw: Random, texts: _Texts, keys: list[str]) -> Plain:
    sides = _perspectives(draw, texts, keys)
    responses = _responses(draw, texts, sides)
    crux = ("question", "author", "opposing", "neutral", "would_settle")
    return _filled(
        title=texts.line(300),
        question=texts.line(),
        asked_as=list(dict.fromkeys(texts.line(120) for _ in range(one(draw, (0, 1, 3))))),
        background=texts.paragraphs(),
        period=dict(zip(("start", "end"), sorted((date(draw), date(draw)), key=_first_day), strict=True)),
        tags=slugs(draw, least=0, most=3),
        responses=responses,
        gaps=_gaps(draw, texts, sides, responses),
        common_ground=[
            _filled(text=texts.line(), cites=_cites(draw, texts, keys)) for _ in range(one(draw, (0, 1, 2)))
        ],
        cruxes=[
            _filled(
                **{name: texts.line() for name in crux},
                kind=one(draw, CruxKind).value,
                prompts=[f"{texts.short(30)} {number}?" for number in range(one(draw, (0, 0, 3)))],
            )
            for _ in range(one(draw, (0, 1, 2)))
        ],
        events=[
            _filled(
                date=date(draw),
                title=texts.line(300),
                description=texts.line(),
                cites=_cites(draw, texts, keys),
            )
            for _ in range(one(draw, (0, 1, 2)))
        ],
        bibliography=[{"source": key, "argues": texts.line()} for key in some(draw, keys)],
        terms=[
            {"term": texts.line(290) + str(number), "gloss": texts.short(25)} for number in range(one(draw, (0, 2)))
        ],
        teaching=maybe(draw, lambda: _filled(aim=texts.line(300), note=maybe(draw, lambda: texts.short(100)))),
    ) | {"perspectives": sides}


def _first_day(date: str) -> str:
    return date + "-01-01"[len(date) - 4 :]


def _guide(draw: Random, texts: _Texts, keys: list[str], topics: Mapping[str, Plain]) -> Plain:
    sections = [f"{texts.line(290)} {number}" for number in range(one(draw, (0, 1, 2)))]
    refs = [
        f"{slug}/{claim['id']}"
        for slug, topic in topics.items()
        for side in topic["perspectives"]
        for claim in side["claims"]
    ]
    ids = slugs(draw, least=0, most=3) if sections else []
    return _filled(
        author=texts.line(300),
        author_short=texts.line(300),
        title=texts.line(300),
        about=maybe(draw, texts.line),
        selector_note=texts.line(),
        outline=[{"section": section, "summary": texts.line()} for section in sections],
        passages=[
            {"id": number, "section": one(draw, sections), **_passage(draw, texts, keys, list(topics), refs)}
            for number in ids
        ],
        links=[{"label": texts.line(300), "url": "https://x.example/"} for _ in range(one(draw, (0, 1)))],
    )


def _passage(draw: Random, texts: _Texts, keys: list[str], slugs_: list[str], refs: list[str]) -> Plain:
    quote, start, chosen = texts.short(), one(draw, (0, 1, 100_000_000)), some(draw, slugs_)
    return _filled(
        start=start,
        end=start + len(quote) + one(draw, (0, 1, 1000)),
        quote=quote,
        quote_by=maybe(draw, lambda: texts.line(300)),
        text_sha256=maybe(draw, lambda: one(draw, "ab") * 64),
        paraphrase=texts.line(),
        topics=chosen,
        claims=some(draw, refs, most=3),
        findings=[
            _filled(
                topic=slug,
                finding=one(draw, FindingKind).value,
                note=texts.line(),
                cites=_cites(draw, texts, keys),
            )
            for slug in chosen
        ],
    )

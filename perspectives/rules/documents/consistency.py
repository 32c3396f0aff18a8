"""Rules between the parts of one document: unique ids, known references, limits that depend on the article.

They read plain data of any shape and pass over what `document.py` and `article_document.py` refuse, so that a pack's
mistakes of every sort are found in one run.
"""

from collections.abc import Iterable, Iterator, Mapping
from itertools import chain
from typing import Any

from perspectives.rules.documents import walk
from perspectives.rules.documents.article_document import ArticleDocument
from perspectives.rules.documents.fields import MAX_FRAGMENT_WORDS, word_count
from perspectives.rules.documents.problems import Path, shown
from perspectives.rules.documents.topic_document import TopicDocument
from perspectives.vocab import Stance

Found = Iterator[tuple[Path, str]]
"""Pairs of a path in the document and a sentence that says how to mend what stands there."""

_TOPIC_CITES = ("perspectives[].claims[].cites[]", "common_ground[].cites[]", "events[].cites[]")
_ARTICLE_CITES = ("passages[].findings[].cites[]",)
_ANSWERING = {Stance.OPPOSING.value, Stance.NEUTRAL.value}


def topic_source_keys(document: TopicDocument | Any) -> Found:
    """Walk every mention of a source in a topic, a document or its plain data, with its path."""
    data = _plain(document)
    for way in _TOPIC_CITES:
        yield from walk.texts(data, f"{way}.source")
    yield from walk.texts(data, "bibliography[].source")


def article_source_keys(document: ArticleDocument | Any) -> Found:
    """Walk every mention of a source in an article guide, a document or its plain data, with its path."""
    data = _plain(document)
    yield from walk.texts(data, "source")
    for way in _ARTICLE_CITES:
        yield from walk.texts(data, f"{way}.source")


def claims_named(document: Any) -> list[str]:
    """List the public ids of the claims that an article guide names, as plain data of any shape."""
    return [ref for _, ref in walk.texts(document, "passages[].claims[]")]


def all_source_keys(documents: Iterable[TopicDocument | ArticleDocument]) -> set[str]:
    """Collect the keys of all sources that the documents mention."""
    return {
        key
        for document in documents
        for _, key in (
            topic_source_keys(document) if isinstance(document, TopicDocument) else article_source_keys(document)
        )
    }


def has_readable_claims(data: Any) -> bool:
    """Say whether the ids of all claims of a topic can be read; if not, none can be said to be missing."""
    is_list = any(isinstance(sides, list) for _, sides in walk.values(data, "perspectives"))
    sides, with_claims = (list(walk.values(data, f"perspectives[]{field}")) for field in ("", ".claims"))
    return is_list and len(sides) == len(with_claims) and walk.is_whole(data, "perspectives[].claims", "id")


def check_topic(document: TopicDocument | Any, article_source: str | None) -> Found:
    """Find what contradicts itself in a topic, a document or its plain data.

    `article_source` is the citekey of its article, if that is known.
    """
    data = _plain(document)
    named = ("perspectives[].id", "perspectives[].claims[].id", "bibliography[].source", "terms[].term")
    for way in (*named, "asked_as[]", "tags[]", "cruxes[].prompts[]"):
        yield from _repeated(walk.texts(data, way))
    for path, side in walk.values(data, "perspectives[]"):
        names = chain(walk.texts(side, "held_by[]"), walk.texts(side, "held_by[].name"))
        yield from _repeated(((*path, *way), name) for way, name in sorted(names))
    yield from _check_author(data)
    yield from _check_responses(data)
    yield from _check_gaps(data)
    if article_source:
        yield from _check_fragments(data, _TOPIC_CITES, article_source)


def _check_author(data: Any) -> Found:
    authors = [path for path, stance in walk.texts(data, "perspectives[].stance") if stance == Stance.AUTHOR]
    for path in authors[1:]:
        yield path, "is 'author' a second time; a topic has one perspective of its article's author"


def check_article(document: ArticleDocument | Any) -> Found:
    """Find what contradicts itself in an article guide, a document or its plain data."""
    data = _plain(document)
    yield from _repeated(walk.texts(data, "outline[].section"))
    yield from _repeated(walk.texts(data, "passages[].id"))
    yield from _check_sections(data)
    for path, passage in walk.values(data, "passages[]"):
        for way in ("topics[]", "claims[]"):
            yield from _repeated(((*path, *inner), value) for inner, value in walk.texts(passage, way))
        topics = {slug for _, slug in walk.texts(passage, "topics[]")}
        for inner, slug in walk.texts(passage, "findings[].topic"):
            if slug not in topics:
                yield (*path, *inner), f"'{shown(slug)}' is not among the passage's topics; add it to 'topics'"
    yield from _check_fragments(data, _ARTICLE_CITES, walk.text(data, "source"))


def unknown_keys(mentions: Iterable[tuple[Path, str]], known: set[str]) -> Found:
    """Find mentions of sources that nobody has described."""
    for path, key in mentions:
        if key not in known:
            yield path, f"'{shown(key)}' is not a known source; add it to sources.yaml or correct the key"


def _plain(document: TopicDocument | ArticleDocument | Any) -> Any:
    if isinstance(document, TopicDocument | ArticleDocument):
        return document.model_dump(mode="json", by_alias=True, exclude_defaults=True)
    return document


def _repeated(values: Iterable[tuple[Path, str]]) -> Found:
    seen: set[str] = set()
    for path, value in values:
        if value in seen:
            yield path, f"'{shown(value)}' stands here a second time; keep one or rename it"
        seen.add(value)


def _check_sections(data: Any) -> Found:
    sections = {section for _, section in walk.texts(data, "outline[].section")}
    if walk.is_whole(data, "outline", "section"):
        for path, section in walk.texts(data, "passages[].section"):
            if section not in sections:
                yield path, f"'{shown(section)}' is not in the outline; add it there or correct it"


def _side_of(data: Any) -> Mapping[str, Path]:
    # Claim id -> path of the first perspective that has such a claim.
    found = list(walk.texts(data, "perspectives[].claims[].id"))
    return {claim: path[:2] for path, claim in reversed(found)}


def _stance_of(data: Any) -> Mapping[str, str]:
    # Claim id -> stance of its perspective, as written.
    stances = {path[:2]: stance for path, stance in walk.texts(data, "perspectives[].stance")}
    return {claim: stances.get(side, "") for claim, side in _side_of(data).items()}


def _check_responses(data: Any) -> Found:
    side_of, is_conclusive = _side_of(data), has_readable_claims(data)
    seen: set[tuple[str, ...]] = set()
    for path, answer in walk.values(data, "responses[]"):
        ends = [(name, walk.text(answer, name)) for name in ("from", "to")]
        for name, claim in ends:
            if is_conclusive and claim and claim not in side_of:
                yield (*path, name), f"'{shown(claim)}' is no claim of this topic; write the id of one"
        sides = [side_of.get(claim) for _, claim in ends]
        if sides[0] and sides[0] == sides[1]:
            yield path, "links two claims of the same perspective; a response answers another perspective"
        key = tuple(walk.text(answer, name) for name in ("from", "type", "to"))
        if all(key) and key in seen:
            yield path, f"repeats the response '{shown(' '.join(key))}'; remove one"
        seen.add(key)


def _check_gaps(data: Any) -> Found:
    stance_of, is_conclusive = _stance_of(data), has_readable_claims(data)
    answered = {
        (walk.text(answer, "to"), stance_of.get(walk.text(answer, "from")))
        for _, answer in walk.values(data, "responses[]")
    }
    seen: set[tuple[str, str]] = set()
    for path, gap in walk.values(data, "gaps[]"):
        claim, stance = key = walk.text(gap, "claim"), walk.text(gap, "stance")
        is_missing = is_conclusive and claim and claim not in stance_of
        if is_missing or stance_of.get(claim) in _ANSWERING:
            yield (*path, "claim"), f"'{shown(claim)}' is no claim of the author's perspective; name one of those"
        elif stance in _ANSWERING and key in answered:
            yield path, f"'{shown(claim)}' is answered by a claim of stance '{stance}'; remove the gap"
        elif stance in _ANSWERING and key in seen:
            yield path, f"repeats the gap of '{shown(claim)}' for stance '{stance}'; remove one"
        seen.add(key)


def _check_fragments(data: Any, ways: Iterable[str], article_source: str) -> Found:
    for way in ways:
        for path, cite in walk.values(data, way):
            words = word_count(walk.text(cite, "quote"))
            if walk.text(cite, "source") == article_source and words > MAX_FRAGMENT_WORDS:
                yield (*path, "quote"), f"quotes {words} words of the article; quote at most {MAX_FRAGMENT_WORDS}"

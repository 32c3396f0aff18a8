"""Rules between the files of a folder, and between them and what the database holds.

Like `consistency.py` they read plain data of any shape, so that a mistake in one file hides none in another. Where a
file cannot be read, nothing is said about what it might hold.
"""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import PurePosixPath
from typing import Any, Final

from perspectives.rules.documents import consistency, walk
from perspectives.rules.documents.problems import Path, shown

UNREADABLE: Final = object()
"""Stands for the data of a file that is not YAML."""

_ORDER = re.compile("[0-9]{1,9}", re.ASCII)
Found = Iterator[tuple[str, Path, str]]
"""File, path in it, and a sentence that says how to mend what stands there."""


@dataclass(frozen=True)
class Known:
    """What the database already holds, so that a pack loaded alone may refer to it."""

    sources: frozenset[str] = frozenset()
    articles: Mapping[str, str] = field(default_factory=dict)
    """Article slug -> citekey of the article."""
    topics: Mapping[str, str] = field(default_factory=dict)
    """Topic slug -> slug of its article."""
    claims: frozenset[str] = frozenset()
    """Public ids of claims, such as `minsk-ii/s2`."""
    passages: Mapping[str, str] = field(default_factory=dict)
    """Public id of a claim -> a passage (`article/id`) that names it."""
    orders: Mapping[tuple[str, int], str] = field(default_factory=dict)
    """Article slug and order -> slug of the topic that stands there."""
    dois: Mapping[str, str] = field(default_factory=dict)
    """DOI in small letters -> citekey of the source that has it."""
    retired: Mapping[str, str] = field(default_factory=dict)
    """Citekey of a source that is not to be cited anew -> why, as the end of a sentence that says how to mend it."""
    retired_uses: frozenset[tuple[str, str]] = frozenset()
    """Slug of a topic or an article, and citekey of such a source that it cites already and so may go on to cite."""


@dataclass(frozen=True)
class File:
    """A file of the folder with its plain data, or UNREADABLE."""

    name: str
    data: Any

    @property
    def is_readable(self) -> bool:
        """Whether the data is a mapping, so that its fields can be looked at."""
        return isinstance(self.data, dict)

    def text(self, name: str) -> str:
        """Give the text of a field, or an empty one."""
        return walk.text(self.data, name)


@dataclass
class Folder:
    """The files of a folder by what they hold."""

    article: File | None = None
    sources: File | None = None
    topics: list[File] = field(default_factory=list)


@dataclass(frozen=True)
class Mentions:
    """What a folder refers to, so that no more of the database need be known than that."""

    sources: frozenset[str] = frozenset()
    dois: frozenset[str] = frozenset()
    """Of the folder's own sources, in small letters."""
    articles: frozenset[str] = frozenset()
    topics: frozenset[str] = frozenset()
    orders: frozenset[int] = frozenset()
    """The places that topics of the folder claim."""
    claimed_topics: frozenset[str] = frozenset()
    """The topics whose claims a guide names."""


def mentions(folder: Folder) -> Mentions:
    """Collect what a folder refers to."""
    records = folder.sources.data if folder.sources and folder.sources.is_readable else {}
    guide = folder.article.data if folder.article else None
    cited = [key for topic in folder.topics for _, key in consistency.topic_source_keys(topic.data)]
    claimed = {_topic_of(ref) for _, ref in walk.texts(guide, "passages[].claims[]")}
    taken_up = {slug for _, slug in walk.texts(guide, "passages[].topics[]")}
    orders = {topic.text("order") for topic in folder.topics}
    return Mentions(
        sources=_askable({*records, *cited, *(key for _, key in consistency.article_source_keys(guide))}),
        dois=_askable({walk.text(record, "DOI").lower() for record in records.values()}),
        articles=_askable({walk.text(guide, "article"), *(topic.text("article") for topic in folder.topics)}),
        topics=_askable(claimed.union(taken_up, *(_slugs(topic) for topic in folder.topics))),
        orders=frozenset(int(order) for order in orders if _ORDER.fullmatch(order)),
        claimed_topics=_askable(claimed),
    )


def _askable(names: Iterable[str]) -> frozenset[str]:
    """Leave out what no database holds, and would not even be asked for, such as texts with U+0000."""
    return frozenset(name for name in names if name and name.isprintable())


def check(folder: Folder, known: Known) -> Found:
    """Check what one file says of another, or of what the database holds, and what each says of itself."""
    scope = _Scope(folder, known)
    if folder.sources and folder.sources.is_readable:
        yield from _at(folder.sources, _check_dois(scope, folder.sources.data))
    for topic in folder.topics:
        if topic.is_readable:
            yield from _at(topic, _check_topic(scope, topic))
    if folder.article:
        yield from _at(folder.article, _check_article(scope, folder.article))


def _at(file: File, found: consistency.Found) -> Found:
    return ((file.name, path, message) for path, message in found)


@dataclass
class _Scope:
    """What may be referred to: the folder before the database."""

    folder: Folder
    known: Known

    @cached_property
    def slugs(self) -> set[str]:
        """Slugs of the topics in the folder, as the files and as their names say."""
        return set().union(*(_slugs(topic) for topic in self.folder.topics))

    @cached_property
    def sources(self) -> set[str] | None:
        """Citekeys; none if they cannot be known."""
        if self.folder.sources is None:
            return set(self.known.sources)
        if not self.folder.sources.is_readable:
            return None
        return {*self.known.sources, *self.folder.sources.data}

    @cached_property
    def articles(self) -> dict[str, str]:
        """Article slug -> citekey of the article."""
        guide = self.folder.article
        own = {guide.text("article"): guide.text("source")} if guide else {}
        return {**self.known.articles, **own}

    @cached_property
    def orders(self) -> Counter[tuple[str, str]]:
        """How many topics of the folder claim a place."""
        return Counter((topic.text("article"), topic.text("order")) for topic in self.folder.topics)

    @cached_property
    def claims(self) -> set[str]:
        """Public ids of claims."""
        kept = {claim for claim in self.known.claims if _topic_of(claim) not in self.slugs}
        return kept.union(*(_claims(topic) for topic in self.folder.topics))

    def is_known_claim(self, ref: str) -> bool:
        """Say whether there is such a claim, or may be in a file that cannot be read."""
        slug = _topic_of(ref)
        in_doubt = (topic for topic in self.folder.topics if slug in _slugs(topic))
        return ref in self.claims or any(not consistency.has_readable_claims(topic.data) for topic in in_doubt)


def _topic_of(ref: str) -> str:
    return ref.split("/", maxsplit=1)[0]


def _slugs(topic: File) -> set[str]:
    # The slugs that a topic may have, as the file and as its name say: one, where all is well.
    return {PurePosixPath(topic.name).stem, topic.text("topic") or PurePosixPath(topic.name).stem}


def _claims(topic: File) -> set[str]:
    ids = [claim for _, claim in walk.texts(topic.data, "perspectives[].claims[].id")]
    return {f"{slug}/{claim}" for slug in _slugs(topic) for claim in ids}


def _check_dois(scope: _Scope, data: Mapping[str, Any]) -> consistency.Found:
    keys_of = {doi: key for doi, key in scope.known.dois.items() if key not in data}
    for key, record in data.items():
        doi = walk.text(record, "DOI").lower()
        if doi and (other := keys_of.setdefault(doi, key)) != key:
            yield (key, "DOI"), f"is also the DOI of '{shown(other)}'; keep one record and cite that"


def _check_topic(scope: _Scope, topic: File) -> consistency.Found:
    slug, article = topic.text("topic"), topic.text("article")
    if slug and PurePosixPath(topic.name).stem != slug:
        yield ("topic",), f"is '{shown(slug)}', but the file's name is not; make them equal"
    yield from _check_owner(scope, slug, article)
    yield from _check_order(scope, topic)
    yield from consistency.check_topic(topic.data, scope.articles.get(article))
    if scope.sources is not None:
        yield from consistency.unknown_keys(consistency.topic_source_keys(topic.data), scope.sources)
    yield from _check_retired(scope, slug, consistency.topic_source_keys(topic.data))
    yield from _check_claims_of_guides(scope, topic)


def _check_retired(scope: _Scope, slug: str, mentions: consistency.Found) -> consistency.Found:
    for path, key in mentions:
        if key in scope.known.retired and (slug, key) not in scope.known.retired_uses:
            yield path, f"'{shown(key)}' {scope.known.retired[key]}"


def _check_owner(scope: _Scope, slug: str, article: str) -> consistency.Found:
    guide = scope.folder.article
    if article and article not in scope.articles:
        if guide is None or guide.text("article"):
            yield ("article",), f"'{shown(article)}' is not a known article; load its article.yaml too"
    elif article and (owner := scope.known.topics.get(slug, article)) != article:
        yield ("topic",), f"is already a topic of the article '{owner}'; choose another slug"


def _check_order(scope: _Scope, topic: File) -> consistency.Found:
    place = topic.text("article"), topic.text("order")
    standing = {slug for (article, order), slug in scope.known.orders.items() if (article, str(order)) == place}
    if all(place) and (scope.orders[place] > 1 or standing - scope.slugs):
        yield ("order",), f"{shown(place[1])} is the order of another topic too; give each its own"


def _check_claims_of_guides(scope: _Scope, topic: File) -> consistency.Found:
    # A guide that stays as it is must not lose a claim that it names.
    replaced = scope.folder.article.text("article") if scope.folder.article else None
    kept = _claims(topic)
    for ref, passage in scope.known.passages.items():
        is_lost = _topic_of(ref) in _slugs(topic) and ref not in kept
        if is_lost and _topic_of(passage) != replaced and consistency.has_readable_claims(topic.data):
            yield (
                ("perspectives",),
                f"lacks the claim '{ref}', which the passage '{passage}' names; keep its id or load the guide too",
            )


def _check_article(scope: _Scope, guide: File) -> consistency.Found:
    slug, source = guide.text("article"), guide.text("source")
    yield from consistency.check_article(guide.data)
    for other, its_source in scope.known.articles.items():
        if source == its_source and slug != other:
            yield ("source",), f"is already the source of the article '{other}'; an article is loaded under one slug"
    if scope.sources is not None:
        yield from consistency.unknown_keys(consistency.article_source_keys(guide.data), scope.sources)
    yield from _check_retired(scope, slug, consistency.article_source_keys(guide.data))
    topics = {*scope.known.topics, *scope.slugs}
    for path, topic in walk.texts(guide.data, "passages[].topics[]"):
        if topic not in topics:
            yield path, f"'{shown(topic)}' is not a known topic; load its pack too"
    for path, ref in walk.texts(guide.data, "passages[].claims[]"):
        if "/" in ref and not scope.is_known_claim(ref):
            yield path, f"'{shown(ref)}' is not a known claim; correct the id"

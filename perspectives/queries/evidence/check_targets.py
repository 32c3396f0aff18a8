"""What is to be checked: the sources that are published, and the words that are quoted from them."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime

from django.conf import settings
from django.db.models import QuerySet
from django.db.models.fields.json import KT

from perspectives.models import Check, PublishedSource, PublishedUse, Source
from perspectives.models.check import LIVE
from perspectives.rules.evidence import links
from perspectives.vocab import CheckKind, CslType, IntakeKind, QuoteStatus, TextOrigin

_TIMEMAP = "/timemap/link/"
Key = tuple[str, int, str]
"""A kind, a source's id, and the words of a quotation or nothing: what a check is of."""


@dataclass(frozen=True)
class Target:
    """Something to be checked, and the address where the work is looked for."""

    kind: CheckKind
    source_id: int
    asked: str
    quote: str = ""
    is_translated: bool = False

    @property
    def key(self) -> Key:
        """What a check of it is known by."""
        return self.kind.value, self.source_id, self.quote


def address_of(record: dict[str, str]) -> tuple[str, bool]:
    """Give where a work is looked for, and whether that is by its DOI; empty where its record names nothing."""
    if url := record.get("URL"):
        return url, False
    if doi := record.get("DOI"):
        return f"{settings.DOI_RESOLVER_URL}/{doi}", True
    return "", False


def registered(record: dict[str, str]) -> tuple[IntakeKind, str]:
    """Give by what a register of works knows a work: its DOI, else its ISBN; empty where it has neither.

    A chapter has the ISBN of its book, which is another work.
    """
    if doi := record.get("DOI"):
        return IntakeKind.DOI, doi
    return IntakeKind.ISBN, "" if record.get("type") == CslType.CHAPTER else record.get("ISBN", "")


def original(timemap: str) -> str:
    """Name the page of whose copies a TimeMap tells."""
    return timemap.partition(_TIMEMAP)[2]


def targets(kinds: Iterable[CheckKind], *, topic: str = "") -> Iterator[Target]:
    """List what of these kinds can be checked over the network of all that is published, or of one topic."""
    records = dict(_published(topic))
    ids = dict(Source.objects.filter(key__in=records).values_list("key", "pk"))
    addresses = {key: address_of(record)[0] for key, record in records.items()}
    wanted = set(kinds)
    for key, record in records.items():
        for kind, asked in _asked(record).items():
            if kind in wanted and links.host(asked):
                yield Target(kind, ids[key], asked)
    if CheckKind.QUOTATION in wanted:
        for key, quote, is_translated in quotations(topic):
            if links.host(addresses[key]):
                yield Target(CheckKind.QUOTATION, ids[key], addresses[key], quote, is_translated)


def quotations(topic: str = "") -> list[tuple[str, str, bool]]:
    """List the quotations of current editions, each once: citekey, words, whether they were seen translated."""
    found = _uses(topic).filter(record__cite__has_key="quote").order_by()
    rows = found.values_list("source__key", KT("record__cite__quote"), KT("record__cite__quote_status"))
    translated: dict[tuple[str, str], bool] = {}
    for key, quote, status in rows.iterator():
        is_translated = status == QuoteStatus.TRANSLATED
        translated[key, quote] = is_translated or translated.get((key, quote), False)
    return [(key, quote, is_translated) for (key, quote), is_translated in translated.items()]


def settled(now: datetime) -> dict[Key, str | None]:
    """Map the targets that wait, run, or are not due again to the address that was asked.

    None where no other address would make them due: they are live, or rest on a file that an editor has.
    """
    current = Check.objects.filter(is_current=True, again_at__gt=now)
    columns = ("kind", "source_id", "quote", "asked", "origin")
    found: dict[Key, str | None] = {
        (kind, source, quote): None if origin == TextOrigin.FILE else asked
        for kind, source, quote, asked, origin in current.values_list(*columns)
    }
    live = Check.objects.filter(state__in=LIVE).values_list("kind", "source_id", "quote")
    return found | dict.fromkeys(live)


def _published(topic: str) -> Iterable[tuple[str, dict[str, str]]]:
    found = PublishedSource.objects.all()
    if topic:
        found = found.filter(pk__in=_uses(topic).values("source"))
    return found.values_list("key", "record")


def _uses(topic: str) -> QuerySet[PublishedUse]:
    found = PublishedUse.objects.all()
    return found.filter(edition__topic__slug=topic) if topic else found


def _asked(record: dict[str, str]) -> dict[CheckKind, str]:
    """Name the address that is asked of a work for each kind of check; empty where there is nobody to ask."""
    (kind, identifier), doi, url = registered(record), record.get("DOI"), record.get("URL")
    register = settings.DOI_RESOLVER_URL if kind is IntakeKind.DOI else settings.OPENLIBRARY_URL
    return {
        CheckKind.LINK: address_of(record)[0],
        CheckKind.RETRACTION: f"{settings.CROSSREF_URL}/works/{doi}" if doi else "",
        CheckKind.METADATA: f"{register}/{identifier}" if identifier else "",
        CheckKind.SNAPSHOT: f"{settings.ARCHIVE_URL}{_TIMEMAP}{url}" if url and settings.ARCHIVE_URL else "",
    }

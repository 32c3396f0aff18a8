"""The handouts that readers may download, and which of them are to be made."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.db.models.functions import Length

from perspectives.models import Edition, FormattedBibliography, Handout
from perspectives.vocab import BibliographyStyle, HandoutFormat, HandoutState

STYLE = BibliographyStyle.APA
"""The style of the references in a handout."""


@dataclass(frozen=True)
class Described:
    """A handout without its file, whose `size` is in bytes; `is_final` tells that no further attempt will be made."""

    format: HandoutFormat
    state: HandoutState = HandoutState.WAITING
    size: int | None = None
    error: str = ""
    is_final: bool = False


def of_topic(slug: str, *, most_attempts: int) -> tuple[Described, ...]:
    """Describe the handouts of a topic's current edition, one each format, in one query."""
    rows = _of_current(slug).annotate(size=Length("body")).values_list("format", "state", "size", "error", "attempts")
    found = {
        code: Described(HandoutFormat.of(code), HandoutState.of(state), size, error, attempts >= most_attempts)
        for code, state, size, error, attempts in rows
    }
    return tuple(found.get(one.value, Described(one)) for one in HandoutFormat)


def ready(slug: str, wanted: HandoutFormat) -> Handout | None:
    """Fetch the handout of a topic's current edition with its file; None until it is made."""
    return _of_current(slug).filter(format=wanted, state=HandoutState.READY).select_related("edition").first()


def _of_current(slug: str) -> QuerySet[Handout]:
    return Handout.objects.filter(edition__current_for_topic__slug=slug, edition__retraction=None)


def editions() -> QuerySet[Edition]:
    """List the editions of which there are to be handouts: the current ones of topics, with formatted references.

    Of what was retracted nobody is to hand out anything.
    """
    formatted = FormattedBibliography.objects.filter(sha256=OuterRef("sha256"), style=STYLE)
    current = Edition.objects.filter(Exists(formatted), current_for_topic__isnull=False, retraction=None)
    return current.defer("body")


def due(now: datetime, *, most_attempts: int, rest: timedelta) -> QuerySet[Handout]:
    """List the handouts to be made, those tried least often first; after a failure they rest for a while."""
    is_new = Q(state=HandoutState.WAITING)
    is_rested = Q(state=HandoutState.FAILED, attempts__lt=most_attempts, begun_at__lt=now - rest)
    return Handout.objects.filter(is_new | is_rested).order_by("attempts", "pk").defer("body")

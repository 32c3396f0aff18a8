"""The people who hold perspectives or state claims: the list by last name, and what else is known of one."""

from collections.abc import Collection
from typing import Any

from django.contrib.postgres.search import SearchQuery
from django.db.models import F, Func, Q, QuerySet, TextField, Value
from django.db.models.functions import Left

from perspectives.errors import require_found
from perspectives.models import PublishedPerson, PublishedPosition
from perspectives.models.publication.published import STEMMED
from perspectives.queries.publication import published
from perspectives.rules.sources.source_record import SourceRecord
from perspectives.rules.topics.people import LONGEST_SLUG, is_written_by, name_line, person_slug

_HELPERS = ["editor", "translator"]
_LAST_WORD = Func(F("slug"), Value("[^-]+$"), function="substring", output_field=TextField())


def people(*, letter: str = "", words: str = "") -> QuerySet[PublishedPerson]:
    """List people by the last word of their name, where it begins with `letter` and the name contains `words`."""
    found = published.people().annotate(last=_LAST_WORD).order_by("last", "slug")
    if letter:
        found = found.filter(last__startswith=letter)
    return found.filter(name__icontains=words) if words else found


def initials() -> list[str]:
    """List the letters with which last names begin."""
    letters = published.people().annotate(initial=Left(_LAST_WORD, 1)).order_by("initial")
    return list(letters.values_list("initial", flat=True).distinct())


def person(slug: str) -> PublishedPerson:
    """Fetch a person. Raises NotFoundError."""
    words = f"Nobody called '{slug}' holds a position or states a claim here."
    return require_found(published.people().filter(slug=slug).first(), words)


def name_in_works(slug: str) -> str | None:
    """Tell the name of somebody whom cited works name as author, editor or translator, by the slug of that name.

    One query: the index finds works of which an author has a word of the name, to which all with editors or translators
    are added, since it knows nothing of these.
    """
    if len(slug) > LONGEST_SLUG:
        return None
    asked = SearchQuery(" or ".join(slug.split("-")), config=STEMMED, search_type="websearch")
    near = published.sources().filter(Q(search=asked) | Q(record__has_any_keys=_HELPERS)).order_by("key")
    for record in map(SourceRecord.model_validate, near.values_list("record", flat=True)):
        for name in map(name_line, (*record.author, *record.editor, *record.translator)):
            if person_slug(name) == slug:
                return name
    return None


def on_topics(topics: Collection[str]) -> list[dict[str, Any]]:
    """Fetch the records of the people who hold or state something on one of these topics, by last name."""
    held = Q(slug__in=PublishedPosition.objects.filter(published_topic__slug__in=topics).values("person"))
    claims = published.claims().filter(published_topic__slug__in=topics)
    stating = claims.annotate(one=Func(F("stated_by"), function="unnest")).values("one")
    return list(people().filter(held | Q(slug__in=stating)).values_list("record", flat=True))


def works(found: PublishedPerson) -> list[tuple[str, SourceRecord]]:
    """List the cited sources of which the person is an author, by citekey.

    The index finds the last word of the name in titles and authors; the records tell whose name it is.
    """
    asked = SearchQuery(found.name.split()[-1], config=STEMMED)
    near = published.sources().filter(search=asked).values_list("key", "record")
    records = ((key, SourceRecord.model_validate(record)) for key, record in near)
    return [(key, each) for key, each in records if any(is_written_by(name, found.slug) for name in each.author)]


def stances(refs: Collection[str]) -> dict[str, str]:
    """Map the public ids of claims to the stances of those who make them."""
    return dict(published.claims().filter(public_id__in=refs).values_list("public_id", "stance"))

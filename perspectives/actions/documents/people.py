"""The people whom drafts name."""

from collections.abc import Collection

from django.db.models import F, Func, Q, TextField, Value
from django.utils.text import slugify

from perspectives.actions import row_sets
from perspectives.models import Person

_LONGEST = 100


def ids(names: Collection[str]) -> dict[str, int]:
    """Find people by name and add those who are new; a slug that is taken gets a number. Gives their ids by name."""
    known = dict(Person.objects.filter(name__in=names).order_by().values_list("name", "pk"))
    if not (new := sorted(set(names) - known.keys())):
        return known
    bases = {name: slugify(name)[:_LONGEST] or "person" for name in new}
    taken = _taken(set(bases.values()))
    slugs: dict[str, str] = {}
    for name in new:
        slug, number = bases[name], 2
        while slug in taken:
            slug, number = f"{bases[name]}-{number}", number + 1
        taken.add(slug)
        slugs[name] = slug
    added = dict(zip(new, row_sets.new_ids({Person: len(new)})[Person], strict=True))
    row_sets.insert(Person, [{"id": pk, "name": name, "slug": slugs[name]} for name, pk in added.items()])
    return known | added


def _taken(bases: set[str]) -> set[str]:
    """Give the slugs that are one of these, or one of these with a number."""
    base = Func(F("slug"), Value(r"-\d+$"), Value(""), function="regexp_replace", output_field=TextField())
    people = Person.objects.annotate(base=base).filter(Q(slug__in=bases) | Q(base__in=bases))
    return set(people.order_by().values_list("slug", flat=True))

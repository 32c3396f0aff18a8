"""The thesaurus as it stands."""

from collections.abc import Mapping, Sequence

from perspectives.models import SynonymGroup
from perspectives.rules.documents import parts


def groups() -> dict[str, list[str]]:
    """Give all groups by name."""
    return dict(SynonymGroup.objects.order_by("name").values_list("name", "terms"))


def version(of: Mapping[str, Sequence[str]]) -> str:
    """Tell one state of the thesaurus from another."""
    return parts.version({name: list(terms) for name, terms in of.items()})

"""Builders of database constraints, so that each model states what is true in a line."""

from django.db.models import CheckConstraint, Q, TextChoices, UniqueConstraint
from django.db.models.constraints import Deferrable

_NOT_BLANK = r"\S"
_SHA256 = "^[0-9a-f]{64}$"


def is_known(model: str, field: str, terms: type[TextChoices], *, may_be_blank: bool = False) -> CheckConstraint:
    """Let `field` hold only the codes of `terms` (or nothing)."""
    codes = [*terms.values, *([""] if may_be_blank else [])]
    return CheckConstraint(
        condition=Q(**{f"{field}__in": codes, f"{field}__isnull": False}),
        name=f"perspectives_{model}_{field}_is_known",
        violation_error_message=f"Choose one of: {', '.join(terms.values)}.",
    )


def not_blank(model: str, *fields: str) -> CheckConstraint:
    """Let none of `fields` be empty or white space."""
    condition = Q()
    for field in fields:
        condition &= Q(**{f"{field}__regex": _NOT_BLANK})
    return CheckConstraint(
        condition=condition,
        name=f"perspectives_{model}_is_not_blank",
        violation_error_message=f"Fill in: {', '.join(fields)}.",
    )


def exactly_one(model: str, *fields: str) -> CheckConstraint:
    """Let exactly one of the nullable `fields` be set."""
    condition = Q()
    for chosen in fields:
        condition |= Q(**{f"{field}__isnull": field != chosen for field in fields})
    return CheckConstraint(
        condition=condition,
        name=f"perspectives_{model}_has_one_owner",
        violation_error_message=f"Set exactly one of: {', '.join(fields)}.",
    )


def is_sha256(name: str, *fields: str) -> CheckConstraint:
    """Let `fields` hold nothing but SHA-256 hashes in hexadecimal; `name` begins with the model's."""
    return CheckConstraint(
        condition=Q(**{f"{field}__regex": _SHA256 for field in fields}),
        name=f"perspectives_{name}",
        violation_error_message="Give a SHA-256 in hexadecimal.",
    )


def unique_identifier(model: str, owner: str) -> UniqueConstraint:
    """Let no two rows of an owner have the same identifier."""
    return UniqueConstraint(
        fields=[owner, "identifier"],
        name=f"perspectives_{model}_identifier_is_unique",
        violation_error_message=f"Another {model} of the {owner} has this id.",
    )


def once(name: str, *fields: str) -> UniqueConstraint:
    """Let no two rows agree in all `fields`; checked at commit like `in_order`. `name` begins with the model's."""
    return UniqueConstraint(fields=fields, name=f"perspectives_{name}", deferrable=Deferrable.DEFERRED)


def in_order(model: str, *owner: str) -> UniqueConstraint:
    """Give each place in an owner's list to one row; checked at commit, so that lists can be rearranged."""
    return UniqueConstraint(
        fields=[*owner, "order"],
        name=f"perspectives_{model}_order_is_unique",
        deferrable=Deferrable.DEFERRED,
        nulls_distinct=False,
        violation_error_message="Another item stands at this place.",
    )

"""Who may do what: one table to read aloud. What it does not name is refused."""

from collections.abc import Callable, Mapping
from enum import StrEnum
from typing import Final

from perspectives.errors import NotPermittedError
from perspectives.models import User
from perspectives.vocab import Role


class Operator:
    """Whoever runs management commands on the server; such actions are logged without a person."""

    def __str__(self) -> str:
        return "the operator at the command line"


OPERATOR: Final = Operator()
Actor = User | Operator


class Permission(StrEnum):
    """An action that somebody may or may not do."""

    PACK_LOAD = "pack.load"
    ARGUMENT_IMPORT = "argument.import"
    FIXTURE_PUBLISH = "fixture.publish"
    EDITION_PROPOSE = "edition.propose"
    EDITION_APPROVE = "edition.approve"
    EDITION_RETURN = "edition.return"
    EDITION_WITHDRAW = "edition.withdraw"
    EDITION_RESTORE = "edition.restore"
    EDITION_RETRACT = "edition.retract"
    DOCUMENT_ARCHIVE = "document.archive"
    DESK_SEE = "desk.see"
    HISTORY_SEE = "history.see"
    TOPIC_CHANGE = "topic.change"
    ARTICLE_CHANGE = "article.change"
    SOURCE_CHANGE = "source.change"
    SOURCE_MERGE = "source.merge"
    THESAURUS_CHANGE = "thesaurus.change"
    EVIDENCE_CHECK = "evidence.check"
    QUOTATION_CONFIRM = "quotation.confirm"
    INTAKE_START = "intake.start"
    INTAKE_DECIDE = "intake.decide"
    SUGGESTION_SEND = "suggestion.send"
    SUGGESTION_ANSWER = "suggestion.answer"
    SUGGESTION_DECIDE = "suggestion.decide"
    COMMENT_WRITE = "comment.write"
    COMMENT_EDIT = "comment.edit"
    COMMENT_DELETE = "comment.delete"
    ASSIGNMENT_MAKE = "assignment.make"
    NOTICE_READ = "notice.read"
    NOTICE_CHOOSE = "notice.choose"
    ACCOUNT_CREATE = "account.create"
    ACCOUNT_INVITE = "account.invite"
    ACCOUNT_CHANGE = "account.change"
    ACCOUNT_CHANGE_ROLE = "account.change-role"
    ACCOUNT_DEACTIVATE = "account.deactivate"
    ACCOUNT_EXPORT = "account.export"
    ACCOUNT_ERASE = "account.erase"
    ACCOUNT_ERASE_AGAIN = "account.erase-again"
    API_KEY_CREATE = "api-key.create"
    API_KEY_REVOKE = "api-key.revoke"
    WEBHOOK_ADD = "webhook.add"
    WEBHOOK_CHANGE = "webhook.change"
    PLATFORM_CHANGE = "platform.change"
    CLASS_OPEN = "class.open"
    CLASS_LEAD = "class.lead"


Predicate = Callable[[Actor | None, int | None], bool]
"""Asks of an actor, and of the id of the person who began the matter where that counts."""


def is_operator(actor: Actor | None, _: int | None = None) -> bool:
    """Allow whoever runs commands on the server."""
    return isinstance(actor, Operator)


_CONTRIBUTORS: Final = frozenset({Role.CONTRIBUTOR, Role.MODERATOR, Role.CHIEF_EDITOR})
_MODERATORS: Final = frozenset({Role.MODERATOR, Role.CHIEF_EDITOR})


def is_contributor(actor: Actor | None, _: int | None = None) -> bool:
    """Allow active contributors, moderators and chief editors."""
    return isinstance(actor, User) and actor.is_active and actor.role in _CONTRIBUTORS


def is_moderator(actor: Actor | None, _: int | None = None) -> bool:
    """Allow active moderators and chief editors."""
    return isinstance(actor, User) and actor.is_active and actor.role in _MODERATORS


def is_chief_editor(actor: Actor | None, _: int | None = None) -> bool:
    """Allow active chief editors."""
    return isinstance(actor, User) and actor.is_active and actor.role == Role.CHIEF_EDITOR


def is_another_chief_editor(actor: Actor | None, begun_by: int | None = None) -> bool:
    """Allow active chief editors, but not about themselves."""
    return isinstance(actor, User) and is_chief_editor(actor) and begun_by is not None and actor.pk != begun_by


def is_another_moderator(actor: Actor | None, begun_by: int | None = None) -> bool:
    """Allow active moderators and chief editors other than the person who began the matter."""
    return isinstance(actor, User) and is_moderator(actor) and begun_by is not None and actor.pk != begun_by


def is_moderator_who_began(actor: Actor | None, begun_by: int | None = None) -> bool:
    """Allow the active moderator or chief editor who began the matter."""
    return isinstance(actor, User) and is_moderator(actor) and actor.pk == begun_by


def is_contributor_who_began(actor: Actor | None, begun_by: int | None = None) -> bool:
    """Allow the active contributor, moderator or chief editor who began the matter."""
    return isinstance(actor, User) and is_contributor(actor) and actor.pk == begun_by


def is_person(actor: Actor | None, _: int | None = None) -> bool:
    """Allow every active person."""
    return isinstance(actor, User) and actor.is_active


def is_owner(actor: Actor | None, begun_by: int | None = None) -> bool:
    """Allow the active person to whom it belongs."""
    return isinstance(actor, User) and is_person(actor) and actor.pk == begun_by


def is_owner_or_moderator(actor: Actor | None, begun_by: int | None = None) -> bool:
    """Allow the active person to whom it belongs, and active moderators."""
    return isinstance(actor, User) and is_person(actor) and (actor.pk == begun_by or is_moderator(actor))


def is_owner_or_chief_editor(actor: Actor | None, begun_by: int | None = None) -> bool:
    """Allow the active person to whom it belongs, and active chief editors."""
    return is_owner(actor, begun_by) or is_chief_editor(actor)


POLICY: Mapping[Permission, Predicate] = {
    Permission.PACK_LOAD: is_operator,
    Permission.ARGUMENT_IMPORT: is_operator,
    Permission.FIXTURE_PUBLISH: is_operator,
    Permission.EDITION_PROPOSE: is_moderator,
    Permission.EDITION_APPROVE: is_another_moderator,
    Permission.EDITION_RETURN: is_another_moderator,
    Permission.EDITION_WITHDRAW: is_moderator_who_began,
    Permission.EDITION_RESTORE: is_moderator,
    Permission.EDITION_RETRACT: is_chief_editor,
    Permission.DOCUMENT_ARCHIVE: is_chief_editor,
    Permission.DESK_SEE: is_contributor,
    Permission.HISTORY_SEE: is_moderator,
    Permission.TOPIC_CHANGE: is_moderator,
    Permission.ARTICLE_CHANGE: is_moderator,
    Permission.SOURCE_CHANGE: is_moderator,
    Permission.SOURCE_MERGE: is_moderator,
    Permission.THESAURUS_CHANGE: is_moderator,
    Permission.EVIDENCE_CHECK: is_operator,
    Permission.QUOTATION_CONFIRM: is_moderator,
    Permission.INTAKE_START: is_contributor,
    Permission.INTAKE_DECIDE: is_moderator,
    Permission.SUGGESTION_SEND: is_person,
    Permission.SUGGESTION_ANSWER: is_owner,
    Permission.SUGGESTION_DECIDE: is_another_moderator,
    Permission.COMMENT_WRITE: is_contributor,
    Permission.COMMENT_EDIT: is_contributor_who_began,
    Permission.COMMENT_DELETE: is_owner_or_chief_editor,
    Permission.ASSIGNMENT_MAKE: is_moderator,
    Permission.NOTICE_READ: is_person,
    Permission.NOTICE_CHOOSE: is_person,
    Permission.ACCOUNT_CREATE: is_operator,
    Permission.ACCOUNT_INVITE: is_chief_editor,
    Permission.ACCOUNT_CHANGE: is_owner,
    Permission.ACCOUNT_CHANGE_ROLE: is_another_chief_editor,
    Permission.ACCOUNT_DEACTIVATE: is_another_chief_editor,
    Permission.ACCOUNT_EXPORT: is_person,
    Permission.ACCOUNT_ERASE: is_owner_or_chief_editor,
    Permission.ACCOUNT_ERASE_AGAIN: is_operator,
    Permission.API_KEY_CREATE: is_person,
    Permission.API_KEY_REVOKE: is_owner_or_moderator,
    Permission.WEBHOOK_ADD: is_person,
    Permission.WEBHOOK_CHANGE: is_owner,
    Permission.PLATFORM_CHANGE: is_chief_editor,
    Permission.CLASS_OPEN: is_person,
    Permission.CLASS_LEAD: is_owner,
}


def needs_second_factor(person: User) -> bool:
    """Whether the desk asks this person for a second factor: of whoever decides what is published, it does."""
    return is_moderator(person)


def can(actor: Actor | None, permission: Permission, *, begun_by: int | None = None) -> bool:
    """Whether `actor` may do this; nobody (None) may do nothing."""
    return actor is not None and POLICY[permission](actor, begun_by)


def require(actor: Actor | None, permission: Permission, *, begun_by: int | None = None) -> Actor:
    """Give back the actor who may do this. Raises NotPermittedError otherwise."""
    if actor is None or not can(actor, permission, begun_by=begun_by):
        who = "Nobody" if actor is None else str(actor)
        rule = (POLICY[permission].__doc__ or "").strip()
        raise NotPermittedError(f"{who} may not do this ({permission.value}). The rule: {rule}")
    return actor


def require_person(actor: Actor | None, permission: Permission, *, begun_by: int | None = None) -> User:
    """Give back the person who may do this. Raises NotPermittedError otherwise, and for the operator."""
    allowed = require(actor, permission, begun_by=begun_by)
    if isinstance(allowed, Operator):
        raise NotPermittedError(f"{allowed} may not do this ({permission.value}): it needs a person's name.")
    return allowed

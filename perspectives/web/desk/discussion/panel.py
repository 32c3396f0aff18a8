"""What the pages of drafts and proposals show of their discussion: who sees to it, comments, and the forms for both."""

import secrets
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, cast

from django import forms
from django.urls import reverse
from django.utils import timezone

from perspectives.actions.discussion.comments import CHANGED_UNTIL, LONGEST_TOKEN
from perspectives.models import Assignment, Comment, Proposal, Topic, User
from perspectives.policy import Permission, can, is_moderator
from perspectives.queries.discussion import discussed
from perspectives.queries.discussion.discussed import Discussed
from perspectives.rules.discussion import mentions
from perspectives.vocab import ProposalStatus

NAMES = "mention_names"
"""The id of the list of names on a page, from which a script offers those that somebody begins to type."""


class CommentForm(forms.Form):
    """The words of a comment."""

    text = forms.CharField(
        label="Your comment",
        max_length=mentions.LONGEST,
        widget=forms.Textarea(attrs={"rows": 4, "data-mentions": NAMES}),
        help_text="Plain text. Write @ and a user name to tell that person.",
        error_messages={"required": "Write something."},
    )
    token = forms.CharField(required=False, max_length=LONGEST_TOKEN, widget=forms.HiddenInput)

    def __init__(self, data: Any = None, **more: Any) -> None:
        super().__init__(data, auto_id="id_comment_%s", **more)
        self.fields["token"].initial = secrets.token_urlsafe(24)


class AssignForm(forms.Form):
    """Who sees to it, and by when."""

    assignee = forms.TypedChoiceField(label="Who sees to it", required=False, coerce=int, empty_value=None)
    due_on = forms.DateField(
        label="By", required=False, widget=forms.DateInput(attrs={"type": "date"}), help_text="The day may stay open."
    )
    seen = forms.IntegerField(widget=forms.HiddenInput, min_value=0, max_value=2**62)

    def __init__(self, data: Any = None, *, people: list[User], standing: Assignment | None) -> None:
        initial: dict[str, Any] = {"seen": standing.pk if standing else 0}
        if standing:
            initial |= {"assignee": standing.assignee_id, "due_on": standing.due_on}
        super().__init__(data, auto_id="id_assign_%s", initial=initial)
        moderators = [one for one in people if is_moderator(one)]
        if standing and standing.assignee not in moderators:
            moderators.append(standing.assignee)
        assignee = cast("forms.TypedChoiceField", self.fields["assignee"])
        assignee.choices = [("", "Nobody"), *((one.pk, str(one)) for one in moderators)]


@dataclass(frozen=True)
class Row:
    """A comment as somebody sees it, and what they may do with it."""

    comment: Comment
    text: str
    may_edit: bool
    may_delete: bool


@dataclass(frozen=True)
class Panel:
    """The discussion of a draft or a proposal as somebody sees it."""

    kind: str
    number: int
    title: str
    home: str
    """The address of the page of what is discussed, which has the panel too."""
    rows: tuple[Row, ...]
    people: list[User]
    standing: Assignment | None
    comment_form: CommentForm
    assign_form: AssignForm | None
    """Nothing for who may not assign, and where there is nothing to see to any more."""

    @property
    def is_overdue(self) -> bool:
        """Whether the day by which it was to be done is over."""
        due_on = self.standing.due_on if self.standing else None
        return due_on is not None and due_on < timezone.now().date()


def panel(about: Discussed, who: User, *, comment_form: CommentForm | None = None, assigned: Any = None) -> Panel:
    """Gather the discussion; five queries. `assigned` is what was sent of the form of assignments, if it was."""
    [kind] = discussed.owner(about)
    people, standing = list(discussed.people_at_desk()), discussed.assignment(about)
    is_over = isinstance(about, Proposal) and about.status != ProposalStatus.OPEN
    may_assign = can(who, Permission.ASSIGNMENT_MAKE) and not is_over
    return Panel(
        kind=kind,
        number=about.pk,
        title=title(about),
        home=home(about),
        rows=tuple(_rows(about, who)),
        people=people,
        standing=standing,
        comment_form=comment_form or CommentForm(),
        assign_form=AssignForm(assigned, people=people, standing=standing) if may_assign else None,
    )


def title(about: Discussed) -> str:
    """Name what is discussed."""
    if isinstance(about, Proposal):
        subject = about.topic or about.article
        return f"Proposal {about.pk}: {subject.title if subject else ''}"
    return f"Draft: {about.title}" if isinstance(about, Topic) else f"Guide: {about.title}"


def home(about: Discussed) -> str:
    """Give the address of the page on which it is worked on; a guide has none, so its discussion is that."""
    if isinstance(about, Proposal):
        return reverse("desk-proposal", args=[about.pk])
    if isinstance(about, Topic):
        return reverse("desk-topic", args=[about.slug])
    return reverse("desk-discussion", args=["article", about.pk])


def _rows(about: Discussed, who: User) -> Iterator[Row]:
    young = timezone.now() - CHANGED_UNTIL
    for said in discussed.comments(about):
        one = said.comment
        is_there = one.deleted_at is None
        yield Row(
            one,
            said.text,
            may_edit=is_there and one.at > young and can(who, Permission.COMMENT_EDIT, begun_by=one.by_id),
            may_delete=is_there and can(who, Permission.COMMENT_DELETE, begun_by=one.by_id),
        )

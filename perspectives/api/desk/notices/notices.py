"""One's own notices over REST: what happened, marked as read, and what of it is mailed."""

from collections.abc import Mapping
from typing import Annotated, Any, ClassVar

from pydantic import Field
from rest_framework.request import Request
from rest_framework.response import Response

from perspectives.actions.notices import own_notices as actions
from perspectives.api.desk import pagination
from perspectives.api.desk.shapes import Moment, Page, Record
from perspectives.api.desk.views import DeskView, operation
from perspectives.api.http.permissions import HasScope, IsPermitted
from perspectives.models import Notice
from perspectives.policy import Permission
from perspectives.queries.notices import notices
from perspectives.rules.documents.fields import Number, Part
from perspectives.vocab import MailFrequency, NoticeKind, Scope

_MOST_READ = 500


class NoticeRecord(Record):
    """A notice: what happened in a sentence, the words that go with it, and the page that it is about."""

    id: int
    kind: NoticeKind
    at: Moment
    sentence: str
    words: str | None = None
    url: str
    read_at: Moment | None = None


class Notices(Page[NoticeRecord]):
    """One's own notices, newest first."""


class Reading(Part):
    """The numbers of the notices to mark as read; without them, all."""

    notices: Annotated[tuple[int, ...], Field(max_length=_MOST_READ)] | None = None


class Read(Part):
    """How many notices were not read before."""

    read: Number


class Mails(Part):
    """How often notices of each kind are mailed."""

    frequencies: dict[NoticeKind, MailFrequency]


class OwnNoticeView(DeskView):
    """A resource of whoever gets notices; those of others are not there."""

    scope = Scope.NOTICES
    permission = Permission.NOTICE_READ
    permission_classes = [HasScope, IsPermitted]
    orderings: ClassVar = {"-pk": {"-pk": int}}


class NoticeListView(OwnNoticeView):
    """One's own notices."""

    @operation(answer=Notices, queries=pagination.QUERY)
    def get(self, request: Request) -> Response:
        """List one's own notices, newest first; those without `read_at` are not read."""
        return self.page(notices.listed(self.person), self._record)

    def _record(self, one: Notice) -> dict[str, Any]:
        told = notices.told(one)
        url = self.request.build_absolute_uri(told.address)
        return NoticeRecord.of(one, at=one.entry.at, sentence=told.sentence, words=told.words or None, url=url)


class NoticeReadingView(OwnNoticeView):
    """Marking one's notices as read."""

    @operation(answer=Read, body=Reading)
    def post(self, request: Request) -> Response:
        """Mark some of one's own notices as read, or all; what is read is not mailed any more."""
        return Response({"read": actions.mark_read(by=self.person, notice_ids=self.body.notices)})


class NoticeMailsView(OwnNoticeView):
    """What is mailed."""

    @operation(answer=Mails)
    def get(self, request: Request) -> Response:
        """Tell how often notices of each kind are mailed."""
        return _chosen(notices.choices(self.person))

    @operation(answer=Mails, body=Mails)
    def put(self, request: Request) -> Response:
        """Choose how often notices are mailed; kinds that are not named stay as they are."""
        wanted = {kind.value: frequency.value for kind, frequency in self.body.frequencies.items()}
        return _chosen(actions.choose_mails(by=self.person, choices=wanted))


def _chosen(choices: Mapping[NoticeKind, MailFrequency]) -> Response:
    return Response({"frequencies": {kind.value: frequency.value for kind, frequency in choices.items()}})

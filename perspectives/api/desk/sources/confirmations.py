"""Confirmations of quotations over REST: list those that count, confirm as an editor, take back."""

from datetime import date
from typing import Annotated

from pydantic import Field
from rest_framework.request import Request
from rest_framework.response import Response

from perspectives.actions.evidence import confirmations as actions
from perspectives.api.desk import pagination
from perspectives.api.desk.shapes import Moment, Page, Record, SourceKey, Username
from perspectives.api.desk.views import DeskView, operation
from perspectives.queries.evidence import confirmations
from perspectives.queries.sources import source_catalogue
from perspectives.rules.documents.fields import Line, Part
from perspectives.rules.evidence.confirmations import LONGEST_COPY, LONGEST_PLACE, Seen


class Sighting(Part):
    """The words, the copy in which you saw them, where in it, when, and whether readers may see your name."""

    quote: Line
    seen_in: Annotated[Line, Field(max_length=LONGEST_COPY)]
    place: Annotated[Line, Field(max_length=LONGEST_PLACE)] | None = None
    seen_on: date
    is_named: bool = False


class QuotationConfirmed(Record):
    """A confirmation that counts, with the editor, whom readers see with `is_named` only."""

    id: int
    source: SourceKey
    quote: Line
    seen_in: str
    place: str | None = None
    seen_on: date
    is_named: bool
    by: Username
    at: Moment


class QuotationsConfirmed(Page[QuotationConfirmed]):
    """The confirmations of a source's quotations that count."""


class ConfirmationListView(DeskView):
    """What editors confirmed of the quotations of a source."""

    orderings = {"id": {"id": int}}

    @operation(answer=QuotationsConfirmed, queries=pagination.QUERY)
    def get(self, _request: Request, key: str) -> Response:
        """List the confirmations that count, in the order in which they were made."""
        return self.page(confirmations.all_counting(source_catalogue.source(key).pk), QuotationConfirmed.of)

    @operation(answer=QuotationConfirmed, body=Sighting, status=201)
    def post(self, _request: Request, key: str) -> Response:
        """Confirm that you saw the words yourself; an earlier confirmation of the same words counts no more."""
        said = self.body
        seen = Seen(said.seen_in, said.seen_on, said.place or "", said.is_named)
        made = actions.confirm(key=key, quote=said.quote, seen=seen, by=self.person)
        return Response(QuotationConfirmed.of(made), status=201)


class ConfirmationView(DeskView):
    """A confirmation."""

    @operation(answer=QuotationConfirmed)
    def withdrawn(self, _request: Request, key: str, number: int) -> Response:
        """Take the confirmation back; the record that it was there stays at the desk."""
        wanted = confirmations.confirmation(number, key=key)
        found = actions.withdraw(confirmation_id=wanted.pk, by=self.person)
        return Response(QuotationConfirmed.of(found))

    delete = withdrawn

"""What is kept of the owner of a key, over REST."""

from typing import Any

from rest_framework.request import Request
from rest_framework.response import Response

from perspectives.api.desk.shapes import Moment
from perspectives.api.desk.views import DeskView, operation
from perspectives.api.http.permissions import HasScope, IsPermitted
from perspectives.policy import Permission
from perspectives.queries.accounts import own_data
from perspectives.rules.documents.fields import Part
from perspectives.vocab import Scope

_Rows = list[dict[str, Any]]


class Session(Part):
    """A session that was begun by signing in."""

    began_at: Moment | None
    used_at: Moment | None
    ends_at: Moment


class OwnAccount(Part):
    """All that is kept of the owner of the key; `docs/privacy.md` says of each member why and how long.

    Rows of a kind get further members as time goes on; `form` counts changes after which a member means another thing.
    """

    form: int
    made_at: Moment
    account: dict[str, Any]
    email_addresses: _Rows
    second_factors: _Rows
    api_keys: _Rows
    api_keys_revoked: _Rows
    webhooks: _Rows
    lti_registrations: _Rows
    classes: _Rows
    invitation: _Rows
    invitations_made: _Rows
    invitations_taken_back: _Rows
    suggestions: _Rows
    suggestions_decided: _Rows
    suggestion_messages: _Rows
    intakes: _Rows
    intake_decisions: _Rows
    proposals: _Rows
    proposals_decided: _Rows
    bundles: _Rows
    editions_proposed: _Rows
    editions_approved: _Rows
    retractions: _Rows
    archivings: _Rows
    confirmations: _Rows
    confirmations_withdrawn: _Rows
    comments: _Rows
    comments_deleted: _Rows
    assignments: _Rows
    assignments_made: _Rows
    assignments_ended: _Rows
    notices: _Rows
    mails_of_notices: _Rows
    mails_chosen: _Rows
    log: _Rows
    log_about_you: _Rows
    sessions: list[Session]
    failed_sign_ins: _Rows
    left_out: list[str]


class OwnAccountView(DeskView):
    """One's own account."""

    scope = Scope.EXPORT
    permission = Permission.ACCOUNT_EXPORT
    permission_classes = [HasScope, IsPermitted]

    @operation(answer=OwnAccount)
    def get(self, _request: Request) -> Response:
        """Give all that is kept of the owner of the key; the page of the account gives the same file."""
        return Response(own_data.kept(self.person))

"""Bundles over REST: which editions are behind a source, proposing their next ones, deciding on all."""

from typing import Any

from django.urls import reverse
from rest_framework.request import Request
from rest_framework.response import Response

from perspectives.actions.publication import bundles as actions
from perspectives.api.desk.publication import bundle_shapes as shapes
from perspectives.api.desk.shapes import ProposalRecord
from perspectives.api.desk.views import DeskView, operation, versioned
from perspectives.queries.publication import bundles
from perspectives.queries.publication.bundles import Lagging
from perspectives.queries.publication.review import owner
from perspectives.queries.sources import source_catalogue


class SourceBundleView(DeskView):
    """A source's correction on its way to readers."""

    @operation(answer=shapes.LaggingEditions)
    def get(self, _request: Request, key: str) -> Response:
        """List the current editions that hold another record of the source, or works merged into it.

        The ETag is the version of the source's record, which `POST` names.
        """
        source = source_catalogue.source(key)
        return versioned({"results": [_lagging(one) for one in bundles.lagging(source)]}, of=source.record)

    @operation(answer=shapes.BundleRecord, body=shapes.NewBundle, is_versioned=True, status=201)
    def post(self, request: Request, key: str) -> Response:
        """Propose the next editions of topics and guides, which differ from the current ones in this source alone."""
        wanted = self.body
        made = actions.propose(
            key=key,
            version=self.version or "",
            topics=wanted.topics,
            articles=wanted.articles,
            by=self.person,
            note=wanted.note or "",
        )
        return versioned(_record(made.pk), status=201, location=reverse("api:desk-bundle", kwargs={"bundle": made.pk}))


class BundleListView(DeskView):
    """Bundles."""

    @operation(answer=shapes.Bundles)
    def get(self, _request: Request) -> Response:
        """List the bundles that wait for a second person, the longest waiting first."""
        return Response({"results": [shapes.WaitingBundle.of(one) for one in bundles.waiting()]})


class BundleView(DeskView):
    """One bundle."""

    @operation(answer=shapes.BundleRecord)
    def get(self, _request: Request, bundle: int) -> Response:
        """Give the bundle with all of its proposals."""
        return versioned(_record(bundle))

    @operation(answer=shapes.BundleRecord, body=shapes.BundleDecision, is_versioned=True)
    def post(self, request: Request, bundle: int) -> Response:
        """Decide on the bundle: another moderator approves all or some of it or returns it, its proposer withdraws it.

        What is not among the approved `proposals` goes back with the reason.
        """
        self.require_version(_record(bundle), "The bundle was decided in the meantime.")
        given: dict[str, Any] = {"bundle_id": bundle, "by": self.person, "reason": self.body.reason or ""}
        if self.body.decision == "approve":
            actions.approve(proposals=self.body.proposals, **given)
        elif self.body.decision == "return":
            actions.send_back(**given)
        else:
            actions.withdraw(**given)
        return versioned(_record(bundle))


def _lagging(one: Lagging) -> dict[str, Any]:
    return {
        **{kind: subject.slug for kind, subject in owner(one.subject).items()},
        "edition": one.before.edition,
        **({"proposal": one.proposal.pk} if one.proposal else {}),
        "broken": [str(breach) for breach in one.breaches],
    }


def _record(number: int) -> dict[str, Any]:
    found = bundles.bundle(number)
    proposals = [
        {**ProposalRecord.of(one.proposal), "edition": one.after.edition, "broken": [*map(str, one.breaches)]}
        for one in bundles.bundled(found)
    ]
    return shapes.BundleRecord.of(found, proposals=proposals)

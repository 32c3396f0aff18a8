"""Addresses of the desk's resources, below /api/v1/desk/; `docs/api.md` describes them."""

from django.urls import path

from perspectives.api.desk import about, drafts, proposals

urlpatterns = [
    path("schema/", about.DeskSchemaView.as_view(), name="desk-schema"),
    path("topics/", drafts.DraftListView.as_view(), name="desk-topics"),
    path("topics/<slug:slug>/", drafts.DraftView.as_view(), name="desk-topic"),
    path("topics/<slug:slug>/parts/<path:part>/", drafts.DraftPartView.as_view(), name="desk-part"),
    path("topics/<slug:slug>/moves/", drafts.DraftMoveView.as_view(), name="desk-moves"),
    path("topics/<slug:slug>/proposals/", proposals.TopicProposalView.as_view(), name="desk-topic-proposals"),
    path("articles/<slug:slug>/proposals/", proposals.ArticleProposalView.as_view(), name="desk-article-proposals"),
    path("proposals/", proposals.ProposalListView.as_view(), name="desk-proposals"),
    path("proposals/<int:proposal>/", proposals.ProposalView.as_view(), name="desk-proposal"),
]

"""Addresses of the desk, below desk/."""

from django.urls import path

from perspectives.web.desk import (
    arranging,
    drafts,
    editing,
    editions,
    home,
    logbook,
    proposals,
    source_merging,
    sources,
)

urlpatterns = [
    path("", home.home, name="desk"),
    path("topics/", drafts.topic_list, name="desk-topics"),
    path("topics/new/", drafts.new_topic, name="desk-topic-new"),
    path("topics/<slug:slug>/", drafts.draft, name="desk-topic"),
    path("topics/<slug:slug>/preview/", drafts.preview, name="desk-topic-preview"),
    path("topics/<slug:slug>/edit/<path:part>/", editing.edit, name="desk-topic-edit"),
    path("topics/<slug:slug>/add/<path:part>/", editing.add, name="desk-topic-add"),
    path("topics/<slug:slug>/remove/<path:part>/", arranging.remove, name="desk-topic-remove"),
    path("topics/<slug:slug>/move/<path:part>/", arranging.move, name="desk-topic-move"),
    path("topics/<slug:slug>/balance/<path:part>/", editing.measured, name="desk-topic-balance"),
    path("topics/<slug:slug>/propose/", proposals.propose_topic, name="desk-propose"),
    path("articles/<slug:slug>/propose/", proposals.propose_article, name="desk-propose-article"),
    path("proposals/", proposals.proposals, name="desk-proposals"),
    path("proposals/<int:number>/", proposals.proposal, name="desk-proposal"),
    path("proposals/<int:number>/preview/", proposals.preview, name="desk-proposal-preview"),
    path("topics/<slug:slug>/editions/", editions.topic_editions, name="desk-editions"),
    path("articles/<slug:slug>/editions/", editions.article_editions, name="desk-article-editions"),
    path("editions/<int:number>/restore/", editions.restore, name="desk-edition-restore"),
    path("editions/<int:number>/retract/", editions.retract, name="desk-edition-retract"),
    path("history/", logbook.history, name="desk-history"),
    path("history/<int:number>/", logbook.entry, name="desk-history-entry"),
    path("sources/", sources.source_list, name="desk-sources"),
    path("sources/new/", sources.source_new, name="desk-source-new"),
    path("sources/<slug:key>/", sources.source, name="desk-source"),
    path("sources/<slug:key>/merge/", source_merging.source_merge, name="desk-source-merge"),
    path("sources/<slug:key>/deprecate/", sources.source_deprecate, name="desk-source-deprecate"),
    path("sources/<slug:key>/reinstate/", sources.source_reinstate, name="desk-source-reinstate"),
    path("sources/<slug:key>/editions/", sources.source_editions_page, name="desk-source-editions"),
    path("sources/<slug:key>/undo/<int:entry>/", sources.source_undo, name="desk-source-undo"),
]

"""Addresses of the desk, below desk/."""

from django.urls import path

from perspectives.web.desk import editions, home, logbook, proposals

urlpatterns = [
    path("", home.home, name="desk"),
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
]

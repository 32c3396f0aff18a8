"""Addresses of the API, version 1; `docs/api.md` describes them."""

from typing import Any

from django.urls import URLPattern, include, path, re_path

from perspectives.api.desk import urls as desk
from perspectives.api.http import memento
from perspectives.api.publication import dataset, graph
from perspectives.api.schema import about
from perspectives.api.search import answers, search
from perspectives.api.sources import citations, sources
from perspectives.api.topics import changes, documents, extracts, oembed, resources, study, teaching, topics

app_name = "api"


def resource(route: str, view: type[Any], name: str) -> list[URLPattern]:
    """Give a resource its address, and the one with a suffix that asks for a format: `topics/`, `topics.csv`."""
    answer = view.as_view()
    return [path(f"{route}/", answer, name=name), path(f"{route}.<slug:format>", answer, name=name)]


urlpatterns = [
    path("", about.RootView.as_view(), name="root"),
    *resource("topics", topics.TopicList, "topics"),
    *resource("topics/<slug:slug>", documents.TopicView, "topic"),
    *resource("topics/<slug:slug>/editions", topics.TopicEditionList, "topic-editions"),
    *resource("topics/<slug:slug>/editions/<int:number>", documents.TopicEditionView, "topic-edition"),
    *resource("topics/<slug:slug>/timemap", memento.TopicTimeMapView, "topic-timemap"),
    *resource("topics/<slug:slug>/diff/<int:before>/<int:after>", extracts.TopicDiffView, "topic-diff"),
    *resource("topics/<slug:slug>/matrix", extracts.TopicMatrixView, "topic-matrix"),
    *resource("topics/<slug:slug>/graph", extracts.TopicGraphView, "topic-graph"),
    *resource("topics/<slug:slug>/brief", extracts.TopicBriefView, "topic-brief"),
    *resource("topics/<slug:slug>/checks", resources.TopicChecksView, "topic-checks"),
    *resource("topics/<slug:slug>/handouts", study.TopicHandoutsView, "topic-handouts"),
    *resource("topics/<slug:slug>/quiz", study.TopicQuizView, "topic-quiz"),
    *resource("topics/<slug:slug>/teach", teaching.TopicTeachView, "topic-teach"),
    *resource("topics/<slug:slug>/timeline", extracts.TopicTimelineView, "topic-timeline"),
    *resource("articles", topics.ArticleList, "articles"),
    *resource("articles/<slug:slug>", documents.ArticleView, "article"),
    *resource("articles/<slug:slug>/editions", topics.ArticleEditionList, "article-editions"),
    *resource("articles/<slug:slug>/editions/<int:number>", documents.ArticleEditionView, "article-edition"),
    *resource("articles/<slug:slug>/timemap", memento.ArticleTimeMapView, "article-timemap"),
    *resource("claims", resources.ClaimList, "claims"),
    *resource("claims/<slug:topic>/<slug:claim>", resources.ClaimView, "claim"),
    *resource("responses", resources.ResponseList, "responses"),
    *resource("events", resources.EventList, "events"),
    *resource("people", resources.PersonList, "people"),
    *resource("people/<slug:person>", resources.PersonView, "person"),
    *resource("passages", resources.PassageList, "passages"),
    *resource("passages/<slug:article>/<slug:passage>", resources.PassageView, "passage"),
    *resource("citations", citations.CitationList, "citations"),
    *resource("sources", sources.SourceList, "sources"),
    *resource("sources/<slug:key>", sources.SourceView, "source"),
    *resource("search", search.SearchView, "search"),
    *resource("answers", answers.AnswersView, "answers"),
    *resource("styles", sources.StylesView, "styles"),
    *resource("figures", resources.FiguresView, "figures"),
    *resource("tags", resources.TagsView, "tags"),
    *resource("changes", changes.ChangeList, "changes"),
    *resource("dataset", dataset.DatasetView, "dataset"),
    *resource("graph", graph.GraphView, "graph"),
    *resource("shapes", graph.ShapesView, "shapes"),
    *resource("vocabulary", about.VocabularyView, "vocabulary"),
    *resource("problems", about.ProblemsView, "problems"),
    *resource("oembed", oembed.OembedView, "oembed"),
    *resource("schema", about.SchemaView, "schema"),
    path("desk/", include("perspectives.api.desk.urls")),
    path("suggestions/", include(desk.of_readers)),
    path("webhooks/", include(desk.of_webhooks)),
    path("notices/", include(desk.of_notices)),
    path("classes/", include(desk.of_classes)),
    path("account/", include(desk.of_account)),
    path("docs/", about.documentation, name="docs"),
    re_path(r"", about.UnknownView.as_view(), name="unknown"),
]

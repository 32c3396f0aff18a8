"""Addresses of the API, version 1; `docs/api.md` describes them."""

from django.urls import path, re_path

from perspectives.api import about, documents, resources, search

app_name = "api"
urlpatterns = [
    path("", about.RootView.as_view(), name="root"),
    path("topics/", resources.TopicList.as_view(), name="topics"),
    path("topics/<slug:slug>/", documents.TopicView.as_view(), name="topic"),
    path("topics/<slug:slug>/editions/", resources.TopicEditionList.as_view(), name="topic-editions"),
    path("topics/<slug:slug>/editions/<int:number>/", documents.TopicEditionView.as_view(), name="topic-edition"),
    path("articles/", resources.ArticleList.as_view(), name="articles"),
    path("articles/<slug:slug>/", documents.ArticleView.as_view(), name="article"),
    path("articles/<slug:slug>/editions/", resources.ArticleEditionList.as_view(), name="article-editions"),
    path("articles/<slug:slug>/editions/<int:number>/", documents.ArticleEditionView.as_view(), name="article-edition"),
    path("claims/", resources.ClaimList.as_view(), name="claims"),
    path("claims/<slug:topic>/<slug:claim>/", resources.ClaimView.as_view(), name="claim"),
    path("passages/", resources.PassageList.as_view(), name="passages"),
    path("passages/<slug:article>/<slug:passage>/", resources.PassageView.as_view(), name="passage"),
    path("sources/", resources.SourceList.as_view(), name="sources"),
    path("sources/<slug:key>/", resources.SourceView.as_view(), name="source"),
    path("search/", search.SearchView.as_view(), name="search"),
    path("problems/", about.ProblemsView.as_view(), name="problems"),
    path("schema/", about.SchemaView.as_view(), name="schema"),
    re_path(r"", about.UnknownView.as_view(), name="unknown"),
]

"""Addresses of the pages: public and read-only, but for the tray of the browser, account/ and desk/."""

from django.urls import include, path
from django.views.generic import RedirectView

from perspectives.web import (
    embeds,
    feed,
    handouts,
    home,
    map_views,
    people,
    quiz,
    searching,
    timeline,
    tray,
    views,
    worksheet,
)

urlpatterns = [
    path("", home.home, name="home"),
    path("about/", views.about, name="about"),
    path("topics/", RedirectView.as_view(pattern_name="home", http_method_names=["get", "head"]), name="topics"),
    path("topics/<slug:slug>/", views.topic, name="topic"),
    path("topics/<slug:slug>/editions/", views.topic_editions, name="topic-editions"),
    path("topics/<slug:slug>/editions/<int:number>/", views.topic_edition, name="topic-edition"),
    path("topics/<slug:slug>/map/", map_views.topic_map, name="topic-map"),
    path("topics/<slug:slug>/map.svg", map_views.topic_map_svg, name="topic-map-svg"),
    path("topics/<slug:slug>/map.png", map_views.topic_map_png, name="topic-map-png"),
    path("topics/<slug:slug>/handout/", handouts.handout, name="handout"),
    path("topics/<slug:slug>/handout.<slug:suffix>", handouts.handout_file, name="handout-file"),
    path("feed.atom", feed.feed, name="feed"),
    path("topics/<slug:slug>/worksheet/", worksheet.worksheet, name="topic-worksheet"),
    path("article/", views.only_article, name="only-article"),
    path("articles/<slug:slug>/", views.article, name="article"),
    path("articles/<slug:slug>/editions/", views.article_editions, name="article-editions"),
    path("articles/<slug:slug>/editions/<int:number>/", views.article_edition, name="article-edition"),
    path("sources/", views.sources, name="sources"),
    path("sources/<slug:key>/", views.source, name="source"),
    path("timeline/", timeline.timeline, name="timeline"),
    path("people/", people.people, name="people"),
    path("people/<slug:slug>/", people.person, name="person"),
    path("search/", searching.search, name="search"),
    path("tray/", tray.tray, name="tray"),
    path("tray/export/", tray.export, name="tray-export"),
    path("quiz/", quiz.quiz, name="quiz"),
    path("desk/", include("perspectives.web.desk.urls")),
    path("account/", include("perspectives.web.account.urls")),
    path("embed/topics/<slug:slug>/", embeds.topic, name="embed-topic"),
    path("embed/topics/<slug:slug>/editions/<int:number>/", embeds.topic, name="embed-topic-edition"),
    path("embed/claims/<slug:topic>/<slug:claim>/", embeds.claim, name="embed-claim"),
]

"""Addresses of the pages: all are public; read-only but the tray, which is the browser's, and those below account/."""

from django.urls import path
from django.views.generic import RedirectView

from perspectives.web import account, embeds, quiz, tray, views, worksheet

urlpatterns = [
    path("", views.home, name="home"),
    path("about/", views.about, name="about"),
    path("topics/", RedirectView.as_view(pattern_name="home", http_method_names=["get", "head"]), name="topics"),
    path("topics/<slug:slug>/", views.topic, name="topic"),
    path("topics/<slug:slug>/editions/", views.topic_editions, name="topic-editions"),
    path("topics/<slug:slug>/editions/<int:number>/", views.topic_edition, name="topic-edition"),
    path("topics/<slug:slug>/worksheet/", worksheet.worksheet, name="topic-worksheet"),
    path("article/", views.only_article, name="only-article"),
    path("articles/<slug:slug>/", views.article, name="article"),
    path("articles/<slug:slug>/editions/", views.article_editions, name="article-editions"),
    path("articles/<slug:slug>/editions/<int:number>/", views.article_edition, name="article-edition"),
    path("sources/", views.sources, name="sources"),
    path("sources/<slug:key>/", views.source, name="source"),
    path("tray/", tray.tray, name="tray"),
    path("tray/export/", tray.export, name="tray-export"),
    path("quiz/", quiz.quiz, name="quiz"),
    path("account/sign-in/", account.sign_in, name="sign-in"),
    path("account/sign-out/", account.sign_out, name="sign-out"),
    path("account/keys/", account.key_list, name="account-keys"),
    path("account/keys/<int:number>/revoke/", account.key_revoke, name="account-key-revoke"),
    path("embed/topics/<slug:slug>/", embeds.topic, name="embed-topic"),
    path("embed/topics/<slug:slug>/editions/<int:number>/", embeds.topic, name="embed-topic-edition"),
    path("embed/claims/<slug:topic>/<slug:claim>/", embeds.claim, name="embed-claim"),
]

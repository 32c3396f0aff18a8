"""Addresses of the desk, below desk/."""

from django.urls import path

from perspectives.web.desk import arranging, drafts, editing, home

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
]

"""Addresses of the desk, below desk/."""

from django.urls import path

from perspectives.web.desk import home, source_merging, sources

urlpatterns = [
    path("", home.home, name="desk"),
    path("sources/", sources.source_list, name="desk-sources"),
    path("sources/new/", sources.source_new, name="desk-source-new"),
    path("sources/<slug:key>/", sources.source, name="desk-source"),
    path("sources/<slug:key>/merge/", source_merging.source_merge, name="desk-source-merge"),
    path("sources/<slug:key>/deprecate/", sources.source_deprecate, name="desk-source-deprecate"),
    path("sources/<slug:key>/reinstate/", sources.source_reinstate, name="desk-source-reinstate"),
    path("sources/<slug:key>/editions/", sources.source_editions_page, name="desk-source-editions"),
    path("sources/<slug:key>/undo/<int:entry>/", sources.source_undo, name="desk-source-undo"),
]

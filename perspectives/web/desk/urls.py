"""Addresses of the desk, below desk/."""

from django.urls import path

from perspectives.web.desk import home, suggestion, suggestions

urlpatterns = [
    path("", home.home, name="desk"),
    path("suggestions/", suggestions.queue, name="desk-suggestions"),
    path("suggestions/decline/", suggestions.decline, name="desk-suggestions-decline"),
    path("suggestions/undo/", suggestions.undo, name="desk-suggestions-undo"),
    path("suggestions/<int:number>/", suggestion.suggestion, name="desk-suggestion"),
]

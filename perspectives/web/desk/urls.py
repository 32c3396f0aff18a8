"""Addresses of the desk, below desk/."""

from django.urls import path

from perspectives.web.desk import home

urlpatterns = [
    path("", home.home, name="desk"),
]

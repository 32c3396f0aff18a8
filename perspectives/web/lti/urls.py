"""Addresses for learning platforms, below lti/."""

from django.urls import path

from perspectives.web.lti import choosing, launch_views, registering, scoring

urlpatterns = [
    path("keys/", launch_views.keys, name="lti-keys"),
    path("login/", launch_views.login, name="lti-login"),
    path("launch/", launch_views.launch, name="lti-launch"),
    path("open/<str:token>/", launch_views.opened, name="lti-open"),
    path("register/<str:token>/", registering.register, name="lti-register"),
    path("score/", scoring.score, name="lti-score"),
    path("choose/", choosing.choose, name="lti-choose"),
]

"""Addresses for learning platforms: below lti/, and below class/ where a pupil comes in."""

from django.urls import path

from perspectives.web.lti import choosing, launch_views, registering, scoring

urlpatterns = [
    path("lti/keys/", launch_views.keys, name="lti-keys"),
    path("lti/login/", launch_views.login, name="lti-login"),
    path("lti/launch/", launch_views.launch, name="lti-launch"),
    path("class/from-course/<str:token>/", launch_views.from_course, name="lti-from-course"),
    path("lti/register/<str:token>/", registering.register, name="lti-register"),
    path("lti/score/", scoring.score, name="lti-score"),
    path("lti/choose/", choosing.choose, name="lti-choose"),
]

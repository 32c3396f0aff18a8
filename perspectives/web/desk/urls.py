"""Addresses of the desk, below desk/."""

from django.urls import path

from perspectives.web.desk import home, intake, intake_entry

urlpatterns = [
    path("", home.home, name="desk"),
    path("intake/", intake.batches, name="desk-intake"),
    path("intake/<int:number>/", intake.batch, name="desk-intake-batch"),
    path("intake/<int:number>/report.<str:suffix>", intake.report, name="desk-intake-report"),
    path("intake/<int:number>/add-ready/", intake.add_ready, name="desk-intake-add-ready"),
    path("intake/<int:number>/<int:entry>/", intake_entry.entry, name="desk-intake-entry"),
    path("intake/<int:number>/<int:entry>/merge/", intake_entry.merge, name="desk-intake-merge"),
    path("intake/<int:number>/<int:entry>/dismiss/", intake_entry.dismiss, name="desk-intake-dismiss"),
    path("intake/<int:number>/<int:entry>/retry/", intake_entry.retry, name="desk-intake-retry"),
]

"""Addresses of classes: below account/ for teachers, below class/ for pupils."""

from django.urls import path

from perspectives.web.classroom import activity_views, pupil_views, teacher_views

_CLASS = "account/classes/<int:number>/"

urlpatterns = [
    path("account/classes/", teacher_views.class_list, name="account-classes"),
    path(_CLASS, teacher_views.classroom, name="account-class"),
    path(f"{_CLASS}code.svg", teacher_views.qr_code, name="account-class-code"),
    path(f"{_CLASS}export.csv", teacher_views.export, name="account-class-export"),
    path(f"{_CLASS}export.pdf", teacher_views.export_pdf, name="account-class-export-pdf"),
    path(f"{_CLASS}delete/", teacher_views.class_delete, name="account-class-delete"),
    path(f"{_CLASS}activities/<int:activity>/", activity_views.activity, name="account-class-activity"),
    path("class/", pupil_views.door, name="class"),
    path("class/join/<str:code>/", pupil_views.join, name="class-join"),
    path("class/now/", pupil_views.now, name="class-now"),
]

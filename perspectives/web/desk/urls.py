"""Addresses of the desk, below desk/."""

from django.urls import path

from perspectives.web.desk import home, invitations, people

urlpatterns = [
    path("", home.home, name="desk"),
    path("people/", people.people, name="desk-people"),
    path("people/<int:number>/", people.account, name="desk-person"),
    path("people/<int:number>/role/", people.change_role, name="desk-person-role"),
    path("people/<int:number>/close/", people.deactivate, name="desk-person-deactivate"),
    path("people/<int:number>/open/", people.reactivate, name="desk-person-reactivate"),
    path("people/<int:number>/keys/<int:key>/revoke/", people.revoke_key, name="desk-person-key-revoke"),
    path("invitations/", invitations.invitations, name="desk-invitations"),
    path("invitations/<int:number>/revoke/", invitations.revoke, name="desk-invitation-revoke"),
]

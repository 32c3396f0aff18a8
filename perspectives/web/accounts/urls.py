"""Addresses below account/: of allauth's pages those that we use, under the names that it asks for, and our own."""

from allauth.account import views
from allauth.mfa.base import views as mfa
from allauth.mfa.recovery_codes import views as recovery_codes
from allauth.mfa.totp import views as totp
from django.urls import path, re_path
from django.views.decorators.cache import never_cache

from perspectives.web.accounts import key_views, own_data, profile, second_factor
from perspectives.web.http.view_decorators import READING, SENDING, Parameters, View, taking


def _form(view: View[Parameters]) -> View[Parameters]:
    """Let one of allauth's pages be read and sent, and never kept."""
    kept_by_nobody: View[Parameters] = never_cache(taking(*READING, *SENDING)(view))
    return kept_by_nobody


def _only_read(view: View[Parameters]) -> View[Parameters]:
    kept_by_nobody: View[Parameters] = never_cache(taking(*READING)(view))
    return kept_by_nobody


sign_in = _form(views.login)
sign_out = taking(*SENDING)(views.logout)

urlpatterns = [
    path("", profile.index, name="account"),
    path("profile/", profile.profile, name="account-profile"),
    path("data/", own_data.about, name="account-data"),
    path("data/export.json", own_data.export, name="account-export"),
    path("erase/", own_data.erase, name="account-erase"),
    path("join/<str:token>/", profile.join, name="account-join"),
    path("keys/", key_views.key_list, name="account-keys"),
    path("keys/<int:number>/revoke/", key_views.key_revoke, name="account-key-revoke"),
    path("sign-in/", sign_in, name="sign-in"),
    path("sign-in/", sign_in, name="account_login"),
    path("sign-out/", sign_out, name="sign-out"),
    path("sign-out/", sign_out, name="account_logout"),
    path("sign-up/", _form(views.signup), name="account_signup"),
    path("closed/", _only_read(views.account_inactive), name="account_inactive"),
    path("email/", _form(views.email), name="account_email"),
    path("email/sent/", _only_read(views.email_verification_sent), name="account_email_verification_sent"),
    re_path(r"^email/confirm/(?P<key>[-:\w]+)/$", _form(views.confirm_email), name="account_confirm_email"),
    path("password/", _form(views.password_change), name="account_change_password"),
    path("password/set/", _form(views.password_set), name="account_set_password"),
    path("password/reset/", _form(views.password_reset), name="account_reset_password"),
    path("password/reset/sent/", _only_read(views.password_reset_done), name="account_reset_password_done"),
    re_path(
        r"^password/reset/(?P<uidb36>[0-9A-Za-z]+)-(?P<key>.+)/$",
        _form(views.password_reset_from_key),
        name="account_reset_password_from_key",
    ),
    path(
        "password/reset/done/",
        _only_read(views.password_reset_from_key_done),
        name="account_reset_password_from_key_done",
    ),
    path("password/again/", _form(views.reauthenticate), name="account_reauthenticate"),
    path("second-factor/", _only_read(mfa.index), name="mfa_index"),
    path("second-factor/code/", _form(mfa.authenticate), name="mfa_authenticate"),
    path("second-factor/code-again/", _form(mfa.reauthenticate), name="mfa_reauthenticate"),
    path("second-factor/set-up/", _form(second_factor.SetUpView.as_view()), name="mfa_activate_totp"),
    path("second-factor/set-up/code.svg", second_factor.qr_code, name="account-qr-code"),
    path("second-factor/remove/", _form(totp.deactivate_totp), name="mfa_deactivate_totp"),
    path("recovery-codes/", _only_read(recovery_codes.view_recovery_codes), name="mfa_view_recovery_codes"),
    path("recovery-codes/new/", _form(recovery_codes.generate_recovery_codes), name="mfa_generate_recovery_codes"),
]

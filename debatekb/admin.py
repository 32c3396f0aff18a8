"""The admin, with a door of our own."""

from django.contrib.admin.apps import AdminConfig


class SupportAdmin(AdminConfig):
    """Django's admin as a place to look things up, entered by our own sign-in alone."""

    default_site = "perspectives.web.accounts.support.SupportSite"

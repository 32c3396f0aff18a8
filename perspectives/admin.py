"""Django's admin, for support: everything can be looked at, nothing changed past the actions."""

from typing import TYPE_CHECKING, Any

from django.apps import apps
from django.contrib import admin
from django.db.models import Model
from django.http import HttpRequest

if TYPE_CHECKING:
    _Admin = admin.ModelAdmin[Model]
else:
    # Only the type checker knows the class as generic.
    _Admin = admin.ModelAdmin


class ReadOnlyAdmin(_Admin):
    """Shows rows and refuses every change."""

    def has_add_permission(self, request: HttpRequest, *_: Any) -> bool:
        """Nobody adds here."""
        del request
        return False

    def has_change_permission(self, request: HttpRequest, *_: Any) -> bool:
        """Nobody changes here."""
        del request
        return False

    def has_delete_permission(self, request: HttpRequest, *_: Any) -> bool:
        """Nobody deletes here."""
        del request
        return False

    def has_view_permission(self, request: HttpRequest, *_: Any) -> bool:
        """Staff may look."""
        return request.user.is_active and request.user.is_staff


for model in apps.get_app_config("perspectives").get_models():
    admin.site.register(model, ReadOnlyAdmin)

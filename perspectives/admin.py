"""Django's admin, for support: everything can be looked at, nothing changed past the actions."""

from typing import TYPE_CHECKING, Any

from django.apps import apps
from django.contrib import admin
from django.db.models import Model
from django.http import HttpRequest

from perspectives.models import (
    Activity,
    Ballot,
    Classroom,
    Contribution,
    LtiAssignment,
    LtiGrade,
    LtiGradeRun,
    LtiLearner,
    Pupil,
)

if TYPE_CHECKING:
    _Admin = admin.ModelAdmin[Model]
else:
    # Only the type checker knows the class as generic.
    _Admin = admin.ModelAdmin


class ReadOnlyAdmin(_Admin):
    """Shows rows, but nothing of passwords, keys and tokens, and refuses every change."""

    exclude = ("password", "sha256", "token_sha256", "salt", "private_pem")

    def _nobody(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return False

    has_add_permission = has_change_permission = has_delete_permission = _nobody

    def has_view_permission(self, request: HttpRequest, *_: Any) -> bool:
        """Staff may look."""
        return request.user.is_active and request.user.is_staff


for label in ("account.EmailAddress", "account.EmailConfirmation", "mfa.Authenticator"):
    # Packages bring their own pages, which show secrets and change rows past the actions.
    if admin.site.is_registered(apps.get_model(label)):
        admin.site.unregister(apps.get_model(label))
OF_CLASSES = frozenset(
    {Activity, Ballot, Classroom, Contribution, Pupil, LtiAssignment, LtiGrade, LtiGradeRun, LtiLearner}
)
"""What pupils write and where they stand is for their teacher, and for no support to look at."""
for model in apps.get_app_config("perspectives").get_models():
    if model not in OF_CLASSES:
        admin.site.register(model, ReadOnlyAdmin)

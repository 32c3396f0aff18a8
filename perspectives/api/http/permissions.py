"""Who may ask: by the scopes of the key, by the table of `policy.py`, and by a second factor."""

from typing import Any

from rest_framework.permissions import BasePermission

from perspectives.errors import NotFoundError
from perspectives.policy import can, needs_second_factor
from perspectives.queries.accounts.members import has_totp
from perspectives.vocab import Scope


class HasScope(BasePermission):
    """Reading needs no key, all else needs one; a key that is sent must have the view's `scope`."""

    def has_permission(self, request: Any, view: Any) -> bool:
        """Look at the key."""
        key, scope = request.auth, view.scope
        if key is None:
            self.message = f"Send a key with the scope '{scope.value}' in the header 'Authorization'."
            return bool(scope is Scope.READ)
        self.message = (
            f"This key may be used to {' and to '.join(key.scopes)}; here it needs the scope '{scope.value}'."
        )
        return bool(scope in key.scopes)


class IsPermitted(BasePermission):
    """The owner of the key must be one who may do what the view's `permission` names."""

    def has_permission(self, request: Any, view: Any) -> bool:
        """Ask the policy. Raises NotFoundError: who may not see is told that there is nothing."""
        if not can(request.user, view.permission):
            raise NotFoundError("There is nothing at this address.")
        return True


class HasSecondFactor(BasePermission):
    """The owner of the key must have a second factor, if the role asks for one."""

    message = (
        "The desk asks moderators and chief editors for a second factor; the owner of this key must set one up first."
    )

    def has_permission(self, request: Any, view: Any) -> bool:
        """Look at the owner's factors."""
        return not needs_second_factor(request.user) or has_totp(request.user)

"""Making the row of a new account, for the actions that do so."""

import secrets

from allauth.account.models import EmailAddress
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.utils.text import slugify

from perspectives.errors import BrokenRulesError
from perspectives.models import User
from perspectives.rules.accounts import profile

_LONGEST_SLUG = 100


def add_account(*, email: str, password: str, display_name: str, role: str) -> User:
    """Make an account; its user name is the chosen name with a few random characters, so that none is ever taken.

    Raises BrokenRulesError with a problem for each field that cannot be kept so.
    """
    name = profile.tidy_line(display_name)
    found = list(profile.problems(display_name=name))
    user_name = f"{slugify(name)[:_LONGEST_SLUG] or 'person'}-{secrets.token_hex(4)}"
    account = User(username=user_name, email=email, role=role, display_name=name)
    try:
        validate_password(password, account)
    except ValidationError as error:
        found += [profile.FieldProblem("password", sentence) for sentence in error.messages]
    if found:
        raise BrokenRulesError("The account cannot be made like this.", tuple(found))
    account.set_password(password)
    account.save()
    return account


def add_verified_address(account: User, email: str) -> None:
    """Let an account have this address, known to be its person's; leave it alone where it has one already."""
    if EmailAddress.objects.filter(user=account).exists():
        return
    EmailAddress.objects.create(user=account, email=email, verified=True, primary=True)
    account.email = email
    account.save(update_fields=["email"])

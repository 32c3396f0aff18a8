"""Forms of accounts: allauth's with our words, and our own."""

from typing import Any, Final

from allauth.account.forms import LoginForm, SignupForm
from allauth.mfa import app_settings
from allauth.mfa.adapter import get_adapter
from allauth.mfa.base.forms import AuthenticateForm, ReauthenticateForm
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.forms import ActivateTOTPForm
from django import forms
from django.contrib.auth.password_validation import password_validators_help_texts
from django.core.cache import cache
from django.db import transaction
from django.http import HttpRequest, HttpResponse

from perspectives.actions.locks import wait_for_address
from perspectives.models import User
from perspectives.rules.accounts import profile
from perspectives.vocab import Leaning

_LONGEST_LOGIN: Final = 254
_NAME_HELP: Final = "How others at the desk know you, such as “Ada Example”."


def _name_field() -> forms.CharField:
    widget = forms.TextInput(attrs={"autocomplete": "name"})
    return forms.CharField(label="Your name", max_length=profile.LONGEST_NAME, help_text=_NAME_HELP, widget=widget)


class SignInForm(LoginForm):
    """Name or address, and password."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["login"] = forms.CharField(
            label="E-mail address or user name",
            max_length=_LONGEST_LOGIN,
            widget=forms.TextInput(attrs={"autocomplete": "username", "autocapitalize": "none", "autofocus": True}),
        )
        self.fields["password"].help_text = ""
        self.order_fields(["login", "password"])
        _plain(self)


class SignUpForm(SignupForm):
    """A reader's new account."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["display_name"] = _name_field()
        self.order_fields(["display_name", "email", "password1", "password2"])
        self.fields["email"].help_text = "We send a link there that confirms it; nobody else sees it but chief editors."
        self.fields["password1"].help_text = " ".join(password_validators_help_texts())
        _plain(self)

    def try_save(self, request: HttpRequest) -> tuple[User | None, HttpResponse | None]:
        """Make the account with its address, both or neither; sent twice at once, the form makes one.

        Without the lock a form that was sent again, its first answer lost, could make two accounts for one address.
        """
        made: tuple[User | None, HttpResponse | None] = None, None
        with transaction.atomic():
            wait_for_address(self.cleaned_data["email"])
            self.validate_unique_email(self.cleaned_data["email"])
            if not self.account_already_exists:
                made = super().try_save(request)
        if self.account_already_exists:  # its owner gets a mail, for which no transaction is to wait
            made = super().try_save(request)
        return made

    def clean_display_name(self) -> str:
        """Give the name as it is kept."""
        name = profile.tidy_line(self.cleaned_data["display_name"])
        if found := [str(problem) for problem in profile.problems(display_name=name)]:
            raise forms.ValidationError(found)
        return name


class JoinForm(forms.Form):
    """What somebody says who was invited."""

    display_name = _name_field()
    password = forms.CharField(
        help_text=" ".join(password_validators_help_texts()),
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )
    repeated = forms.CharField(
        label="The password again", strip=False, widget=forms.PasswordInput(attrs={"autocomplete": "new-password"})
    )

    def clean_repeated(self) -> str:
        """Refuse another password than the first."""
        repeated: str = self.cleaned_data["repeated"]
        if repeated != self.cleaned_data.get("password"):
            raise forms.ValidationError("Type the same password twice.")
        return repeated


class ProfileForm(forms.Form):
    """What a person says of themselves."""

    display_name = forms.CharField(label="Your name", max_length=profile.LONGEST_NAME, help_text=_NAME_HELP)
    leaning = forms.ChoiceField(
        label="Where you stand on the subject",
        choices=[(term.value, f"{term.label}: {term.sentence[0].lower()}{term.sentence[1:]}") for term in Leaning],
        widget=forms.RadioSelect,
        help_text="Others at the desk see it beside your name, so that reviews can be shared out evenly.",
    )
    interests = forms.CharField(
        label="Interests to declare",
        required=False,
        max_length=2 * profile.LONGEST_INTERESTS,
        widget=forms.Textarea(attrs={"rows": 5}),
        help_text="Posts, payments or ties to know of, such as “Advised the bridge authority until 2021”.",
    )


class SetUpForm(ActivateTOTPForm):
    """A code that shows that an authenticator app has the secret."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _as_code(self)
        self.fields["code"].help_text = "The six digits that the app shows now."
        self.fields["code"].widget.attrs["autofocus"] = False


class CodeForm(AuthenticateForm):
    """A code of the second factor, after the password; each code of the authenticator is taken once."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _as_code(self)

    def clean_code(self) -> str:
        """Refuse a code that was taken already: it works for longer than allauth remembers it."""
        code: str = super().clean_code()
        if self.authenticator.type == Authenticator.Type.TOTP:
            seconds = app_settings.TOTP_PERIOD * (2 * app_settings.TOTP_TOLERANCE + 1)
            digits = "".join(code.split())
            if not cache.add(f"second-factor-used:{self.user.pk}:{digits}", 1, timeout=seconds):
                raise get_adapter().validation_error("incorrect_code")
        return code


class CodeAgainForm(CodeForm, ReauthenticateForm):
    """A code of the second factor, in a session that has begun."""


def _plain(form: forms.Form) -> None:
    """Leave examples to the help texts: words inside a field vanish when somebody types."""
    for field in form.fields.values():
        field.widget.attrs.pop("placeholder", None)


def _as_code(form: forms.Form) -> None:
    _plain(form)
    field = form.fields["code"]
    field.label = "Code"
    field.help_text = "Six digits from your authenticator app, or one of your recovery codes."
    field.widget.attrs.update({"autofocus": True, "inputmode": "numeric"})

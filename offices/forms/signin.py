"""allauth's forms in our words. Where a password is asked again, guessing it is throttled as at sign-in."""

from typing import Any

from allauth.account import forms as account_forms
from allauth.account.adapter import get_adapter
from allauth.mfa.base import forms as factor_forms
from allauth.mfa.totp import forms as totp_forms
from allauth.mfa.webauthn import forms as key_forms
from django import forms
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

LONGEST_PASSWORD = 200


def _plain(field: forms.Field, label: Any, **attrs: str) -> None:
    """Our label, no placeholder, and what the browser may fill in."""
    field.label = label
    field.help_text = ""
    field.widget.attrs.pop("placeholder", None)
    field.widget.attrs.update(attrs)


class SignInForm(account_forms.LoginForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _plain(self.fields["login"], _("User name"), autocapitalize="none", spellcheck="false")
        _plain(self.fields["password"], _("Password"), maxlength=str(LONGEST_PASSWORD))
        former = getattr(self.request, "former_user", None)
        if former is not None:
            self.initial.setdefault("login", former.username)

    def clean_login(self) -> str:
        """Names are kept in lower case."""
        return super().clean_login().lower()


class ReauthenticateForm(account_forms.ReauthenticateForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _plain(self.fields["password"], _("Password"))


class ChangePasswordForm(account_forms.ChangePasswordForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _plain(self.fields["oldpassword"], _("Present password"))
        _plain(self.fields["password1"], _("New password"))
        self.fields["password1"].help_text = _(
            "At least 12 characters. Three or four words are easy to keep in mind."
        )
        _plain(self.fields["password2"], _("New password once more"))

    def clean_oldpassword(self) -> str:
        old: str = self.cleaned_data["oldpassword"]
        if not get_adapter().reauthenticate(self.user, old):
            raise get_adapter().validation_error("enter_current_password")
        return old


class NewPasswordForm(forms.Form):
    """A new password typed twice, for whoever came by a one-time link."""

    password = forms.CharField(
        label=_("New password"),
        strip=False,
        max_length=LONGEST_PASSWORD,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
        help_text=_("At least 12 characters. Three or four words are easy to keep in mind."),
    )
    again = forms.CharField(
        label=_("New password once more"),
        strip=False,
        max_length=LONGEST_PASSWORD,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )

    def __init__(self, *args: Any, user: Any, **kwargs: Any) -> None:
        self.user = user
        super().__init__(*args, **kwargs)

    def clean_password(self) -> str:
        password: str = self.cleaned_data["password"]
        validate_password(password, self.user)
        return password

    def clean(self) -> dict[str, Any]:
        typed: dict[str, Any] = super().clean() or {}
        if {"password", "again"} <= typed.keys() and typed["password"] != typed["again"]:
            raise ValidationError({"again": _("The two passwords are not the same.")})
        return typed


def _code_field(form: forms.Form, label: Any) -> None:
    _plain(form.fields["code"], label, inputmode="numeric", maxlength="20")


class AuthenticateForm(factor_forms.AuthenticateForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _code_field(self, _("Code of the app, or a recovery code"))


class ReauthenticateByCodeForm(factor_forms.ReauthenticateForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _code_field(self, _("Code of the app, or a recovery code"))


class ActivateAppForm(totp_forms.ActivateTOTPForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _code_field(self, _("The 6 digits that the app shows"))


class AddKeyForm(key_forms.AddWebAuthnForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _plain(self.fields["name"], _("Name of the key"), maxlength="60")
        self.fields["name"].help_text = _("For example: office computer, phone.")


class RenameKeyForm(key_forms.EditWebAuthnForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _plain(self.fields["name"], _("Name of the key"), maxlength="60")

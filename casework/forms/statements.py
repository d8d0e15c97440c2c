"""The form with which a statement of accompaniment is signed."""

from django import forms

from .conclusions import PasswordForm


class StatementForm(PasswordForm):
    """The specialist's signature. ``seen`` is the digest of what the page showed."""

    seen = forms.CharField(max_length=64, widget=forms.HiddenInput)

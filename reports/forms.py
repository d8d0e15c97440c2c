"""Filters of the registers. Nothing in them names a client, so they may stand in the address."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from core.fields import TypedDateField
from offices.enums import SecurityKind
from offices.models import ReadKind, User


class DaysForm(forms.Form):
    since = TypedDateField(label=_("From"), required=False)
    until = TypedDateField(label=_("To"), required=False)


class ReadingFilter(DaysForm):
    number = forms.CharField(label=_("Case number"), max_length=30, required=False)
    reader = forms.ModelChoiceField(
        label=_("Who"), queryset=User.objects.none(), required=False, empty_label=_("Everybody")
    )
    kind = forms.ChoiceField(
        label=_("What"), choices=[("", _("Everything")), *ReadKind.choices], required=False
    )

    def __init__(self, *args: Any, readers: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["reader"].queryset = readers  # type: ignore[attr-defined]  # a choice field


class SecurityFilter(DaysForm):
    person = forms.ModelChoiceField(
        label=_("Whose account"),
        queryset=User.objects.all(),
        required=False,
        empty_label=_("Everybody"),
    )
    kind = forms.ChoiceField(
        label=_("What"), choices=[("", _("Everything")), *SecurityKind.choices], required=False
    )

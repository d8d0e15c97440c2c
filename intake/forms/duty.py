"""Who is on duty, from when until when, by which phone."""

from typing import Any

from django import forms
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from core.fields import TypedDateTimeField
from core.layout import WITH_LETTERS, FormPage, Row
from core.saving import KeptForm
from offices.models import Office, User


class ShiftForm(KeptForm):
    """One person's turn of duty."""

    office = forms.ModelChoiceField(Office.objects.none(), label=_("Office"), empty_label=None)
    user = forms.ModelChoiceField(User.objects.none(), label=_("Who"), empty_label="—")
    starts_at = TypedDateTimeField(label=_("From"), expects="future")
    ends_at = TypedDateTimeField(label=_("Until"), expects="future")
    phone = forms.CharField(
        label=_("How to reach them"),
        max_length=100,
        widget=forms.TextInput({"inputmode": "tel", "autocomplete": "off"}),
    )
    note = forms.CharField(
        label=_("Note"), max_length=200, required=False, widget=forms.TextInput(WITH_LETTERS)
    )

    def __init__(self, *args: Any, offices: Any, staff: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["office"].queryset = offices
        self.fields["user"].queryset = staff
        if len(offices) == 1:
            self.fields["office"].widget = forms.HiddenInput()
            self.fields["office"].initial = offices[0].pk

    @property
    def helper(self) -> FormPage:
        shown = ["office", "user", Row("starts_at", "ends_at"), "phone", "note"]
        return FormPage(self, *shown, cancel_url=reverse("duty:roster"))

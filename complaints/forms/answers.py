"""The answer's text and the signature under it."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from casework.forms.conclusions import PasswordForm
from core.layout import WITH_LETTERS, FormPage, Pair
from core.saving import KeptForm

from ..enums import ComplaintLanguage
from ..models import Complaint
from .paper import LONGEST_TEXT

_ROWS = 14


class AnswerForm(KeptForm):
    """Kyrgyz and Russian side by side; the complaint's own language where it is a third."""

    text_ky = forms.CharField(
        label=_("Answer in Kyrgyz"),
        max_length=LONGEST_TEXT,
        required=False,
        widget=forms.Textarea({"rows": _ROWS, "lang": "ky", **WITH_LETTERS}),
    )
    text_ru = forms.CharField(
        label=_("Answer in Russian"),
        max_length=LONGEST_TEXT,
        required=False,
        widget=forms.Textarea({"rows": _ROWS, "lang": "ru"}),
    )
    text_other = forms.CharField(
        label=_("Answer in the complaint's own language"),
        max_length=LONGEST_TEXT,
        required=False,
        widget=forms.Textarea({"rows": _ROWS}),
    )
    is_finished = forms.BooleanField(
        label=_("It is finished: hand it over to be approved"), required=False
    )

    def __init__(self, *args: Any, complaint: Complaint, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.complaint = complaint
        if complaint.language != ComplaintLanguage.OTHER:
            del self.fields["text_other"]

    @property
    def helper(self) -> FormPage:
        third = ["text_other"] if "text_other" in self.fields else []
        return FormPage(
            self,
            Pair("text_ky", "text_ru"),
            *third,
            "is_finished",
            save=str(_("Save the answer")),
            cancel_url=self.complaint.get_absolute_url(),
            wide=True,
        )


class SignatureForm(PasswordForm):
    """``seen`` is the digest of what the signer was shown."""

    seen = forms.CharField(max_length=64, widget=forms.HiddenInput)

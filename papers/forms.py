"""The one form of the registry desk that anybody may use."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from core.layout import FormPage


class CheckCodeForm(forms.Form):
    """The code at the foot of a paper, typed however it is read."""

    code = forms.CharField(
        label=_("Check code"),
        help_text=_(
            "16 letters and figures at the foot of the paper, as in 7K2M-9ABC-DEFG-H123. Spaces, hyphens and capital letters do not matter."
        ),
        max_length=100,
        widget=forms.TextInput(
            {"autocomplete": "off", "autocapitalize": "characters", "spellcheck": "false"}
        ),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.helper = FormPage(self, save=str(_("Check the paper")))

"""The form on which a case's summary is asked for."""

from typing import Any

from crispy_forms.layout import Field
from django import forms
from django.utils.translation import gettext_lazy as _

from core.layout import WITH_LETTERS, FormPage, Pair, Row, Section

from ..services.summaries import SummaryFacts
from ..summary_sections import choices
from .releases import AskReleaseForm


class SummaryForm(AskReleaseForm):
    """To whom, on what ground, and which sections; the office's account in its own words where it is wanted."""

    what = None  # type: ignore[assignment]  # the summary is not one of several papers
    sections = forms.MultipleChoiceField(
        label=_("What goes into it"),
        help_text=_("Only what the addressee needs. No address and no phone is printed."),
        choices=choices,
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    account_ky = forms.CharField(
        label=_("The office's account in Kyrgyz"),
        required=False,
        max_length=20_000,
        widget=forms.Textarea({"rows": 8, "lang": "ky", **WITH_LETTERS}),
    )
    account_ru = forms.CharField(
        label=_("The office's account in Russian"),
        required=False,
        max_length=20_000,
        widget=forms.Textarea({"rows": 8, "lang": "ru"}),
    )

    @property
    def helper(self) -> FormPage:
        return FormPage(
            self,
            Section(
                _("To whom and on what ground"),
                "recipient",
                "recipient_text",
                Row("request_number", Field("request_on", wrapper_class="field-date")),
                "ground",
                "purpose",
            ),
            Section(_("What goes into it"), "sections"),
            Section(_("The office's account"), Pair("account_ky", "account_ru")),
            save=str(_("Ask the head")),
            cancel_url=self.cancel_url,
            wide=True,
        )

    @property
    def facts(self) -> SummaryFacts:
        said: dict[str, Any] = self.cleaned_data
        return SummaryFacts(
            sections=tuple(said["sections"]),
            account_ky=said["account_ky"],
            account_ru=said["account_ru"],
            **{name: said[name] for name in self.ASKED},
        )

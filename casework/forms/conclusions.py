"""Forms of the psychologist's desk: the writing, the signatures, the correction, the scan."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from core.fields import TypedDateField, TypedInput
from core.layout import WITH_LETTERS, FormPage
from core.saving import KeptForm
from papers.fields import AttachmentField

from ..conclusion_facts import consent_words, consents_of
from ..conclusion_sections import LANGUAGES, LONGEST_SECTION, SECTIONS
from ..models import Conclusion, Consent, PsychologicalMethod
from ..services.conclusion_text import REASON_SUFFIXES, method_field, typed_of

_LANGUAGE_LABELS = {"ky": _("in Kyrgyz"), "ru": _("in Russian")}


class _ConsentField(forms.ModelChoiceField):
    def label_from_instance(self, consent: Consent) -> str:  # type: ignore[override]  # narrower on purpose
        return consent_words(consent)


class WritingForm(forms.Form):
    """All that is typed into a conclusion. ``methods`` are those offered, and those already used though retired.

    Nothing is required: a draft may stop anywhere. What is missing is said at signing.
    """

    follow_up_on = TypedDateField(
        label=_("Next examination"),
        expects="future",
        required=False,
        widget=TypedInput("date", {"data-expects": "future", "class": "form-control"}),
    )

    def __init__(
        self, data: Any = None, *, conclusion: Conclusion, methods: Iterable[PsychologicalMethod]
    ) -> None:
        self.conclusion = conclusion
        self.methods = list(methods)
        super().__init__(data, initial=typed_of(conclusion, self.methods))
        self.fields["consent"] = _ConsentField(
            consents_of(conclusion.episode),
            required=False,
            label=_("Consent"),
            empty_label=_("Not chosen"),
            widget=forms.Select({"class": "form-select"}),
        )
        for section in SECTIONS:
            if section.text:
                self._add_pair(section.text, section.title, LONGEST_SECTION, rows=6)
        self._add_pair("education_place", _("School, class"), 250)
        self._add_pair("correction", _("What is corrected"), 300)
        for method in self.methods:
            self._add_method(method)

    def _add_pair(self, name: str, title: Any, longest: int, rows: int = 0) -> None:
        for language in LANGUAGES:
            attrs: dict[str, Any] = {"lang": language, "class": "form-control"}
            if language == "ky":
                attrs |= WITH_LETTERS
            widget = forms.Textarea({**attrs, "rows": rows}) if rows else forms.TextInput(attrs)
            self.fields[f"{name}_{language}"] = forms.CharField(
                label=format_lazy("{}, {}", title, _LANGUAGE_LABELS[language]),
                max_length=longest,
                required=False,
                widget=widget,
            )
            # The browser would cut a pasted text without a word; the form says it instead.
            self.fields[f"{name}_{language}"].widget.attrs.pop("maxlength", None)

    def _add_method(self, method: PsychologicalMethod) -> None:
        name = method_field(method.pk)
        self.fields[name] = forms.BooleanField(
            label=method.name,
            required=False,
            widget=forms.CheckboxInput({"class": "form-check-input"}),
        )
        for suffix in REASON_SUFFIXES:
            attrs = {"class": "form-control", "lang": suffix[1:]}
            self.fields[name + suffix] = forms.CharField(
                label=_("Why it is used outside its ages"),
                max_length=300,
                required=False,
                widget=forms.TextInput(attrs),
            )

    def sent(self, name: str) -> str:
        """The raw text that came for a field; "" for an unticked box."""
        return str(self.data.get(name) or "")

    def chosen(self, name: str) -> set[str]:
        """The field names that were ticked under ``name``."""
        return set(self.data.getlist(name)) if hasattr(self.data, "getlist") else set()


class PasswordForm(forms.Form):
    """The password again: what stands for a hand on the paper."""

    password = forms.CharField(
        label=_("Your password"),
        strip=False,
        max_length=200,
        widget=forms.PasswordInput({"autocomplete": "current-password", "data-no-draft": True}),
    )


class SigningForm(PasswordForm):
    """The author's signature. ``seen`` is the digest of the text that the page showed."""

    seen = forms.CharField(max_length=64, widget=forms.HiddenInput)
    waives_russian = forms.BooleanField(
        label=_("I sign without the Russian text of these sections"), required=False
    )


class _StepForm(KeptForm):
    """A short form with its button and the way back."""

    save: Any = ""

    def __init__(self, *args: Any, cancel_url: str = "", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.cancel_url = cancel_url

    @property
    def helper(self) -> FormPage:
        return FormPage(self, save=str(self.save), cancel_url=self.cancel_url)


class ReturningForm(_StepForm):
    """Why a signed conclusion goes back to its author."""

    save = _("Return with remarks")

    reason = forms.CharField(
        label=_("What is to be mended"),
        max_length=500,
        widget=forms.Textarea({"rows": 3, **WITH_LETTERS}),
    )


class CorrectionForm(_StepForm):
    """What the next version corrects; it is printed under the title."""

    save = _("Correct by a new version")

    correction_ky = forms.CharField(
        label=_("What is corrected, in Kyrgyz"),
        max_length=300,
        widget=forms.TextInput({"lang": "ky", **WITH_LETTERS}),
    )
    correction_ru = forms.CharField(
        label=_("What is corrected, in Russian"),
        max_length=300,
        required=False,
        widget=forms.TextInput({"lang": "ru"}),
    )


class ScanForm(forms.Form):
    """The scan of the paper signed in ink."""

    scan = AttachmentField(label=_("Scan of the paper signed in ink"))

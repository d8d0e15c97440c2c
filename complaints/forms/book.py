"""Typing in what stands in the book, writing down what was done, choosing what is listed."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from core import clock
from core.fields import TypedDateField
from core.layout import WITH_LETTERS, Fold, FormPage, Row
from core.saving import KeptForm
from offices.models import Office, User
from offices.standing import standing

from ..book_permissions import WRITING_ROLES
from ..enums import BookKind, BookOutcome
from ..models import BookEntry
from .paper import LONGEST_TEXT, ReceiptForm, StaffField


class EntryForm(KeptForm):
    """One entry: what it is and its words; the rest where the book says it."""

    office = forms.ModelChoiceField(
        Office.objects.none(), label=_("In whose book"), empty_label=None
    )
    kind = forms.ChoiceField(
        label=_("What it is"), choices=BookKind.choices, widget=forms.RadioSelect
    )
    text = forms.CharField(
        label=_("What is written"),
        max_length=LONGEST_TEXT,
        widget=forms.Textarea({"rows": 5, **WITH_LETTERS}),
    )
    person_name = forms.CharField(
        label=_("Who wrote it"),
        help_text=_("As far as the book says it."),
        max_length=200,
        required=False,
        widget=forms.TextInput({**WITH_LETTERS, "autocomplete": "off", "spellcheck": "false"}),
    )
    written_on = TypedDateField(label=_("Written on"), expects="past", allow_future=False)
    page = forms.IntegerField(
        label=_("Page of the book"), min_value=1, max_value=9999, required=False
    )
    about_person = StaffField(
        label=_("About which member of staff"),
        required=False,
        empty_label=_("Nobody by name"),
        help_text=_("This person will not see the entry."),
    )

    SAID = ("kind", "text", "person_name", "written_on", "page", "about_person")

    def __init__(self, *args: Any, user: User, cancel_url: str = "", **kwargs: Any) -> None:
        kwargs["initial"] = {"written_on": clock.today()} | kwargs.get("initial", {})
        entry: BookEntry | None = kwargs.pop("entry", None)
        super().__init__(*args, **kwargs)
        self.cancel_url = cancel_url
        self.fields["about_person"].offer_everybody()  # type: ignore[attr-defined]  # a StaffField
        if entry is not None:
            del self.fields["office"]
            return
        own = Office.objects.filter(pk__in=standing(user).offices(*WRITING_ROLES))
        self.fields["office"].queryset = own  # type: ignore[attr-defined]  # a choice field
        if len(own) == 1:
            self.fields["office"].widget = forms.HiddenInput()
            self.initial.setdefault("office", own[0].pk)

    @classmethod
    def said_by(cls, entry: BookEntry) -> dict[str, Any]:
        return {name: getattr(entry, name) for name in cls.SAID} | {
            "about_person": entry.about_person_id
        }

    @property
    def said(self) -> dict[str, Any]:
        return {name: self.cleaned_data[name] for name in self.SAID}

    @property
    def helper(self) -> FormPage:
        offices = ["office"] if "office" in self.fields else []
        return FormPage(
            self,
            *offices,
            "kind",
            "text",
            Row("written_on", "page"),
            "person_name",
            Fold(str(_("If it names somebody of the staff")), "about_person"),
            cancel_url=self.cancel_url,
        )


class SettleForm(KeptForm):
    """What was done about an entry."""

    outcome = forms.ChoiceField(
        label=_("What became of it"),
        choices=[
            (code, BookOutcome(code).label) for code in (BookOutcome.NOTED, BookOutcome.ANSWERED)
        ],
        widget=forms.RadioSelect,
    )
    done = forms.CharField(
        label=_("What was done"),
        help_text=_("Who was told, what was changed, what the person was answered."),
        max_length=2000,
        widget=forms.Textarea({"rows": 3, **WITH_LETTERS}),
    )
    done_on = TypedDateField(label=_("Done on"), expects="past", allow_future=False)

    def __init__(self, *args: Any, cancel_url: str = "", **kwargs: Any) -> None:
        kwargs["initial"] = {"done_on": clock.today()} | kwargs.get("initial", {})
        super().__init__(*args, **kwargs)
        self.cancel_url = cancel_url

    @property
    def helper(self) -> FormPage:
        return FormPage(self, "outcome", "done", "done_on", cancel_url=self.cancel_url)


class FromBookForm(ReceiptForm):
    """The receiving form, begun with what the book says; the book's office receives it."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        del self.fields["office"]

    def came(self) -> Any:
        section = super().came()
        section.fields = [field for field in section.fields if field != "office"]
        return section


class PeriodForm(forms.Form):
    """Of which days and office something is listed."""

    first = TypedDateField(label=pgettext_lazy("day", "From"), required=False, expects="past")
    last = TypedDateField(label=pgettext_lazy("day", "To"), required=False, expects="past")
    office = forms.ModelChoiceField(
        Office.objects.none(), label=_("Office"), required=False, empty_label="—"
    )

    def __init__(self, *args: Any, offices: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["office"].queryset = offices  # type: ignore[attr-defined]  # a ModelChoiceField
        if len(offices) < 2:
            del self.fields["office"]

    def clean(self) -> dict[str, Any]:
        said = super().clean() or self.cleaned_data
        first, last = said.get("first"), said.get("last")
        if first and last and last < first:
            self.add_error("last", _("This day is before the first one."))
        return said

"""Forms of the reception: who came, calling in, ending, going, and why somebody was not received."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from casework.enums import SpokenLanguage
from casework.forms.opening_rows import name_field, short
from casework.forms.records import RecordForm
from core import clock
from core.fields import TypedDateTimeField
from core.layout import WITH_LETTERS, Fold, FormPage, Row
from core.saving import KeptForm

from ..enums import VisitorOutcome
from ..models import CommunicationNeed, PrivilegedCategory, Visitor
from ..services.reception import Arrival, Ending

LONGEST_TEXT = 10_000
SAFE = [("", "—"), ("yes", gettext_lazy("Safe to call")), ("no", gettext_lazy("Not safe to call"))]


class ArrivalForm(RecordForm):
    """Somebody came: everything may be left empty."""

    privilege = forms.ModelChoiceField(
        PrivilegedCategory.objects.none(),
        label=gettext_lazy("Served without a queue"),
        required=False,
        empty_label="—",
        widget=forms.Select({"class": "form-select"}),
        help_text=gettext_lazy("By what the visitor says; no paper is asked for."),
    )
    needs = forms.ModelMultipleChoiceField(
        CommunicationNeed.objects.none(),
        label=gettext_lazy("What the visitor needs to understand and be understood"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    needs_text = short(gettext_lazy("Needs, in words"), 200, **WITH_LETTERS)
    surname = name_field(gettext_lazy("Surname"))
    given_name = name_field(gettext_lazy("Given name"))
    patronymic = name_field(gettext_lazy("Patronymic"))
    phone = forms.CharField(
        label=gettext_lazy("Phone"),
        required=False,
        max_length=40,
        widget=forms.TextInput({"inputmode": "tel", "autocomplete": "off"}),
    )
    phone_is_safe = forms.ChoiceField(
        label=gettext_lazy("May one call it?"), required=False, choices=SAFE
    )
    language = forms.ChoiceField(
        label=gettext_lazy("Language"), required=False, choices=[("", "—"), *SpokenLanguage.choices]
    )
    matter = short(gettext_lazy("What about, in a few words"), 300, **WITH_LETTERS)

    def __init__(self, *args: Any, visitor: Visitor | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        chosen = None if visitor is None else visitor.privilege_id
        self.fields["privilege"].queryset = _offered(PrivilegedCategory, [chosen])
        known = [] if visitor is None else list(visitor.needs.values_list("pk", flat=True))
        self.fields["needs"].queryset = _offered(CommunicationNeed, known)
        if visitor is not None:
            self.save = gettext_lazy("Save")
            for name, value in self.shown_of(visitor).items():
                self.initial.setdefault(name, value)

    def shown_of(self, record: Any) -> dict[str, Any]:
        shown = super().shown_of(record)
        safe = record.phone_is_safe
        shown["phone_is_safe"] = "" if safe is None else "yes" if safe else "no"
        if isinstance(record, Visitor):
            shown["needs"] = list(record.needs.values_list("pk", flat=True))
        return shown

    def clean(self) -> dict[str, Any]:
        said = super().clean() or self.cleaned_data
        if said.get("phone") and not said.get("phone_is_safe"):
            self.add_error("phone_is_safe", _("Say whether it is safe to call this number."))
        return said

    @property
    def arrival(self) -> Arrival:
        said = self.cleaned_data
        safe = {"yes": True, "no": False}.get(said["phone_is_safe"])
        texts = ("surname", "given_name", "patronymic", "phone", "matter", "language", "needs_text")
        return Arrival(
            **{name: said[name] for name in texts},
            phone_is_safe=safe if said["phone"] else None,
            privilege=said["privilege"],
            needs=tuple(said["needs"]),
        )

    def parts(self) -> list[Any]:
        return [
            "privilege",
            "needs",
            "needs_text",
            Row("surname", "given_name", "patronymic"),
            Row("language", "phone", "phone_is_safe"),
            "matter",
        ]


def _offered(kind: Any, known: list[Any]) -> Any:
    """What is offered now, and what was chosen when it still was."""
    offered = kind.objects.filter(is_active=True)
    return (offered | kind.objects.filter(pk__in=[pk for pk in known if pk])).distinct()


class CallForm(KeptForm):
    """Where the visitor is called to; the reason only out of turn."""

    window = forms.CharField(
        label=gettext_lazy("Room or window"),
        max_length=20,
        required=False,
        widget=forms.TextInput({"class": "form-control", "autocomplete": "off"}),
    )
    reason = forms.CharField(
        label=gettext_lazy("Why out of turn"),
        max_length=300,
        required=False,
        widget=forms.TextInput({"class": "form-control", "autocomplete": "off"}),
    )


class LeaveForm(KeptForm):
    """They went without being received."""

    reason = forms.CharField(
        label=gettext_lazy("Why, if they said"),
        max_length=300,
        required=False,
        widget=forms.TextInput(WITH_LETTERS),
    )


class EndForm(KeptForm):
    """How a reception ends."""

    overrun_reason = forms.CharField(
        label=gettext_lazy("Why it took longer than the standard allows"),
        max_length=500,
        required=False,
        widget=forms.TextInput(WITH_LETTERS),
    )
    outcome = forms.ChoiceField(
        label=gettext_lazy("What it came to"),
        choices=VisitorOutcome.choices,
        widget=forms.RadioSelect,
    )
    answer = forms.CharField(
        label=gettext_lazy("What was asked and said"),
        max_length=LONGEST_TEXT,
        required=False,
        widget=forms.Textarea({"rows": 4, **WITH_LETTERS}),
    )
    ended_at = TypedDateTimeField(
        label=gettext_lazy("It ended at"),
        required=False,
        expects="past",
        allow_future=False,
        help_text=gettext_lazy("Leave it empty if it ends now."),
    )

    def __init__(self, *args: Any, visitor: Visitor, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.visitor = visitor

    def clean(self) -> dict[str, Any]:
        said = super().clean() or self.cleaned_data
        over = self.visitor.has_run_over(said.get("ended_at") or clock.now())
        if over and not said.get("overrun_reason"):
            words = _(
                "The consultation lasted longer than %(minutes)s minutes: say why, in a few words."
            )
            self.add_error("overrun_reason", words % {"minutes": self.visitor.limit_minutes})
        return said

    @property
    def ending(self) -> Ending:
        said = self.cleaned_data
        names = ("outcome", "answer", "overrun_reason", "ended_at")
        return Ending(**{name: said[name] for name in names})

    @property
    def helper(self) -> FormPage:
        why: list[Any] = ["overrun_reason"]
        if not self.visitor.has_run_over(clock.now()):
            why = [Fold(_("Longer than the standard allows?"), "overrun_reason")]
        return FormPage(
            self,
            *(why if len(why) == 1 and isinstance(why[0], str) else []),
            "outcome",
            "answer",
            *([] if isinstance(why[0], str) else why),
            Fold(_("It ended earlier?"), "ended_at"),
            save=_("End the reception"),
            cancel_url=self.visitor.get_absolute_url(),
        )


class UnservedForm(KeptForm):
    """One reason for those who are ticked."""

    visitors = forms.ModelMultipleChoiceField(
        Visitor.objects.none(),
        label=gettext_lazy("Who was not received"),
        widget=forms.CheckboxSelectMultiple,
    )
    reason = forms.CharField(
        label=gettext_lazy("Why, and what was done so that they are received"),
        max_length=300,
        widget=forms.Textarea({"rows": 3, **WITH_LETTERS}),
    )

    def __init__(self, *args: Any, unserved: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["visitors"]
        field.queryset = unserved
        field.label_from_instance = _called
        self.initial.setdefault("visitors", [visitor.pk for visitor in unserved])

    @property
    def helper(self) -> FormPage:
        return FormPage(self, "visitors", "reason", save=_("Save the reason"))


def _called(visitor: Visitor) -> str:
    """«26.11.2026, № 7, 15:40, Асанова Жаңыл»."""
    came = clock.local(visitor.arrived_at)
    parts = [f"{came:%d.%m.%Y}", str(visitor), f"{came:%H:%M}", visitor.full_name, visitor.phone]
    return ", ".join(part for part in parts if part)

"""The rows of an application: the people as they are named. What a case's row asks, and what a channel may know beside it."""

from dataclasses import asdict
from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy as _

from casework.enums import Attendance, Sex
from casework.forms.opening_rows import AdultRow, ChildRow, Rows, rows_of, short
from casework.models import Person
from casework.services.new_case import KnownAdult, KnownChild, KnownPerson, KnownPhone
from core.layout import WITH_LETTERS
from offices.models import User

from ..services.new_application import AppliedAdult, AppliedChild

# What ``asdict`` of a row's facts takes over as it stands.
_PLAIN: tuple[str, ...] = (
    "surname",
    "given_name",
    "patronymic",
    "description",
    "sex",
    "pin",
    "language",
)
_PLAIN += ("citizenship", "communication_needs")


class KeptRow(forms.Form):
    """Which row of the application it is, so that a change finds it again."""

    row_id = forms.IntegerField(required=False, widget=forms.HiddenInput, max_value=2**62)
    citizenship = short(_("Citizenship"), 100, **WITH_LETTERS)
    communication_needs = short(_("Interpreter or other communication need"), 300, **WITH_LETTERS)
    # Phones after the first, which the row does not show.
    more_phones = forms.JSONField(required=False, widget=forms.HiddenInput)

    # Set by the view: whose known record may stand behind a row.
    reader: User | None = None

    def has_changed(self) -> bool:
        """What the row carries along hidden is nobody by itself."""
        quiet = {"row_id", "known_as", "more_phones"}
        ticks = {n for n, f in self.fields.items() if isinstance(f, forms.BooleanField)}
        return bool(set(self.changed_data) - ticks - quiet)

    def kept(self) -> dict[str, Any]:
        said = self.cleaned_data
        return {
            "row": said["row_id"],
            "record": self._known_record(said["known_as"]),
            "citizenship": said["citizenship"],
            "communication_needs": said["communication_needs"],
        }

    def _known_record(self, text: str) -> Person | None:
        if not text or self.reader is None:
            return None
        try:
            found = UUID(text)
        except ValueError:
            return None
        return Person.objects.visible_to(self.reader).filter(pk=found).first()


class AppliedChildRow(KeptRow, ChildRow):
    folded = (*ChildRow.folded, "attendance", "birth_certificate", "citizenship", "communication_needs")  # fmt: skip

    attendance = forms.ChoiceField(
        label=_("Attendance"), required=False, choices=[("", "—"), *Attendance.choices]
    )
    birth_certificate = short(_("Birth certificate"), 30)

    def facts(self) -> AppliedChild:
        said, child = self.cleaned_data, super().facts()
        more = {
            "attendance": said["attendance"] or Attendance.UNKNOWN,
            "birth_certificate": said["birth_certificate"],
            "phones": _phones(said["more_phones"]),
        }
        return AppliedChild(**{**vars(child), **self.kept(), **more})


class AppliedAdultRow(KeptRow, AdultRow):
    folded = (
        *AdultRow.folded,
        "description",
        "relation_text",
        "sex",
        "citizenship",
        "communication_needs",
    )

    description = short(_("Description, where the name is not known"), 300, **WITH_LETTERS)
    relation_text = short(_("In words"), 100, **WITH_LETTERS)
    sex = forms.ChoiceField(
        label=_("Sex"),
        required=False,
        choices=[("", "—"), *(c for c in Sex.choices if c[0] != Sex.UNKNOWN)],
    )
    is_applicant = forms.BooleanField(label=_("This person applies"), required=False)

    def facts(self) -> AppliedAdult:
        said, adult = self.cleaned_data, super().facts()
        more = {
            "description": said["description"],
            "relation_text": said["relation_text"],
            "sex": said["sex"] or adult.sex,
            "phones": (*adult.phones, *_phones(said["more_phones"])),
            "is_applicant": said["is_applicant"],
        }
        return AppliedAdult(**{**vars(adult), **self.kept(), **more})


def applied_children(**kwargs: Any) -> Any:
    return rows_of(AppliedChildRow, Rows, **kwargs)


def applied_adults(**kwargs: Any) -> Any:
    return rows_of(AppliedAdultRow, Rows, **kwargs)


def row_said_by(known: KnownPerson) -> dict[str, Any]:
    """The beginning of a row: what is known of the person."""
    said: dict[str, Any] = {name: getattr(known, name) for name in _PLAIN}
    said |= {"birth": known.birth.typed, "row_id": getattr(known, "row", None)}
    said["sex"] = "" if known.sex == Sex.UNKNOWN else known.sex
    said["known_as"] = str(known.record.pk) if known.record else ""
    own: tuple[str, ...]
    if isinstance(known, KnownChild):
        own = ("school", "school_text", "school_class", "attendance", "birth_certificate")
        said |= {name: getattr(known, name) for name in (*own, "is_concerned")}
        said["attendance"] = "" if known.attendance == Attendance.UNKNOWN else known.attendance
        said["more_phones"] = [asdict(phone) for phone in known.phones]
    elif isinstance(known, KnownAdult):
        own = ("relation", "relation_text", "lives_together", "is_carer")
        said |= {name: getattr(known, name) for name in own}
        said |= _first_phone(known.phones)
        said["is_applicant"] = getattr(known, "is_applicant", False)
    return said


def _first_phone(phones: tuple[KnownPhone, ...]) -> dict[str, Any]:
    if not phones:
        return {}
    first, *others = phones
    return {
        "phone": first.number,
        "phone_is_safe": "yes" if first.is_safe else "no",
        "safe_hours": first.safe_hours,
        "more_phones": [asdict(phone) for phone in others],
    }


def _phones(kept: Any) -> tuple[KnownPhone, ...]:
    """The phones that the row carries along; whatever else somebody sends in their place is dropped."""
    found = []
    for phone in kept if isinstance(kept, list) else []:
        if isinstance(phone, dict) and isinstance(phone.get("number"), str):
            texts = {k: str(phone.get(k, ""))[:100] for k in ("safe_hours", "note")}
            found.append(
                KnownPhone(phone["number"][:40], is_safe=phone.get("is_safe") is True, **texts)
            )
    return tuple(found[:5])

"""Forms of raids: the raid itself, a family found, and why no application follows."""

from typing import Any

from django import forms
from django.db.models import Q
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from casework.enums import StreetKind
from casework.forms.opening_rows import fold_state, short
from casework.forms.records import RecordForm
from casework.services.new_case import KnownAddress
from core.fields import TypedDateField
from core.layout import WITH_LETTERS, FormPage, Row
from core.saving import KeptForm
from offices.enums import OrganisationKind
from offices.models import District, Office, Organisation, User
from offices.standing import people_in

from ..models import Raid, RaidFinding
from ..models.raids import RAIDING
from ..services.raids import RaidFacts

K = OrganisationKind
# Who usually goes along; a school or a hospital is said in words.
GOING_ALONG = [
    K.INTERNAL_AFFAIRS, K.TERRITORIAL, K.COMMISSION, K.PROSECUTOR, K.SOCIAL, K.MUNICIPAL, K.NGO,
]  # fmt: skip
LONGEST_TEXT = 20_000


class UserChoice(forms.ModelChoiceField):
    def label_from_instance(self, user: User) -> str:
        return user.full_name


class UserChoices(forms.ModelMultipleChoiceField):
    def label_from_instance(self, user: User) -> str:
        return user.full_name


class RaidForm(RecordForm):
    """When, where, with whom."""

    held_on = TypedDateField(
        label=gettext_lazy("Day of the raid"), expects="past", allow_future=False
    )
    place = forms.CharField(
        label=gettext_lazy("Where"),
        max_length=300,
        widget=forms.TextInput(WITH_LETTERS),
        help_text=gettext_lazy("Bazaar, street, settlement: what the raid went through."),
    )
    led_by = UserChoice(User.objects.none(), label=gettext_lazy("Who led it"), empty_label="—")
    staff = UserChoices(
        User.objects.none(),
        label=gettext_lazy("Who of us took part"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    organisations = forms.ModelMultipleChoiceField(
        Organisation.objects.none(),
        label=gettext_lazy("Bodies that took part"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=gettext_lazy("What is not in the list goes below, in words."),
    )
    organisations_text = short(
        gettext_lazy("Other bodies and people, in words"), 300, **WITH_LETTERS
    )
    account = forms.CharField(
        label=gettext_lazy("How it went"),
        required=False,
        max_length=LONGEST_TEXT,
        widget=forms.Textarea({"rows": 4, **WITH_LETTERS}),
    )

    def __init__(
        self, *args: Any, office: Office, raid: Raid | None = None, user: User, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        there = {person.pk for person in people_in(office.pk, *RAIDING)}
        everybody = {person.pk for person in people_in(office.pk, *RAIDING, *_SPECIALISTS)}
        if raid is not None:
            there.add(raid.led_by_id)
            everybody |= set(raid.staff.values_list("pk", flat=True))
        self.fields["led_by"].queryset = User.objects.filter(pk__in=there)
        self.fields["staff"].queryset = User.objects.filter(pk__in=everybody)
        bodies = Organisation.objects.filter(is_active=True, kind__in=GOING_ALONG)
        if office.district_id:
            bodies = bodies.filter(Q(district=office.district_id) | Q(district=None))
        if raid is not None:
            bodies = (
                bodies | Organisation.objects.filter(pk__in=raid.organisations.all())
            ).distinct()
        self.fields["organisations"].queryset = bodies.order_by("kind", "name_ky")
        self.initial.setdefault("led_by", user.pk if user.pk in there else None)
        if raid is not None:
            self.initial.update(self.shown_of(raid))

    def shown_of(self, record: Any) -> dict[str, Any]:
        shown = super().shown_of(record)
        if isinstance(record, Raid):
            shown["staff"] = [person.pk for person in record.staff.all()]
            shown["organisations"] = [body.pk for body in record.organisations.all()]
        return shown

    @property
    def raid_facts(self) -> RaidFacts:
        said = self.cleaned_data
        names = ("held_on", "place", "led_by", "organisations_text", "account")
        return RaidFacts(
            **{name: said[name] for name in names},
            staff=tuple(said["staff"]),
            organisations=tuple(said["organisations"]),
        )

    def parts(self) -> list[Any]:
        return [
            Row("held_on", "led_by"),
            "place",
            "staff",
            "organisations",
            "organisations_text",
            "account",
        ]


_SPECIALISTS = ("psychologist", "lawyer")


class FindingForm(KeptForm):
    """What was found; who it was stands in the rows beside."""

    description = short(gettext_lazy("Who was found, in words"), 300, **WITH_LETTERS)
    district = forms.ModelChoiceField(
        District.objects.none(), label=gettext_lazy("District"), required=False, empty_label="—"
    )
    settlement = short(gettext_lazy("Settlement, microdistrict"), **WITH_LETTERS)
    street = short(gettext_lazy("Street name"), **WITH_LETTERS)
    street_kind = forms.ChoiceField(
        label=gettext_lazy("Kind of street"),
        required=False,
        choices=[("", "—"), *StreetKind.choices],
    )
    house = short(gettext_lazy("House"), 20)
    flat = short(gettext_lazy("Flat"), 20)
    address_text = short(gettext_lazy("Or in words"), 300, **WITH_LETTERS)
    seen = forms.CharField(
        label=gettext_lazy("What was seen"),
        required=False,
        max_length=LONGEST_TEXT,
        widget=forms.Textarea({"rows": 4, **WITH_LETTERS}),
    )
    done = forms.CharField(
        label=gettext_lazy("What was done at once"),
        required=False,
        max_length=LONGEST_TEXT,
        widget=forms.Textarea({"rows": 3, **WITH_LETTERS}),
    )
    field_order = [
        "description", "district", "settlement", "street", "street_kind", "house", "flat",
        "address_text", "seen", "done",
    ]  # fmt: skip

    def __init__(
        self, *args: Any, raid: Raid, finding: RaidFinding | None = None, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.fields["district"].queryset = District.objects.all()
        self.fields["district"].initial = raid.office.district_id
        if finding is not None:
            known = {field.name: field.attname for field in finding._meta.concrete_fields}
            shown = {n: getattr(finding, known[n]) for n in self.fields if n in known}
            self.initial.update(shown)

    @property
    def address_fold(self) -> Any:
        return fold_state(self, "address_text")

    def address(self) -> KnownAddress:
        said = self.cleaned_data
        parts = ("settlement", "street", "house", "flat")
        # A district alone is only the form's own guess.
        if not any(said[part] for part in (*parts, "address_text")):
            return KnownAddress()
        return KnownAddress(
            district=said["district"],
            street_kind=said["street_kind"],
            text=said["address_text"],
            **{part: said[part] for part in parts},
        )


class SettleForm(KeptForm):
    """Why no application follows."""

    reason = forms.CharField(
        label=gettext_lazy("Why no application follows"),
        max_length=300,
        widget=forms.Textarea({"rows": 3, **WITH_LETTERS}),
        help_text=gettext_lazy(
            "The family has a case already, went away, another body took over: say which."
        ),
    )
    cancel_url = ""

    @property
    def helper(self) -> FormPage:
        return FormPage(self, "reason", save=_("Save the reason"), cancel_url=self.cancel_url)

"""Forms about colleagues and their accounts."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from core import clock
from core.fields import TypedDateField

from ..models import Membership, User


class StandInForm(forms.Form):
    """Who is away, who stands in, from which day to which."""

    membership = forms.ModelChoiceField(
        label=_("Who is away"), queryset=Membership.objects.none(), empty_label=""
    )
    user = forms.ModelChoiceField(
        label=_("Who stands in"), queryset=User.objects.none(), empty_label=""
    )
    starts_on = TypedDateField(label=_("First day"))
    ends_on = TypedDateField(label=_("Last day"))

    def __init__(self, *args: Any, offices: frozenset[int], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        members = Membership.objects.active().filter(office__in=offices, user__is_active=True)
        self.fields["membership"].queryset = members.select_related("user", "office")  # type: ignore[attr-defined]  # a choice field
        self.fields["user"].queryset = User.objects.filter(memberships__in=members).distinct()  # type: ignore[attr-defined]  # a choice field
        self.fields["starts_on"].initial = clock.today()


class ResetLinkForm(forms.Form):
    """What the link does; the administrator's own password stands for their signature."""

    removes_factors = forms.BooleanField(
        label=_("Remove the second factors too"),
        help_text=_("Only where the phone and the recovery codes are lost."),
        required=False,
    )
    sends_mail = forms.BooleanField(label=_("Send it to the e-mail of the account"), required=False)
    password = forms.CharField(
        label=_("Your own password"),
        strip=False,
        max_length=200,
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
    )

    def __init__(self, *args: Any, person: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not person.email:
            del self.fields["sends_mail"]

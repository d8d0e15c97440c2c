"""Forms of a free task."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from core.fields import TypedDateField
from core.layout import WITH_LETTERS, FormPage
from core.saving import KeptForm
from offices.models import User

from ..accompaniment_enums import TaskStatus
from ..models import Case
from ..services.tasks import who_can_do


class TaskForm(KeptForm):
    """What, by when, by whom."""

    what = forms.CharField(
        label=gettext_lazy("What is to be done"),
        max_length=200,
        widget=forms.TextInput(WITH_LETTERS),
        help_text=gettext_lazy("Without names: it stands on My day beside the number of the case."),
    )
    due_on = TypedDateField(label=gettext_lazy("Due on"), expects="future")
    assigned_to = forms.ModelChoiceField(
        User.objects.none(), label=gettext_lazy("Who does it"), empty_label=None
    )

    def __init__(self, *args: Any, case: Case, user: User, cancel_url: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.cancel_url = cancel_url
        self.fields["assigned_to"].queryset = who_can_do(case, user)  # type: ignore[attr-defined]  # a ModelChoiceField
        self.initial.setdefault("assigned_to", user.pk)

    @property
    def helper(self) -> FormPage:
        return FormPage(
            self, "what", "due_on", "assigned_to", save=_("Save"), cancel_url=self.cancel_url
        )


class SettleForm(KeptForm):
    """Done, or not needed any more."""

    status = forms.ChoiceField(
        label=gettext_lazy("How it ended"),
        choices=[
            (TaskStatus.DONE.value, TaskStatus.DONE.label),
            (TaskStatus.CANCELLED.value, TaskStatus.CANCELLED.label),
        ],
        widget=forms.RadioSelect,
        initial=TaskStatus.DONE.value,
    )
    word = forms.CharField(
        label=gettext_lazy("In a word"),
        max_length=300,
        required=False,
        widget=forms.TextInput(WITH_LETTERS),
    )

    @property
    def helper(self) -> FormPage:
        return FormPage(self, "status", "word", save=_("Settle"))

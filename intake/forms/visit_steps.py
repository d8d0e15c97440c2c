"""Forms of one step of a visit: calling off, photographs, the act, the case that it goes into."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from casework.forms.opening_rows import short
from casework.models import Case, Person
from core.layout import WITH_LETTERS, FormPage
from core.saving import KeptForm
from papers.fields import AttachmentField
from papers.pictures import is_printable

from ..models import Visit, VisitPhoto
from ..services.visits import ChildPart

Place = tuple[Case, Person]


class CancelForm(KeptForm):
    """Why a planned visit is called off."""

    reason = forms.CharField(
        label=gettext_lazy("Why it is called off"),
        max_length=300,
        widget=forms.Textarea({"rows": 3, **WITH_LETTERS}),
    )
    cancel_url = ""

    @property
    def helper(self) -> FormPage:
        return FormPage(self, "reason", save=_("Call the visit off"), cancel_url=self.cancel_url)


class PhotoForm(KeptForm):
    """A photograph from the phone's camera, or a file; one of them."""

    photograph = AttachmentField(
        label=gettext_lazy("Photograph"), required=False, is_photograph=True
    )
    scan = AttachmentField(label=gettext_lazy("Or a file"), required=False)
    caption = short(gettext_lazy("What it shows"), 200, **WITH_LETTERS)
    cancel_url = ""

    def clean(self) -> dict[str, Any]:
        said = super().clean() or self.cleaned_data
        if not self.errors and not (said.get("photograph") or said.get("scan")):
            self.add_error("photograph", _("Take a photograph, or choose a file."))
        return said

    @property
    def files_sent(self) -> list[Any]:
        said = self.cleaned_data
        return [said[name] for name in ("photograph", "scan") if said.get(name)]

    @property
    def helper(self) -> FormPage:
        return FormPage(
            self,
            "photograph",
            "scan",
            "caption",
            save=_("Add to the visit"),
            cancel_url=self.cancel_url,
        )


class ActForm(KeptForm):
    """Issuing the act: which photographs are printed with it."""

    photos = forms.ModelMultipleChoiceField(
        VisitPhoto.objects.none(),
        label=gettext_lazy("Photographs to print with the act"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=gettext_lazy(
            "None is printed unless it is ticked; all of them stay in the file."
        ),
    )
    cancel_url = ""

    def __init__(self, *args: Any, visit: Visit, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        photos = visit.photos.select_related("file")
        able = [photo.pk for photo in photos if is_printable(photo.file)]
        field: Any = self.fields["photos"]
        field.queryset = photos.filter(pk__in=able)
        field.label_from_instance = lambda photo: photo.caption or photo.file.name
        if not able:
            del self.fields["photos"]

    @property
    def helper(self) -> FormPage:
        parts = ["photos"] if "photos" in self.fields else []
        return FormPage(self, *parts, save=_("Issue the act"), cancel_url=self.cancel_url)


class AttachForm(KeptForm):
    """Into which case a visit goes that was made before there was one: the children whom it concerns."""

    cancel_url = ""

    def __init__(self, *args: Any, places: Iterable[Place], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.places = {f"{case.pk}:{person.pk}": (case, person) for case, person in places}
        choices = [
            (key, f"{person.full_name}, {case.number}")
            for key, (case, person) in self.places.items()
        ]
        self.fields["children"] = forms.MultipleChoiceField(
            label=_("Whom the visit concerns"),
            choices=choices,
            widget=forms.CheckboxSelectMultiple,
        )

    @property
    def parts_chosen(self) -> list[ChildPart]:
        chosen = [self.places[key] for key in self.cleaned_data["children"]]
        return [ChildPart(case=case, person=person) for case, person in chosen]

    @property
    def helper(self) -> FormPage:
        return FormPage(self, "children", save=_("Put into the case"), cancel_url=self.cancel_url)

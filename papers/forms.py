"""The forms of the registry desk: a check code, and files for any record."""

from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy as _

from core.layout import WITH_LETTERS, FormPage, Part
from core.saving import KeptForm
from offices.models import User

from .attachments import attach
from .fields import AttachmentsField
from .models import Attachment


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


class FilesPart(forms.Form):
    """Several files, by the camera or from the disk; put ``FilesFields()`` where they stand on the page.

    The view calls ``keep_files(user)`` after the check, whatever else was wrong: what came is kept at once and need not
    be chosen again. ``kept`` then holds all of them, for ``papers.attachment_lists.add_files``.
    """

    # The name is that of what was sent in Django's own class; a form's fields live beside it.
    files = AttachmentsField(label=_("Files"), required=False)  # type: ignore[assignment]  # see above
    kept_files = forms.CharField(required=False, max_length=2000, widget=forms.HiddenInput)
    kept: tuple[Attachment, ...] = ()

    def keep_files(self, user: User) -> tuple[Attachment, ...]:
        said = getattr(self, "cleaned_data", {})
        fresh = [attach(checked, by=user) for checked in said.get("files") or ()]
        known = _ids(str(self["kept_files"].value() or ""))
        mine = Attachment.objects.uploaded_by(user).in_bulk(known)
        self.kept = (*(mine[pk] for pk in known if pk in mine), *fresh)
        if self.kept and self.is_bound:
            self.data = self.data.copy()
            self.data[self.add_prefix("kept_files")] = " ".join(str(a.pk) for a in self.kept)
        return self.kept


class FilesFields(Part):
    """The files of a :class:`FilesPart` on a ``FormPage``, with the names of those kept already."""

    template = "components/files_fields.html"

    def __init__(self) -> None:
        super().__init__("files", "kept_files")

    def values(self, form: Any) -> dict[str, Any]:
        return {"kept": form.kept}


def _ids(text: str) -> list[UUID]:
    """The ids in ``text``; what is none is nobody's file."""
    found = []
    for word in text.split()[:50]:
        try:
            found.append(UUID(word))
        except ValueError:
            continue
    return found


class AddFilesForm(FilesPart, KeptForm):
    """Files for a record that is there already, and what they are."""

    note = forms.CharField(
        label=_("What it is"),
        max_length=200,
        required=False,
        widget=forms.TextInput(WITH_LETTERS),
    )
    cancel_url = ""

    def clean(self) -> dict[str, Any]:
        said: dict[str, Any] = super().clean() or self.cleaned_data
        if not said.get("files") and not said.get("kept_files") and "files" not in self.errors:
            self.add_error("files", _("Choose at least one file."))
        return said

    @property
    def helper(self) -> FormPage:
        return FormPage(
            self, FilesFields(), "note", save=str(_("Attach")), cancel_url=self.cancel_url
        )


class UnsealForm(forms.Form):
    """Why the original, with all that it carries, leaves the product."""

    reason = forms.CharField(
        label=_("What for"),
        max_length=300,
        help_text=_("It stands in the read log beside your name."),
        widget=forms.TextInput(WITH_LETTERS),
    )


class TakeOffForm(forms.Form):
    reason = forms.CharField(
        label=_("Why it is taken off"), max_length=300, widget=forms.TextInput(WITH_LETTERS)
    )

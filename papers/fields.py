"""The form field for a file: says what it takes before anybody chooses, and checks what comes."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.utils.functional import lazy
from django.utils.translation import gettext_lazy

from .cleaning.kinds import KINDS
from .uploads import CheckedFile, FileRefused, check_upload, limits_in_words

# Types and endings both: phones offer their camera for the types, old desktops filter by the endings.
_ACCEPT = ",".join(
    [kind.content_type for kind in KINDS.values()]
    + [ending for kind in KINDS.values() for ending in kind.endings]
)

# Each costs a process of its own for a third of a second.
MOST_AT_ONCE = 10

# Said in the language of the reader, not of whoever imported the form.
_limits = lazy(limits_in_words, str)


class AttachmentInput(forms.FileInput):
    """A file control that a phone answers with its camera, its pictures or its files."""

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__({"accept": _ACCEPT, **(attrs or {})})


class AttachmentField(forms.FileField):
    """Cleans to a :class:`~papers.uploads.CheckedFile` (None where no file is needed and none came), for ``attach``.

    ``is_photograph`` opens the phone's camera straight away, without the choice of files.
    """

    widget = AttachmentInput

    def __init__(self, *, is_photograph: bool = False, **kwargs: Any) -> None:
        kwargs.setdefault("help_text", _limits())
        kwargs.setdefault("max_length", 500)
        super().__init__(**kwargs)
        if is_photograph:
            self.widget.attrs |= {"accept": "image/jpeg,image/png", "capture": "environment"}

    def clean(self, data: Any, initial: Any = None) -> CheckedFile | None:
        upload = super().clean(data, initial)
        if not isinstance(upload, UploadedFile):
            return None
        try:
            return check_upload(upload)
        except FileRefused as refusal:
            raise ValidationError(str(refusal), code="refused") from refusal


class AttachmentsInput(AttachmentInput):
    """The same for several files at once."""

    allow_multiple_selected = True


class AttachmentsField(AttachmentField):
    """Several files; cleans to a list of :class:`~papers.uploads.CheckedFile`, empty where none came."""

    widget = AttachmentsInput
    default_error_messages = {
        "too_many": gettext_lazy("At most 10 files at once: choose the others afterwards.")
    }

    def clean(self, data: Any, initial: Any = None) -> list[CheckedFile]:  # type: ignore[override]  # several
        uploads = list(data) if isinstance(data, list | tuple) else [data]
        if len(uploads) > MOST_AT_ONCE:
            raise ValidationError(self.error_messages["too_many"], code="too_many")
        found: list[CheckedFile] = []
        errors: list[ValidationError] = []
        for upload in uploads:
            try:
                checked = super().clean(upload, initial)
            except ValidationError as error:
                errors += (
                    [_of_file(upload, e) for e in error.error_list] if len(uploads) > 1 else [error]
                )
            else:
                found += [checked] if checked else []
        if errors:
            raise ValidationError(errors)
        return found


def _of_file(upload: Any, error: ValidationError) -> ValidationError:
    """``error`` with the name of the file before it: of several nobody would know which."""
    return ValidationError(f"{getattr(upload, 'name', '')}: {' '.join(error.messages)}", error.code)

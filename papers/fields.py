"""The form field for a file: says what it takes before anybody chooses, and checks what comes."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.utils.functional import lazy

from .cleaning.kinds import KINDS
from .uploads import CheckedFile, FileRefused, check_upload, limits_in_words

# Types and endings both: phones offer their camera for the types, old desktops filter by the endings.
_ACCEPT = ",".join(
    [kind.content_type for kind in KINDS.values()]
    + [ending for kind in KINDS.values() for ending in kind.endings]
)

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

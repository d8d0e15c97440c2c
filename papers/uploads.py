"""Uploads: what is inside is found out in a process of its own; what is not what it says is refused in words."""

import json
import re
import subprocess
import sys
import unicodedata
from dataclasses import dataclass, field
from pathlib import PurePosixPath
from typing import Any

from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.template.defaultfilters import filesizeformat
from django.utils.translation import gettext as _

from core.errors import DomainError

from .cleaning.kinds import KINDS, Kind

TAKEN = "PDF, JPEG, PNG, WebP, DOCX, XLSX, ODT"
# Wall-clock seconds; the process itself has fewer of its own.
PATIENCE = 60
LONGEST_NAME = 150


class FileRefused(DomainError):
    """The file is not taken; the text says why and what to do."""


@dataclass(frozen=True)
class CheckedFile:
    """An upload that is what it says: the original, and what may be shown of it."""

    name: str
    kind: Kind
    original: bytes = field(repr=False)
    shown: bytes = field(repr=False)
    thumbnail: bytes = field(repr=False)


def check_upload(upload: UploadedFile) -> CheckedFile:
    """The upload with its cleaned copy. Raises ``FileRefused``."""
    most = settings.ATTACHMENT_MAX_BYTES
    if (upload.size or 0) > most:
        raise FileRefused(_refusals("too_large", ""))
    upload.seek(0)
    original = upload.read(most + 1)
    if len(original) > most:
        raise FileRefused(_refusals("too_large", ""))
    said, body = _cleaned(original)
    if "refused" in said:
        raise FileRefused(_refusals(said["refused"], said["found"]))
    kind = KINDS[said["kind"]]
    name = safe_name(upload.name or "", kind)
    cut = said["shown"]
    return CheckedFile(name, kind, original, shown=body[:cut], thumbnail=body[cut:])


def _cleaned(original: bytes) -> tuple[dict[str, Any], bytes]:
    """What the cleaning process answers: its line, and the bytes after it."""
    try:
        done = subprocess.run(
            [sys.executable, "-s", "-m", "papers.cleaning"],
            input=original,
            capture_output=True,
            timeout=PATIENCE,
            cwd=settings.BASE_DIR,
            env={"PYTHONDONTWRITEBYTECODE": "1", "LC_ALL": "C.UTF-8"},
            check=True,
        )
    except (subprocess.TimeoutExpired, subprocess.CalledProcessError):
        # Its own words could quote the file; that it died is all that is known.
        return {"refused": "damaged", "found": ""}, b""
    line, _newline, body = done.stdout.partition(b"\n")
    return json.loads(line), body


def safe_name(typed: str, kind: Kind) -> str:
    """The name without folders, control and direction characters, short, with the ending of its kind.

    Raises ``FileRefused`` where the name's ending says another kind than the file is.
    """
    name = unicodedata.normalize("NFC", typed).replace("\\", "/").rsplit("/", 1)[-1]
    name = "".join(c if c.isprintable() else " " for c in name)
    name = re.sub(r"\s+", " ", name).strip(" .")
    path = PurePosixPath(name or "-")
    ending = path.suffix.casefold()
    stem = path.stem
    if re.fullmatch(r"\.[a-z0-9]{1,8}", ending):
        if ending not in kind.endings:
            raise FileRefused(
                _(
                    "The file's name ends in “%(ending)s”, but inside it is %(found)s. Choose the right file, or save it anew under its real kind."
                )
                % {"ending": ending, "found": kind.name}
            )
    else:
        stem, ending = name, ""
    stem = stem.strip(" .-") or "file"
    return stem[: LONGEST_NAME - len(kind.endings[0])] + (ending or kind.endings[0])


def limits_in_words() -> str:
    """What is taken and how large it may be, said before anybody chooses."""
    return _("%(kinds)s; up to %(size)s.") % {
        "kinds": TAKEN,
        "size": filesizeformat(settings.ATTACHMENT_MAX_BYTES),
    }


def _refusals(code: str, found: str) -> str:
    """Why the file is refused, and what to do, in the reader's language."""
    words = {
        "empty": _("The file is empty. Choose it again."),
        "too_large": _("The file is too large. Taken are: %(limits)s")
        % {"limits": limits_in_words()},
        "heic": _(
            "This is a HEIC photograph, which most office computers cannot show. On the iPhone choose Settings, Camera, Formats, “Most Compatible”, or send the photograph to yourself as JPEG."
        ),
        "encrypted": _(
            "The file is locked with a password. Save it without the password and choose it again."
        ),
        "acts": _(
            "The document holds macros or links that act by themselves. Save it as PDF and choose that."
        ),
        "too_many_points": _(
            "The picture is too large: at most 80 million points. Scan it at 300 dpi."
        ),
        "too_many_pages": _("The file has more than 500 pages. Attach it in parts."),
        "too_large_inside": _(
            "What is packed into the file is too large to be opened safely. Save it as PDF and choose that."
        ),
        "damaged": _(
            "The file is damaged and cannot be read. Open it on your computer, save it anew and choose it again."
        ),
    }
    unknown = _("Files of this kind are not taken. Taken are: %(limits)s") % {
        "limits": limits_in_words()
    }
    return words.get(code, unknown)

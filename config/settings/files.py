"""Where what people bring is kept: a folder, or a private bucket of an S3-compatible store."""

from collections.abc import Mapping
from typing import Any

from django.core.exceptions import ImproperlyConfigured

BUCKET = "JARDAM_FILES_S3_BUCKET"
# Environment variable → option of the store; "" stands for whatever the store itself takes by default.
_OPTIONS = {
    "JARDAM_FILES_S3_ENDPOINT": "endpoint_url",
    "JARDAM_FILES_S3_REGION": "region_name",
    "JARDAM_FILES_S3_KEY": "access_key",
    "JARDAM_FILES_S3_SECRET": "secret_key",
    "JARDAM_FILES_S3_PREFIX": "location",
}
_TOGETHER = ("JARDAM_FILES_S3_KEY", "JARDAM_FILES_S3_SECRET")


def file_store(environ: Mapping[str, str], folder: str) -> dict[str, Any]:
    """The "default" of STORAGES: the bucket that ``environ`` names, else ``folder``.

    Raises ``ImproperlyConfigured`` where only one of key and secret is set, or a bucket is described but not named.
    """
    said = {name: environ.get(name, "").strip() for name in (BUCKET, *_OPTIONS)}
    if not said[BUCKET]:
        if stray := sorted(name for name, value in said.items() if value):
            raise ImproperlyConfigured(f"Set {BUCKET} too, or unset {', '.join(stray)}.")
        return {
            "BACKEND": "django.core.files.storage.FileSystemStorage",
            "OPTIONS": {"location": folder},
        }
    if bool(said[_TOGETHER[0]]) != bool(said[_TOGETHER[1]]):
        raise ImproperlyConfigured(f"Set both of {' and '.join(_TOGETHER)}, or neither.")
    options = {option: said[name] for name, option in _OPTIONS.items() if said[name]}
    return {
        "BACKEND": "papers.file_store.PrivateS3Storage",
        "OPTIONS": {"bucket_name": said[BUCKET], **options},
    }

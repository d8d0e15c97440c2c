"""Where attachments lie when an installation keeps them in an S3-compatible store instead of a folder."""

from typing import Any

from botocore.config import Config
from storages.backends.s3 import S3Storage


class PrivateS3Storage(S3Storage):  # type: ignore[misc]  # storages has no types
    """A private bucket that nobody outside reaches: files leave it only through the product's own views.

    It signs no addresses, sets no public right and never overwrites.
    """

    def get_default_settings(self) -> dict[str, Any]:
        return super().get_default_settings() | {
            "default_acl": None,
            "file_overwrite": False,
            "querystring_auth": True,
            "custom_domain": None,
            # Stores other than Amazon's do not all know the check sums that it asks for unasked.
            "client_config": Config(
                signature_version="s3v4",
                s3={"addressing_style": "path"},
                request_checksum_calculation="when_required",
                response_checksum_validation="when_required",
                connect_timeout=5,
                read_timeout=30,
                retries={"max_attempts": 3, "mode": "standard"},
            ),
        }

    def url(self, *args: Any, **kwargs: Any) -> str:
        """There is none: papers.attachments serves what somebody may read."""
        raise ValueError("Attachments have no address of their own.")

"""Attachments in a private bucket: kept, served through our views alone, swept, never public."""

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.core.management import call_command
from django.db import transaction

from config.settings.files import file_store
from papers.attachments import attach, serve_attachment, serve_original, serve_thumbnail
from papers.models import Attachment
from tests.builders import make_caseworker
from tests.papers import files
from tests.papers.files import upload
from tests.papers.object_store import running_store

VARIABLES = {
    "JARDAM_FILES_S3_BUCKET": "jardam",
    "JARDAM_FILES_S3_REGION": "kg-1",
    "JARDAM_FILES_S3_KEY": "key",
    "JARDAM_FILES_S3_SECRET": "word",
}


@pytest.fixture
def store(settings):
    with running_store() as found:
        said = {**VARIABLES, "JARDAM_FILES_S3_ENDPOINT": found.url}
        settings.STORAGES = {**settings.STORAGES, "default": file_store(said, "/nowhere")}
        yield found


@pytest.mark.django_db
def test_files_are_kept_in_the_bucket_and_served_by_us(store):
    raw = files.photograph_with_place()

    kept = Attachment.objects.get(pk=attach(upload(raw, "Үй.jpg"), by=make_caseworker()).pk)

    assert {key.split("/")[1] for key in store.objects} == {"sealed", "shown", "small"}
    assert all(key.startswith("jardam/") for key in store.objects)
    assert store.objects[f"jardam/{kept.original.name}"][0] == raw
    assert b"PhoneMaker" not in serve_attachment(kept).content
    assert serve_thumbnail(kept).content.startswith(b"\xff\xd8")
    original = serve_original(kept)
    assert original.content == raw
    assert original.headers["Content-Disposition"].startswith("attachment")
    assert original.headers["Content-Type"] == "application/octet-stream"


@pytest.mark.django_db
def test_no_file_is_public_or_has_an_address(store):
    kept = attach(upload(files.pdf(), "кат.pdf"), by=make_caseworker())

    public = [h for _m, _p, heads in store.requests for h in heads if h.lower() == "x-amz-acl"]
    assert public == []
    assert [m for m, path, _h in store.requests if "X-Amz-Signature" in path] == []
    with pytest.raises(ValueError, match="no address"):
        kept.shown.url  # noqa: B018  the property is what is tried


@pytest.mark.django_db
def test_sweeping_works_in_a_bucket(store, capsys):
    worker = make_caseworker()
    kept = attach(upload(files.picture(), "a.jpg"), by=worker)
    with pytest.raises(ZeroDivisionError), transaction.atomic():
        attach(upload(files.picture(), "b.jpg"), by=worker)
        raise ZeroDivisionError
    store.grow_old(days=2)
    default_storage.save("sealed/fresh.sealed", ContentFile(b"x"))
    default_storage.save("other/strange.txt", ContentFile(b"x"))

    call_command("sweep_files")

    assert sorted(store.objects) == sorted(
        f"jardam/{name}"
        for name in (
            kept.original.name,
            kept.shown.name,
            kept.thumbnail.name,
            "sealed/fresh.sealed",
            "other/strange.txt",
        )
    )
    assert capsys.readouterr().out == "0 attachments of forms given up.\n3 files removed.\n"


@pytest.mark.django_db
def test_sweeping_an_empty_bucket_removes_nothing(store, capsys):
    call_command("sweep_files")

    assert capsys.readouterr().out == "0 attachments of forms given up.\n0 files removed.\n"


def test_without_a_bucket_files_lie_in_the_folder():
    assert file_store({}, "/srv/files") == {
        "BACKEND": "django.core.files.storage.FileSystemStorage",
        "OPTIONS": {"location": "/srv/files"},
    }


@pytest.mark.parametrize(
    ("said", "words"),
    [
        ({"JARDAM_FILES_S3_KEY": "k"}, "Set JARDAM_FILES_S3_BUCKET too"),
        ({"JARDAM_FILES_S3_BUCKET": "b", "JARDAM_FILES_S3_KEY": "k"}, "Set both"),
    ],
)
def test_half_a_store_is_refused(said, words):
    with pytest.raises(ImproperlyConfigured, match=words):
        file_store(said, "/srv/files")

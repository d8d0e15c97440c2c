"""Files that a failed saving left behind."""

import datetime as dt
import os
import time

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import FileSystemStorage, default_storage
from django.core.management import call_command
from django.db import transaction

from papers.attachments import attach
from papers.models import Attachment
from tests.builders import make_caseworker
from tests.papers import files
from tests.papers.files import upload


@pytest.fixture
def folder(tmp_path, settings):
    settings.STORAGES = {
        **settings.STORAGES,
        "default": {
            "BACKEND": "django.core.files.storage.FileSystemStorage",
            "OPTIONS": {"location": str(tmp_path)},
        },
    }
    return tmp_path


def grow_old(folder):
    then = time.time() - dt.timedelta(days=2).total_seconds()
    for path in folder.rglob("*.*"):
        os.utime(path, (then, then))


@pytest.mark.django_db
def test_sweeping_takes_old_files_that_nobody_names(folder, capsys):
    worker = make_caseworker()
    kept = attach(upload(files.picture(), "a.jpg"), by=worker)
    with pytest.raises(ZeroDivisionError), transaction.atomic():
        attach(upload(files.picture(), "b.jpg"), by=worker)
        raise ZeroDivisionError
    grow_old(folder)
    default_storage.save("sealed/fresh.sealed", ContentFile(b"x"))
    default_storage.save("other/strange.txt", ContentFile(b"x"))
    assert isinstance(default_storage._wrapped, FileSystemStorage)

    call_command("sweep_files")

    left = sorted(str(p.relative_to(folder)) for p in folder.rglob("*.*"))
    attachment = Attachment.objects.get()
    assert attachment == kept
    assert left == sorted(
        [
            attachment.original.name,
            attachment.shown.name,
            attachment.thumbnail.name,
            "sealed/fresh.sealed",
            "other/strange.txt",
        ]
    )
    assert capsys.readouterr().out == "3 files removed.\n"


@pytest.mark.django_db
def test_sweeping_an_empty_store_removes_nothing(folder, capsys):
    call_command("sweep_files")

    assert capsys.readouterr().out == "0 files removed.\n"

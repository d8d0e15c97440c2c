"""Files that a failed saving or a form given up left behind."""

import datetime as dt
import os
import time

import pytest
from django.apps import apps
from django.core.files.base import ContentFile
from django.core.files.storage import FileSystemStorage, default_storage
from django.core.management import call_command
from django.db import transaction

from core.drafts import discard_draft, keep_draft
from papers.attachments import attach
from papers.management.commands.sweep_files import _relations, forget_given_up
from papers.models import Attachment
from tests.builders import make_case, make_caseworker
from tests.papers import files
from tests.papers.files import upload
from tests.referrals import builders as refer


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
    assert capsys.readouterr().out == "0 attachments of forms given up.\n3 files removed.\n"


def uploaded(worker, days=31):
    attachment = attach(upload(files.picture(), "a.jpg"), by=worker)
    attachment.uploaded_at -= dt.timedelta(days=days)
    attachment.save()
    return attachment


@pytest.mark.django_db
def test_attachments_of_forms_given_up_go_and_nothing_that_was_ever_attached(folder, capsys):
    worker = make_caseworker()
    uploaded(worker)
    held = {name: uploaded(worker) for name in ("on", "off", "before", "basis", "draft")}
    held["young"] = uploaded(worker, days=29)
    referral = refer.make_incoming(worker, scans=[held["on"], held["off"]])
    referral.files.get(attachment=held["off"]).delete()
    case = make_case(responsible=worker)
    for scan in (held["before"], held["basis"]):
        case.basis_scan = scan
        case.save()
    keep_draft(worker, "application:new", {"kept_scan": [str(held["draft"].pk)]})
    grow_old(folder)

    call_command("sweep_files")

    assert set(Attachment.objects.all()) == set(held.values())
    assert len(list(folder.rglob("*.*"))) == 3 * len(held)
    assert capsys.readouterr().out == "1 attachments of forms given up.\n3 files removed.\n"
    discard_draft(worker, "application:new")
    assert (forget_given_up(30), forget_given_up(30)) == (1, 0)


def test_every_link_to_an_attachment_counts():
    """Seen from the other side: each model's own fields."""
    links = {
        (model, field.name)
        for model in apps.get_models(include_auto_created=True)
        for field in model._meta.local_fields
        if field.related_model is Attachment
    }
    assert len(links) > 10
    assert {(r.related_model, r.field.name) for r in _relations()} == links


@pytest.mark.django_db
def test_sweeping_an_empty_store_removes_nothing(folder, capsys):
    call_command("sweep_files")

    assert capsys.readouterr().out == "0 attachments of forms given up.\n0 files removed.\n"

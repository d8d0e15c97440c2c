"""Attached files: the original sealed, the copy shown safely, the field that takes them."""

import hashlib
from urllib.parse import unquote

import pytest
from django import forms
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction

from papers.attachments import attach, serve_attachment, serve_paper, serve_thumbnail
from papers.fields import AttachmentField
from papers.models import Attachment
from papers.uploads import FileRefused
from tests.builders import make_caseworker
from tests.papers import files
from tests.papers.builders import make_issued_paper
from tests.papers.files import upload

pytestmark = pytest.mark.django_db


class ScanForm(forms.Form):
    scan = AttachmentField(required=False)


def stored(field):
    with field.open("rb") as kept:
        return kept.read()


def test_original_is_sealed_and_the_copy_tells_nothing():
    worker = make_caseworker()
    raw = files.photograph_with_place()

    kept = Attachment.objects.get(pk=attach(upload(raw, "Үй.jpg"), by=worker).pk)

    assert stored(kept.original) == raw
    assert (kept.name, kept.content_type, kept.size) == ("Үй.jpg", "image/jpeg", len(raw))
    assert (kept.sha256, kept.uploaded_by) == (hashlib.sha256(raw).hexdigest(), worker)
    assert b"PhoneMaker" not in stored(kept.shown)
    assert stored(kept.thumbnail).startswith(b"\xff\xd8")


def test_stored_names_say_nothing_of_the_file():
    worker = make_caseworker()
    first, second = (attach(upload(files.pdf(), "Асанбек уулу.pdf"), by=worker) for _ in range(2))

    names = [first.original.name, first.shown.name, second.original.name, second.shown.name]
    assert len(set(names)) == 4
    for name in names:
        folder, bare = name.split("/")
        assert (folder in ("sealed", "shown"), len(bare.split(".")[0])) == (True, 32)
    assert not first.thumbnail


def test_refused_file_leaves_nothing_behind():
    with pytest.raises(FileRefused), transaction.atomic():
        attach(upload(b"MZ" + b"\0" * 99), by=make_caseworker())

    assert not Attachment.objects.exists()


@pytest.mark.parametrize(
    ("raw", "name", "content_type", "disposition"),
    [
        (files.pdf(), "Багыттоо.pdf", "application/pdf", "inline"),
        (files.picture("PNG"), "Багыттоо.png", "image/png", "inline"),
        (
            files.odt(),
            "Багыттоо.odt",
            "application/vnd.oasis.opendocument.text",
            "attachment",
        ),
    ],
)
def test_copy_is_served_with_safe_headers(raw, name, content_type, disposition):
    response = serve_attachment(attach(upload(raw, name), by=make_caseworker()))
    policy = response.headers["Content-Security-Policy"]

    assert response.headers["Content-Type"] == content_type
    assert response.headers["Content-Disposition"].startswith(f"{disposition}; filename*=utf-8''")
    assert unquote(response.headers["Content-Disposition"]).endswith(name)
    assert response.headers["X-Content-Type-Options"] == "nosniff"
    assert response.headers["Cache-Control"] == "no-store"
    assert policy.startswith("default-src 'none'")
    assert policy.endswith("; sandbox") == (content_type != "application/pdf")
    assert (response.streaming, int(response.headers["Content-Length"])) == (
        False,
        len(response.content),
    )


def test_name_with_newlines_makes_no_header():
    kept = attach(upload(files.pdf(), "скан.pdf"), by=make_caseworker())
    kept.name = 'a"\r\nSet-Cookie: x=1.pdf'

    header = serve_attachment(kept).headers["Content-Disposition"]

    assert "\r" not in header and "\n" not in header


def test_small_picture_is_served():
    kept = attach(upload(files.picture("PNG"), "a.png"), by=make_caseworker())

    assert serve_thumbnail(kept).content.startswith(b"\xff\xd8")


def test_issued_paper_is_served_as_it_was_printed():
    paper = make_issued_paper(number="06.3-0041/26")
    shown, saved = serve_paper(paper), serve_paper(paper, save=True)

    assert hashlib.sha256(shown.content).hexdigest() == paper.sha256
    assert shown.headers["Content-Disposition"] == 'inline; filename="06.3-0041-26.pdf"'
    assert saved.headers["Content-Disposition"].startswith("attachment")


def test_field_gives_a_checked_file_that_is_attached():
    form = ScanForm({}, {"scan": SimpleUploadedFile("скан.pdf", files.pdf(), "image/png")})

    assert form.is_valid()
    assert attach(form.cleaned_data["scan"], by=make_caseworker()).content_type == "application/pdf"


def test_field_says_what_is_wrong_at_the_field():
    form = ScanForm({}, {"scan": SimpleUploadedFile("скан.pdf", files.picture())})

    assert list(form.errors) == ["scan"]
    assert "JPEG" in form.errors["scan"][0]


def test_field_may_be_left_empty():
    form = ScanForm({}, {})

    assert (form.is_valid(), form.cleaned_data["scan"]) == (True, None)


def test_field_says_its_limits_before_and_offers_the_camera():
    html = str(ScanForm()["scan"])

    assert "image/jpeg" in html and ".docx" in html and "heic" not in html
    assert "15" in str(ScanForm.base_fields["scan"].help_text)
    assert 'capture="environment"' in str(
        type("F", (forms.Form,), {"scan": AttachmentField(is_photograph=True)})()["scan"]
    )

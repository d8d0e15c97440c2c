"""Uploads through the real cleaning process: names, limits, words of refusal."""

import subprocess
import sys

import pytest
from django.conf import settings as project
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st

from papers.cleaning.kinds import KINDS
from papers.uploads import LONGEST_NAME, FileRefused, check_upload, safe_name
from tests.papers import files
from tests.papers.files import upload

PDF = KINDS["PDF"]


def refused(body, name="скан.pdf"):
    with pytest.raises(FileRefused) as refusal:
        check_upload(upload(body, name))
    return str(refusal.value)


def test_upload_is_checked_in_a_process_of_its_own():
    checked = check_upload(upload(files.pdf_that_acts(), "Корутунду.PDF"))

    assert (checked.name, checked.kind) == ("Корутунду.pdf", PDF)
    assert b"JavaScript" in checked.original and b"JavaScript" not in checked.shown


def test_photograph_comes_with_its_small_picture():
    checked = check_upload(upload(files.photograph_with_place(), "IMG_1.jpeg", "application/pdf"))

    assert (checked.kind.name, checked.thumbnail[:2]) == ("JPEG", b"\xff\xd8")
    assert b"PhoneMaker" not in checked.shown


def test_upload_that_is_not_what_it_says_is_refused_in_words():
    with translation.override("en"):
        words = refused(files.picture(), "багыттоо.pdf")

    assert ".pdf" in words and "JPEG" in words


@pytest.mark.parametrize(
    ("body", "name"),
    [
        (b"MZ" + b"\0" * 200, "scan.pdf"),
        (b"", "scan.pdf"),
        (b"<html><script>alert(1)</script>", "scan.html"),
        (files.pdf(), "scan.exe"),
        (b"\0\0\0\x18ftypheic" + b"\0" * 40, "IMG.heic"),
        (files.docx(**{"word/vbaProject.bin": b"x"}), "a.docx"),
        (files.pdf()[:150], "half.pdf"),
    ],
)
def test_refusal_never_quotes_the_machine(body, name):
    words = refused(body, name)

    assert len(words) > 15
    for inner in ("Traceback", "Error", "/work", "python", "None"):
        assert inner not in words


def test_refusals_say_why_each_in_its_own_words():
    bodies = [
        b"",
        b"GIF89a",
        files.pdf()[:150],
        files.docx(**{"x/vbaProject.bin": b""}),
        b"\0\0\0\x18ftypheic" + b"\0" * 9,
    ]

    assert len({refused(body) for body in bodies}) == len(bodies)


def test_too_large_is_refused_before_it_is_read(settings):
    settings.ATTACHMENT_MAX_BYTES = 1000
    big = upload(b"%PDF-" + b"x" * 2000)
    big.file.close()

    with pytest.raises(FileRefused) as refusal:
        check_upload(big)
    assert "1000" in str(refusal.value).replace("\xa0", "").replace(",", "")


def test_size_is_not_taken_on_trust(settings):
    settings.ATTACHMENT_MAX_BYTES = 1000
    big = upload(b"%PDF-" + b"x" * 2000)
    big.size = 10

    with pytest.raises(FileRefused):
        check_upload(big)


def test_process_has_little_memory_and_writes_no_file(tmp_path):
    program = (
        "from papers.cleaning.__main__ import limit_this_process as limit; limit()\n"
        "try:\n    bytearray(2 * 1024**3)\nexcept MemoryError:\n    print('small')\n"
        f"try:\n    open({str(tmp_path / 'x')!r}, 'w').write('x' * 9000)\nexcept OSError:\n    print('shut')\n"
    )
    said = subprocess.run(
        [sys.executable, "-c", program], cwd=project.BASE_DIR, capture_output=True, text=True
    ).stdout

    assert said.split() == ["small", "shut"]


@pytest.mark.parametrize(
    ("typed", "name"),
    [
        ("Багыттоо № 84.pdf", "Багыттоо № 84.pdf"),
        ("C:\\Users\\Бакыт\\скан.PDF", "скан.pdf"),
        ("../../etc/passwd.pdf", "passwd.pdf"),
        ("скан\r\nContent-Type: text.pdf", "скан Content-Type: text.pdf"),
        ("a\0b.pdf", "a b.pdf"),
        ("fdp\u202eexe.pdf", "fdp exe.pdf"),
        ("", "file.pdf"),
        (".pdf", "pdf.pdf"),
        ("скан", "скан.pdf"),
        ("Ө" * 400 + ".pdf", "Ө" * 146 + ".pdf"),
        ("2026.11.22 багыттоо", "2026.11.22 багыттоо.pdf"),
    ],
)
def test_name_is_kept_and_made_harmless(typed, name):
    assert safe_name(typed, PDF) == name


@given(st.text(max_size=300))
def test_any_name_is_harmless_or_refused(typed):
    try:
        name = safe_name(typed, PDF)
    except FileRefused:
        return
    assert name.isprintable() and "/" not in name and "\\" not in name
    assert len(name) <= LONGEST_NAME and name.endswith(".pdf") and len(name) > 4

"""Issued papers: their bytes for good."""

import hashlib
import io

import pypdf
import pytest
from django.db import DatabaseError, connection, transaction

from papers.check_codes import LENGTH, printed
from papers.models import IssuedPaper
from papers.rendering import FetchRefused
from papers.services import preview_paper
from tests.papers.builders import TEMPLATE, conclusion_paper, make_issued_paper

pytestmark = pytest.mark.django_db


def test_issued_paper_keeps_the_bytes_it_was_printed_with():
    paper = make_issued_paper()
    kept = IssuedPaper.objects.get(pk=paper.pk)
    pdf = bytes(kept.pdf)

    assert pdf.startswith(b"%PDF-1.7")
    assert (kept.sha256, kept.pages) == (
        hashlib.sha256(pdf).hexdigest(),
        len(pypdf.PdfReader(io.BytesIO(pdf)).pages),
    )


def test_issued_paper_prints_its_own_check_code():
    paper = make_issued_paper()
    text = pypdf.PdfReader(io.BytesIO(paper.pdf)).pages[-1].extract_text()

    assert len(paper.check_code) == LENGTH
    assert printed(paper.check_code) in text and "/verify/" in text


@pytest.mark.parametrize(
    "change",
    [
        "UPDATE papers_issuedpaper SET number = 'x'",
        "UPDATE papers_issuedpaper SET pdf = ''",
        "DELETE FROM papers_issuedpaper",
        "TRUNCATE papers_issuedpaper CASCADE",
    ],
)
def test_issued_paper_can_never_be_changed(change):
    paper = make_issued_paper()
    before = IssuedPaper.objects.values().get()

    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
            cursor.execute(change)
    assert IssuedPaper.objects.values().get() == before
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
        paper.save()


def test_paper_that_cannot_be_printed_is_not_issued(tmp_path, settings):
    (tmp_path / "bad.html").write_text(
        '<html lang="ky"><title>x</title><img src="file:///x" alt="x">'
    )
    settings.TEMPLATES = [{**settings.TEMPLATES[0], "DIRS": [tmp_path]}]

    with pytest.raises(FetchRefused):
        make_issued_paper(template="bad.html")
    assert not IssuedPaper.objects.exists()


def test_a_paper_is_replaced_once():
    first = make_issued_paper(number="06.3-0001/26")
    make_issued_paper(number="06.3-0002/26", replaces=first)

    with pytest.raises(DatabaseError), transaction.atomic():
        make_issued_paper(number="06.3-0003/26", replaces=first)


def test_preview_keeps_nothing():
    made = preview_paper(
        template=TEMPLATE, paper=conclusion_paper(number="", dated_on=None, mark="draft")
    )

    assert (made.pdf[:5], IssuedPaper.objects.exists()) == (b"%PDF-", False)

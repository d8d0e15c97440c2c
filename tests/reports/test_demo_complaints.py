"""The demo's years of complaints: the last answer of each office is a letter that can be read; the rest are one blank page."""

import io

import pypdf
import pytest
from django.core.management import call_command

from casework.services.conclusions import digest
from complaints.models import Answer
from reports.demo.complaint_years import Planner
from reports.demo.complaints import FIRST_DAY
from reports.demo.families import LAST_DAY
from reports.demo.staff import load_staff

pytestmark = pytest.mark.django_db


def test_last_answer_of_each_office_is_a_real_letter():
    call_command("reference", verbosity=0)
    load_staff()
    Planner(FIRST_DAY, LAST_DAY).load(60)
    sent = Answer.objects.filter(status="sent").select_related("complaint", "paper")
    letters = [answer for answer in sent if answer.snapshot]
    offices = {answer.complaint.about_office_id for answer in sent}
    assert len(letters) == len(offices) > 2
    for answer in letters:
        newer = sent.filter(complaint__about_office=answer.complaint.about_office_id, sent_on__gt=answer.sent_on)  # fmt: skip
        assert not newer.exists()
        assert digest(answer.snapshot) == answer.text_sha256
        pages = pypdf.PdfReader(io.BytesIO(bytes(answer.paper.pdf))).pages
        text = " ".join(page.extract_text() for page in pages)
        assert answer.number in text and answer.complaint.complainant_name.split()[0] in text
        assert "сотко" in text and len(pages) == answer.paper.pages

"""Case summaries for the court or the Commission: what is chosen goes out, by the head's word, and stands in the register."""

import io

import page as pdf_check
import pypdf
import pytest
from django.core.exceptions import PermissionDenied

from casework.enums import EpisodeKind, ReleaseForm, ReleaseStatus
from casework.models import CaseSummary, LegalGround, Release
from casework.services.summaries import (
    SummaryFacts,
    ask_summary,
    grant_summary,
    hidden_in,
    refuse_summary,
)
from core.errors import DomainError
from offices.enums import Role
from offices.models import ReadLog
from tests import builders as make
from tests.casework.people_builders import make_hidden, make_phone

pytestmark = pytest.mark.django_db


@pytest.fixture
def ground():
    return LegalGround.objects.create(
        code="court-test", name_ky="Соттун суроосу", name_ru="Запрос суда"
    )


@pytest.fixture
def case():
    mother = make.make_person("Төлөгөнова", "Жаңыл", sex="female")
    return make.make_case(mother=mother, reason="Бала сабакта чөгүңкү.")


@pytest.fixture
def head(case):
    return make.make_head(case.office)


def asked(case, ground, **fields):
    fields.setdefault("sections", ("children", "family"))
    fields.setdefault("recipient_text", "Свердлов райондук соту")
    return ask_summary(
        case, SummaryFacts(ground=ground, purpose="Сот отуруму", **fields), actor=case.responsible
    )


def printed(summary):
    pages = pypdf.PdfReader(io.BytesIO(bytes(summary.release.paper.pdf))).pages
    return " ".join(" ".join(page.extract_text() for page in pages).split())


def test_granted_summary_prints_what_was_chosen_and_nothing_else(case, ground, head):
    make.make_meeting(make.make_episode(case), work_done="Ички сөз")
    summary = grant_summary(asked(case, ground), ground=ground, actor=head)
    text = printed(summary)
    assert "Асанбек уулу Үсөн" in text and "Төлөгөнова Жаңыл" in text
    assert "чөгүңкү" not in text and "Ички сөз" not in text
    assert summary.release.number in text
    release = Release.objects.get()
    assert (release.form, release.status, release.decided_by) == (
        ReleaseForm.SUMMARY,
        ReleaseStatus.GRANTED,
        head,
    )


def test_every_section_can_be_printed_and_the_paper_is_accessible(case, ground, head):
    from casework.summary_sections import BY_CODE

    make.make_meeting(make.make_episode(case))
    make.make_safety_alert(case, text="Балага коркунуч бар")
    summary = asked(case, ground, sections=tuple(BY_CODE), account_ky="Мекеменин сөзү.")
    summary = grant_summary(summary, ground=ground, actor=head)
    text = printed(summary)
    for words in ("чөгүңкү", "Балага коркунуч бар", "Мекеменин сөзү", "жолугушуулар: 1"):
        assert words in text
    assert pdf_check.validate_pdf_bytes(
        bytes(summary.release.paper.pdf), profile="ua1"
    ).is_compliant


def test_private_words_of_help_never_go_out(case, ground, head):
    from casework.summary_sections import BY_CODE

    episode = make.make_episode(case)
    make.make_private_note(episode, text="Жашыруун белги")
    make.make_meeting(episode, work_done="Сеанстагы сөз", next_step="Кийинки кадам")
    summary = grant_summary(asked(case, ground, sections=tuple(BY_CODE)), ground=ground, actor=head)
    text = printed(summary)
    assert [w for w in ("Жашыруун", "Сеанстагы", "Кийинки кадам") if w in text] == []


def test_hidden_phone_in_the_account_needs_the_heads_reason(case, ground, head):
    child = case.child_places.get().person
    mother = case.family.members.exclude(person=child).get().person
    make_hidden(make_phone(mother, number="0555 12 34 56"), child, set_by=case.responsible)
    summary = asked(case, ground, account_ky="Апасынын телефону 0555 123456.")
    assert len(hidden_in(summary)) == 1
    with pytest.raises(DomainError):
        grant_summary(summary, ground=ground, actor=head)
    assert Release.objects.count() == 0
    done = grant_summary(summary, ground=ground, hidden_facts_reason="Сот талап кылды", actor=head)
    assert done.release.hidden_facts_reason == "Сот талап кылды"


def test_only_the_head_of_the_cases_office_decides(case, ground, head):
    summary = asked(case, ground)
    stranger = make.make_head(make.make_office("oktyabr"))
    make.make_case(stranger.memberships.get().office)
    for actor in (case.responsible, stranger, make.make_caseworker(case.office)):
        with pytest.raises(PermissionDenied):
            grant_summary(summary, ground=ground, actor=actor)
        with pytest.raises(PermissionDenied):
            refuse_summary(summary, reason="Жок", actor=actor)
    assert CaseSummary.objects.get().status == ReleaseStatus.REQUESTED
    assert refuse_summary(summary, reason="Негиз жетишсиз", actor=head).status == "refused"
    with pytest.raises(DomainError):
        grant_summary(summary, ground=ground, actor=head)


def test_who_only_helps_in_the_case_cannot_ask(case, ground):
    lawyer = make.make_user(Role.LAWYER, make.make_centre())
    make.make_episode(case, lawyer, kind=EpisodeKind.LEGAL)
    with pytest.raises(PermissionDenied):
        ask_summary(
            case, SummaryFacts(ground=ground, purpose="х", recipient_text="сот"), actor=lawyer
        )


@pytest.mark.parametrize(
    "fields",
    [
        {"recipient_text": " "},
        {"sections": (), "account_ky": ""},
        {"account_ru": "Текст", "account_ky": ""},
        {"sections": ("no such section",)},
    ],
)
def test_what_lacks_is_said_and_nothing_is_kept(case, ground, fields):
    with pytest.raises(DomainError):
        asked(case, ground, **fields)
    assert CaseSummary.objects.count() == 0


def test_summary_goes_its_way_through_the_pages(case, ground, head, sign_in):
    worker, leader = sign_in(case.responsible), sign_in(head)
    sent = worker.post(
        f"/summaries/ask/{case.pk}/",
        {
            "recipient_text": "Свердлов райондук соту",
            "ground": ground.pk,
            "purpose": "Сот отуруму",
            "sections": ["children", "beginning"],
        },
    )
    summary = CaseSummary.objects.get()
    assert sent.headers["Location"] == summary.get_absolute_url()
    page = leader.get(f"/summaries/{summary.pk}/decide/").content.decode()
    assert "чөгүңкү" in page and "Төлөгөнова" not in page
    wrong = leader.post(
        f"/summaries/{summary.pk}/decide/",
        {"decision": "grant", "ground": ground.pk, "password": "not the password"},
    )
    assert (wrong.status_code, CaseSummary.objects.get().status) == (200, "requested")
    leader.post(
        f"/summaries/{summary.pk}/decide/",
        {"decision": "grant", "ground": ground.pk, "password": make.PASSWORD},
    )
    summary = CaseSummary.objects.get()
    opened = worker.get(f"/summaries/{summary.pk}/paper/")
    assert opened.content == bytes(summary.release.paper.pdf)
    log = ReadLog.objects.filter(page="summaries:paper").get()
    assert f"casesummary:{summary.pk}" in log.subjects

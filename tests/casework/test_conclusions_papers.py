"""What a conclusion's paper says: the snapshot holds every word, whatever changes later."""

import datetime as dt

import pytest
from django.db import connection

from casework.conclusion_facts import suggested_conditions
from casework.conclusion_papers import conclusion_paper, kept_paper
from casework.enums import BirthPrecision, MeetingKind
from casework.models import Conclusion, HiddenFact, Phone
from casework.papers import from_snapshot, to_snapshot
from casework.services.conclusions import (
    begin_correction,
    countersign_conclusion,
    digest,
    sign_conclusion,
    text_digest,
)
from core import clock
from core.errors import DomainError
from offices.enums import Role
from papers.models import IssuedPaper
from tests.builders import (
    make_case,
    make_caseworker,
    make_child,
    make_episode,
    make_head,
    make_meeting,
    make_person,
    make_stand_in,
)
from tests.casework.conclusion_builders import (
    KYRGYZ,
    RUSSIAN,
    make_conclusion,
    make_method,
    make_signed_conclusion,
)

pytestmark = pytest.mark.django_db


def words(paper):
    """Everything that the paper prints, in one text."""
    parts = [paper.number, paper.office.name_ky]
    for text in paper.texts:
        parts += [text.title, *text.notes, *text.legal_basis]
        for section in text.sections:
            parts += [section.title, section.text, *section.items]
            parts += [f"{fact.label} {fact.value}" for fact in section.facts]
    return "\n".join(parts + [s.name for s in paper.signatures])


def test_snapshot_comes_back_equal():
    paper = conclusion_paper(make_conclusion(), number="06.3-0001/26", signed_on=clock.today())
    assert from_snapshot(to_snapshot(paper)) == paper


def test_snapshot_is_what_was_signed_word_for_word():
    conclusion = make_conclusion()
    seen = conclusion_paper(conclusion)
    signed = sign_conclusion(conclusion, seen=text_digest(conclusion), actor=conclusion.author)
    kept = from_snapshot(Conclusion.objects.get(pk=signed.pk).snapshot)
    assert kept.texts == seen.texts
    assert (kept.number, kept.dated_on) == (signed.number, clock.today())
    assert signed.text_sha256 == digest(Conclusion.objects.get(pk=signed.pk).snapshot)
    for text in (*KYRGYZ.values(), *RUSSIAN.values()):
        assert text in words(kept)


def test_later_changes_of_the_person_the_office_and_the_method_leave_the_paper():
    signed = make_signed_conclusion()
    before = kept_paper(Conclusion.objects.get(pk=signed.pk))
    episode = signed.episode
    episode.person.given_name, episode.office.name_ky = "Башка", "Башка мекеме"
    episode.person.save(), episode.office.save()
    method = signed.used_methods.get().method
    method.name_ky = "Башка методика"
    method.save()
    assert kept_paper(Conclusion.objects.get(pk=signed.pk)) == before


def test_snapshot_that_does_not_match_its_seal_is_not_countersigned():
    signed = make_signed_conclusion()
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute(
            "ALTER TABLE casework_conclusion DISABLE TRIGGER signed_conclusion_is_locked"
        )
    Conclusion.objects.filter(pk=signed.pk).update(text_sha256="0" * 64)
    with pytest.raises(DomainError):
        countersign_conclusion(signed, actor=make_head(signed.episode.office))
    assert not IssuedPaper.objects.exists()


def test_countersigned_paper_prints_both_signatures_and_is_kept():
    signed = make_signed_conclusion()
    head = make_head(signed.episode.office, surname="Чолпонкулова")
    done = countersign_conclusion(signed, actor=head)
    paper = kept_paper(Conclusion.objects.get(pk=done.pk))
    assert [s.name for s in paper.signatures] == [signed.author.short_name, head.short_name]
    issued = IssuedPaper.objects.get()
    assert (issued.number, issued.office) == (signed.number, signed.episode.office)
    assert bytes(issued.pdf).startswith(b"%PDF")


def test_deputy_signs_as_acting():
    signed = make_signed_conclusion()
    head, deputy = make_head(signed.episode.office), make_caseworker(signed.episode.office)
    membership = head.memberships.get()
    membership.position_ky, membership.position_ru = "Жетекчи", "Руководитель"
    membership.save()
    make_stand_in(membership, deputy)
    paper = kept_paper(countersign_conclusion(signed, actor=deputy))
    assert paper.signatures[1].name == deputy.short_name
    assert paper.signatures[1].position_ky != "Жетекчи"
    assert paper.signatures[1].position_ky.startswith("Жетекчи")


def test_new_version_names_the_old_and_its_paper_replaces_it():
    first = make_signed_conclusion()
    head = make_head(first.episode.office)
    first = countersign_conclusion(first, actor=head)
    second = begin_correction(
        first, correction_ky="Классы 3-В", correction_ru="Класс 3-В", actor=first.author
    )
    second.education_place_ky = second.education_place_ru = "№ 57, 3-В"
    second.save()
    second = sign_conclusion(second, seen=text_digest(second), actor=second.author)
    second = countersign_conclusion(second, actor=head)
    notes = kept_paper(second).texts[0].notes
    assert first.number in notes[0]
    assert "Классы 3-В" in notes[1]
    assert second.paper.replaces == first.paper
    assert list(Conclusion.objects.in_force()) == [second]


def test_returned_version_in_between_had_no_paper_to_replace():
    first = make_signed_conclusion()
    head = make_head(first.episode.office)
    first = countersign_conclusion(first, actor=head)
    versions = [first]
    for _ in range(2):
        new = begin_correction(versions[-1], correction_ky="Оңдоо", actor=first.author)
        versions.append(sign_conclusion(new, seen=text_digest(new), actor=first.author))
    last = countersign_conclusion(versions[-1], actor=head)
    assert last.revision == 3
    assert last.paper.replaces == first.paper


def test_empty_russian_section_says_that_the_original_is_kyrgyz():
    paper = conclusion_paper(make_conclusion(findings_ru=""))
    ky, ru = (text.sections[8] for text in paper.texts)
    assert ky.text == KYRGYZ["findings_ky"]
    assert ru.text != "" and ru.text != ky.text


def test_neither_phone_nor_address_stands_on_a_paper():
    child, mother = make_child(), make_person("Төлөгөнова", "Жаңыл")
    Phone.objects.create(person=mother, number="0555 12 34 56")
    conclusion = make_conclusion(make_episode(make_case(child=child, mother=mother)))
    assert "12 34 56" not in words(conclusion_paper(conclusion))


def test_hidden_phone_typed_into_the_text_is_not_signed():
    child, mother = make_child(), make_person("Төлөгөнова", "Жаңыл")
    phone = Phone.objects.create(person=mother, number="0555 12 34 56")
    case = make_case(child=child, mother=mother)
    HiddenFact.objects.create(phone=phone, set_by=case.responsible, reason="өгөй атасынан")
    conclusion = make_conclusion(make_episode(case), recommendations_ru="Звонить: 0555-123456")
    with pytest.raises(DomainError):
        sign_conclusion(conclusion, seen=text_digest(conclusion), actor=conclusion.author)


@pytest.mark.parametrize(
    ("fields", "birth", "age"),
    [
        ({"birth_on": dt.date(2017, 3, 14)}, "14.03.2017", "9"),
        (
            {"birth_on": None, "birth_precision": BirthPrecision.YEAR, "birth_year": 2017},
            "2017",
            "≈ 9",
        ),
        (
            {
                "birth_on": None,
                "birth_precision": BirthPrecision.ESTIMATED,
                "estimated_age": 7,
                "estimated_on": dt.date(2026, 11, 1),
            },
            None,
            "≈ 7",
        ),
    ],
)
def test_birth_and_age_are_said_as_far_as_they_are_known(fields, birth, age):
    child = make_child(**fields)
    episode = make_episode(make_case(child=child))
    make_meeting(episode, began_at=dt.datetime(2026, 11, 24, 5, tzinfo=dt.UTC), kind=MeetingKind.SESSION)  # fmt: skip
    facts = conclusion_paper(make_conclusion(episode)).texts[0].sections[0].facts
    assert birth is None or facts[1].value.startswith(birth)
    assert facts[2].value.startswith(age)


def test_method_outside_its_ages_is_printed_with_the_reason():
    conclusion = make_conclusion()
    method = make_method(name_ky="Тест", name_ru="Тест", age_from=4, age_to=7)
    conclusion.used_methods.create(method=method, age_reason_ky="Өнүгүүсү артта", age_reason_ru="Отстаёт")  # fmt: skip
    ky, ru = (text.sections[4].items for text in conclusion_paper(conclusion).texts)
    assert "Өнүгүүсү артта" in ky[-1] and "4–7" in ky[-1]
    assert "Отстаёт" in ru[-1]


def test_conditions_are_suggested_from_the_held_meetings():
    episode = make_episode()
    assert suggested_conditions(episode, "ky") == ""
    began = dt.datetime(2026, 11, 24, 5, tzinfo=dt.UTC)
    meeting = make_meeting(episode, minutes=40, began_at=began, kind=MeetingKind.SESSION, place="Борбордо")  # fmt: skip
    meeting.with_whom.add(episode.person)
    del episode.__dict__["_held_meetings"]
    for language in ("ky", "ru"):
        said = suggested_conditions(episode, language)
        for part in ("24.11.2026", "40", "Борбордо", episode.person.full_name):
            assert part in said


def test_author_is_printed_with_the_position_of_the_day():
    conclusion = make_conclusion()
    membership = conclusion.author.memberships.get(role=Role.PSYCHOLOGIST)
    membership.position_ky = "Башкы психолог"
    membership.save()
    assert conclusion_paper(conclusion).signatures[0].position_ky == "Башкы психолог"

import pytest
from django.db import IntegrityError, transaction
from django.db.utils import DatabaseError

from casework.enums import ConclusionStatus
from casework.models import Conclusion, ConclusionMethod
from tests.casework.conclusion_builders import (
    make_conclusion,
    make_countersigned_conclusion,
    make_method,
    make_returned_conclusion,
    make_signed_conclusion,
)

pytestmark = pytest.mark.django_db


def refused(action):
    with pytest.raises((IntegrityError, DatabaseError)), transaction.atomic():
        action()


LOCKED = [
    {"findings_ky": "Башка"},
    {"findings_ru": "Другое"},
    {"number": "99-0001/26"},
    {"snapshot": {}},
    {"text_sha256": "0" * 64},
    {"signed_at": None},
    {"author_id": "00000000-0000-0000-0000-000000000001"},
    {"consent_id": None},
    {"revision": 7},
    {"education_place_ky": "3-В"},
    {"is_russian_waived": True},
    {"status": ConclusionStatus.DRAFT},
]


@pytest.mark.parametrize("change", LOCKED, ids=lambda change: next(iter(change)))
@pytest.mark.parametrize(
    "make", [make_signed_conclusion, make_returned_conclusion, make_countersigned_conclusion]
)
def test_signed_conclusion_keeps_every_word_in_the_database(make, change):
    conclusion = make()
    refused(lambda: Conclusion.objects.filter(pk=conclusion.pk).update(**change))


def test_draft_stays_open():
    conclusion = make_conclusion()
    assert Conclusion.objects.filter(pk=conclusion.pk).update(findings_ky="Башка") == 1


def test_draft_is_not_countersigned_or_returned_without_signing():
    conclusion = make_conclusion()
    for status in (ConclusionStatus.COUNTERSIGNED, ConclusionStatus.RETURNED):
        refused(
            lambda status=status: Conclusion.objects.filter(pk=conclusion.pk).update(
                status=status, return_reason="x"
            )
        )


@pytest.mark.parametrize("make", [make_returned_conclusion, make_countersigned_conclusion])
def test_final_state_never_changes(make):
    conclusion = make()
    for status in ConclusionStatus.values:
        if status != conclusion.status:
            refused(
                lambda status=status: Conclusion.objects.filter(pk=conclusion.pk).update(
                    status=status, return_reason="x"
                )
            )


def test_countersigned_conclusion_keeps_its_paper_and_head():
    conclusion, other = make_countersigned_conclusion(), make_countersigned_conclusion()
    for change in (
        {"paper_id": None},
        {"countersigned_by_id": other.countersigned_by_id},
        {"countersigned_at": None},
    ):
        refused(lambda change=change: Conclusion.objects.filter(pk=conclusion.pk).update(**change))


@pytest.mark.parametrize(
    "make", [make_signed_conclusion, make_returned_conclusion, make_countersigned_conclusion]
)
def test_methods_of_a_signed_conclusion_are_locked(make):
    conclusion = make()
    used = ConclusionMethod.objects.filter(conclusion=conclusion)
    refused(lambda: used.update(age_reason_ky="Башка"))
    refused(used.delete)
    refused(lambda: ConclusionMethod.objects.create(conclusion=conclusion, method=make_method()))
    assert used.count() == 1


def test_methods_do_not_move_into_a_signed_conclusion():
    signed, draft = make_signed_conclusion(), make_conclusion()
    refused(lambda: ConclusionMethod.objects.filter(conclusion=draft).update(conclusion=signed))


def test_signed_conclusion_is_never_deleted():
    conclusion = make_signed_conclusion()
    refused(lambda: Conclusion.objects.filter(pk=conclusion.pk)._raw_delete("default"))

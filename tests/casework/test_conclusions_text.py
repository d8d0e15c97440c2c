"""Keeping what is typed: nothing is overwritten unseen, nothing that was typed is lost."""

import pytest
from django.core.exceptions import PermissionDenied
from django.http import QueryDict

from casework.forms.conclusions import WritingForm
from casework.models import Conclusion, ConclusionMethod
from casework.services.conclusion_text import (
    keep_text,
    stamp,
    stamps_of,
    texts_apart,
    typed_of,
)
from casework.writing_page import offered_methods
from tests.builders import make_psychologist
from tests.casework.conclusion_builders import (
    make_conclusion,
    make_method,
    make_signed_conclusion,
)

pytestmark = pytest.mark.django_db


class Window:
    """A page of the writing desk in a browser: what it was shown, and what is typed into it."""

    def __init__(self, conclusion, actor=None):
        self.conclusion = Conclusion.objects.get(pk=conclusion.pk)
        self.actor = actor or conclusion.author
        self.typed = typed_of(self.conclusion, offered_methods(self.conclusion))
        self.stamps = stamps_of(self.typed)

    def keep(self, *, is_explicit=False, mine=(), settled=(), **typed):
        self.typed |= typed
        data = QueryDict(mutable=True)
        for name, text in self.typed.items():
            if text:
                data[name] = text
        data.setlist("mine", mine)
        data.setlist("settled", settled)
        form = WritingForm(
            data, conclusion=self.conclusion, methods=offered_methods(self.conclusion)
        )
        kept = keep_text(
            self.conclusion, form, self.stamps, actor=self.actor, is_explicit=is_explicit
        )
        self.stamps |= kept.stamps
        self.typed |= kept.news
        return kept

    def stored(self, name):
        return getattr(Conclusion.objects.get(pk=self.conclusion.pk), name)


def test_typing_is_written_to_the_record():
    window = Window(make_conclusion())
    kept = window.keep(findings_ky="  Жаңы\r\nсап  ")
    assert window.stored("findings_ky") == "Жаңы\nсап"
    assert (kept.conflicts, kept.errors) == ({}, {})
    assert kept.stamps["findings_ky"] == stamp("Жаңы\nсап")


def test_two_windows_on_two_sections_both_keep():
    conclusion = make_conclusion()
    one, two = Window(conclusion), Window(conclusion)
    one.keep(findings_ky="Бир")
    kept = two.keep(results_ky="Эки")
    assert (one.stored("findings_ky"), one.stored("results_ky")) == ("Бир", "Эки")
    assert kept.news == {"findings_ky": "Бир"}


def test_two_windows_on_one_section_overwrite_nothing():
    conclusion = make_conclusion()
    one, two = Window(conclusion), Window(conclusion)
    one.keep(findings_ky="Бир")
    kept = two.keep(findings_ky="Эки", results_ky="Башка бөлүм")
    assert kept.conflicts == {"findings_ky": "Бир"}
    assert (two.stored("findings_ky"), two.stored("results_ky")) == ("Бир", "Башка бөлүм")
    assert two.keep().conflicts == {"findings_ky": "Бир"}


def test_conflicting_text_stays_with_its_author_until_it_is_settled():
    conclusion = make_conclusion()
    one, two = Window(conclusion), Window(conclusion)
    one.keep(findings_ky="Бир")
    two.keep(findings_ky="Эки")
    again = Window(conclusion)
    again.keep(observation_ky="Кайра ачылды")
    assert texts_apart(conclusion, conclusion.author) == {"findings_ky": "Эки"}
    again.keep(settled=["findings_ky"])
    assert texts_apart(conclusion, conclusion.author) == {}


def test_author_may_put_their_text_in_place_of_the_other():
    conclusion = make_conclusion()
    one, two = Window(conclusion), Window(conclusion)
    one.keep(findings_ky="Бир")
    two.keep(findings_ky="Эки")
    assert two.keep(mine=["findings_ky"]).conflicts == {}
    assert two.stored("findings_ky") == "Эки"
    assert texts_apart(conclusion, conclusion.author) == {}


def test_page_that_forgot_its_stamps_writes_nothing():
    window = Window(make_conclusion())
    before = window.stored("findings_ky")
    window.stamps = {}
    window.keep(findings_ky="Баары өчөт")
    assert window.stored("findings_ky") == before


def test_only_saving_by_hand_writes_history():
    window = Window(make_conclusion())
    rows = window.conclusion.history.count()
    window.keep(findings_ky="Бир")
    assert window.conclusion.history.count() == rows
    window.keep(is_explicit=True, findings_ky="Эки")
    assert window.conclusion.history.count() == rows + 1


def test_methods_and_reasons_are_kept_and_taken_away():
    conclusion, method = make_conclusion(), make_method(age_from=4, age_to=7)
    name = f"method_{method.pk}"
    window = Window(conclusion)
    window.keep(**{name: "on", f"{name}_ky": "Өнүгүүсү артта", f"{name}_ru": "Отстаёт"})
    used = ConclusionMethod.objects.get(conclusion=conclusion, method=method)
    assert (used.age_reason_ky, used.age_reason_ru) == ("Өнүгүүсү артта", "Отстаёт")
    window.keep(**{name: ""})
    assert not ConclusionMethod.objects.filter(conclusion=conclusion, method=method).exists()


def test_unfit_field_is_said_and_the_others_are_kept():
    window = Window(make_conclusion())
    before = window.stored("follow_up_on")
    kept = window.keep(follow_up_on="31.02.2027", findings_ky="Жаңы", results_ky="ы" * 20_001)
    assert set(kept.errors) == {"follow_up_on", "results_ky"}
    assert (window.stored("findings_ky"), window.stored("follow_up_on")) == ("Жаңы", before)


def test_zero_bytes_are_refused_in_words():
    window = Window(make_conclusion())
    assert set(window.keep(findings_ky="Бир\0эки").errors) == {"findings_ky"}


def test_nobody_but_the_author_keeps_anything():
    conclusion = make_conclusion()
    for actor in (
        make_psychologist(conclusion.episode.office),
        conclusion.episode.case.responsible,
    ):
        with pytest.raises(PermissionDenied):
            Window(conclusion, actor).keep(findings_ky="Бөтөн")


def test_signed_text_is_not_kept_over():
    conclusion = make_signed_conclusion()
    with pytest.raises(PermissionDenied):
        Window(conclusion).keep(findings_ky="Кеч")

"""Whatever is sent to the forms of calls and duty: a clear word, what was typed still there, never a crash."""

import pytest

from intake.models import DutyShift, HotlineCall
from intake.services.call_steps import arrive
from tests import builders as make
from tests.casework.test_bad_input import POISONS, fields_of
from tests.intake.call_builders import make_call, make_operator

pytestmark = pytest.mark.django_db
STEPS = ("change", "send", "along", "arrive", "times", "pass", "end", "join", "findings")


@pytest.fixture
def operator():
    make.make_standard()
    return make_operator()


@pytest.mark.parametrize("step", ["new", *STEPS, "duty"])
def test_no_poison_breaks_a_form(sign_in, operator, step):
    head, call = make.make_head(make.make_office()), make_call(operator)
    if step == "findings":
        arrive(call, actor=operator)
    path = {"new": "/intake/calls/new/", "duty": "/intake/duty/new/"}.get(step, f"{call.get_absolute_url()}{step}/")  # fmt: skip
    client = sign_in(head if step == "duty" else operator)
    names, calls = fields_of(client.get(path)), HotlineCall.objects.count()
    assert names
    rows = {"people-TOTAL_FORMS": "1", "people-INITIAL_FORMS": "0"}
    for title, poison in POISONS.items():
        answer = client.post(path, {**{name: [poison, poison] for name in names}, **rows})
        assert (title, answer.status_code in (200, 302, 400, 403)) == (title, True)
        if answer.status_code == 200:
            assert "<script>alert" not in answer.content.decode()
    # Words that only look strange are words: what happened and where may be anything.
    assert HotlineCall.objects.count() <= calls + len(POISONS)
    assert not DutyShift.objects.exists()


def test_future_call_is_refused_and_kept(sign_in, operator):
    sent = {"what": "Өзгөчө сөз", "where": "Чүй 1", "received_at": "01.01.2090 10:00", "people-TOTAL_FORMS": "0", "people-INITIAL_FORMS": "0"}  # fmt: skip
    page = sign_in(operator).post("/intake/calls/new/", sent).content.decode()
    assert ("Өзгөчө сөз" in page, "data-error-summary" in page, HotlineCall.objects.count()) == (True, True, 0)  # fmt: skip


@pytest.mark.parametrize("nature", ["real", "", "\0", "x" * 3000])
def test_only_silence_and_pranks_are_a_touch(sign_in, operator, nature):
    assert sign_in(operator).post("/intake/calls/empty/", {"nature": nature}).status_code == 302
    assert not HotlineCall.objects.exists()


def test_findings_before_arrival_and_late_end_are_asked_for_in_words(sign_in, operator):
    call = make_call(operator, minutes_ago=90)
    arrive(call, actor=operator)
    client = sign_in(operator)
    sent = {"outcome": "nothing_found", "text": "Эшик жабык экен"}
    page = client.post(f"{call.get_absolute_url()}end/", sent).content.decode()
    assert ("Эшик жабык экен" in page, "60 мүнөттөн" in page) == (True, True)
    call.refresh_from_db()
    assert call.is_open

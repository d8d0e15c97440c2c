"""An application begins with what a channel knows: nothing typed twice, nobody's words carried, one of each."""

import pytest

from casework.models import Case
from intake.models import Application, CallPerson
from tests import builders as make
from tests.intake import application_builders as apply
from tests.intake.call_builders import WHAT, make_call
from tests.referrals import builders as refer

pytestmark = pytest.mark.django_db


@pytest.fixture
def office():
    make.make_standard()
    return make.make_office("lenin")


@pytest.fixture
def worker(office):
    return make.make_caseworker(office)


def test_a_schools_referral_with_its_scan_comes_to_a_case_untouched(sign_in, office, worker):
    operator = make.make_user("operator", office)
    scan = refer.make_scan(operator)
    referral = refer.make_incoming(operator, scans=[scan], request="Бала сабакка келбейт")
    client = sign_in(worker)
    url = f"/intake/applications/new/referral/{referral.pk}/"
    answer = client.post(url, apply.as_shown(client.get(url).context["page"]))
    assert answer.status_code == 302, answer.context["page"].said
    application = Application.objects.get()
    assert application.referral == referral
    case = apply.make_opened(application, worker)
    referral.refresh_from_db()
    assert (case.basis_kind, case.basis_number, case.basis_scan) == ("education", "01-12/84", scan)
    assert (case.identified_by, case.reason) == ("education", "Бала сабакка келбейт")
    assert case.child_places.get().person.full_name == "Асанбек уулу Үсөн"
    mother = case.family.members.get(relation="mother").person
    assert [(p.number, p.safe_hours) for p in mother.phones.all()] == [("0555 12 34 56", "18:00дөн кийин")]  # fmt: skip
    assert referral.case == case
    assert application.number in client.get(referral.get_absolute_url()).content.decode()


def test_one_referral_is_one_application_unless_another_is_meant(sign_in, office, worker):
    referral = refer.make_incoming(worker)
    client = sign_in(worker)
    url = f"/intake/applications/new/referral/{referral.pk}/"
    sent = apply.as_shown(client.get(url).context["page"])
    client.post(url, sent)
    sent.pop("submission_key")
    again = client.post(url, sent)
    assert (again.status_code, Application.objects.count()) == (200, 1)
    assert client.post(url, {**sent, "again": "on"}).status_code == 302
    assert Application.objects.count() == 2


def test_a_call_hands_over_the_family_and_never_the_callers_words(sign_in, office, worker):
    call = make_call(worker)
    CallPerson.objects.create(call=call, is_child=True, given_name="Айым", description="7 жашта")
    client = sign_in(worker)
    url = f"/intake/applications/new/call/{call.pk}/"
    page = client.get(url)
    assert WHAT not in page.content.decode()
    sent = {**apply.as_shown(page.context["page"]), "basis_kind": "application"}
    assert client.post(url, sent).status_code == 302
    application = Application.objects.get()
    assert (application.call, application.identified_by) == (call, "hotline")
    assert (application.identified_number, application.people.get().given_name) == (call.number, "Айым")  # fmt: skip
    case = apply.make_opened(application, worker)
    assert WHAT not in str(Case.objects.filter(pk=case.pk).values().get())


def test_a_fold_says_what_was_carried_into_it(sign_in, office, worker):
    """A child known by a description alone is not shown as an empty row; what nobody knows is not said to be filled."""
    call = make_call(worker)
    CallPerson.objects.create(call=call, is_child=True, description="Үйдөгү бала")
    shown = sign_in(worker).get(f"/intake/applications/new/call/{call.pk}/")
    rows = shown.context["page"]["children"].forms
    assert [row.fold.words for row in rows][:1] == ["Толтурулган: Сүрөттөмө, аты белгисиз болсо"]
    assert "Толтурулган" not in rows[-1].fold.words

"""How often the pages of applications ask the database, and what they do with whatever is sent."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from casework.services.new_case import KnownChild
from intake.models import Application
from tests import builders as make
from tests.casework.test_bad_input import POISONS, fields_of
from tests.intake import application_builders as apply

pytestmark = pytest.mark.django_db
LIST, RECORD = 12, 20
MANY = 12


@pytest.fixture
def office():
    make.make_standard()
    return make.make_office("lenin")


@pytest.fixture
def worker(office):
    return make.make_caseworker(office)


def grow(application, worker, head, rows):
    """``rows`` more applications, and as much more that hangs on this one."""
    for n in range(rows):
        child = KnownChild(surname=f"Асан{n} уулу", given_name="Үсөн")
        refused = apply.make_application(application.office, worker, children=(child,))
        apply.make_opened(refused, worker)
        apply.make_application(application.office, worker)
        apply.make_returned(application, worker, head)


def asked_by(client, path):
    client.get(path)
    with CaptureQueriesContext(connection) as asked:
        assert client.get(path).status_code == 200
    return [q["sql"] for q in asked if q["sql"].startswith(("SELECT", "INSERT", "UPDATE", "WITH"))]


@pytest.mark.parametrize(
    ("path", "most"),
    [
        ("/intake/applications/?view=all&per_page=50", LIST),
        ("/intake/applications/journal/", LIST),
        ("/intake/applications/{pk}/", RECORD),
        ("/intake/applications/{pk}/decide/", RECORD),
    ],
)
def test_pages_ask_as_often_for_many_rows_as_for_one(sign_in, office, worker, path, most):
    head = make.make_head(office)
    application = apply.make_application(office, worker)
    client, asked = sign_in(head), []
    for rows in (1, MANY - 1):
        grow(application, worker, head, rows)
        asked.append(asked_by(client, path.format(pk=application.pk)))
    assert [len(questions) for questions in asked] == [len(asked[0])] * 2
    assert len(asked[0]) <= most, "\n".join(asked[0])


@pytest.fixture
def forms(office, worker):
    head = make.make_head(office)
    said = apply.make_application(office, worker)
    proposed = apply.make_proposed(apply.make_application(office, worker), worker)
    eligible = apply.make_eligible(apply.make_application(office, worker), worker)
    at = "/intake/applications/{}/{}/".format
    return {
        "new": (worker, "/intake/applications/new/"),
        "change": (worker, at(said.pk, "change")),
        "basis": (worker, at(said.pk, "basis")),
        "decide": (worker, at(said.pk, "decide")),
        "settle": (head, at(proposed.pk, "refusal")),
        "open": (worker, at(eligible.pk, "open")),
        "withdraw": (worker, at(said.pk, "withdraw")),
        "conflict": (head, at(said.pk, "conflicts")),
    }


@pytest.mark.parametrize(
    "form", ["new", "change", "basis", "decide", "settle", "open", "withdraw", "conflict"]
)
def test_no_poison_breaks_a_form(sign_in, forms, form):
    user, path = forms[form]
    client = sign_in(user)
    names = fields_of(client.get(path)).keys() - {"submission_key"}
    assert names
    for title, poison in POISONS.items():
        rows = {f"{part}-{n}": "1" for part in ("children", "adults") for n in ("TOTAL_FORMS", "INITIAL_FORMS")}  # fmt: skip
        answer = client.post(path, {**dict.fromkeys(names, poison), **rows})
        assert (title, answer.status_code in (200, 302, 400, 403)) == (title, True)
        if answer.status_code == 200:
            assert "<script>alert" not in answer.content.decode()


@pytest.mark.parametrize("poison", list(POISONS.values()))
def test_the_journals_address_takes_whatever_is_typed(sign_in, office, poison):
    fields = ("first", "last", "status", "basis_kind", "identified_by", "office")
    client = sign_in(make.make_head(office))
    answer = client.get("/intake/applications/journal/", dict.fromkeys(fields, poison))
    assert (answer.status_code, Application.objects.count()) == (200, 0)


def test_refused_form_keeps_what_was_typed_and_speaks_kyrgyz(sign_in, worker):
    sent = {"reason": "Өзгөчө сөз", "adults-TOTAL_FORMS": "1", "adults-INITIAL_FORMS": "0"}
    sent |= {"children-TOTAL_FORMS": "1", "children-INITIAL_FORMS": "0", "children-0-pin": "12"}
    page = sign_in(worker).post("/intake/applications/new/", sent).content.decode()
    assert ("Өзгөчө сөз" in page, "data-error-summary" in page, "This field" in page) == (True, True, False)  # fmt: skip
    assert 'value="12"' in page

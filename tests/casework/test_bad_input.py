"""Whatever is sent to the main forms: a clear word in the reader's language, what was typed still there, never a crash."""

import datetime as dt
import uuid

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from casework.models import Case
from core import clock
from core.fields import TypedDateField
from tests import builders as make
from tests.casework import accompaniment_builders as ways
from tests.casework import conclusion_builders as concl
from tests.casework import keeping_builders as keep
from tests.casework import plan_builders as plans

POISONS = {
    "too long": "ң" * 30_000,
    "NUL": "Асан\0бек",
    "no such day": "31.02.2017",
    "far future": "14.03.2999",
    "somebody's id": str(uuid.UUID(int=1)),
    "huge number": "9" * 40,
    "minus": "-1",
    "broken letters": "\ud800".encode("utf-8", "surrogatepass").decode("utf-8", "replace"),
    "markup": "<script>alert(1)</script>' OR 1=1 --",
    "blank": " ",
}


@pytest.fixture(scope="module")
def world(standing_still):
    """The addresses of the main forms with who fills them in; what a test brings about is taken back after it."""
    with standing_still():
        yield _forms()


def _forms():
    """A case with a conclusion that waits for nobody, and what hangs on them."""
    office = make.make_office("lenin")
    worker, head = make.make_caseworker(office), make.make_head(office)
    case = make.make_case(office, worker, mother=make.make_person("Төлөгөнова", "Жаңыл"))
    child, author = case.child_places.get().person, make.make_psychologist()
    episode = make.make_episode(case, author)
    issued = concl.make_countersigned_conclusion(episode)
    release, draft = concl.make_release(issued), concl.make_conclusion(episode)
    alert = make.make_safety_alert(case)
    return {
        "open": (worker, "/cases/new/"),
        "change": (worker, f"/cases/{case.pk}/change/"),
        "assign": (head, f"/cases/{case.pk}/assign/"),
        "alert": (worker, f"/cases/{case.pk}/alert/"),
        "notice": (worker, f"/cases/{case.pk}/alert/{alert.pk}/notice/"),
        "child": (worker, f"/children/{child.pk}/edit/"),
        "phone": (worker, f"/people/{child.pk}/phones/new/"),
        "consent": (worker, f"/people/{child.pk}/consents/new/"),
        "member": (worker, f"/families/{case.family_id}/members/new/"),
        "help": (worker, f"/episodes/request/{case.pk}/"),
        "plan": (author, f"/episodes/{episode.pk}/meetings/plan/"),
        "meeting": (author, f"/episodes/{episode.pk}/meetings/record/"),
        "writing": (author, f"/conclusions/{draft.pk}/write/"),
        "correction": (author, f"/conclusions/{issued.pk}/correct/"),
        "release": (worker, f"/releases/ask/{issued.pk}/"),
        "decision": (head, f"/releases/{release.pk}/decide/"),
        **plan_forms(case, worker, head),
        **help_forms(case, worker),
        **keeping_forms(office, worker, head),
    }


def plan_forms(case, worker, head):
    """Assessments and plans in each state that somebody writes in."""
    draft = plans.make_assessment(case, scores={"safety": 3})
    finished = plans.make_assessment(case, status="finished", person=draft.person)
    plan, in_force = plans.make_plan(case), plans.make_plan(make_like(case), status="approved")
    waiting = plans.make_plan(make_like(case), status="submitted", submitted_at=clock.now())
    goal = in_force.goals.get()
    return {
        "begin assessment": (worker, f"/assessments/begin/{case.pk}/"),
        "assessment": (worker, f"/assessments/{draft.pk}/write/"),
        "finish": (worker, f"/assessments/{draft.pk}/finish/"),
        "assessment's word": (head, f"/assessments/{finished.pk}/decide/"),
        "opinions": (worker, f"/plans/{plan.pk}/opinions/"),
        "new goal": (worker, f"/plans/{plan.pk}/goals/new/"),
        "goal": (worker, f"/plans/{plan.pk}/goals/{plan.goals.get().pk}/"),
        "plan's word": (head, f"/plans/{waiting.pk}/decide/"),
        "measure": (worker, f"/plans/measures/{goal.measures.get().pk}/"),
        "agreement": (worker, f"/plans/{in_force.pk}/agreement/"),
        "new version": (worker, f"/plans/{in_force.pk}/change/"),
        "review": (worker, f"/plans/{in_force.pk}/review/"),
    }


def help_forms(case, worker):
    """The lawyer's file, ways and hearings, tasks."""
    social, legal = ways.make_social_episode(case, worker), ways.make_legal_episode(case)
    lawyer = legal.specialist
    planned, order = ways.make_accompaniment(legal, status="planned"), ways.make_order(legal)
    document, task = ways.make_document(legal), ways.make_task(case, worker)
    return {
        "way": (worker, f"/accompaniments/add/{social.pk}/"),
        "hearing": (lawyer, f"/accompaniments/add/{legal.pk}/"),
        "hearing's change": (lawyer, f"/accompaniments/{planned.pk}/change/"),
        "hearing's course": (lawyer, f"/accompaniments/{planned.pk}/record/"),
        "hearing's end": (lawyer, f"/accompaniments/{planned.pk}/cancel/"),
        "order": (lawyer, f"/legal/{legal.pk}/orders/add/"),
        "order's change": (lawyer, f"/legal/orders/{order.pk}/change/"),
        "order's end": (lawyer, f"/legal/orders/{order.pk}/close/"),
        "document": (lawyer, f"/legal/{legal.pk}/documents/add/"),
        "document's change": (lawyer, f"/legal/documents/{document.pk}/change/"),
        "state lawyer": (lawyer, f"/legal/{legal.pk}/lawyers/add/"),
        "task": (worker, f"/tasks/add/{case.pk}/"),
        "task's change": (worker, f"/tasks/{task.pk}/change/"),
        "summary": (worker, f"/summaries/ask/{case.pk}/"),
    }


def keeping_forms(office, worker, head):
    """A case that nothing hinders from being closed or given on."""
    keep.make_reason(), make.make_head(make.make_office("sverdlov"))
    ends, moves = make.make_case(office, worker), make.make_case(office, worker)
    make.make_caseworker(office)
    return {
        "closing": (worker, f"/cases/{ends.pk}/close/"),
        "transfer": (head, f"/cases/{moves.pk}/transfer/"),
        "hand-over": (worker, f"/cases/{moves.pk}/hand-over/"),
    }


def make_like(case):
    """Another case of the same worker."""
    return make.make_case(case.office, case.responsible)


NEWER = (
    "begin assessment",
    "assessment",
    "finish",
    "assessment's word",
    "opinions",
    "new goal",
    "goal",
)
NEWER += ("plan's word", "measure", "agreement", "new version", "review", "way", "hearing", "order")
NEWER += ("hearing's change", "hearing's course", "hearing's end", "order's change", "order's end")
NEWER += ("document", "document's change", "state lawyer", "task", "task's change", "summary")
NEWER += ("closing", "transfer", "hand-over")
FORMS = ("open", "change", "assign", "alert", "notice", "child", "phone", "consent", "member")
FORMS += ("help", "plan", "meeting", "writing", "correction", "release", "decision")


def fields_of(answer):
    """Every field that the page's forms send, hidden ones too, by its name; not the box that takes a row away."""
    found = {}
    for context in answer.context or []:
        for value in context.flatten().values():
            if hasattr(value, "forms") and callable(value.forms):
                found |= {f.html_name: f for form in value.forms() for f in form}
            elif hasattr(value, "visible_fields"):
                found |= {field.html_name: field for field in value}
    return {name: field for name, field in found.items() if not name.endswith("-DELETE")}


def rows_of(*parts):
    return {f"{part}-{n}": "1" for part in parts for n in ("TOTAL_FORMS", "INITIAL_FORMS")}


def sound(field, poison):
    """A choice and a day as they should be, so that what is typed beside them gets as far as it can."""
    if choices := [str(key) for key, _label in getattr(field.field, "choices", []) if key]:
        return choices[-1]
    if isinstance(field.field, TypedDateField):
        days = 30 if field.field.widget.attrs.get("data-expects") == "future" else 0
        return (clock.today() + dt.timedelta(days=days)).strftime("%d.%m.%Y")
    return field.value() or "" if field.is_hidden else poison


@pytest.mark.parametrize("form", FORMS + NEWER)
def test_no_poison_breaks_a_form(sign_in, world, form):
    user, path = world[form]
    client = sign_in(user)
    names = fields_of(client.get(path))
    assert names
    for title, poison in POISONS.items():
        rows = rows_of("children", "adults", "measures")
        sent = {**rows, **{name: [poison, poison] for name in names}}
        for more in ({}, {"decision": "grant"}) if "decision" in names else ({},):
            answer = client.post(path, {**sent, **more})
            assert (title, answer.status_code in (200, 302, 400, 403, 409)) == (title, True)
            if answer.status_code == 200:
                assert "<script>alert" not in answer.content.decode()


@pytest.mark.parametrize("form", NEWER)
def test_no_poison_among_sound_choices_breaks_a_form(sign_in, world, form):
    """What is typed meets the services and the database, not only the form's own checks."""
    user, path = world[form]
    client, fields = sign_in(user), {}
    for title, poison in POISONS.items():
        fields = fields or fields_of(client.get(path))
        sent = {name: sound(field, poison) for name, field in fields.items()}
        answer = client.post(path, {**rows_of("measures"), **sent})
        assert (title, answer.status_code in (200, 302, 403, 409)) == (title, True)
        if answer.status_code != 200:  # something has become of it: the form is another now
            fields = {}


@pytest.mark.parametrize("form", ["open", "phone", "release", "meeting"])
def test_refused_form_keeps_what_was_typed_and_speaks_kyrgyz(sign_in, world, form):
    user, path = world[form]
    client = sign_in(user)
    typed = {"open": "reason", "phone": "note", "release": "purpose", "meeting": "work_done"}[form]
    cases = Case.objects.count()
    answer = client.post(path, {typed: "Өзгөчө сөз"})
    page = answer.content.decode()
    assert (answer.status_code, Case.objects.count()) == (200, cases)
    assert ("Өзгөчө сөз" in page, "data-error-summary" in page) == (True, True)
    assert ("Бул талаа" in page, "This field" in page) == (True, False)


def test_child_older_than_the_mother_is_said_before_the_case_opens(sign_in, world):
    user, path = world["open"]
    sent = {
        "identified_by": "raid", "basis_kind": "application", "risk_level": "high",
        "children-TOTAL_FORMS": "1", "children-INITIAL_FORMS": "0", "adults-TOTAL_FORMS": "1",
        "adults-INITIAL_FORMS": "0", "children-0-given_name": "Айым", "children-0-birth": "1990",
        "children-0-is_concerned": "on", "adults-0-relation": "mother", "adults-0-given_name": "Жаңыл",
        "adults-0-birth": "2001",
    }  # fmt: skip
    cases = Case.objects.count()
    answer = sign_in(user).post(path, sent)
    assert (answer.status_code, Case.objects.count()) == (200, cases)
    assert answer.context["remarks"] != []
    assert 'value="Айым"' in answer.content.decode()


def test_upload_that_is_not_what_it_says_is_refused(sign_in, world):
    user, path = world["open"]
    liar = SimpleUploadedFile("кат.pdf", b"MZ\x90\x00 not a paper", content_type="application/pdf")
    cases = Case.objects.count()
    fields = {"basis_scan"}
    answer = sign_in(user).post(path, {"reason": "Сөз", **dict.fromkeys(fields, liar)})
    assert (len(fields), answer.status_code, Case.objects.count()) == (1, 200, cases)
    assert [e for e in answer.context["form"].errors if e in fields] == list(fields)


@pytest.mark.parametrize("poison", list(POISONS.values()))
def test_sign_in_refuses_whatever_is_typed(client, db, poison):
    make.make_standard()
    answer = client.post("/accounts/login/", {"login": poison, "password": poison})
    assert (answer.status_code, "_auth_user_id" in client.session) == (200, False)

"""The pages of referrals as people use them: forms sent, files attached, decisions signed with a password."""

import io

import pypdf
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from casework.models import Release
from offices.models import Organisation, ReadLog
from referrals.models import IncomingReferral, OutgoingReferral
from tests import builders as make
from tests.casework.test_bad_input import POISONS, fields_of
from tests.papers import files

from . import builders as refer

pytestmark = pytest.mark.django_db
ROWS = {
    f"{part}-{n}": "1" if n == "TOTAL_FORMS" else "0"
    for part in ("children", "adults")
    for n in ("TOTAL_FORMS", "INITIAL_FORMS")
}


@pytest.fixture
def office():
    return make.make_office("lenin")


@pytest.fixture
def worker(office):
    make.make_standard()
    return make.make_caseworker(office)


@pytest.fixture
def head(office):
    return make.make_head(office)


def photo(name="жолдомо.jpg"):
    return SimpleUploadedFile(name, files.photograph_with_place(), "image/jpeg")


def test_schools_paper_is_registered_with_its_scan(sign_in, worker):
    school = make.make_organisation()
    sent = {
        **ROWS, "organisation": school.pk, "document_number": "01-12/84", "document_on": "20.11.2026",
        "received_on": "бүгүн", "request": "Чөгүңкү", "children-0-given_name": "Үсөн",
        "children-0-birth": "2017", "children-0-is_concerned": "on", "files": [photo(), photo("2.jpg")],
    }  # fmt: skip
    client = sign_in(worker)
    wrong = client.post("/referrals/new/", {**sent, "document_on": "31.02.2026"})
    assert (wrong.status_code, IncomingReferral.objects.count()) == (200, 0)
    assert 'value="Үсөн"' in wrong.content.decode()
    kept = wrong.context["form"]["kept_files"].value()
    again = {**sent, "files": [], "kept_files": kept}
    answer = client.post("/referrals/new/", again)
    referral = IncomingReferral.objects.get()
    assert answer.headers["Location"] == referral.get_absolute_url()
    assert referral.files.shown().count() == 2
    assert [p.birth_year for p in referral.people.all()] == [2017]
    page = client.get(referral.get_absolute_url()).content.decode()
    assert ("Үсөн" in page, "small/" in page) == (True, True)


def test_nothing_but_the_sender_is_demanded(sign_in, worker):
    client = sign_in(worker)
    refused = client.post("/referrals/new/", {**ROWS, "received_on": "бүгүн"})
    assert set(refused.context["form"].errors) == {"sender_text"}
    sent = {**ROWS, "received_on": "бүгүн", "sender_text": "Имам", "sender_kind": "other"}
    client.post("/referrals/new/", sent)
    assert IncomingReferral.objects.get().sender == "Имам"


def test_correction_changes_what_it_says_and_keeps_an_estimated_age(sign_in, worker):
    referral = refer.make_incoming(worker)
    child = referral.people.get(is_child=True)
    child.birth_precision, child.estimated_age, child.estimated_on = "estimated", 7, "2025-01-10"
    child.save()
    client = sign_in(worker)
    page = client.get(f"{referral.get_absolute_url()}change/")
    form = page.context["form"]
    sent = {
        **ROWS, "children-INITIAL_FORMS": "1", "organisation": referral.organisation_id, "received_on": "бүгүн",
        "record_version": form["record_version"].value(), "children-0-surname": "Асанбек уулу",
        "children-0-given_name": "Үсөн", "children-0-birth": "7", "children-0-school_class": "3-В",
        "signatory": "Асанова",
    }  # fmt: skip
    answer = client.post(f"{referral.get_absolute_url()}change/", sent)
    assert answer.status_code == 302
    referral.refresh_from_db()
    again = referral.people.get()
    assert (referral.signatory, again.school_class, str(again.estimated_on)) == (
        "Асанова", "3-В", "2025-01-10",
    )  # fmt: skip


def test_head_releases_the_answer_with_the_password(sign_in, worker, head):
    referral = refer.make_incoming(worker)
    ground = refer.make_ground()
    client = sign_in(worker)
    client.post(
        f"{referral.get_absolute_url()}answer/", {"outcome": "received", "ground": ground.pk}
    )
    feedback = referral.feedback.get()
    decide = f"/referrals/feedback/{feedback.pk}/decide/"
    granted = {"decision": "grant", "ground": ground.pk, "password": make.PASSWORD}
    leader = sign_in(head)
    assert leader.post(decide, {**granted, "password": "wrong"}).status_code == 200
    assert not Release.objects.exists()
    assert leader.post(decide, granted).status_code == 302
    client = sign_in(worker)
    client.post(
        f"/referrals/feedback/{feedback.pk}/send/", {"sent_on": "бүгүн", "sent_how": "post"}
    )
    feedback.refresh_from_db()
    assert feedback.status == "sent"
    pdf = client.get(f"/referrals/feedback/{feedback.pk}/paper/").content
    assert len(pypdf.PdfReader(io.BytesIO(pdf)).pages) == 1  # a few words stay one sheet
    register = sign_in(head).get("/releases/").content.decode()
    assert feedback.number in register
    release = sign_in(head).get(Release.objects.get().get_absolute_url()).content.decode()
    assert referral.get_absolute_url() in release


def test_outgoing_referral_walks_its_way(sign_in, worker, head):
    case = make.make_case(responsible=worker)
    child, ground = case.child_places.get().person, refer.make_ground()
    client = sign_in(worker)
    assert "/referrals/outgoing/ask/" in client.get(f"/cases/{case.pk}/papers/").content.decode()
    client.post(
        f"/referrals/outgoing/ask/{case.pk}/",
        {"recipient_text": "Оорукана", "people": [child.pk], "purpose_ky": "Текшерүү", "ground": ground.pk},
    )  # fmt: skip
    referral = OutgoingReferral.objects.get()
    url = referral.get_absolute_url()
    assert client.get(f"{url}preview/").content.startswith(b"%PDF")
    sign_in(head).post(
        f"{url}decide/", {"decision": "grant", "ground": ground.pk, "password": make.PASSWORD}
    )
    client = sign_in(worker)
    client.post(f"{url}send/", {"sent_on": "бүгүн", "sent_how": "by_hand"})
    reply = {"replied_on": "бүгүн", "result": "helped", "files": [photo()]}
    client.post(f"{url}reply/", reply)
    referral.refresh_from_db()
    assert (referral.status, referral.files.shown().count()) == ("replied", 1)
    assert referral.number in client.get("/referrals/outgoing/?view=replied").content.decode()
    assert client.get("/referrals/outgoing/?view=overdue").context["table"].paginator.count == 0


def test_hidden_phone_is_refused_where_it_is_typed(sign_in, worker):
    from tests.casework import people_builders as people

    case = make.make_case(responsible=worker, mother=make.make_person("Төлөгөнова", "Жаңыл"))
    child = case.child_places.get().person
    mother = case.family.members.get(relation="mother").person
    people.make_hidden(people.make_phone(mother, number="0555 98 76 54"), child, set_by=worker)
    answer = sign_in(worker).post(
        f"/referrals/outgoing/ask/{case.pk}/",
        {"recipient_text": "Мектеп", "people": [child.pk], "purpose_ky": "Чалыңыз: 0555987654", "ground": refer.make_ground().pk},
    )  # fmt: skip
    assert set(answer.context["form"].errors) == {"purpose_ky"}
    assert not OutgoingReferral.objects.exists()


def test_original_leaves_with_a_reason_in_the_log(sign_in, worker, head):
    referral = refer.make_incoming(worker, scans=[refer.make_scan(worker)])
    file = referral.files.get()
    url = f"{referral.get_absolute_url()}files/{file.pk}/original/"
    client = sign_in(head)
    assert client.get(url).status_code == 200
    assert not ReadLog.objects.filter(kind="export").exists()
    assert client.post(url, {"reason": ""}).status_code == 200
    answer = client.post(url, {"reason": "Тергөөгө"})
    assert b"PhoneMaker" in answer.content
    row = ReadLog.objects.get(kind="export")
    assert (row.reason, row.user) == ("Тергөөгө", head)
    assert f"incomingreferral:{referral.pk}" in row.subjects


def test_file_taken_off_is_not_shown_any_more(sign_in, worker):
    referral = refer.make_incoming(worker)
    client = sign_in(worker)
    add = f"{referral.get_absolute_url()}files/add/"
    assert set(client.post(add, {}).context["form"].errors) == {"files"}
    liar = SimpleUploadedFile("кат.pdf", b"MZ\x90", "application/pdf")
    assert set(client.post(add, {"files": [photo(), liar]}).context["form"].errors) == {"files"}
    client.post(add, {"files": [photo()], "note": "Экинчи бет"})
    file = referral.files.get()
    url = f"{referral.get_absolute_url()}files/{file.pk}/"
    assert client.get(url).headers["Content-Type"] == "image/jpeg"
    client.post(f"{url}take-off/", {"reason": "Башка баланыкы"})
    assert client.get(url).status_code == 404
    assert "Экинчи бет" not in client.get(referral.get_absolute_url()).content.decode()


def test_organisation_that_looks_known_is_asked_about_first(sign_in, worker):
    known = make.make_organisation(name_ky="№ 57 мектеп-гимназиясы", name_ru="Школа-гимназия № 57")
    client = sign_in(worker)
    sent = {
        "contacts-TOTAL_FORMS": "1", "contacts-INITIAL_FORMS": "0", "kind": "education", "is_active": "on",
        "name_ky": "57-мектеп-гимназия", "contacts-0-name": "Айгүл", "contacts-0-is_active": "on",
    }  # fmt: skip
    asked = client.post("/referrals/organisations/new/", sent)
    assert (asked.context["alike"], Organisation.objects.count()) == ([known], 1)
    client.post(
        "/referrals/organisations/new/", {**sent, "seen_alike": asked.context["form"]["seen_alike"].value()}
    )  # fmt: skip
    made = Organisation.objects.exclude(pk=known.pk).get()
    assert (made.name_ru, made.contacts.get().name) == ("57-мектеп-гимназия", "Айгүл")
    listed = client.get("/referrals/organisations/?text=57 гимназия").content.decode()
    assert (str(known.pk) in listed, str(made.pk) in listed) == (True, True)


def test_head_merges_on_the_page(sign_in, head):
    kept, gone = make.make_organisation(), make.make_organisation()
    client = sign_in(head)
    url = f"/referrals/organisations/{gone.pk}/merge/"
    assert set(client.post(url, {"into": kept.pk}).context["form"].errors) == {"is_sure"}
    answer = client.post(url, {"into": kept.pk, "is_sure": "on"})
    assert answer.headers["Location"] == kept.get_absolute_url()
    assert kept.name_ky in client.get(gone.get_absolute_url()).content.decode()


def test_exports_carry_the_office_with_a_reason(sign_in, head, worker):
    refer.make_incoming(worker)
    refer.make_outgoing(make.make_case(responsible=worker), worker)
    client = sign_in(head)
    for path in ("/referrals/export/", "/referrals/outgoing/export/"):
        assert client.post(path, {"reason": ""}).status_code == 200
        assert client.post(path, {"reason": "Отчет"}).content.startswith(b"PK")
    assert ReadLog.objects.filter(kind="export", reason="Отчет").count() == 2


FORMS = ["new", "change", "answer", "ask", "organisation", "reply", "conflict"]


@pytest.fixture
def paths(worker, head):
    case = make.make_case(responsible=worker)
    referral = refer.make_incoming(worker)
    sent = refer.make_outgoing(case, worker, head=head, sent=True)
    return {
        "new": "/referrals/new/",
        "change": f"{referral.get_absolute_url()}change/",
        "answer": f"{referral.get_absolute_url()}answer/",
        "ask": f"/referrals/outgoing/ask/{case.pk}/",
        "organisation": "/referrals/organisations/new/",
        "reply": f"{sent.get_absolute_url()}reply/",
        "conflict": f"{referral.get_absolute_url()}conflicts/",
    }


def rows_of(names):
    found = {n.split("-")[0] for n in names if "-" in n}
    return {f"{part}-{n}": "1" if n == "TOTAL_FORMS" else "0" for part in found for n in ("TOTAL_FORMS", "INITIAL_FORMS")}  # fmt: skip


@pytest.mark.parametrize("form", FORMS)
def test_no_poison_breaks_a_form(sign_in, worker, paths, form):
    client = sign_in(worker)
    names = fields_of(client.get(paths[form]))
    assert names
    rows = rows_of(names)
    for title, poison in POISONS.items():
        # Longer than any field may be; all of them together no more than one request may carry.
        answer = client.post(paths[form], {**dict.fromkeys(names, poison[:20_100]), **rows})
        assert (title, answer.status_code in (200, 302)) == (title, True)
        assert "<script>alert" not in answer.content.decode()


# Where the poison goes, and another field that somebody filled in.
TYPED = {
    "new": ("request", "children-0-given_name"),
    "change": ("signatory", "request"),
    "ask": ("purpose_ky", "purpose_ru"),
    "organisation": ("name_ky", "contacts-0-name"),
    "reply": ("reply_number", "reply_text"),
}


@pytest.mark.parametrize("title", ["too long", "NUL"])
@pytest.mark.parametrize("form", TYPED)
def test_poisoned_field_is_said_and_nothing_typed_is_lost(sign_in, worker, paths, form, title):
    client = sign_in(worker)
    poisoned, other = TYPED[form]
    rows = rows_of(fields_of(client.get(paths[form])))
    answer = client.post(paths[form], {**rows, poisoned: POISONS[title], other: "Өзгөчө сөз"})
    page = answer.content.decode()
    assert (answer.status_code, f'href="#id_{poisoned}"' in page) == (200, True)
    assert (POISONS[title][-3:] in page, "Өзгөчө сөз" in page) == (True, True)


def test_what_is_larger_than_any_form_is_refused_in_kyrgyz(sign_in, worker):
    answer = sign_in(worker).post("/referrals/new/", {"request": "ң" * 3_000_000})
    page = answer.content.decode()
    assert (answer.status_code, "жазганыңыз ошол жерде турат" in page) == (400, True)
    assert not IncomingReferral.objects.exists()


def questions(client, path):
    from tests.reports.test_query_counts import asked_by

    return asked_by(client, path)


@pytest.mark.parametrize("path", ["/referrals/", "/referrals/outgoing/", "/referrals/organisations/"])  # fmt: skip
def test_lists_ask_as_often_for_many_rows_as_for_one(sign_in, worker, path):
    case = make.make_case(responsible=worker)
    client, asked = sign_in(worker), []
    for rows in (1, 6):
        for _ in range(rows):
            refer.make_incoming(worker)
            refer.make_outgoing(case, worker)
        asked.append(questions(client, path))
    assert len(asked[0]) == len(asked[1]), "\n".join(asked[1])
    assert len(asked[0]) <= 12, "\n".join(asked[0])

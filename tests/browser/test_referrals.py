"""A school's paper from its scan to the answer, and a referral to a hospital from the asking to the reply, as people do it."""

import subprocess

import pytest

from casework.models import Release
from intake.models import Application
from offices.models import Office, Organisation, User
from referrals.models import Feedback, IncomingReferral, OutgoingReferral
from reports.demo.staff import PASSWORD
from tests import builders as make
from tests.papers import files

from .conftest import NARROW

pytestmark = pytest.mark.browser
WORRY = "Чөгүңкү, сабакка катышпай калды."


def words_of(paper):
    found = subprocess.run(
        ["pdftotext", "-layout", "-", "-"], input=bytes(paper.pdf), capture_output=True, check=True
    )
    return " ".join(found.stdout.decode().split())


def photo(name):
    return {"name": name, "mimeType": "image/jpeg", "buffer": files.photograph_with_place()}


def save(walker):
    with walker.page.expect_navigation():
        walker.page.click("form.form-page .btn-primary")
    return walker.examine()


def release(walker, path):
    walker.go(path).press("Чечүү")
    walker.page.fill("[name=password]", PASSWORD)
    walker.press("Уруксат берип, кагазды чыгаруу")


def test_schools_paper_from_its_scan_to_the_answer(city, site, person):
    school = Organisation.objects.get(name_ky__startswith="№ 57")
    site.at("2026-11-23 10:00")
    worker = person("caseworker.lenin", size=NARROW)
    worker.go("/referrals/").press("Багыттоону каттоо")
    worker.choose("organisation", str(school.pk)).type("document_number", "01-12/84")
    worker.type("document_on", "20.11").type("request", WORRY)
    worker.type("children-0-given_name", "Үсөн").type("children-0-birth", "2017")
    worker.page.set_input_files("main [name=files]", [photo("кат-1.jpg"), photo("кат-2.jpg")])
    worker.press("Каттоо")
    referral = IncomingReferral.objects.get()
    assert ("№ 57" in worker.text(), "кат-2.jpg" in worker.text()) == (True, True)
    assert worker.page.locator(".file-small img").count() == 2

    worker.press("Арыз түзүү")
    assert worker.page.input_value("[name=children-0-given_name]") == "Үсөн"
    assert worker.page.input_value("[name=reason]") == WORRY
    worker.press("Каттоо")
    application = Application.objects.get()
    begun = (application.referral, application.basis_number, application.basis_organisation)
    assert begun == (referral, "01-12/84", school)

    url = referral.get_absolute_url()
    worker.go(url)
    assert application.number in worker.text()
    worker.press("Багыттаганга жооп берүү").choose("outcome", "taken_up")
    worker.press("Жетекчиден суроо")
    release(person("head.lenin"), url)
    feedback = Feedback.objects.get()
    said = words_of(feedback.paper)
    assert [feedback.number in said, school.name_ky in said, "01-12/84" in said] == [True] * 3
    assert [word in said for word in ("Үсөн", "Чөгүңкү", application.number)] == [False] * 3
    assert Release.objects.get().number == feedback.number

    worker.go(url).press("Жөнөтүлгөнүн белгилөө")
    worker.choose("sent_how", "courier")
    save(worker)
    feedback.refresh_from_db()
    assert (feedback.status, feedback.sent_how) == ("sent", "courier")


@pytest.fixture
def case(city):
    lenin, worker = Office.objects.get(code="lenin"), User.objects.get(username="caseworker.lenin")
    child = make.make_child()
    family = make.make_family(child, mother=make.make_person("Төлөгөнова", "Жаңыл", sex="female"))
    return make.make_case(lenin, worker, child=child, family=family)


def test_referral_to_a_hospital_from_the_asking_to_the_reply(case, site, person):
    hospital = Organisation.objects.get(name_ky__startswith="№ 3 шаардык")
    child = case.child_places.get().person
    site.at("2026-11-24 10:00")
    worker = person("caseworker.lenin", size=NARROW)
    worker.go(f"/cases/{case.pk}/papers/").press("Башка мекемеге багыттоо")
    worker.choose("organisation", str(hospital.pk)).choose("people", str(child.pk))
    worker.type("purpose_ky", "Баланы неврологго көрсөтүү.")
    worker.page.select_option("main [name=ground]", index=1)
    worker.press("Жетекчиден уруксат суроо")
    referral = OutgoingReferral.objects.get()
    url = referral.get_absolute_url()
    release(person("head.lenin"), url)
    referral.refresh_from_db()
    said = words_of(referral.paper)
    told = (referral.number, hospital.name_ky, "неврологго", child.given_name)
    assert [word in said for word in told] == [True] * 4

    worker.go(url).press("Жөнөтүлгөнүн белгилөө")
    worker.choose("sent_how", "by_hand")
    save(worker)
    site.at("2026-11-25 09:30")
    worker.page.context.clear_cookies(name="sessionid")
    worker.sign_in("caseworker.lenin").go(url).press("Жоопту киргизүү")
    worker.choose("result", "helped").type("reply_text", "Каралды, дарылоо дайындалды.")
    worker.page.set_input_files("main [name=files]", [photo("жооп.jpg")])
    save(worker)
    referral.refresh_from_db()
    assert (referral.status, referral.result, referral.files.count()) == ("replied", "helped", 1)
    assert "Каралды" in worker.text()


def test_pages_of_organisations_and_lists_in_russian(case, site, person):
    site.at("2026-11-24 10:00")
    school, other = Organisation.objects.filter(kind="education")[:2]
    head = person("head.lenin", language="ru")
    for path in ("", "export/", "outgoing/", "outgoing/export/", "organisations/new/"):
        head.go(f"/referrals/{path}")
    narrow = person("caseworker.lenin", size=NARROW, language="ru")
    for path in ("", "new/", "outgoing/", f"outgoing/ask/{case.pk}/", "organisations/"):
        narrow.go(f"/referrals/{path}")
    head.go("/referrals/organisations/?text=школа").go(school.get_absolute_url())
    head.go(f"{school.get_absolute_url()}change/").go(f"{school.get_absolute_url()}merge/")
    head.choose("into", str(other.pk)).press("Объединить")
    assert "Пока ничего не сохранено" in head.text()
    head.page.check("[name=is_sure]")
    head.press("Объединить")
    school.refresh_from_db()
    assert (school.merged_into, other.name_ru in head.text()) == (other, True)

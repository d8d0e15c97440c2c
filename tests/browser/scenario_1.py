"""The acts of scenario 1, each done by the people in it at their own browser; later acts need the earlier ones."""

import datetime as dt
import functools
import io
import re

import pypdf
from django.utils.translation import gettext, ngettext, override, pgettext

from reports.demo.staff import PASSWORD

from . import scenario_1_words as words
from .walker import Walker, until


def ky(text: str, context: str = "") -> str:
    """What the screen says in Kyrgyz for an English msgid; of one that counts, what it says of one."""
    with override("ky"):
        said = pgettext(context, text) if context else gettext(text)
        # Before Python 3.11.3 gettext does not know an entry that has a plural.
        return said if said != text else ngettext(text, text, 1)


# At the foot of each page of a paper, its blanks taken out.
FOOT = re.compile(r"№[0-9./-]+·[0-9A-Z-]{19}|[0-9]+беттин[0-9]+-бети·стр\.[0-9]+из[0-9]+")


class Cast:
    """``cast("head.lenin")`` is that person at their own browser: on My day where time has passed, else where they were.

    The first signs in at the form, as does who was idle.
    """

    def __init__(self, person) -> None:
        self.person = person
        self.people: dict[str, Walker] = {}
        self.came_at: dict[str, dt.datetime | None] = {}

    def __call__(self, username: str) -> Walker:
        walker = self.people.get(username)
        if walker is None:
            walker = self.people[username] = (
                self.person() if not self.people else self.person(username)
            )
            walker.keep_time()
            self.came_at[username] = walker.site.moment
            return walker.sign_in(username) if len(self.people) == 1 else walker.go("/")
        if self.came_at[username] == walker.site.moment:
            return walker
        walker.keep_time()
        self.came_at[username] = walker.site.moment
        walker.page.goto(walker.site.url + "/")
        return walker.sign_in(username) if "/accounts/" in walker.page.url else walker.examine()


def pick(walker: Walker, field: str, words_in_it: str) -> None:
    """Choose the option of a select that holds these words, or tick the box whose label does."""
    box = walker.page.locator(f"[name='{field}']").first
    if box.evaluate("e => e.tagName") == "SELECT":
        option = box.locator("option").filter(has_text=words_in_it).first
        box.select_option(option.get_attribute("value"))
    else:
        labels = walker.page.locator(f"label:has([name='{field}']), [name='{field}'] + label")
        labels.filter(has_text=words_in_it).first.click()


def rail(walker: Walker, address: str) -> Walker:
    """Follow the rail's entry to that address, whatever it counts."""
    with walker.page.expect_navigation():
        walker.page.click(f"nav a[href='{address}']:visible")
    return walker.examine()


def open_the_case(worker: Walker) -> str:
    """09:10: the school's referral becomes a case on one screen. Returns the address of the case."""
    rail(worker, "/cases/").press(ky("Open a case")).unfold()
    _the_children(worker)
    _the_adults(worker)
    worker.type("settlement", "Ак-Орго конушу").type("street", words.STREET)
    worker.choose("street_kind", "street").type("house", "34-а").type("flat", "2")
    worker.type("registered_text", "Ысык-Көл облусу")
    worker.choose("identified_by", "education")
    pick(worker, "identified_organisation", "№ 57")
    worker.choose("basis_kind", "education")
    worker.type("basis_number", words.REFERRAL).type("basis_on", "20.11")
    worker.type("basis_signatory", "Директордун орун басары")
    worker.type("reason", words.REASON).choose("risk_level", "high")
    pick(worker, "categories", "Зордук")
    pick(worker, "categories", "чыр")
    worker.press(ky("Open the case"))
    return worker.page.url.removeprefix(worker.site.url)


def _the_children(worker: Walker) -> None:
    boy, sister = "children-0-", "children-1-"
    worker.type(boy + "surname", "Асанбек уулу").type(boy + "given_name", "Үсөн")
    worker.type(boy + "birth", "14.03.2017").choose(boy + "sex", "male")
    worker.type(boy + "school_class", "3-Б").choose(boy + "language", "ky")
    pick(worker, boy + "school", "№ 57")
    worker.page.click(f"button:has-text('{ky('Another child')}')")
    worker.unfold()
    worker.type(sister + "surname", "Асанбек кызы").type(sister + "given_name", "Ңурай")
    worker.type(sister + "birth", "4 жаш").choose(sister + "sex", "female")
    worker.page.uncheck(f"[name='{sister}is_concerned']")


def _the_adults(worker: Walker) -> None:
    mother, stepfather = "adults-0-", "adults-1-"
    worker.choose(mother + "relation", "mother").type(mother + "surname", "Төлөгөнова")
    worker.type(mother + "given_name", "Жаңыл").type(mother + "patronymic", "Өмүрбековна")
    worker.type(mother + "birth", "1991").type(mother + "phone", words.SAFE_PHONE)
    worker.choose(mother + "phone_is_safe", "yes").type(mother + "safe_hours", "18:00дөн кийин")
    worker.page.check(f"[name='{mother}is_carer']")
    worker.page.click(f"button:has-text('{ky('Another adult')}')")
    worker.unfold()
    worker.choose(stepfather + "relation", "stepfather").type(stepfather + "surname", "Ким")
    worker.type(stepfather + "given_name", "Сергей").type(stepfather + "phone", words.UNSAFE_PHONE)
    worker.choose(stepfather + "phone_is_safe", "no")


def submit(walker: Walker, *, refused: bool = False) -> Walker:
    """Press the page's one main button, and look at where it leads; ``refused`` where the page is to come back."""
    form = "main form:has(.btn-primary, .btn-danger):has(:is(input, textarea, select):visible)"
    with walker.page.expect_navigation():
        walker.page.locator(f"{form} .actions :is(.btn-primary, .btn-danger)").first.click()
    summary = walker.page.locator("[data-error-summary]")
    assert refused == bool(summary.count()), summary.all_inner_texts()
    return walker.examine()


def assign(head: Walker, case: str, worker: str) -> None:
    """The head finds on My day what waits for her, and says who answers for the case."""
    head.go("/")
    with head.page.expect_navigation():
        head.page.click(f"main a[href='{case}']")
    head.examine().press(ky("Assign a worker"))
    pick(head, "worker", worker)
    submit(head)


def ask_for_psychologist(worker: Walker, case: str, psychologist: str) -> str:
    """11:00: help is asked of the Centre's psychologist. Returns the address of the episode."""
    worker.go(f"{case}episodes/")
    with worker.page.expect_navigation():
        worker.page.click("main a[href^='/episodes/request/']")
    worker.examine()
    worker.choose("kind", "psychological")
    pick(worker, "person", words.BOY)
    worker.type("request", words.REQUEST)
    pick(worker, "asked", psychologist)
    submit(worker)
    return worker.page.url.removeprefix(worker.site.url)


def accept(head: Walker, episode: str, psychologist: str) -> None:
    """The head of the Centre reads the request and nothing else of the case, accepts and names the specialist."""
    rail(head, "/episodes/")
    with head.page.expect_navigation():
        head.page.click(f"main a[href='{episode}']")
    assert words.REQUEST[:60] in head.examine().text()
    assert words.REASON[:40] not in head.text()
    with head.page.expect_navigation():
        head.page.click("main .next-action a")
    head.examine()
    pick(head, "specialist", psychologist)
    submit(head)


def record_consent(psychologist: Walker, child: str) -> None:
    """The mother says yes; on the 24th she puts it on paper."""
    psychologist.go(child).press(ky("Record a consent"))
    psychologist.choose("way", "oral").choose("capacity", "mother")
    pick(psychologist, "given_by", "Төлөгөнова")
    psychologist.type("given_on", "23.11")
    submit(psychologist)
    psychologist.go(child)
    assert "макулдук" in psychologist.text().casefold()


def consent_on_paper(psychologist: Walker, child: str) -> None:
    psychologist.go(child).press(ky("Confirmed in writing"))
    psychologist.type("on", "24.11")
    submit(psychologist)


def wait_until_kept(walker: Walker) -> None:
    """What was typed has reached the server, and the page says so."""
    until(walker.page.locator('[data-draft-status][data-state="kept"]'))


def consult_the_mother(psychologist: Walker, episode: str) -> None:
    """24 November, 10:00: the clock of the consultation runs for 35 minutes, and the reason is asked."""
    site = psychologist.site
    psychologist.go(episode)
    with psychologist.page.expect_navigation():
        psychologist.page.click("button[name=kind][value=consultation]")
    psychologist.examine()
    site.at("2026-11-24 10:20")
    psychologist.type("work_done", "Апасы менен үйдөгү жагдай жана баланын коопсуздугу жөнүндө.")
    wait_until_kept(psychologist)
    site.at("2026-11-24 10:35:05")
    psychologist.press(ky("End the meeting"))
    pick(psychologist, "with_whom", "Төлөгөнова")
    submit(psychologist, refused=True)
    assert psychologist.page.locator("[name=overrun_reason]").is_visible()
    psychologist.type("overrun_reason", words.OVERRUN)
    submit(psychologist)
    assert ky("Held", "meeting") in psychologist.go(episode).text()


def record_session(psychologist: Walker, episode: str, day: str, began: str, ended: str) -> None:
    psychologist.go(episode).press(ky("Record one that was held"))
    psychologist.choose("kind", "session").type("day", day)
    psychologist.type("began", began).type("ended", ended).unfold()
    psychologist.type("work_done", f"{day}: аңгемелешүү, байкоо, сүрөт тартуу.")
    submit(psychologist)


def keep_private_note(psychologist: Walker, episode: str) -> None:
    """The note on the first session: kept as it is typed."""
    psychologist.go(episode)
    with psychologist.page.expect_navigation():
        psychologist.page.click(".meetings a.row-name >> nth=-1")
    psychologist.examine().press(ky("Private note"))
    psychologist.page.fill("#private-note", words.PRIVATE_NOTE)
    kept = ky("Kept")
    until(psychologist.page.locator("[data-note-status]", has_text=re.compile(f"^{kept}")))


def raise_alert_from_note(psychologist: Walker) -> None:
    psychologist.press(ky("Raise a safety alert"))
    psychologist.type("text", words.ALERT)
    pick(psychologist, "person", words.BOY)
    submit(psychologist)
    assert words.ALERT in psychologist.text()
    assert words.PRIVATE_NOTE not in psychologist.text()


def see_alert(worker: Walker, case: str) -> None:
    """At once: on My day, and on the page that it leads to."""
    notice = ky("A child is in danger: a safety alert was raised")
    assert words.ALERT not in worker.go("/").text()
    with worker.page.expect_navigation():
        worker.page.locator("main a, main button").filter(has_text=notice).first.click()
    assert case in worker.page.url
    assert words.ALERT in worker.examine().text()


def record_notice(head: Walker, case: str) -> None:
    head.go(case).press(ky("Write down a notice given"))
    head.choose("body", "minors_inspectorate").type("recipient", "Кезекчи инспектор")
    head.type("note", "Телефон аркылуу, кат № 02-117")
    submit(head)
    assert ky("Inspectorate for minors") in head.text()


def hide_new_phone(worker: Walker, mother: str) -> None:
    """The mother's new number, told to the caseworker; the stepfather must not learn it."""
    worker.go(mother)
    with worker.page.expect_navigation():
        worker.page.click("main a[href$='/phones/new/']")
    worker.examine().type("number", words.NEW_PHONE).choose("safety", "yes")
    submit(worker)
    row = worker.page.locator("li", has_text=words.NEW_PHONE)
    with worker.page.expect_navigation():
        row.locator("a[href$='/hide/']").click()
    worker.examine()
    pick(worker, "hidden_from", "Ким")
    worker.type("reason", "Апасынын өтүнүчү боюнча.")
    submit(worker)
    assert words.NEW_PHONE in worker.text()


def write_section(walker: Walker, section: str) -> None:
    kyrgyz, russian = words.SECTIONS[section]
    walker.type(f"{section}_ky", kyrgyz).type(f"{section}_ru", russian)


def begin_conclusion(psychologist: Walker, episode: str) -> str:
    """2 December: the conclusion is begun; three sections are typed, and nobody presses Save."""
    psychologist.go(episode).press(ky("Write a conclusion"))
    for section in ("question", "child_assent", "conditions"):
        write_section(psychologist, section)
    pick(psychologist, "consent", "Төлөгөнова")
    wait_until_kept(psychologist)
    return psychologist.page.url.removeprefix(psychologist.site.url)


def typed_so_far(walker: Walker) -> dict[str, str]:
    fields = walker.page.locator("main .written textarea")
    return {f.get_attribute("name"): f.input_value() for f in fields.all() if f.input_value()}


def expected_typing(*sections: str) -> dict[str, str]:
    return {
        f"{section}_{language}": text
        for section in sections
        for language, text in zip(("ky", "ru"), words.SECTIONS[section], strict=True)
    }


def write_the_rest(psychologist: Walker) -> None:
    """Methods: one of them made for younger children, kept with a reason; then the other sections, and preview."""
    for method in ("Байкоо", "Аңгемелешүү", "Кинетикалык", "Тэммл"):
        pick_method(psychologist, method)
    warned = psychologist.page.locator(".method.is-outside", has_text="Тэммл")
    assert warned.locator(".method-warning").is_visible()
    warned.locator("input[type=text][lang=ky]").fill(words.OUTSIDE_AGE_KY)
    warned.locator("input[type=text][lang=ru]").fill(words.OUTSIDE_AGE_RU)
    psychologist.type("education_place_ky", "№ 57 мектеп-гимназиясы, 3-Б класс")
    psychologist.type("education_place_ru", "Школа-гимназия № 57, 3-Б класс")
    for section in ("social_history", "observation", "results", "findings", "recommendations"):
        write_section(psychologist, section)
    psychologist.type("follow_up_on", "02.03.2027")


def pick_method(walker: Walker, name: str) -> None:
    walker.page.locator(".method", has_text=name).first.locator("input[type=checkbox]").check()


def sign(psychologist: Walker) -> str:
    """The text is read once more and signed with the password. Returns the address of the conclusion."""
    psychologist.press(ky("To signing"))
    _sign_as(psychologist)
    return psychologist.page.url.removeprefix(psychologist.site.url)


def _sign_as(walker: Walker) -> None:
    walker.page.fill("main input[type=password]", PASSWORD)
    with walker.page.expect_navigation():
        walker.page.locator("form:has(input[type=password]) .btn-primary").click()
    walker.examine()


def countersign(head: Walker, conclusion: str) -> None:
    """The head finds it among what waits for her, reads it and signs; the paper is issued."""
    with head.page.expect_navigation():
        head.page.locator(f"main a[href^='{conclusion}']").first.click()
    if "countersign" not in head.page.url:
        head.examine().press(ky("Read and countersign"))
    assert words.SECTIONS["findings"][0] in head.examine().text()
    _sign_as(head)


def read_in_case(worker: Walker, case: str, conclusion: str) -> None:
    worker.go(f"{case}papers/")
    with worker.page.expect_navigation():
        worker.page.locator(f"main a[href='{conclusion}']").first.click()
    assert words.SECTIONS["recommendations"][0] in worker.examine().text()


def paper_bytes(walker: Walker, conclusion_or_release: str) -> bytes:
    """The PDF as whoever is signed in gets it."""
    answer = walker.page.request.get(f"{walker.site.url}{conclusion_or_release}paper/")
    assert (answer.status, answer.headers["content-type"]) == (200, "application/pdf")
    return answer.body()


def ask_for_extract(worker: Walker, conclusion: str) -> str:
    """The school asks for an extract. Returns the address of the release."""
    worker.go(conclusion).press(ky("Ask for a release"))
    worker.choose("what", "extract")
    pick(worker, "recipient", "№ 57")
    worker.type("request_number", "01-12/91").type("request_on", "02.12")
    worker.page.locator("main [name=ground]").select_option(index=1)
    worker.type("purpose", "Окуу ишинде колдоо көрсөтүү үчүн сунуштар.")
    submit(worker)
    return worker.page.url.removeprefix(worker.site.url)


def write_extract(psychologist: Walker, release: str) -> None:
    """What is hidden from somebody is refused even where a tired hand types it; without it the extract is signed."""
    psychologist.go(release).press(ky("Write the extract"))
    kyrgyz, russian = words.EXTRACT
    psychologist.type("extract_ky", f"{kyrgyz} Апасы: {words.NEW_PHONE}.")
    psychologist.type("extract_ru", russian).type("password", PASSWORD)
    submit(psychologist, refused=True)
    assert words.NEW_PHONE in psychologist.page.input_value("[name=extract_ky]")
    psychologist.type("extract_ky", kyrgyz).type("password", PASSWORD)
    submit(psychologist)


def grant(head: Walker, release: str) -> None:
    head.go(release).press(ky("Decide"))
    head.page.fill("form:has([value=grant]) [name=password]", PASSWORD)
    head.press(ky("Grant and issue the paper"))
    assert head.page.url.endswith(release)


def hand_out(head: Walker, release: str) -> None:
    """The paper is given to the school, and stands in the register of releases."""
    head.go(release).type("handed_to", "Мектептин социалдык педагогу")
    head.press(ky("Write into the register"))
    rail(head, "/releases/")
    assert "№ 57 мектеп-гимназиясы" in head.text()


def correct_class(psychologist: Walker, conclusion: str) -> str:
    """The class is 3-В: a second version with the same text, which names the first. Returns its address."""
    psychologist.go(conclusion).press(ky("Correct by a new version"))
    psychologist.type("correction_ky", "Классы 3-В деп оңдолду.")
    psychologist.type("correction_ru", "Класс исправлен на 3-В.")
    submit(psychologist)
    psychologist.type("education_place_ky", "№ 57 мектеп-гимназиясы, 3-В класс")
    psychologist.type("education_place_ru", "Школа-гимназия № 57, 3-В класс")
    return sign(psychologist)


def verify(visitor: Walker, code: str) -> str:
    """What anybody is told who types the code of a paper."""
    visitor.go("/verify/").type("code", code)
    submit(visitor)
    told = visitor.page.inner_text("main")
    assert not [name for name in (words.BOY, "Үсөн", "Төлөгөнова") if name in told]
    return told


@functools.cache
def printed(pdf: bytes) -> str:
    """The words of a paper in order, without blanks and without what stands at the foot of each page.

    The dashes of a page's lists come after its words, where a text that goes over to the next page must not find them.
    """
    pages = [
        "".join(page.extract_text().split()) for page in pypdf.PdfReader(io.BytesIO(pdf)).pages
    ]
    return "".join(FOOT.sub("", page).rstrip("–") for page in pages)


def is_printed(text: str, pdf: bytes) -> bool:
    return "".join(text.split()) in printed(pdf)


def sees_what_she_needs(psychologist: Walker, case: str, episode: str) -> None:
    """Identity, reason and basis, safety and the plan; not the tabs and pages that are the case's own."""
    with psychologist.page.expect_navigation():
        psychologist.page.click(f"main a[href='{episode}']")
    told = psychologist.examine().text()
    assert (words.BOY in told, words.REASON in told, words.REFERRAL in told) == (True,) * 3
    assert words.REASON in psychologist.go(case).text()
    psychologist.go(f"{case}history/", status=403)

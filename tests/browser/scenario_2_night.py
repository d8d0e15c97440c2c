"""Scenario 2, the night: from the first call through the alarm and the joined call to the hospital and the case. Time is moved, not waited for."""

from django.core import mail
from django.core.management import call_command

from casework.models import Case
from core import clock
from intake.models import Application, HotlineCall
from offices.models import User

from .conftest import NARROW
from .scenario_1 import ky, pick, submit, wait_until_kept

FIRST = (
    "За стеной второй час кричат и бьют ребёнка, девочку. Мать, кажется, пьяна. "
    "Четвёртый этаж, квартира слева."
)
WHERE = "Проспект Чүй, дом не помню, за рынком"
SECOND = "Слышу крики и удары за дверью, на четвёртом этаже за рынком."
ADDRESS = "Проспект Чүй, 155, 4-й этаж"
FOUND = (
    "Девочка около 7 лет, называет себя Айым, рука повреждена. Мальчик младше двух лет. "
    "Мать Петрова Анна, 29 лет, нетрезва, документов нет."
)
DONE = "Вызвана скорая 103, девочка в больнице вместе с социальным работником."


def the_night(cast, person, site):
    """The case that comes of it on Sunday morning."""
    User.objects.filter(username="head.sverdlov").update(email="head@sverdlov.example")
    site.at("2026-11-28 19:00")
    somebody_goes_on_duty(cast("head.sverdlov"))
    site.at("2026-11-28 23:40")
    call = typed_while_she_listens(cast("operator.sverdlov"))
    site.at("2026-11-28 23:50:40")
    nobody_was_sent(cast, site, call)
    police_and_team(cast("operator.sverdlov"), site, call)
    phone = person("caseworker.sverdlov", size=NARROW, language="ru").keep_time()
    phone.go(f"{call}visit/")
    phone.press("Выехали")
    site.at("2026-11-29 00:05")
    second_neighbour(cast("operator.sverdlov"), call)
    site.at("2026-11-29 00:26")
    amber_on_the_board(cast("operator.sverdlov"))
    site.at("2026-11-29 00:31")
    on_site_and_found(phone.keep_time(), site, call)
    site.at("2026-11-29 00:55")
    ended_in_time(cast("operator.sverdlov"), call)
    silence_in_two_keystrokes(cast("operator.sverdlov"))
    site.at("2026-11-29 09:20")
    application = becomes_a_case(cast("caseworker.sverdlov"), call)
    nothing_leaks(cast, call)
    pages_hold_on_a_phone(person, call, application.get_absolute_url())
    return Case.objects.get(application=application)


def the_call():
    return HotlineCall.objects.get(what=FIRST)


def somebody_goes_on_duty(head):
    head.go("/intake/duty/").press(ky("Put somebody on duty"))
    pick(head, "user", "Султанова")
    head.type("phone", "0555 70 80 90")
    submit(head)
    assert "0555 70 80 90" in head.text()


def typed_while_she_listens(operator):
    """Two fields and what is known of the girl; a power cut before «register» would lose nothing."""
    operator.go("/intake/").press(ky("New call"), exact=False)
    operator.type("what", FIRST).type("where", WHERE)
    operator.choose("people-0-sex", "female")
    wait_until_kept(operator)
    submit(operator)
    call = the_call()
    assert (clock.local(call.received_at).strftime("%H:%M"), clock.local(call.due_at).strftime("%H:%M")) == ("23:40", "00:40")  # fmt: skip
    return call.get_absolute_url()


def nobody_was_sent(cast, site, call):
    """The alarm after ten minutes: on the board, on the head's day, by e-mail once."""
    for who in ("operator.sverdlov", "caseworker.sverdlov", "head.sverdlov"):
        assert ky("Nobody has been sent to a call") in cast(who).go("/").text()
    board = cast("operator.sverdlov").go("/intake/")
    assert board.page.locator("#board .notice-safety").count() == 1
    board.page.locator("#alarm-strip .notice-safety").wait_for()
    board.examine()
    with clock.moved_to(site.moment):
        call_command("watch_calls")
        call_command("watch_calls")
    assert [message.to for message in mail.outbox] == [["head@sverdlov.example"]]
    assert WHERE not in mail.outbox[0].body


def police_and_team(operator, site, call):
    operator.go(call).press(ky("Ask police or ambulance along"))
    picker = operator.page.locator("main .date-field > input[aria-hidden]").first
    assert picker.bounding_box()["width"] <= 1
    operator.choose("who", "police").type("number", "102").type("at", "23:50")
    submit(operator)
    site.at("2026-11-28 23:52")
    operator.press(ky("Send the team"))
    pick(operator, "team", "Султанова")
    submit(operator)
    assert "102" in operator.text()
    board = operator.go("/intake/")
    assert board.page.locator("#board .notice-safety").count() == 0


def second_neighbour(operator, call):
    """00:05, another neighbour about the same door: joined, and the clock stays that of the first."""
    operator.go("/intake/calls/new/").type("what", SECOND).type("where", WHERE)
    operator.page.locator("[name=caller_phone]:visible").fill("0700 11 22 33")
    submit(operator)
    known = ky("Signalled before: %(n)s time in six months").split(":")[0]
    assert known in operator.text(), operator.text()
    operator.press(ky("Join with another call"))
    pick(operator, "other", WHERE)
    submit(operator)
    assert operator.page.url.endswith(call)
    assert SECOND in operator.text()
    assert clock.local(the_call().due_at).strftime("%H:%M") == "00:40"


def amber_on_the_board(operator):
    board = operator.go("/intake/")
    assert board.page.locator(".board-rows > .s-soon .clock[data-state=soon]").count() == 1


def on_site_and_found(phone, site, call):
    """One hand: «on site», then what was found, on a screen of 360 px."""
    phone.go(f"{call}visit/")
    if "/accounts/" in phone.page.url:
        phone.sign_in("caseworker.sverdlov").go(f"{call}visit/")
    button = phone.page.get_by_role("button", name="Мы на месте").bounding_box()
    assert button["height"] >= 64 and button["width"] >= 280
    phone.press("Мы на месте")
    assert the_call().on_site_at is not None
    site.at("2026-11-29 00:50")
    phone.keep_time().press("Что выяснилось")
    phone.type("findings", FOUND).type("action_taken", DONE)
    phone.type("found_address", ADDRESS)
    phone.type("people-0-given_name", "Айым").type("people-0-birth", "7")
    for row, facts in ((1, {"description": "мальчик, имя неизвестно", "birth": "1"}), (2, {"given_name": "Анна", "surname": "Петрова", "birth": "29"})):  # fmt: skip
        if not phone.page.locator(f"[name='people-{row}-birth']:visible").count():
            phone.page.get_by_role("button", name="Ещё человек").click()
        for field, text in facts.items():
            phone.type(f"people-{row}-{field}", text)
    phone.choose("people-2-is_child", "no").choose("people-2-relation", "mother")
    submit(phone)
    carried = the_call().carried()
    assert sorted(c.given_name or c.description for c in carried.children) == ["Айым", "мальчик, имя неизвестно"]  # fmt: skip
    assert [(a.surname, a.relation) for a in carried.adults] == [("Петрова", "mother")]
    assert FIRST not in str(carried)


def ended_in_time(operator, call):
    operator.go(call).press(ky("End the call"))
    operator.choose("outcome", "visit")
    submit(operator)
    done = the_call()
    assert (clock.local(done.on_site_at).strftime("%H:%M"), done.is_past_due(done.ended_at)) == ("00:31", False)  # fmt: skip
    assert done.number not in operator.go("/intake/").page.inner_text("#board")


def silence_in_two_keystrokes(operator):
    """On a Russian keyboard too: the keys are told by their place."""
    operator.go("/intake/")
    with operator.page.expect_navigation():
        operator.page.keyboard.press("KeyG")
        operator.page.keyboard.press("KeyB")
    silent = HotlineCall.objects.get(nature="blank")
    assert silent.number in operator.text()


def becomes_a_case(worker, call):
    """Sunday morning: what the team found is there already; no paper until Monday, but the head has given his word."""
    worker.go(call).press(ky("Register an application"))
    assert worker.page.input_value("[name='children-0-given_name'], [name='children-1-given_name']")
    assert worker.page.input_value("[name=address_text]") == ADDRESS
    assert worker.page.input_value("[name=reason]").startswith(FOUND)
    assert [words for words in (FIRST, WHERE, SECOND, "0700 11 22 33") if words in worker.page.content()] == []  # fmt: skip
    worker.choose("basis_kind", "awaited").type("awaited_until", "30.11.2026")
    pick(worker, "allowed_by", "Исаев")
    submit(worker)
    application = Application.objects.get(call=the_call())
    assert (str(application.basis_awaited_until), application.identified_by) == ("2026-11-30", "hotline")  # fmt: skip
    worker.press(ky("Decide eligibility"))
    worker.choose("is_eligible", "yes").choose("risk_level", "high")
    pick(worker, "categories", "Зордук")
    worker.type("facts_ky", "Апасы мас, кыздын колу жабыркаган, ооруканада")
    submit(worker)
    worker.press(ky("Open the case"))
    case = Case.objects.get(application=application)
    assert worker.page.url.endswith(case.get_absolute_url())
    names = {place.person.given_name for place in case.child_places.select_related("person")}
    assert ("Айым" in names, len(names), case.is_basis_awaited) == (True, 2, True)
    assert FIRST not in worker.page.content()
    return application


def nothing_leaks(cast, call):
    """Another district's operator learns nothing of the night."""
    other = cast("operator.lenin")
    assert other.page.goto(other.site.url + call).status == 404
    assert WHERE not in other.go("/intake/").text()


def pages_hold_on_a_phone(person, call, application):
    paths = ["/intake/", "/intake/calls/", "/intake/calls/new/", "/intake/duty/", call]
    for username, language, more in (
        ("operator.sverdlov", "ky", []),
        (
            "head.sverdlov",
            "ru",
            [
                "/intake/calls/look-through/",
                "/intake/duty/new/",
                application,
                f"{application}conflicts/",
            ],
        ),
    ):
        walker = person(username, size=NARROW, language=language).keep_time()
        for path in [*paths, *more]:
            walker.go(path)

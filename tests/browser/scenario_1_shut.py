"""What may not happen in scenario 1: who finds or opens nothing, who sees no more than that there is something."""

import io
import re
import zipfile

from django.db import connection
from django.urls import get_resolver, reverse

from casework.models import Case, Conclusion, Episode, Family, Meeting, Person, Release
from offices.models import User
from tests.builders import make_case, make_child

from . import scenario_1_words as words
from .scenario_1 import ky
from .walker import Walker

ID = r"[0-9a-f]{8}-[0-9a-f-]{27}"
REFUSALS = (403, 404, 405)
NOTHING_LIKE_IT = "00000000-0000-4000-8000-000000000000"
# Whatever would tell whose case it is, or what is in it.
TELLING = ("Асанбек", "Ңурай", "Төлөгөнова", "Мөңгүлүү", "555123456", "0555 12 34 56")
TELLING += (words.REASON[:40], words.ALERT[:30], words.REFERRAL, words.SECTIONS["findings"][0][:40])


def own_case_of(username: str) -> Case:
    """A stranger's own rows, so that finding nothing is not for want of anything to find."""
    worker = User.objects.get(username=username)
    office = worker.memberships.get().office
    child = make_child(surname="Үсөнов", given_name="Асан")
    return make_case(office=office, responsible=worker, child=child)


def addresses() -> list[str]:
    """Every address under which something of the case can be read."""
    records = {
        "cases": [Case], "episodes": [Episode, Meeting], "conclusions": [Conclusion],
        "releases": [Release], "families": [Family], "people": [Person], "children": [Person],
    }  # fmt: skip
    ours = Case.objects.get(episodes__isnull=False)
    ids = {
        Case: [ours.pk], Family: [ours.family_id], Person: ours.family.members.values_list("person", flat=True),
        Episode: ours.episodes.values_list("pk", flat=True),
        Meeting: Meeting.objects.filter(episode__case=ours).values_list("pk", flat=True),
        Conclusion: Conclusion.objects.filter(episode__case=ours).values_list("pk", flat=True),
        Release: ours.releases.values_list("pk", flat=True),
    }  # fmt: skip
    found = []
    for space, models in records.items():
        for name, pattern in _one_record_patterns(space):
            wanted = [m for m in models if (m is Meeting) == ("meetings/" in pattern)] or models
            for model in wanted:
                found += [reverse(f"{space}:{name}", args=[pk]) for pk in ids[model]]
    tabs = ("family", "episodes", "papers", "releases", "history")
    return found + [f"/cases/{ours.pk}/{tab}/" for tab in tabs]


def _one_record_patterns(space: str) -> list[tuple[str, str]]:
    """Names of the addresses of ``space`` that take nothing but the id of one record."""
    names = get_resolver().namespace_dict[space][1].reverse_dict
    found = []
    for name in names:
        if isinstance(name, str):
            for route, arguments in names.getlist(name)[0][0]:
                if arguments == ["pk"]:
                    found.append((name, route))
    return found


def answers(walker: Walker, paths: list[str]) -> dict[str, tuple[int, str]]:
    """What each address says to this person: the status and the text."""
    told = {}
    for path in paths:
        answer = walker.page.request.get(walker.site.url + path, max_redirects=0)
        is_text = "text" in answer.headers.get("content-type", "")
        told[path] = (answer.status, answer.text() if is_text else "")
    return told


def tells(text: str) -> list[str]:
    return [word for word in TELLING if word in text]


def search(walker: Walker, text: str) -> str:
    """What the box finds, without what was typed into it."""
    walker.go("/search/").page.fill("main input[name=text]", text)
    with walker.page.expect_navigation():
        walker.page.press("main input[name=text]", "Enter")
    return walker.examine().page.inner_text("main")


def one_of_each(paths: list[str]) -> list[str]:
    """One address of each shape."""
    return list({re.sub(ID, "", path): path for path in paths}.values())


def is_shut_out(walker: Walker, paths: list[str]) -> list[str]:
    """No address says anything, nor that there is something: each answers as one that never was.

    Returns one address of each shape of those that can be read at all; the access matrix sends to the others.
    """
    paths = one_of_each(paths)
    never = answers(walker, [re.sub(ID, NOTHING_LIKE_IT, path) for path in paths])
    told = answers(walker, paths)
    for path, (status, text) in told.items():
        unborn = never[re.sub(ID, NOTHING_LIKE_IT, path)]
        assert (path, status, tells(text)) == (path, unborn[0], [])
        assert status in REFUSALS, path
    return [path for path, (status, _) in told.items() if status != 405]


def reads_nothing(walker: Walker, paths: list[str]) -> None:
    for path, (status, text) in answers(walker, paths).items():
        assert (path, status in REFUSALS, tells(text)) == (path, True, [])


def sees_that_a_case_exists(operator: Walker, case: str, paths: list[str]) -> None:
    """The index card: number, name, worker, that there is an alert; not what it says, and no page beyond it."""
    operator.go("/cases/")
    assert words.BOY in operator.text()
    card = operator.go(case).text()
    assert ky("There is a safety alert in this case. Speak to the responsible worker.") in card
    assert (words.BOY in card, words.REASON in card, words.ALERT in card) == (True, False, False)
    reads_nothing(operator, [path for path in paths if path not in (case, f"{case}conflicts/")])


def sees_who_opened_what(auditor: Walker, number: str, readers: set[str], paths: list[str]) -> None:
    """Readers and numbers of cases; nobody's name, no content; and none of the pages themselves."""
    auditor.go("/reports/reading/")
    shown = auditor.page.inner_text("main table")
    assert number in shown and tells(shown) == []
    assert {reader for reader in readers if reader not in shown} == set()
    reads_nothing(auditor, paths)


def finds_nothing(walker: Walker, own: str, numbers: list[str]) -> None:
    """By name, PIN, phone and number; the same words do find the stranger's own."""
    assert own in search(walker, "Асан Үсөнов")
    for text in ("Асанбек уулу Үсөн", "0555123456", "65 43 21", *numbers, "Төлөгөнова Жаңыл"):
        found = search(walker, text)
        assert (text, tells(found)) == (text, [])
        assert [n for n in numbers if n in found] == []


def exported(walker: Walker, path: str) -> str:
    """All words of the spreadsheet that a head takes out."""
    walker.go(path)
    token = walker.page.input_value("main form [name=csrfmiddlewaretoken]")
    form = {"csrfmiddlewaretoken": token, "reason": "Айлык отчёт"}
    answer = walker.page.request.post(
        walker.site.url + path, form=form, headers={"Referer": walker.page.url}
    )
    assert "spreadsheet" in answer.headers["content-type"], answer.text()[:500]
    book = zipfile.ZipFile(io.BytesIO(answer.body()))
    return "".join(book.read(name).decode() for name in book.namelist() if name.endswith(".xml"))


def where_it_is_written(text: str) -> list[str]:
    """The tables that hold ``text`` anywhere in a row."""
    with connection.cursor() as cursor:
        tables = connection.introspection.table_names(cursor)
        found = []
        for table in tables:
            quoted = connection.ops.quote_name(table)
            cursor.execute(
                f"SELECT 1 FROM {quoted} r WHERE strpos(r::text, %s) > 0 LIMIT 1",
                [text],
            )
            if cursor.fetchone():
                found.append(table)
    return found

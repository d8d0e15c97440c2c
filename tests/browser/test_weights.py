"""What pages weigh over the wire, as Chromium counts it: heads of answers included, fonts, styles and scripts too."""

import os
from pathlib import Path

import pytest

from casework.models import Conclusion
from offices.models import Office, User
from reports.demo.staff import PASSWORD
from tests import builders as make

FIRST_VISIT, LATER_PAGE = 150 * 1024, 40 * 1024
ROWS = 50


class Scale:
    """Counts what arrives at one page from the network; what the browser has kept weighs nothing."""

    def __init__(self, page):
        self.page, self.bytes = page, 0
        session = page.context.new_cdp_session(page)
        session.on("Network.loadingFinished", self._add)
        session.send("Network.enable")

    def _add(self, event):
        self.bytes += int(event["encodedDataLength"])

    def weigh(self, act, *what):
        """Bytes that ``act`` brings, with what the page asks for by itself afterwards."""
        self.bytes = 0
        act(*what)
        self.page.wait_for_load_state("networkidle")
        return self.bytes


@pytest.fixture
def rows(city):
    """A worker with fifty cases; one of them with fifty relatives, an episode and a conclusion in writing."""
    worker = User.objects.get(username="caseworker.lenin")
    office = Office.objects.get(code="lenin")
    for n in range(ROWS - 1):
        child = make.make_child("Токтогулова", f"Айпери{n}")
        make.make_case(
            office, worker, child=child, mother=make.make_person("Токтогулова", "Гүлнара")
        )
    case = make.make_case(office, worker, mother=make.make_person("Төлөгөнова", "Жаңыл"))
    author = User.objects.get(username="psychologist.centre")
    episode = make.make_episode(case, author, office=Office.objects.get(kind="centre"))
    make.make_meeting(episode)
    conclusion = Conclusion.objects.create(episode=episode, author=author)
    child = case.child_places.get().person
    return {
        "caseworker.lenin": ["/", "/cases/?view=open&per_page=50", f"/cases/{case.pk}/",
                             f"/cases/{case.pk}/family/", f"/children/{child.pk}/", "/search/"],
        "psychologist.centre": ["/", f"/episodes/{episode.pk}/", f"/conclusions/{conclusion.pk}/write/"],
    }  # fmt: skip


def test_first_visit_and_later_pages_are_light(rows, person, site):
    first, later = {}, {}
    for username, paths in rows.items():
        page = person().page
        scale = Scale(page)
        first[username] = scale.weigh(page.goto, site.url + "/accounts/login/")
        page.fill("input[name=login]", username)
        page.fill("input[name=password]", PASSWORD)
        first[username] += scale.weigh(page.click, "main form button")
        later |= {path: scale.weigh(page.goto, site.url + path) for path in paths}
    told(first, later)
    assert {who: size for who, size in first.items() if size > FIRST_VISIT} == {}
    assert {path: size for path, size in later.items() if size > LATER_PAGE} == {}


def told(first, later):
    """Print the figures into the file that JARDAM_WEIGHTS names, where one wants them."""
    if place := os.environ.get("JARDAM_WEIGHTS"):
        lines = [f"{what} {size / 1024:.1f} kB" for what, size in [*first.items(), *later.items()]]
        Path(place).write_text("\n".join(lines) + "\n")

"""The pages of the lawyer's file that scenario 2 does not come by."""

import datetime as dt

import pytest

from casework.enums import EpisodeKind
from offices.models import Office, User
from tests import builders as make

from .conftest import NARROW

SUBJECT = "Ограничение родительских прав"


@pytest.fixture
def family(city):
    """Айым and her brother of the Sverdlov district, with the Centre's lawyer and their own worker's social help."""
    sverdlov, centre = Office.objects.get(code="sverdlov"), Office.objects.get(kind="centre")
    worker = User.objects.get(username="caseworker.sverdlov")
    girl = make.make_child("Ибраимова", "Айым", sex="female", birth_on=dt.date(2019, 6, 2))
    boy = make.make_child("Ибраимов", "Данияр", birth_on=dt.date(2025, 2, 1))
    mother = make.make_person("Петрова", "Анна", sex="female")
    case = make.make_case(
        sverdlov, worker, child=girl, family=make.make_family(girl, boy, mother=mother)
    )
    case.child_places.create(person=boy)
    lawyer = User.objects.get(username="lawyer.centre")
    legal = make.make_episode(case, lawyer, kind=EpisodeKind.LEGAL, office=centre)
    social = [
        make.make_episode(case, worker, kind=EpisodeKind.SOCIAL, office=sverdlov, person=child)
        for child in (girl, boy)
    ]
    return {"case": case, "legal": legal, "girl": social[0], "boy": social[1]}


def test_other_pages_of_the_legal_file_meet_the_measure(family, person):
    legal, case = family["legal"], family["case"]
    lawyer = person("lawyer.centre", size=NARROW, language="ru")
    for path in (
        f"/legal/{legal.pk}/documents/add/",
        f"/legal/{legal.pk}/lawyers/add/",
        f"/tasks/add/{case.pk}/",
        "/tasks/?when=done",
        f"/statements/of/{legal.pk}/sign/",
    ):
        lawyer.go(path)

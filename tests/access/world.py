"""One case with everything that can hang on it, and the people around it: those who may read it and those who may not."""

import datetime as dt

from django.contrib.auth.models import AnonymousUser

from casework.enums import EpisodeKind, ReleaseForm
from casework.models import Conclusion, LegalGround, Release
from core import clock
from offices.enums import OfficeKind, Role
from offices.models import User
from tests import builders as make
from tests.casework.plan_builders import make_assessment, make_plan

SURNAME = "Купуябек уулу"  # nobody else is called so: where it is read, the case leaks


class World:
    """One case of the Lenin office, helped by the Centre's psychologist."""

    def __init__(self):
        self.lenin, self.centre = make.make_office("lenin"), make.make_centre()
        self.responsible = make.make_caseworker(self.lenin)
        self.child = make.make_child(SURNAME, "Жашырын")
        self.case = make.make_case(self.lenin, self.responsible, child=self.child)
        self.psychologist = make.make_psychologist(self.centre)
        self.episode = make.make_episode(self.case, self.psychologist)
        self.meeting = make.make_meeting(self.episode)
        self.note = make.make_private_note(self.episode, author=self.psychologist)
        self.draft = Conclusion.objects.create(episode=self.episode, author=self.psychologist)
        self.signed = self._signed_conclusion()
        self.release = self._release()

    def read_anew(self):
        """Forget what a test did to the records in memory: the database has taken it back."""
        for name, record in list(vars(self).items()):
            setattr(self, name, type(record)._default_manager.get(pk=record.pk))

    def _signed_conclusion(self):
        return Conclusion.objects.create(
            episode=self.episode,
            author=self.psychologist,
            status="signed",
            number="05-0001/26",
            signed_at=clock.now(),
            revision=2,
        )

    def _release(self):
        ground, _ = LegalGround.objects.get_or_create(
            code="court", defaults={"name_ky": "сот", "name_ru": "суд"}
        )
        return Release.objects.create(
            case=self.case,
            conclusion=self.signed,
            form=ReleaseForm.EXTRACT,
            ground=ground,
            purpose="мектепке",
            requested_by=self.responsible,
            requested_at=clock.now(),
        )

    def colleague(self, role, office=None):
        return make.make_user(role, office or self.lenin)

    def specialist(self, role=Role.PSYCHOLOGIST, kind=EpisodeKind.PSYCHOLOGICAL, **fields):
        """Somebody else with an episode of their own in the case."""
        user = make.make_user(role, self.centre)
        make.make_episode(self.case, user, kind=kind, **fields)
        return user

    def shut_out(self, user):
        self.case.conflicts.create(user=user, reason="тууганы", declared_by=user)
        return user


def owner_of_the_like(user):
    """A stranger's own case, so that an entrance which forgets to ask has something to show them."""
    office = user.memberships.first().office
    case = make.make_case(office, make.make_caseworker(office))
    episode = make.make_episode(case, make.make_psychologist(office))
    Conclusion.objects.create(episode=episode, author=episode.specialist)
    make.make_private_note(episode)
    make_assessment(case, scores={"safety": 3}, status="finished")
    make_plan(case, status="approved")
    return user


def ended(user):
    yesterday = clock.today() - dt.timedelta(days=1)
    for membership in user.memberships.all():
        membership.ends_on = yesterday
        membership.save()
    return user


def stand_in_for(world, holder):
    user = world.colleague(Role.CASEWORKER)
    make.make_stand_in(holder.memberships.get(), user)
    return user


def city():
    return make.make_office("city", OfficeKind.CITY)


def _stranger(role):
    there = make.make_office("oktyabr")
    return owner_of_the_like(make.make_user(role, there, username=f"other.{role}"))


def _root():
    return User.objects.create_superuser("root", make.PASSWORD, surname="Админ", given_name="А")


def cast_of(world):
    """Everybody of the matrix, by what they are to the world's case. They live in it side by side."""
    head = world.colleague(Role.HEAD)
    return {
        "anonymous": AnonymousUser(),
        "responsible": world.responsible,
        "stand-in": stand_in_for(world, world.responsible),
        "colleague": world.colleague(Role.CASEWORKER),
        "operator": world.colleague(Role.OPERATOR),
        "registrar": world.colleague(Role.REGISTRAR),
        "head": head,
        "deputy": stand_in_for(world, head),
        "psychologist": world.psychologist,
        "lawyer": world.specialist(Role.LAWYER, EpisodeKind.LEGAL),
        "social worker with an episode": world.specialist(Role.CASEWORKER, EpisodeKind.SOCIAL),
        "Centre's head": make.make_head(world.centre),
        "Centre's psychologist without an episode": make.make_psychologist(world.centre),
        "head shut out": world.shut_out(world.colleague(Role.HEAD)),
        "colleague shut out": world.shut_out(world.colleague(Role.CASEWORKER)),
        "psychologist shut out": world.shut_out(world.specialist()),
        "former head": ended(world.colleague(Role.HEAD)),
        "former psychologist": ended(world.specialist()),
        "other caseworker": _stranger(Role.CASEWORKER),
        "other head": _stranger(Role.HEAD),
        "other operator": _stranger(Role.OPERATOR),
        "city head": make.make_user(Role.CITY_HEAD, city()),
        "administrator": make.make_user(Role.ADMINISTRATOR, city()),
        "auditor": make.make_user(Role.AUDITOR, city()),
        "superuser": _root(),
    }


# Groups that rows are written with.
WORK_IT = {"responsible", "stand-in", "head", "deputy"}
HELP_IT = {"psychologist", "lawyer", "social worker with an episode"}
READ_IT = WORK_IT | HELP_IT
KNOW_OF_IT = READ_IT | {"colleague", "operator"}
HEADS_OF_IT = {"head", "deputy"}

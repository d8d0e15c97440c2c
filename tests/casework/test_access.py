"""Who reads what: every relation to a case against every entrance, as design §1 lays it down.

Each stranger owns comparable records, so that a leak would show. ``docs/permissions.md`` tells the same table in words.
"""

import datetime as dt

import pytest
from django.contrib.auth.models import AnonymousUser
from django.db import transaction

from casework.enums import EpisodeKind, EpisodeStatus
from casework.models import (
    Case,
    Conclusion,
    Consent,
    Episode,
    Family,
    Meeting,
    Person,
    PrivateNote,
    Release,
)
from casework.services.transfers import accept_transfer
from core import clock
from offices.enums import Role
from offices.models import Membership, User
from tests import builders as make
from tests.access.world import World, ended, owner_of_the_like
from tests.casework import keeping_builders as keep

pytestmark = pytest.mark.django_db
YESTERDAY = dt.timedelta(days=1)


def disabled(user):
    user.is_active = False
    user.save()
    return user


def stand_in(world, membership, *, days=0, colleague=None):
    user = colleague or world.colleague(Role.CASEWORKER)
    until = clock.today() + dt.timedelta(days=days)
    make.make_stand_in(membership, user, starts_on=until - dt.timedelta(days=3), ends_on=until)
    return user


def stand_in_who_left(world):
    user = stand_in(world, world.responsible.memberships.get())
    return ended(user)


def stand_in_elsewhere(world):
    """Stands in for the responsible worker's other job, in another office."""
    oktyabr = make.make_office("oktyabr")
    other_job = make.make_membership(world.responsible, Role.CASEWORKER, oktyabr)
    user = make.make_caseworker(oktyabr)
    make.make_stand_in(other_job, user)
    return owner_of_the_like(user)


def deputy_head(world):
    head = world.colleague(Role.HEAD)
    user = world.colleague(Role.CASEWORKER)
    make.make_stand_in(head.memberships.get(), user)
    return user


def moved(world):
    """The responsible worker now works in another office and left this one."""
    ended(world.responsible)
    make.make_membership(world.responsible, Role.CASEWORKER, make.make_office("oktyabr"))
    return world.responsible


def specialist_who_changed_office(world):
    ended(world.psychologist)
    make.make_membership(world.psychologist, Role.PSYCHOLOGIST, make.make_office("oktyabr"))
    return world.psychologist


def psychologist_who_became_caseworker(world):
    ended(world.psychologist)
    make.make_membership(world.psychologist, Role.CASEWORKER, world.centre)
    return world.psychologist


def both_roles(world):
    """Caseworker in the case's office and psychologist in the Centre, without an episode in the case."""
    user = world.colleague(Role.CASEWORKER)
    make.make_membership(user, Role.PSYCHOLOGIST, world.centre)
    return user


def of_the_centre(world, role):
    return make.make_user(role, world.centre)


def administrator_with(world, role):
    user = world.colleague(role)
    make.make_membership(user, Role.ADMINISTRATOR, make.make_office("city", "city"))
    return user


def superuser(world):
    return User.objects.create_superuser("root", make.PASSWORD, surname="Админ", given_name="А")


def superuser_with_role(world):
    user = superuser(world)
    make.make_membership(user, Role.HEAD, world.lenin)
    return user


def stranger(world, role):
    return owner_of_the_like(make.make_user(role, make.make_office("oktyabr")))


def through_sealed_door(world, *, minutes_ago=0, **fields):
    """Another office's head who opened the case in an emergency so many minutes ago."""
    user = stranger(world, Role.HEAD)
    at = clock.now() - dt.timedelta(minutes=minutes_ago)
    keep.make_opening(world.case, user, opened_at=at, **fields)
    return user


def left_after_sealed_door(world):
    return ended(through_sealed_door(world))


def transferred(world):
    """The case has gone to another office; its former head, and the head and the worker there."""
    before, office = world.colleague(Role.HEAD), make.make_office("oktyabr")
    there, worker = make.make_head(office), make.make_caseworker(office)
    accept_transfer(keep.make_transfer(world.case, office, before), worker, actor=there)
    world.case.refresh_from_db()
    return {"before": before, "there": there, "worker": worker, "responsible": world.responsible}


def merged_with_theirs(world, role):
    """Works in another office on a case of the same child, whose two records the heads have brought together."""
    user = stranger(world, role)
    office = user.memberships.get().office
    child = make.make_child("Башка", "Жазылышы")
    make.make_case(office, user if role == Role.CASEWORKER else None, child=child)
    keep.make_merge(world.child, child, world.colleague(Role.HEAD), office=world.lenin)
    return user


WHO = {
    "responsible": lambda w: w.responsible,
    "responsible, membership ended": lambda w: ended(w.responsible),
    "responsible, moved to another office": moved,
    "responsible, account closed": lambda w: disabled(w.responsible),
    "responsible, shut out": lambda w: w.shut_out(w.responsible),
    "stand-in": lambda w: stand_in(w, w.responsible.memberships.get()),
    "stand-in, until yesterday": lambda w: stand_in(w, w.responsible.memberships.get(), days=-1),
    "stand-in, shut out": lambda w: w.shut_out(stand_in(w, w.responsible.memberships.get())),
    "stand-in, membership ended": stand_in_who_left,
    "stand-in for another office": stand_in_elsewhere,
    "colleague": lambda w: w.colleague(Role.CASEWORKER),
    "colleague and psychologist elsewhere": both_roles,
    "operator": lambda w: w.colleague(Role.OPERATOR),
    "operator, shut out": lambda w: w.shut_out(w.colleague(Role.OPERATOR)),
    "registrar": lambda w: w.colleague(Role.REGISTRAR),
    "psychologist of the office, no episode": lambda w: w.colleague(Role.PSYCHOLOGIST),
    "lawyer of the office, no episode": lambda w: w.colleague(Role.LAWYER),
    "head": lambda w: w.colleague(Role.HEAD),
    "head, shut out": lambda w: w.shut_out(w.colleague(Role.HEAD)),
    "head, membership ended": lambda w: ended(w.colleague(Role.HEAD)),
    "deputy head": deputy_head,
    "author": lambda w: w.psychologist,
    "author, membership ended": lambda w: ended(w.psychologist),
    "author, account closed": lambda w: disabled(w.psychologist),
    "author, shut out": lambda w: w.shut_out(w.psychologist),
    "author, gone to another office": specialist_who_changed_office,
    "author, now a caseworker there": psychologist_who_became_caseworker,
    "second psychologist": lambda w: w.specialist(),
    "second psychologist, completed": lambda w: w.specialist(status=EpisodeStatus.COMPLETED),
    "second psychologist, asked": lambda w: w.specialist(status=EpisodeStatus.REQUESTED),
    "second psychologist, returned": lambda w: w.specialist(status=EpisodeStatus.RETURNED),
    "second psychologist, ended without result": lambda w: w.specialist(status=EpisodeStatus.ENDED),
    "lawyer with an episode": lambda w: w.specialist(Role.LAWYER, EpisodeKind.LEGAL),
    "caseworker with a social episode": lambda w: w.specialist(Role.CASEWORKER, EpisodeKind.SOCIAL),
    "head of the Centre": lambda w: of_the_centre(w, Role.HEAD),
    "head of the Centre, shut out": lambda w: w.shut_out(of_the_centre(w, Role.HEAD)),
    "psychologist of the Centre, no episode": lambda w: of_the_centre(w, Role.PSYCHOLOGIST),
    "other office's caseworker": lambda w: stranger(w, Role.CASEWORKER),
    "other office's head": lambda w: stranger(w, Role.HEAD),
    "other office's operator": lambda w: stranger(w, Role.OPERATOR),
    "city head": lambda w: w.colleague(Role.CITY_HEAD, make.make_office("city", "city")),
    "administrator": lambda w: w.colleague(Role.ADMINISTRATOR),
    "administrator who is also head": lambda w: administrator_with(w, Role.HEAD),
    "auditor": lambda w: w.colleague(Role.AUDITOR),
    "superuser": superuser,
    "superuser with a head's membership": superuser_with_role,
    "other head, sealed door": through_sealed_door,
    "other head, sealed door shut by the clock": lambda w: through_sealed_door(w, minutes_ago=31),
    "other head, sealed door shut early": lambda w: through_sealed_door(w, ended_at=clock.now()),
    "other head, sealed door, shut out": lambda w: w.shut_out(through_sealed_door(w)),
    "other head, sealed door, membership ended": left_after_sealed_door,
    "transferred: the earlier head": lambda w: transferred(w)["before"],
    "transferred: the earlier worker": lambda w: transferred(w)["responsible"],
    "transferred: the head there": lambda w: transferred(w)["there"],
    "transferred: the worker there": lambda w: transferred(w)["worker"],
    "merged: the other record's worker": lambda w: merged_with_theirs(w, Role.CASEWORKER),
    "merged: the other record's head": lambda w: merged_with_theirs(w, Role.HEAD),
    "nobody's member": lambda w: make.make_user(),
    "anonymous": lambda w: AnonymousUser(),
}

# What each reads. Letters: k the card (that there is a case) · n whose it is, when restricted · c its content, the
# persons and the family · f all of it, other episodes, consents · e the episode · m its meetings · d the draft of the
# conclusion · s the signed one · r the release · p the private note.
READS = {
    "responsible": "k n c f e m s r",
    "responsible, membership ended": "",
    "responsible, moved to another office": "",
    "responsible, account closed": "",
    "responsible, shut out": "",
    "stand-in": "k n c f e m s r",
    "stand-in, until yesterday": "k",
    "stand-in, shut out": "",
    "stand-in, membership ended": "",
    "stand-in for another office": "",
    "colleague": "k",
    "colleague and psychologist elsewhere": "k",
    "operator": "k",
    "operator, shut out": "",
    "registrar": "",
    "psychologist of the office, no episode": "",
    "lawyer of the office, no episode": "",
    "head": "k n c f e m s r",
    "head, shut out": "",
    "head, membership ended": "",
    "deputy head": "k n c f e m s r",
    "author": "k n c e m d s r p",
    "author, membership ended": "",
    "author, account closed": "",
    "author, shut out": "",
    "author, gone to another office": "",
    # Still of the Centre: the card of no case there, and only what they wrote for themselves.
    "author, now a caseworker there": "p",
    "second psychologist": "k n c s",
    "second psychologist, completed": "k n c s",
    "second psychologist, asked": "",
    "second psychologist, returned": "",
    "second psychologist, ended without result": "",
    "lawyer with an episode": "k n c s",
    "caseworker with a social episode": "k n c",
    "head of the Centre": "e s r",
    "head of the Centre, shut out": "",
    "psychologist of the Centre, no episode": "",
    "other office's caseworker": "",
    "other office's head": "",
    "other office's operator": "",
    "city head": "",
    "administrator": "",
    "administrator who is also head": "",
    "auditor": "",
    "superuser": "",
    "superuser with a head's membership": "",
    "other head, sealed door": "k n c",
    "other head, sealed door shut by the clock": "",
    "other head, sealed door shut early": "",
    "other head, sealed door, shut out": "",
    "other head, sealed door, membership ended": "",
    "transferred: the earlier head": "",
    "transferred: the earlier worker": "",
    "transferred: the head there": "k n c f e m s r",
    "transferred: the worker there": "k n c f e m s r",
    "merged: the other record's worker": "",
    "merged: the other record's head": "",
    "nobody's member": "",
    "anonymous": "",
}


def reads(world, user):
    """The letters of what ``user`` reads of the world, each asked at its own entrance."""
    case, episode = world.case, world.episode
    Consent.objects.get_or_create(
        person=world.child, case=case, recorded_by=world.responsible, ground_without="сот"
    )
    case.is_restricted = True
    case.save()
    entrances = {
        "k": Case.objects.visible_to(user).filter(pk=case.pk),
        "n": Case.objects.named_for(user).filter(pk=case.pk),
        "c": Case.objects.content_visible_to(user).filter(pk=case.pk),
        "f": Case.objects.full_visible_to(user).filter(pk=case.pk),
        "e": Episode.objects.visible_to(user).filter(pk=episode.pk),
        "m": Meeting.objects.visible_to(user).filter(pk=world.meeting.pk),
        "d": Conclusion.objects.visible_to(user).filter(pk=world.draft.pk),
        "s": Conclusion.objects.visible_to(user).filter(pk=world.signed.pk),
        "r": Release.objects.visible_to(user).filter(pk=world.release.pk),
        "p": PrivateNote.objects.visible_to(user).filter(pk=world.note.pk),
    }
    for rows in entrances.values():
        assert rows.count() in (0, 1)  # a join would show a record twice
    return {letter for letter, rows in entrances.items() if rows.exists()}


@pytest.mark.parametrize("who", WHO)
def test_reading_by_relation(who):
    world = World()
    user = WHO[who](world)
    assert reads(world, user) == set(READS[who].split())


@pytest.mark.parametrize("who", WHO)
def test_people_and_family_are_read_with_the_content(who):
    world = World()
    user = WHO[who](world)
    may = "c" in READS[who].split()
    assert Person.objects.visible_to(user).filter(pk=world.child.pk).count() == int(may)
    assert Family.objects.visible_to(user).filter(pk=world.case.family_id).count() == int(may)


@pytest.mark.parametrize("who", WHO)
def test_all_of_people_and_family_is_read_with_all_of_the_case(who):
    world = World()
    user = WHO[who](world)
    may = "f" in READS[who].split()
    assert Person.objects.full_visible_to(user).filter(pk=world.child.pk).count() == int(may)
    assert Family.objects.full_visible_to(user).filter(pk=world.case.family_id).count() == int(may)


@pytest.mark.parametrize("who", WHO)
def test_card_of_an_open_case_shows_whose_it_is(who):
    world = World()
    user = WHO[who](world)
    may = "k" in READS[who].split()
    assert Case.objects.named_for(user).filter(pk=world.case.pk).count() == int(may)


def test_every_role_is_in_the_table():
    """A role that the table forgets would be a role that nobody thought of."""
    met = set()
    for build in WHO.values():
        with transaction.atomic():
            met |= set(_roles_of(build(World())))
            transaction.set_rollback(True)
    assert met == set(Role.values)


def _roles_of(user):
    if not user.is_authenticated:
        return []
    return Membership.objects.filter(user=user).values_list("role", flat=True)


def test_a_conflict_that_ended_shuts_nobody_out():
    world = World()
    head = world.shut_out(world.colleague(Role.HEAD))
    conflict = world.case.conflicts.get()
    conflict.ended_at = clock.now()
    conflict.save()
    assert "f" in reads(world, head)


def test_a_persons_other_case_opens_only_itself():
    """The same child is known to two offices: each reads its own file."""
    world = World()
    oktyabr = make.make_office("oktyabr")
    elsewhere = make.make_case(oktyabr, child=world.child)
    head = make.make_head(oktyabr)
    assert set(Case.objects.full_visible_to(head)) == {elsewhere}
    assert not Conclusion.objects.visible_to(head).exists()
    assert not Episode.objects.visible_to(head).exists()

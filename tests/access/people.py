"""People, children and families: who they are, contacts, consents, places."""

from tests import builders as make
from tests.casework import people_builders as people

from .rows import STAFF, Row
from .world import HELP_IT, READ_IT, WORK_IT


def _child(world):
    return {"pk": world.child.pk}


def _family(world):
    return {"pk": world.case.family_id}


def _member(world):
    return people.make_member(world.case.family, person=make.make_person("Башка", "Эне"))


def _adult(world):
    return {"pk": _member(world).person_id}


def _place(world):
    return {"pk": _member(world).pk}


def _phone(world):
    return {"pk": people.make_phone(world.child).pk}


def _address(world):
    return {"pk": people.make_address(world.child).pk}


def _hidden(world):
    phone = people.make_phone(world.child)
    fact = people.make_hidden(phone, _member(world).person, set_by=world.responsible)
    return {"pk": fact.pk}


def _consent(world):
    return {"pk": people.make_consent(world.case).pk}


def _work(name, kwargs):
    """Read by whoever works the case in full; refused to those who help in it."""
    return Row(name, opens=WORK_IT, refuses=HELP_IT, kwargs=kwargs)


ROWS = [
    Row("people:mtus", opens=STAFF, shows="<option"),
    Row("children:timeline", opens=READ_IT, kwargs=_child),
    Row("children:child", opens=READ_IT, kwargs=_child),
    _work("children:edit", _child),
    Row("people:person", opens=READ_IT, kwargs=_adult),
    _work("people:edit", _child),
    Row(
        "people:keep_as_child",
        opens=WORK_IT,
        refuses=HELP_IT,
        kwargs=_adult,
        send=lambda w: {},
        done=302,
        sees=set(),
    ),
    Row("people:history", opens=READ_IT, kwargs=_child),
    _work("people:add_address", _child),
    _work("people:add_phone", _child),
    _work("people:edit_address", _address),
    _work("people:hide_address", _address),
    _work("people:edit_phone", _phone),
    _work("people:hide_phone", _phone),
    _work("people:lift_hidden", _hidden),
    Row("people:record_consent", opens=READ_IT, kwargs=_child),
    _work("people:edit_consent", _consent),
    Row("people:confirm_consent", opens=READ_IT, kwargs=_consent),
    Row("people:withdraw_consent", opens=READ_IT, kwargs=_consent),
    Row("families:family", opens=READ_IT, kwargs=_family),
    _work("families:edit", _family),
    _work("families:history", _family),
    _work("families:add_member", _family),
    _work("families:edit_member", _place),
    _work("families:end_member", _place),
]

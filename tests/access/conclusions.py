"""The psychologist's desk and the releases: who writes, signs, countersigns, reads, asks, grants."""

from tests.casework.conclusion_builders import make_paper

from .rows import STAFF, Row
from .world import HEADS_OF_IT, WORK_IT

# A signed conclusion (design.md §1): a social worker who helps in the case is not among them.
READ_SIGNED = WORK_IT | {"psychologist", "lawyer", "Centre's head"}
READ_RELEASE = WORK_IT | {"psychologist", "Centre's head"}


def _draft(world):
    return {"pk": world.draft.pk}


def _signed(world):
    return {"pk": world.signed.pk}


def _issued(world):
    """The world's signed conclusion, countersigned."""
    conclusion = world.signed
    if conclusion.paper_id is None:
        head = world.case.responsible
        conclusion.paper = make_paper(world.centre, conclusion.number, head)
        conclusion.countersigned_by, conclusion.countersigned_at = head, conclusion.signed_at
        conclusion.status = "countersigned"
        conclusion.save()
    return conclusion


def _granted(world):
    release = world.release
    if release.paper_id is None:
        head = world.case.responsible
        release.number = "01.5-0001/26"
        release.paper = make_paper(world.lenin, release.number, head, kind="conclusion_extract")
        release.decided_by, release.decided_at = head, release.requested_at
        release.status = "granted"
        release.save()
    return release


def _pk(record):
    return {"pk": record.pk}


ROWS = [
    Row(
        "conclusions:desk",
        opens=STAFF,
        # Nothing of it waits for the head of the case's office; it stands under other headings.
        sees=READ_SIGNED - HEADS_OF_IT,
    ),
    Row(
        "conclusions:begin",
        opens={"psychologist"},
        refuses=READ_SIGNED - {"psychologist", "lawyer"},
        kwargs=lambda w: {"episode": w.episode.pk},
        send=lambda w: {},
        done=302,
        sees=set(),
    ),
    Row("conclusions:conclusion", opens=READ_SIGNED, kwargs=_signed),
    Row("conclusions:write", opens={"psychologist"}, kwargs=_draft),
    Row(
        "conclusions:keep",
        opens={"psychologist"},
        kwargs=_draft,
        send=lambda w: {"payload": "{}"},
        sees=set(),
    ),
    Row("conclusions:preview", opens={"psychologist"}, kwargs=_draft),
    Row("conclusions:preview_pdf", opens={"psychologist"}, kwargs=_draft, sees=set()),
    Row(
        "conclusions:discard",
        opens={"psychologist"},
        kwargs=_draft,
        send=lambda w: {},
        done=302,
        sees=set(),
    ),
    Row("conclusions:sign", opens={"psychologist"}, kwargs=_draft),
    Row(
        "conclusions:countersign",
        opens={"Centre's head"},
        refuses=READ_SIGNED - {"Centre's head"},
        kwargs=_signed,
    ),
    Row(
        "conclusions:return",
        opens={"Centre's head", "psychologist"},
        refuses=READ_SIGNED - {"Centre's head", "psychologist"},
        kwargs=_signed,
    ),
    Row(
        "conclusions:correct",
        opens={"psychologist"},
        refuses=READ_SIGNED - {"psychologist"},
        kwargs=_signed,
    ),
    Row(
        "conclusions:paper",
        opens=READ_SIGNED,
        kwargs=lambda w: _pk(_issued(w)),
        shows=lambda w: w.signed.number,
    ),
    Row(
        "conclusions:add_scan",
        opens={"psychologist", "Centre's head"},
        refuses=READ_SIGNED - {"psychologist", "Centre's head"},
        kwargs=lambda w: _pk(_issued(w)),
    ),
    Row(
        "conclusions:scan",
        opens=set(),
        kwargs=_signed,
        sees=set(),
    ),
    Row(
        "releases:register",
        opens={
            *WORK_IT,
            "colleague",
            "psychologist",
            "lawyer",
            "social worker with an episode",
            "Centre's head",
            "Centre's psychologist without an episode",
            "head shut out",
            "colleague shut out",
            "psychologist shut out",
            "other caseworker",
            "other head",
            "auditor",
        },
        otherwise=403,
        shows=lambda w: w.case.number,
        sees={*READ_RELEASE, "auditor"},
    ),
    Row(
        "releases:export",
        opens={*HEADS_OF_IT, "Centre's head", "head shut out", "other head"},
        otherwise=403,
        sees=set(),
    ),
    Row("releases:release", opens=READ_RELEASE, kwargs=lambda w: _pk(w.release)),
    Row(
        "releases:ask",
        opens=READ_SIGNED - {"Centre's head"},
        refuses={"Centre's head"},
        kwargs=lambda w: {"conclusion": _issued(w).pk},
    ),
    Row(
        "releases:extract",
        opens={"psychologist"},
        refuses=READ_RELEASE - {"psychologist"},
        kwargs=lambda w: _pk(w.release),
    ),
    Row(
        "releases:take_back",
        opens=set(),
        refuses=READ_RELEASE,
        kwargs=lambda w: _pk(w.release),
        send=lambda w: {},
        sees=set(),
    ),
    Row(
        "releases:decide",
        opens=HEADS_OF_IT,
        refuses=READ_RELEASE - HEADS_OF_IT,
        kwargs=lambda w: _pk(w.release),
    ),
    Row(
        "releases:hand_out",
        opens=READ_RELEASE - {"Centre's head"},
        refuses={"Centre's head"},
        kwargs=lambda w: _pk(_granted(w)),
        send=lambda w: {"handed_to": "Мектеп", "handed_on": "бүгүн"},
        done=302,
        sees=set(),
    ),
    Row(
        "releases:paper",
        opens=READ_RELEASE,
        kwargs=lambda w: _pk(_granted(w)),
        shows="%PDF",
    ),
]

"""Referrals for tests: each makes one thing with believable defaults, by the services where states follow one another."""

from django.core.files.uploadedfile import SimpleUploadedFile

from casework.models import LegalGround
from casework.services.new_case import KnownAdult, KnownChild, KnownPhone
from core import clock
from papers.attachments import attach
from referrals.services.feedback import ask_feedback, grant_feedback
from referrals.services.incoming import ReferralFacts, register_referral
from referrals.services.outgoing import OutgoingFacts, ask_outgoing, release_outgoing, send_outgoing
from tests import builders as make
from tests.papers import files

CHILD = KnownChild(surname="Асанбек уулу", given_name="Үсөн", sex="male")
MOTHER = KnownAdult(
    surname="Төлөгөнова",
    given_name="Жаңыл",
    relation="mother",
    phones=(KnownPhone("0555 12 34 56", True, "18:00дөн кийин"),),
)


def make_ground(code="referring_body"):
    return LegalGround.objects.get_or_create(
        code=code, defaults={"name_ky": "Багыттаган мекемеге жооп", "name_ru": "Ответ направившему"}
    )[0]


def make_scan(by, name="жолдомо.jpg"):
    return attach(SimpleUploadedFile(name, files.photograph_with_place()), by=by)


def make_incoming(by, *, children=(CHILD,), adults=(MOTHER,), scans=(), **fields):
    """Registered by ``by`` in their first office, from a school of the list."""
    make.make_standard()
    if not fields.get("sender_text"):
        fields.setdefault("organisation", make.make_organisation())
    fields.setdefault("sender_kind", "education")
    fields.setdefault("document_number", "01-12/84")
    fields.setdefault("received_on", clock.today())
    return register_referral(
        ReferralFacts(**fields),
        office=by.memberships.first().office,
        children=children,
        adults=adults,
        scans=scans,
        actor=by,
    )


def make_feedback(referral, by, *, outcome="taken_up", head=None):
    """Asked by ``by``; released by ``head`` where one is given."""
    ground = make_ground()
    feedback = ask_feedback(referral, outcome=outcome, ground=ground, actor=by)
    return grant_feedback(feedback, ground=ground, actor=head) if head else feedback


def outgoing_facts(case, **fields):
    fields.setdefault("people", (case.child_places.first().person,))
    fields.setdefault("ground", make_ground("vital_interests"))
    fields.setdefault("purpose_ky", "Баланы текшерүүдөн өткөрүүнү суранабыз.")
    fields.setdefault("purpose_ru", "Просим обследовать ребёнка.")
    fields.setdefault("shared_ky", "Бала үйдө чыңалууда жашайт.")
    if not fields.get("recipient_text"):
        fields.setdefault("organisation", make.make_organisation("health"))
    return OutgoingFacts(**fields)


def make_outgoing(case, by, *, head=None, sent=False, **fields):
    """Asked by ``by``; released by ``head``; sent today."""
    make.make_standard()
    referral = ask_outgoing(case, outgoing_facts(case, **fields), actor=by)
    if head:
        referral = release_outgoing(referral, ground=referral.ground, actor=head)
    if sent:
        referral = send_outgoing(referral, how="post", on=clock.today(), actor=by)
    return referral

"""Two years of referrals in the demo city: papers that brought families in, some not taken up yet; papers that went out."""

import datetime as dt
from random import Random

from casework.births import Birth
from casework.enums import BirthPrecision, CaseStage
from casework.models import Case, LegalGround
from casework.services.new_case import KnownChild
from core import clock
from core.history import acting_as
from offices.enums import OrganisationKind
from offices.models import Office, Organisation, User
from referrals.enums import FeedbackOutcome
from referrals.models import IncomingReferral
from referrals.services.feedback import ask_feedback, grant_feedback, send_feedback
from referrals.services.incoming import ReferralFacts, note_case, register_referral
from referrals.services.outgoing import (
    OutgoingFacts,
    ask_outgoing,
    decline_outgoing,
    note_reply,
    release_outgoing,
    send_outgoing,
)

from .families import LAST_DAY, SEED

MOST_INCOMING, MOST_OUTGOING = 70, 12
WORRIES = [
    "Бала акыркы айда сабактан көп калды, кийими кирдүү, ачка келет. Ата-энеси мектепке келбейт.",
    "Бала классташтарынан оолактайт, денесинде көгөргөн жерлер байкалган.",
    "Үй-бүлөдө чыр-чатак болуп турат, балдар коңшулардыкында түнөйт.",
]
ASKED = [
    ("Баланын ден соолугун текшерүүдөн өткөрүүнү суранабыз.", "Просим обследовать состояние здоровья ребёнка."),
    ("Баланы реабилитациялык топко кабыл алууну суранабыз.", "Просим принять ребёнка в реабилитационную группу."),
]  # fmt: skip
SHARED = (
    "Бала чоң энеси менен жашайт, мектепке барат. Мурда каралган эмес.",
    "Ребёнок живёт с бабушкой, посещает школу. Ранее не наблюдался.",
)
# Three papers are laid out, no more: each takes almost half a second.
RELEASED_CODES = ("sent", "replied")


def load_referrals() -> int:
    """Make them; how many came in."""
    rng = Random(SEED + 7)
    users = {user.username: user for user in User.objects.all()}
    came = _of_cases(users, rng) + _not_taken_up(users, rng)
    _answer(came, users)
    _send_out(users, rng)
    return len(came)


def _of_cases(users: dict[str, User], rng: Random) -> list[IncomingReferral]:
    """The papers on which cases of the last two years stand: registered in the morning of the day."""
    since = clock.midnight(LAST_DAY - dt.timedelta(days=730))
    cases = (
        Case.objects.filter(basis_organisation__isnull=False, opened_at__gte=since)
        .select_related("office", "basis_organisation")
        .prefetch_related("child_places__person")
        .order_by("opened_at", "number")
    )
    chosen = list(cases)[:: max(1, cases.count() // MOST_INCOMING)][:MOST_INCOMING]
    return [_came_before(case, users, rng) for case in chosen]


def _came_before(case: Case, users: dict[str, User], rng: Random) -> IncomingReferral:
    operator = _registrar(users, case.office.code)
    with clock.moved_to(case.opened_at - dt.timedelta(minutes=50)), acting_as(operator):
        facts = ReferralFacts(
            sender_kind=case.basis_organisation.kind,
            organisation=case.basis_organisation,
            document_number=case.basis_number,
            document_on=case.basis_on,
            received_on=clock.today(),
            request=rng.choice(WORRIES),
        )
        people = [place.person for place in case.child_places.all()]
        children = [
            KnownChild(surname=p.surname, given_name=p.given_name, sex=p.sex, birth=p.birth)
            for p in people
        ]
        referral = register_referral(facts, office=case.office, children=children, actor=operator)
    with clock.moved_to(case.opened_at), acting_as(case.responsible):
        return note_case(referral, case, actor=case.responsible)


def _not_taken_up(users: dict[str, User], rng: Random) -> list[IncomingReferral]:
    """A few of the last days of which nobody has made an application yet."""
    found = []
    for days, office in enumerate(("lenin", "oktyabr", "lenin", "centre")):
        schools = Organisation.objects.filter(kind=OrganisationKind.EDUCATION).order_by("name_ky")
        near = schools.filter(district__code=office) or schools
        operator = _registrar(users, office)
        at = clock.midnight(LAST_DAY - dt.timedelta(days=days)) + dt.timedelta(hours=9, minutes=20)
        with clock.moved_to(at), acting_as(operator):
            facts = ReferralFacts(
                sender_kind=OrganisationKind.EDUCATION,
                organisation=near[days % len(near)],
                document_number=f"01-12/{84 + days}",
                document_on=clock.today() - dt.timedelta(days=2),
                signatory="Директордун орун басары",
                received_on=clock.today(),
                request=rng.choice(WORRIES),
            )
            child = KnownChild(
                given_name=("Айдай", "Нурсултан", "Бегимай", "Тимур")[days],
                sex="female" if days % 2 == 0 else "male",
                birth=Birth(BirthPrecision.YEAR, year=2016 + days),
                school_class=f"{3 + days}-А",
            )
            found.append(
                register_referral(
                    facts,
                    office=Office.objects.get(code=office),
                    children=[child],
                    actor=operator,
                )
            )
    return found


def _answer(came: list[IncomingReferral], users: dict[str, User]) -> None:
    """One answer sent, and one that waits for the head."""
    ground = LegalGround.objects.get(code="referring_body")
    answered = [r for r in came if r.office.code == "lenin" and r.case_id][-2:]
    for place, referral in enumerate(answered):
        worker, head = _registrar(users, "lenin"), users["head.lenin"]
        at = referral.registered_at + dt.timedelta(hours=3)
        with clock.moved_to(at), acting_as(worker):
            feedback = ask_feedback(
                referral, outcome=FeedbackOutcome.TAKEN_UP, ground=ground, actor=worker
            )
        if place:
            continue
        with clock.moved_to(at + dt.timedelta(hours=1)), acting_as(head):
            feedback = grant_feedback(feedback, ground=ground, actor=head)
        with clock.moved_to(at + dt.timedelta(hours=2)), acting_as(worker):
            send_feedback(feedback, how="by_hand", on=clock.today(), actor=worker)


def _send_out(users: dict[str, User], rng: Random) -> None:
    """Requests of two years: one sent and overdue, one replied, the others declined or waiting."""
    ground = LegalGround.objects.get(code="vital_interests")
    bodies = list(
        Organisation.objects.filter(
            kind__in=[OrganisationKind.HEALTH, OrganisationKind.SOCIAL]
        ).order_by("name_ky")
    )
    cases = (
        Case.objects.filter(office__code="lenin")
        .exclude(stage=CaseStage.CLOSED)
        .select_related("office", "responsible")
        .order_by("-opened_at", "number")
    )
    for place, case in enumerate(cases[:MOST_OUTGOING]):
        worker, head = case.responsible, users["head.lenin"]
        asked_at = max(
            case.opened_at + dt.timedelta(days=1),
            clock.midnight(LAST_DAY - dt.timedelta(days=20)) + dt.timedelta(hours=10),
        )
        purpose = rng.choice(ASKED)
        with clock.moved_to(asked_at), acting_as(worker):
            facts = OutgoingFacts(
                people=(case.child_places.first().person,),
                organisation=rng.choice(bodies),
                ground=ground,
                purpose_ky=purpose[0],
                purpose_ru=purpose[1],
                shared_ky=SHARED[0],
                shared_ru=SHARED[1],
                reply_due_on=clock.today() + dt.timedelta(days=7),
            )
            referral = ask_outgoing(case, facts, actor=worker)
        later = asked_at + dt.timedelta(hours=2)
        if place >= len(RELEASED_CODES):
            if place % 3 == 0:
                with clock.moved_to(later), acting_as(head):
                    decline_outgoing(referral, reason="Адегенде эненин макулдугу керек.", actor=head)  # fmt: skip
            continue
        with clock.moved_to(later), acting_as(head):
            referral = release_outgoing(referral, ground=ground, actor=head)
        with clock.moved_to(later + dt.timedelta(hours=1)), acting_as(worker):
            referral = send_outgoing(referral, how="post", on=clock.today(), actor=worker)
        if RELEASED_CODES[place] == "replied":
            with clock.moved_to(later + dt.timedelta(days=3)), acting_as(worker):
                note_reply(
                    referral,
                    on=clock.today(),
                    result="helped",
                    text="Бала кабыл алынды, текшерүү башталды.",
                    actor=worker,
                )


def _registrar(users: dict[str, User], office: str) -> User:
    return users.get(f"operator.{office}") or users[f"caseworker.{office}"]

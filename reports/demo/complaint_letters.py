"""The last answer of each office as a letter that was really laid out: whoever opens it in the demo reads it."""

import hashlib

from casework.services.conclusions import digest
from complaints.models import Answer
from complaints.papers import ANSWER, answer_paper, sent_paper, to_snapshot
from core import clock
from papers.check_marks import check_mark
from papers.rendering import render

from .complaint_rows import Years


def lay_out_last(made: Years) -> None:
    """Before the rows are put in: a paper that is kept is never laid out again."""
    last: dict[int | None, Answer] = {}
    for answer in made.answers:
        office = answer.complaint.about_office_id
        if answer.sent_on and (office not in last or last[office].sent_on <= answer.sent_on):  # type: ignore[operator]  # sent ones
            last[office] = answer
    for answer in last.values():
        answer.complaint.__dict__["_prefetched_objects_cache"] = {
            "points": [point for point in made.points if point.complaint is answer.complaint]
        }
        _lay_out(answer)
        del answer.complaint.__dict__["_prefetched_objects_cache"]


def _lay_out(answer: Answer) -> None:
    paper = answer.paper
    if answer.signed_at is None or answer.sent_on is None or paper is None:
        raise ValueError("Only a sent answer is a letter.")
    day = clock.local(answer.signed_at).date()
    answer.snapshot = to_snapshot(answer_paper(answer, signer=answer.signed_by, on=day))
    answer.text_sha256 = digest(answer.snapshot)
    letter = sent_paper(answer, number=answer.number, on=answer.sent_on)
    mark = check_mark(paper.check_code, issued_at=paper.issued_at)
    rendered = render(ANSWER, letter, check=mark)
    paper.pdf, paper.pages = rendered.pdf, rendered.pages
    paper.sha256 = hashlib.sha256(rendered.pdf).hexdigest()

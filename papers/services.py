"""Issuing papers: once, for good, with a check code that anybody can verify."""

import datetime as dt
import hashlib

from django.db import transaction

from core import clock
from offices.models import Office, User

from . import check_codes
from .check_marks import check_mark
from .models import IssuedPaper
from .rendering import Rendered, render


@transaction.atomic
def issue_paper(
    kind: str,
    *,
    office: Office,
    number: str,
    on: dt.date,
    by: User,
    template: str,
    paper: object,
    replaces: IssuedPaper | None = None,
    copy_of: IssuedPaper | None = None,
) -> IssuedPaper:
    """Lay the paper out and keep its bytes; it is never rendered again.

    ``paper`` is what ``template`` lays out. The caller has checked who may issue it, has taken the number, and stores
    the result on its own record in the same transaction. ``replaces`` is the paper whose later version this one is,
    ``copy_of`` the paper that this one copies or is drawn from.
    """
    code = check_codes.new_code()
    at = clock.now()
    rendered = render(template, paper, check=check_mark(code, issued_at=at))
    return IssuedPaper.objects.create(
        kind=kind,
        office=office,
        number=number,
        issued_on=on,
        issued_at=at,
        issued_by=by,
        check_code=code,
        replaces=replaces,
        copy_of=copy_of,
        pdf=rendered.pdf,
        sha256=hashlib.sha256(rendered.pdf).hexdigest(),
        pages=rendered.pages,
    )


def preview_paper(*, template: str, paper: object) -> Rendered:
    """The paper as it would look, without a check code; nothing is kept."""
    return render(template, paper)

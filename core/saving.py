"""Saving: once per form however often it is sent, and never over somebody else's change."""

import uuid
from collections.abc import Callable
from typing import Any

from django import forms
from django.db import IntegrityError, models, transaction
from django.forms.utils import ErrorDict
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.utils.translation import gettext as _

from core import clock

from .drafts import discard_draft, find_draft, typed_into
from .errors import ChangedMeanwhile, DomainError
from .models import Draft, SubmittedForm


class KeptForm(forms.Form):
    """A form whose typing survives. It carries a submission key (saved once) and, for a change, the record's version.

    Built by :func:`kept_form`; a form that comes back from a draft shows what was typed without complaining yet.
    """

    submission_key = forms.UUIDField(required=False, widget=forms.HiddenInput)
    record_version = forms.IntegerField(required=False, widget=forms.HiddenInput)

    draft: Draft | None = None
    draft_key = ""
    is_from_draft = False

    @property
    def errors(self) -> ErrorDict:
        return ErrorDict() if self.is_from_draft else super().errors


def kept_form(
    form_class: type[Any],
    request: HttpRequest,
    draft_key: str,
    *,
    record: models.Model | None = None,
    **kwargs: Any,
) -> Any:
    """The form for this request: bound to what was sent; else to the person's draft; else fresh.

    ``draft_key`` names the form and the record's id. ``record`` is the one to be changed, whose version is remembered.
    Read ``form.draft`` to say when the draft was kept. Call only after the permission check.
    """
    initial = {"submission_key": uuid.uuid4(), **kwargs.pop("initial", {})}
    if record is not None:
        initial["record_version"] = record.version  # type: ignore[attr-defined]  # only versioned records come here
    draft = find_draft(request.user, draft_key)
    if request.method == "POST":
        form = form_class(request.POST, request.FILES or None, initial=initial, **kwargs)
    elif draft is not None:
        form = form_class(_completed(draft, initial), initial=initial, **kwargs)
        form.is_from_draft = True
    else:
        form = form_class(initial=initial, **kwargs)
    form.draft, form.draft_key = draft, draft_key
    return form


def _completed(draft: Draft, initial: dict[str, Any]) -> QueryDict:
    typed = typed_into(draft)
    typed["submission_key"] = str(initial["submission_key"])
    return typed


def save_once(request: HttpRequest, form: Any, action: Callable[[], str]) -> HttpResponse | None:
    """Carry out ``action`` (which returns the URL of its result) at most once for the form's submission key.

    A repeated key answers with the first result. Removes the form's draft in the same transaction. Where the rules
    refuse (``DomainError``) the form says why, keeps what was typed, and None is returned.
    """
    key = form.cleaned_data.get("submission_key") or uuid.uuid4()
    try:
        with transaction.atomic():
            mark = SubmittedForm.objects.create(
                key=key, user=request.user, result_url="", at=clock.now()
            )
            url = action()
            mark.result_url = url
            mark.save(update_fields=["result_url"])
            discard_draft(request.user, form.draft_key)
        return HttpResponseRedirect(url)
    except DomainError as refusal:
        form.add_error(None, str(refusal))
    except IntegrityError:
        done = SubmittedForm.objects.filter(key=key, user=request.user).first()
        if done is None:
            raise
        return HttpResponseRedirect(done.result_url)
    return None


def claim_version(record: models.Model, seen: int | None, *, changed_by: str = "") -> None:
    """Refuse where ``record`` (locked by the caller) has been saved since version ``seen``; else count it up, unsaved.

    ``changed_by`` says who and when, for the refusal. A form that carries no version is refused too.
    """
    if seen is None or record.version != seen:  # type: ignore[attr-defined]  # only versioned records come here
        raise ChangedMeanwhile(
            _(
                "Somebody else changed this record while you were typing. What you typed is still here: compare and save again."
            )
            + (f" {changed_by}" if changed_by else "")
        )
    record.version += 1  # type: ignore[attr-defined]  # only versioned records come here

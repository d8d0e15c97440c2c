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
from .interrupted import KEPT_AS
from .models import Draft, SubmittedForm


class QuietForm(forms.Form):
    """A form that shows what was typed without complaining yet, where it comes from a draft or a row was only added."""

    is_quiet = False

    @property
    def errors(self) -> ErrorDict:
        return ErrorDict() if self.is_quiet else super().errors

    def is_valid(self) -> bool:
        """A quiet form was never checked, so it is not fit for saving."""
        return not self.is_quiet and super().is_valid()


class KeptForm(QuietForm):
    """A form whose typing survives. It carries a submission key (saved once), where its draft lies
    (for what is sent too late) and, for a change, the record's version.

    Built by :func:`kept_form` or :func:`kept_page`.
    """

    submission_key = forms.UUIDField(required=False, widget=forms.HiddenInput)
    record_version = forms.IntegerField(required=False, widget=forms.HiddenInput)
    kept_as = forms.CharField(required=False, widget=forms.HiddenInput)

    draft: Draft | None = None
    draft_key = ""
    is_from_draft = False

    def come_from_draft(self) -> None:
        self.is_from_draft = self.is_quiet = True


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
    initial = {"submission_key": uuid.uuid4(), KEPT_AS: draft_key, **kwargs.pop("initial", {})}
    if record is not None:
        initial["record_version"] = record.version  # type: ignore[attr-defined]  # only versioned records come here
    draft = find_draft(request.user, draft_key)
    if request.method == "POST":
        form = form_class(request.POST, request.FILES or None, initial=initial, **kwargs)
    elif draft is not None:
        form = form_class(_completed(draft, initial), initial=initial, **kwargs)
        form.come_from_draft()
    else:
        form = form_class(initial=initial, **kwargs)
    form.draft, form.draft_key = draft, draft_key
    return form


class KeptPage:
    """Several forms and formsets on one page that are kept, checked and saved as one.

    ``head`` carries the submission key, the version and the errors of the whole; ``parts`` are the others by name. To
    ``save_once`` it is one form. Built by :func:`kept_page`.
    """

    def __init__(self, head: KeptForm, parts: dict[str, Any]) -> None:
        self.head, self.parts = head, parts

    def __getitem__(self, name: str) -> Any:
        return self.parts[name]

    @property
    def draft(self) -> Draft | None:
        return self.head.draft

    @property
    def draft_key(self) -> str:
        return self.head.draft_key

    @property
    def is_from_draft(self) -> bool:
        return self.head.is_from_draft

    @property
    def cleaned_data(self) -> dict[str, Any]:
        return self.head.cleaned_data

    def is_valid(self) -> bool:
        """Whether every part is; all are asked, so that every mistake is said at once."""
        return all([self.head.is_valid(), *(part.is_valid() for part in self.parts.values())])

    def add_error(self, field: str | None, error: Any) -> None:
        self.head.add_error(field, error)

    def forms(self) -> list[QuietForm]:
        """Every form of the page in order, those of the formsets too."""
        found: list[QuietForm] = [self.head]
        for part in self.parts.values():
            found.extend(part.forms if isinstance(part, forms.BaseFormSet) else [part])
        return found

    def hush(self) -> None:
        """Show what was typed without complaining yet."""
        for form in self.forms():
            form.is_quiet = True

    @property
    def said(self) -> list[tuple[str, str]]:
        """What is wrong, for the summary at the top: the id of the control ("" for the whole page) and the words.

        First what is wrong with the whole, then the parts, then the head.
        """
        if self.head.is_quiet:
            return []
        errors = [("", str(e)) for e in self.head.non_field_errors()]
        errors += [("", str(e)) for part in self.parts.values() for e in _whole_errors(part)]
        for form in [*self.forms()[1:], self.head]:
            if form is not self.head:
                errors += [("", str(e)) for e in form.non_field_errors()]
            for field in form:
                errors += [(field.id_for_label, f"{field.label}: {e}") for e in field.errors]
        return errors


def _whole_errors(part: Any) -> Any:
    """What a formset says of all its rows together."""
    return part.non_form_errors() if isinstance(part, forms.BaseFormSet) else []


PartFactory = Callable[..., Any]


def kept_page(
    head: type[KeptForm],
    parts: dict[str, PartFactory],
    request: HttpRequest,
    draft_key: str,
    *,
    record: models.Model | None = None,
    **kwargs: Any,
) -> KeptPage:
    """The page of several forms for this request: what was sent, else the person's draft, else fresh.

    ``parts`` are called as form classes are, with ``data``, ``files`` and their name as ``prefix``; ``kwargs`` go to
    the head. A POST that only asks for another row (``add_row=<part>``) comes back with it, unchecked: ask
    :func:`only_adds_row` before saving.
    """
    form = kept_form(head, request, draft_key, record=record, **kwargs)
    data = _with_new_row(form.data, parts) if form.is_bound else None
    files = request.FILES if request.method == "POST" else None
    page = KeptPage(
        form, {name: part(data=data, files=files, prefix=name) for name, part in parts.items()}
    )
    if form.is_from_draft or only_adds_row(request):
        page.hush()
    return page


def only_adds_row(request: HttpRequest) -> bool:
    return request.method == "POST" and bool(request.POST.get("add_row"))


def _with_new_row(data: Any, parts: dict[str, PartFactory]) -> Any:
    """``data`` with one row more of the part that it asks for; a page without scripts adds its rows so."""
    wanted = data.get("add_row", "")
    count = data.get(f"{wanted}-TOTAL_FORMS", "")
    if wanted not in parts or not (count.isascii() and count.isdigit()) or len(count) > 4:
        return data
    more = data.copy()
    more[f"{wanted}-TOTAL_FORMS"] = str(int(count) + 1)
    # A sent row without a tick says no; a new one says what it says by default.
    fresh = parts[wanted](data=None, files=None, prefix=wanted).empty_form
    ticked = [name for name, field in fresh.fields.items() if field.initial is True]
    more.update({f"{wanted}-{count}-{name}": "on" for name in ticked})
    return more


def _completed(draft: Draft, initial: dict[str, Any]) -> QueryDict:
    typed = typed_into(draft)
    typed["submission_key"], typed[KEPT_AS] = str(initial["submission_key"]), initial[KEPT_AS]
    return typed


def saved_before(request: HttpRequest) -> HttpResponse | None:
    """The first result, where this POST repeats a form that its sender has had carried out already; else None.

    Asked before anything else: what the form may do has changed since, a retry has not.
    """
    try:
        key = uuid.UUID(request.POST.get("submission_key", ""))
    except ValueError:
        return None
    done = SubmittedForm.objects.filter(key=key, user=request.user).first()
    return HttpResponseRedirect(done.result_url) if done else None


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
        if isinstance(refusal, ChangedMeanwhile):
            _show_version(form, refusal.version)
    except IntegrityError:
        done = SubmittedForm.objects.filter(key=key, user=request.user).first()
        if done is None:
            raise
        return HttpResponseRedirect(done.result_url)
    return None


def _show_version(form: Any, version: int | None) -> None:
    """Who has been told of the other's change and saves again has seen it: the page carries the version that stands."""
    head = getattr(form, "head", form)
    head.data = head.data.copy()
    head.data["record_version"] = "" if version is None else str(version)


def claim_version(record: models.Model, seen: int | None, *, changed_by: str = "") -> None:
    """Refuse where ``record`` (locked by the caller) has been saved since version ``seen``; else count it up, unsaved.

    ``changed_by`` says who and when, for the refusal. A form that carries no version is refused too.
    """
    if seen is None or record.version != seen:  # type: ignore[attr-defined]  # only versioned records come here
        raise ChangedMeanwhile(
            _(
                "Somebody else changed this record while you were typing. What you typed is still here: compare and save again."
            )
            + (f" {changed_by}" if changed_by else ""),
            version=record.version,  # type: ignore[attr-defined]  # only versioned records come here
        )
    record.version += 1  # type: ignore[attr-defined]  # only versioned records come here

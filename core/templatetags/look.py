"""The parts that pages are built of; docs/look.md shows each. What they look like is in templates/components and static/css."""

import datetime as dt
from collections.abc import Sequence
from typing import Any

from django import template
from django.template.loader import render_to_string
from django.templatetags.static import static
from django.utils.html import conditional_escape, format_html, strip_tags
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from .dates import day, moment

register = template.Library()

NOTICE_ICONS = {
    "info": "info",
    "done": "in-time",
    "soon": "soon",
    "late": "late",
    "sealed": "sealed",
    "mine": "mine",
    "safety": "alert",
}
MESSAGE_KINDS = {"success": "done", "warning": "soon", "error": "late"}
STATE_ICONS = {name: name for name in ("in-time", "soon", "late", "sealed", "mine")}


@register.simple_tag
def icon(name: str) -> SafeString:
    """A drawing of static/icons/icons.svg beside its word; hidden from screen readers, who have the word."""
    return format_html(
        '<svg class="icon" aria-hidden="true" focusable="false"><use href="{}#{}"/></svg>',
        static("icons/icons.svg"),
        name,
    )


@register.simple_tag
def state(kind: str, word: str) -> SafeString:
    """A state by word, shape and colour. ``kind``: in-time, soon, late, sealed, mine; anything else is calm."""
    shape = icon(STATE_ICONS.get(kind, "calm"))
    css = f"state state-{kind}" if kind in STATE_ICONS else "state"
    return format_html('<span class="{}">{}{}</span>', css, shape, word)


@register.simple_tag
def number(text: Any) -> SafeString:
    """A number of a record with a button that copies just the number; nothing for an empty one."""
    if not text:
        return mark_safe("")
    return format_html(
        '<span class="number"><span>{0}</span><button type="button" class="copy no-print" data-copy="{0}" hidden>'
        '{1}<span class="visually-hidden">{2}</span></button></span>',
        text,
        icon("copy"),
        _("Copy the number: %(number)s") % {"number": text},
    )


@register.simple_block_tag
def summary(content: str) -> str:
    """A summary list; inside it, ``fact`` and ``factblock``."""
    return format_html('<dl class="summary">{}</dl>', content)


@register.simple_tag
def fact(label: str, value: Any = None) -> SafeString:
    """One line of a summary list. Dates and yes/no are put in words; what is missing is said to be unknown."""
    return _fact(label, _in_words(value))


@register.simple_block_tag
def factblock(content: str, label: str) -> SafeString:
    """One line of a summary list with markup inside."""
    return _fact(label, content)


def _fact(label: str, shown: str) -> SafeString:
    if not strip_tags(shown).strip():
        shown = format_html('<span class="unknown">{}</span>', _("not known"))
    return format_html("<div><dt>{}</dt><dd>{}</dd></div>", label, shown)


def _in_words(value: Any) -> str:
    if value is None or value == "":
        return ""
    if isinstance(value, bool):
        return _("Yes") if value else _("No")
    if isinstance(value, dt.datetime):
        return moment(value)
    if isinstance(value, dt.date):
        return day(value)
    return conditional_escape(value)


@register.simple_block_tag
def head_strip(content: str, title: Any, kind: str = "", number: Any = "") -> str:
    """The head of a record's page: its kind, number and name; inside it ``head_fact``, clocks, states and notices."""
    context = {"content": content, "title": title, "kind": kind, "number": number}
    return render_to_string("components/head_strip.html", context)


@register.simple_block_tag
def head_facts(content: str) -> str:
    return format_html('<dl class="head-facts">{}</dl>', content)


@register.simple_tag
def head_fact(label: str, value: Any) -> SafeString:
    """One fact of a head strip, inside ``head_facts``; offices and people by their short names."""
    return _fact(label, _in_words(getattr(value, "short_name", value)))


@register.inclusion_tag("components/tabs.html")
def tabs(entries: Sequence[Any], label: str = "") -> dict[str, Any]:
    """Tabs that are links: entries with url, label, is_current and, where something waits, count."""
    return {"entries": entries, "label": label or _("Parts of this record")}


@register.inclusion_tag("components/chips.html")
def chips(entries: Sequence[Any], label: str) -> dict[str, Any]:
    """Filter chips: entries with url, label, is_current and count (None where not counted)."""
    return {"entries": entries, "label": label}


@register.inclusion_tag("components/timeline.html")
def timeline(entries: Sequence[Any]) -> dict[str, Any]:
    """What happened, newest first: entries with at, title and optionally icon, url, by, text."""
    return {"entries": entries}


@register.simple_block_tag
def notice(content: str, kind: str = "info", title: str = "", spoken: bool = True) -> str:
    """A strip that says something: info, done, soon, late, sealed, mine. ``safety`` alone shouts.

    ``spoken`` off where the place is drawn again and again: screen readers say a ``late`` or ``safety`` one each time.
    """
    is_spoken = spoken and kind in ("safety", "late")
    context = {"content": content, "kind": kind, "title": title, "icon": NOTICE_ICONS[kind]}
    return render_to_string("components/notice.html", {**context, "is_spoken": is_spoken})


@register.simple_block_tag
def empty(content: str, title: str, url: str = "", action: str = "") -> str:
    """An empty place: what would be here (``title``, the body) and how to begin (``action`` leading to ``url``)."""
    context = {"content": content, "title": title, "url": url, "action": action}
    return render_to_string("components/empty.html", context)


@register.simple_block_tag
def fold(content: str, title: str, filled: str = "", opened: bool = False) -> str:
    """A headed fold; ``filled`` says what is inside while it is shut."""
    context = {"content": content, "title": title, "filled": filled, "opened": opened}
    return render_to_string("components/fold.html", context)


@register.simple_block_tag
def confirm(content: str, button: str, title: str, danger: bool = False) -> str:
    """A button that asks before it acts; the body holds the words and the POST form. Works without scripts as a fold."""
    context = {"content": content, "button": button, "title": title, "danger": danger}
    return render_to_string("components/confirm.html", context)


@register.inclusion_tag("components/text_pair.html")
def text_pair(ky: str, ru: str) -> dict[str, Any]:
    """A text in both languages, side by side from 1000 px, one under the other below."""
    return {"ky": ky, "ru": ru}


@register.inclusion_tag("components/draft_status.html")
def draft_status(draft: Any = None) -> dict[str, Any]:
    """Where drafts.js says when the typing was kept; ``draft`` (with saved_at) is the one the form came from."""
    return {"draft": draft}


@register.inclusion_tag("components/draft_notice.html", takes_context=True)
def draft_notice(context: Any, form: Any) -> dict[str, Any]:
    """Above a form that came back from a draft: since when, and a way to begin anew. Nothing for a fresh form."""
    return {
        "draft": form.draft if getattr(form, "is_from_draft", False) else None,
        "key": getattr(form, "draft_key", ""),
        "next": context["request"].get_full_path(),
        "csrf_token": context["csrf_token"],
    }


@register.filter
def message_kind(message: Any) -> str:
    """The kind of notice for a message of django.contrib.messages."""
    return MESSAGE_KINDS.get(message.level_tag, "info")


@register.filter
def as_laid_out(form: Any) -> list[Any]:
    """The bound fields in the order of the page, which its layout may make another than the form's."""
    layout = getattr(getattr(form, "helper", None), "layout", None)
    placed = [p.name for p in layout.get_field_names()] if layout else []
    order = {name: place for place, name in enumerate(placed)}
    return sorted(form, key=lambda field: order.get(field.name, len(order)))


@register.filter
def first_id(field: Any) -> str:
    """The id of the first control of a bound field, for a link to it."""
    if field.id_for_label:
        return str(field.id_for_label)
    parts = list(field.subwidgets)
    return str(parts[0].id_for_label) if parts else ""

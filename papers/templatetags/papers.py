"""How papers set text: dates of each language, paragraphs as they were typed, things that stay on one line."""

import re

from django import template
from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

from papers.dates import ky_date, ky_date_of, ru_date, short_date

register = template.Library()
register.filter("ky_date", ky_date)
register.filter("ky_date_of", ky_date_of)
register.filter("ru_date", ru_date)
register.filter("short_date", short_date)

# Torn apart at the end of a line these are misread: «№ 57», «2026-жылдын 22-ноябры», ««22» ноября 2026 года», «3-Б», «Ж. Ө. Асанова».
_TOGETHER = re.compile(
    r"№\s?\S+|\b\d{4}-жыл\w*\s\d+-\w+|«\d+»\s\w+\s\d{4}(?:\sгода)?|\b\d+-\w+|\b\w\.(?:\s?\w\.)?\s\w[\w-]+"
)
_BULLET = re.compile(r"^\s*[-–—•]\s+")


@register.filter
def unbroken(text: str) -> SafeString:
    """``text`` with its numbers and dates kept on one line."""
    set_text, at = "", 0
    for found in _TOGETHER.finditer(text):
        set_text += escape(text[at : found.start()])
        set_text += f'<span class="unbroken">{escape(found[0])}</span>'
        at = found.end()
    return mark_safe(set_text + escape(text[at:]))


@register.filter
def paragraphs(text: str) -> SafeString:
    """Typed text as paragraphs (parted by empty lines) and lists (lines that begin with a dash)."""
    blocks = re.split(r"\n\s*\n", text.replace("\r\n", "\n").strip("\n"))
    return mark_safe("".join(_block(block) for block in blocks if block.strip()))


def _block(text: str) -> str:
    """One paragraph; its dashed lines become a list between what stands before and after."""
    parts: list[str] = []
    lines: list[str] = []
    items: list[str] = []
    for line in [*text.split("\n"), ""]:
        if _BULLET.match(line):
            parts += _paragraph(lines)
            items.append(_BULLET.sub("", line))
        else:
            parts += _list(items)
            lines += [line] if line.strip() else []
    return "".join([*parts, *_paragraph(lines)])


def _paragraph(lines: list[str]) -> list[str]:
    """The lines gathered so far as a paragraph; empties ``lines``."""
    text = "<br>".join(unbroken(line.strip()) for line in lines)
    lines.clear()
    return [f"<p>{text}</p>"] if text else []


def _list(items: list[str]) -> list[str]:
    """The items gathered so far as a list; empties ``items``."""
    text = "".join(f"<li>{unbroken(item.strip())}</li>" for item in items)
    items.clear()
    return [f"<ul>{text}</ul>"] if text else []

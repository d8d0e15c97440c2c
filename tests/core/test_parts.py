"""The parts of pages: clocks, days, states, summaries, forms, tables."""

import datetime as dt
from types import SimpleNamespace

import django_tables2 as tables
import pytest
from crispy_forms.utils import render_crispy_form
from django import forms
from django.http import QueryDict
from django.template import engines
from django.test import RequestFactory
from django.utils import timezone, translation

from core import clock
from core.layout import Fold, FormPage, Pair, Section
from core.templatetags import clocks, dates, look

NOON = dt.datetime(2026, 11, 23, 12, 0, tzinfo=timezone.get_default_timezone())
MINUTE, HOUR, DAY = dt.timedelta(minutes=1), dt.timedelta(hours=1), dt.timedelta(days=1)


@pytest.fixture(autouse=True)
def _at_noon_in_english():
    with clock.moved_to(NOON), translation.override("en"):
        yield


def drawn(source, **context):
    return engines["django"].from_string("{% load look clocks dates %}" + source).render(context)


def told(due, **more):
    found = clocks.clock(due, **more)
    return found["state"], found["words"]


@pytest.mark.parametrize(
    ("after", "words"),
    [
        (3 * DAY + HOUR, "3 days left"),
        (2 * HOUR + 5.5 * MINUTE, "2 hours 5 minutes left"),
        (2 * HOUR + 0.5 * MINUTE, "2 hours left"),
        (14.5 * MINUTE, "14 minutes left"),
        (1.5 * MINUTE, "1 minute left"),
        (0.5 * MINUTE, "less than a minute left"),
        (-0.5 * MINUTE, "1 minute late"),
        (-59.5 * MINUTE, "59 minutes late"),
        (-1.5 * HOUR, "1 hour late"),
        (-3.5 * DAY, "3 days late"),
    ],
)
def test_clock_says_how_long_is_left(after, words):
    assert told(NOON + after)[1] == words


@pytest.mark.parametrize(
    ("amber", "due", "state"),
    [(10, 20, "in-time"), (-10, 20, "soon"), (-20, -1, "late"), (None, 20, "in-time")],
)
def test_clock_turns_soon_at_amber_and_late_after_due(amber, due, state):
    amber = None if amber is None else NOON + amber * MINUTE
    assert told(NOON + due * MINUTE, amber=amber)[0] == state


@pytest.mark.parametrize(
    ("due", "left", "expected"),
    [
        (dt.date(2026, 11, 25), 2, ("in-time", "2 working days left")),
        (dt.date(2026, 11, 23), 0, ("in-time", "due today")),
        (dt.date(2026, 11, 20), -1, ("late", "1 working day late")),
        (dt.date(2026, 11, 25), None, ("in-time", "2 days left")),
        (dt.date(2026, 11, 20), None, ("late", "3 days late")),
    ],
)
def test_clock_of_a_day_counts_working_days_where_given(due, left, expected):
    assert told(due, days_left=left) == expected


def test_clock_that_was_stopped_says_whether_in_time():
    assert told(NOON - DAY, stopped=NOON - 2 * DAY, amber=NOON - 3 * DAY) == (
        "in-time",
        "done in time",
    )
    assert told(NOON - 2 * DAY, stopped=NOON - DAY) == ("late", "done late")
    assert told(dt.date(2026, 11, 23), stopped=dt.date(2026, 11, 23)) == ("in-time", "done in time")


def test_clock_bar_shows_the_part_that_is_gone():
    shown = clocks.clock(NOON + 15 * MINUTE, started=NOON - 45 * MINUTE)
    assert (shown["gone"], shown["is_live"]) == (75, True)
    assert 'class="gone" width="75"' in drawn(
        "{% clock due started=s %}", due=NOON + 15 * MINUTE, s=NOON - 45 * MINUTE
    )


def test_clock_of_nothing_is_nothing():
    assert drawn("{% clock None %}").strip() == ""


@pytest.mark.parametrize(
    ("language", "days", "words"),
    [
        ("ky", 2, "2 жумуш күнү калды"),
        ("ky", -3, "3 жумуш күнүнө кечикти"),
        ("ru", 1, "ещё 1 рабочий день"),
        ("ru", 2, "ещё 2 рабочих дня"),
        ("ru", 14, "ещё 14 рабочих дней"),
        ("ru", -21, "опоздание на 21 рабочий день"),
    ],
)
def test_clock_speaks_the_readers_language(language, days, words):
    with translation.override(language):
        assert (
            told(dt.date(2026, 12, 1) if days > 0 else dt.date(2026, 11, 1), days_left=days)[1]
            == words
        )


def test_days_are_written_as_people_here_write_them():
    on = dt.date(2026, 11, 22)
    assert dates.day(on) == "22.11.2026"
    assert dates.long_day(on, "ky") == "2026-жылдын 22-ноябры"
    assert dates.long_day(on, "ru") == "22 ноября 2026 года"
    assert dates.paper_day(on, "ru") == "«22» ноября 2026 года"
    assert dates.paper_day(dt.date(2026, 4, 2), "ru") == "«02» апреля 2026 года"
    assert dates.moment(NOON) == "23.11.2026 12:00"
    assert dates.hour(NOON) == "12:00"
    assert [dates.day(None), dates.moment(None), dates.hour(None), dates.when(None)] == [""] * 4


def test_moments_near_today_are_called_by_their_word():
    assert dates.when(NOON) == "today 12:00"
    assert dates.when(NOON - DAY) == "yesterday 12:00"
    assert dates.when(NOON + DAY) == "tomorrow 12:00"
    assert dates.when(NOON - 2 * DAY) == "21.11.2026 12:00"


def test_day_is_bishkeks_even_when_it_is_still_yesterday_in_utc():
    assert dates.day(dt.datetime(2026, 11, 22, 19, 0, tzinfo=dt.UTC)) == "23.11.2026"


def test_fact_puts_values_in_words_and_escapes_them():
    assert look.fact("A", True) == "<div><dt>A</dt><dd>Yes</dd></div>"
    assert look.fact("A", dt.date(2017, 3, 14)) == "<div><dt>A</dt><dd>14.03.2017</dd></div>"
    assert look.fact("A", "<b>") == "<div><dt>A</dt><dd>&lt;b&gt;</dd></div>"
    assert look.fact("A", 0) == "<div><dt>A</dt><dd>0</dd></div>"
    for missing in ("", None):
        assert (
            look.fact("A", missing)
            == '<div><dt>A</dt><dd><span class="unknown">not known</span></dd></div>'
        )


def test_factblock_without_words_is_unknown_too():
    shown = drawn('{% factblock "A" %} <p></p> {% endfactblock %}')
    assert shown == '<div><dt>A</dt><dd><span class="unknown">not known</span></dd></div>'


def test_head_fact_names_offices_and_people_briefly():
    office = SimpleNamespace(short_name="Lenin district")
    assert look.head_fact("Office", office) == "<div><dt>Office</dt><dd>Lenin district</dd></div>"


def test_state_has_a_word_a_shape_and_a_colour():
    shown = look.state("late", "<overdue>")
    assert shown.startswith('<span class="state state-late"><svg')
    assert shown.endswith('#late"/></svg>&lt;overdue&gt;</span>')
    assert look.state("draft", "x").startswith('<span class="state"><svg')


def test_number_copies_just_the_number():
    shown = look.number("04-0127/26")
    assert 'data-copy="04-0127/26"' in shown
    assert look.number("") == ""


def test_safety_notice_alone_is_an_alert_of_its_own_kind():
    assert 'class="notice notice-safety" role="alert"' in drawn(
        '{% notice kind="safety" title="x" %}{% endnotice %}'
    )
    assert 'role="alert"' not in drawn('{% notice kind="sealed" %}<p>x</p>{% endnotice %}')


class OpenForm(forms.Form):
    surname = forms.CharField(label="Surname", help_text="<as typed>")
    kind = forms.ChoiceField(label="Kind", choices=[("a", "A")], widget=forms.RadioSelect)
    school = forms.CharField(label="School", required=False)
    year = forms.CharField(label="Year", required=False, max_length=2)
    text_ky = forms.CharField(label="KY", required=False)
    text_ru = forms.CharField(label="RU", required=False)
    submission_key = forms.CharField(required=False, widget=forms.HiddenInput)
    draft_key = "case:new"

    @property
    def helper(self):
        parts = [
            Section("Child", "surname", "kind"),
            Fold("School", "school", "year"),
            Pair("text_ky", "text_ru"),
        ]
        return FormPage(self, *parts, save="Open")


def test_form_page_keeps_drafts_and_carries_its_hidden_fields():
    shown = render_crispy_form(OpenForm(initial={"submission_key": "k"}))
    assert 'data-draft-url="/drafts/"' in shown
    assert 'data-draft-key="case:new"' in shown
    assert 'name="submission_key" value="k"' in shown
    assert "data-draft-status" in shown


def test_form_help_stands_between_label_and_control_and_is_escaped():
    shown = render_crispy_form(OpenForm())
    label, help_text, control = (
        shown.index(t) for t in ("Surname", "&lt;as typed&gt;", 'name="surname"')
    )
    assert label < help_text < control
    assert 'aria-describedby="id_surname_helptext"' in shown


def test_fold_says_what_is_filled_inside_and_opens_on_an_error():
    assert "Nothing filled yet" in render_crispy_form(OpenForm())
    assert "Filled: School" in render_crispy_form(OpenForm(initial={"school": "57"}))
    assert '<details class="fold">' in render_crispy_form(OpenForm(QueryDict("surname=x&kind=a")))
    assert '<details class="fold" open>' in render_crispy_form(
        OpenForm(QueryDict("surname=x&kind=a&year=2026"))
    )


def test_error_summary_leads_to_the_fields():
    shown = render_crispy_form(OpenForm(QueryDict("year=2026")))
    summary = shown[shown.index("data-error-summary") : shown.index("</ul>")]
    assert [
        href in summary for href in ('href="#id_surname"', 'href="#id_kind_0"', 'href="#id_year"')
    ] == [True] * 3
    assert 'aria-describedby="id_surname_helptext id_surname_error"' in shown
    assert 'id="id_surname_error"' in shown
    assert "data-error-summary" not in render_crispy_form(OpenForm())


class TurnedForm(OpenForm):
    @property
    def helper(self):
        return FormPage(self, "kind", "surname")


def test_error_summary_follows_the_order_of_the_page():
    errors = [f.name for f in look.as_laid_out(TurnedForm()) if f.name in ("kind", "surname")]
    assert errors == ["kind", "surname"]
    assert [f.name for f in look.as_laid_out(OpenForm())][:2] == ["surname", "kind"]


class Rows(tables.Table):
    name = tables.Column(verbose_name="Name")
    stage = tables.Column(verbose_name="Stage", orderable=False)

    class Meta:
        empty_text = "Nobody yet"


def table(count, query=""):
    rows = Rows([{"name": f"n{i}", "stage": "s"} for i in range(count)])
    request = RequestFactory().get(f"/{query}")
    tables.RequestConfig(request, paginate={"per_page": 10}).configure(rows)
    return rows.as_html(request)


def test_table_says_the_count_and_pages():
    shown = table(25, "?page=2&stage=open")
    assert "<strong>25</strong>" in shown
    assert "Page 2 of 3" in shown
    assert '<span aria-current="page">2</span>' in shown
    assert 'href="?page=3&amp;stage=open"' in shown


def test_table_sorts_by_links_and_says_the_order():
    assert 'href="?sort=name"' in table(3)
    shown = table(3, "?sort=-name")
    assert 'aria-sort="descending"' in shown
    assert shown.count("aria-sort") == 1


def test_table_cells_name_their_column_for_the_card_view():
    assert 'data-label="Stage"' in table(1)


def test_empty_table_says_what_would_be_here():
    shown = table(0)
    assert "Nobody yet" in shown
    assert "<table" not in shown


def test_tabs_and_chips_mark_where_the_reader_is():
    entries = [
        SimpleNamespace(url="/a", label="A", count=None, is_current=True),
        SimpleNamespace(url="/b", label="B", count=0, is_current=False),
    ]
    tabs = drawn("{% tabs entries %}", entries=entries)
    assert tabs.count("aria-current") == 1
    assert '<a href="/a" aria-current="page">A</a>' in tabs
    chips = drawn('{% chips entries "Stage" %}', entries=entries)
    assert '<span class="chip-count">0</span>' in chips
    assert chips.count("chip-count") == 1

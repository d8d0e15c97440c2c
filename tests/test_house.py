"""Conventions of the house as checks, so that nobody has to remember them. docs/architecture.md says why."""

import re
import subprocess
import sys

import pytest
from django.apps import apps
from django.core.management import call_command

from casework.models import PrivateNote
from tests.house import HOUSE, ROOMS, calls, files, lines_with, sources, templates, text
from tests.house.messages import faults

LONGEST_MODULE = 500
# Names that say nothing of what is inside.
EMPTY_NAMES = {
    "utils",
    "util",
    "helpers",
    "helper",
    "manager",
    "managers",
    "data",
    "common",
    "misc",
}
# Records without a history: what they are is said beside them.
WITHOUT_HISTORY = {
    "PrivateNote": "its author's alone, and gone when rewritten",
    "ConclusionMethod": "locked with its conclusion's text, whose snapshot keeps it",
    "Search": "what one person looked for, forgotten soon",
    "SituationCategory": "a list",
    "PsychologicalMethod": "a list",
    "LegalGround": "a list",
    "ClosingReason": "a list",
    "KeepingRule": "an office's rule, no client's",
    "AssessmentDomain": "a list",
    "OfficeTimes": "an office's settings, kept by the administrator",
    "CalendarFeed": "a person's own address, of no client",
}
# The clock itself, and the age of files on the disk, which a drill that moves the clock must not change.
TELL_THE_TIME = ("core/clock.py", "papers/management/commands/sweep_files.py")
# Marks that text is safe: each escapes what it is given first.
MARKS_SAFE = ("papers/templatetags/papers.py", "core/templatetags/look.py")
# What a title may say besides fixed words: numbers and kinds, never a name.
IN_TITLES = re.compile(r"(\w+\.)*(number|get_kind_display)|title|heading|paper\.texts\.0\.title")


def test_imports_go_one_way():
    command = "from importlinter.cli import lint_imports_command; lint_imports_command()"
    run = subprocess.run(
        [sys.executable, "-c", command], cwd=HOUSE, capture_output=True, text=True, check=False
    )
    assert run.returncode == 0, run.stdout


def test_only_the_clock_tells_the_time():
    asks = r"timezone\.now\(|timezone\.localdate\(|\bdate\.today\(|datetime\.(now|utcnow|today)\(|\btime\.time\("
    assert lines_with(asks, sources(), but=TELL_THE_TIME) == []


def test_records_of_clients_are_saved_one_by_one():
    """QuerySet.update() and bulk_update() pass the history by."""
    ours = [p for p in sources() if p.parts[0] in ("casework", "papers") and "demo" not in p.parts]
    found = [place for place, call in calls(ours, "update") if call.keywords and not call.args]
    found += [place for place, _ in calls(ours, "bulk_update")]
    allowed = _places_of(r"ConclusionMethod\.objects\.filter", ours)
    assert [place for place in found if place not in allowed] == []


def _places_of(pattern, paths):
    """The lines that match, and the two after each: a call may go on there."""
    found = set()
    for place in lines_with(pattern, paths):
        path, line = place.split(":")
        found |= {f"{path}:{int(line) + n}" for n in range(3)}
    return found


def test_nothing_is_marked_safe_by_the_way():
    assert lines_with(r"mark_safe|SafeString\(", sources(), but=MARKS_SAFE) == []
    assert lines_with(r"\|\s*safe\b|autoescape\s+off", templates()) == []


def _screens():
    return [p for p in templates() if "papers" not in p.parts]


def test_screens_hold_no_script_and_no_style():
    """The policy of the pages would refuse them. Data for a script may stand in a script element that is not run."""
    inline = r"<script(?![^>]*\bsrc=)(?![^>]*application/json)|<style|\sstyle=|\son[a-z]+\s*=\s*[\"']|javascript:"
    assert lines_with(inline, _screens()) == []


def test_screens_fetch_nothing_from_elsewhere():
    assert lines_with(r"(src|href|action)=[\"'](https?:)?//", _screens()) == []


def test_scripts_keep_nothing_in_the_browser():
    ours = files("static/js", suffix=".js")
    assert (
        lines_with(
            r"localStorage|sessionStorage|indexedDB|document\.cookie|\beval\(|innerHTML\s*=(?!\s*template\.innerHTML)",
            ours,
        )
        == []
    )


def test_titles_name_nobody():
    named = []
    for path in _screens():
        for title in re.findall(r"\{% block title %\}(.*?)\{% endblock", text(path), re.S):
            said = re.findall(r"\{\{\s*([^}|\s]+)", title)
            named += [
                f"{path}: {variable}" for variable in said if not IN_TITLES.fullmatch(variable)
            ]
    assert named == []


def test_modules_are_short_and_named_for_what_they_hold():
    ours = [*sources(), *files("config", suffix=".py")]
    assert [str(p) for p in ours if len(text(p).splitlines()) > LONGEST_MODULE] == []
    named = [p for p in files(*ROOMS, "config", "tests", "templates", suffix="") if p.suffix]
    assert [str(p) for p in named if EMPTY_NAMES & {p.stem, *p.parts[:-1]}] == []


def test_every_record_of_a_client_has_its_history():
    without = {
        model.__name__
        for model in apps.get_app_config("casework").get_models()
        if not hasattr(model, "history") and not model.__name__.startswith("Historical")
    }
    assert without - set(WITHOUT_HISTORY) == set()


def test_private_notes_leave_no_copy():
    assert not hasattr(PrivateNote, "history")
    asks = r"\bPrivateNote\b"
    rooms = [p for p in sources() if p.parts[0] in ("papers", "reports", "offices", "core")]
    assert [p for p in lines_with(asks, rooms) if "/demo/" not in p] == []


def test_nothing_names_the_machine_it_was_written_on():
    mark = "/" + "work/"
    ours = [
        p for p in files(*ROOMS, "config", "docs", "templates", "static", suffix="") if _is_text(p)
    ]
    assert [str(p) for p in ours if mark in text(p)] == []


def _is_text(path):
    return path.suffix in {".py", ".md", ".html", ".js", ".css", ".txt", ".toml"}


def test_tests_mock_nothing_of_ours():
    tests = [p for p in files("tests", suffix=".py") if p.name != "test_house.py"]
    assert lines_with(r"unittest\.mock|\bmocker\b|MagicMock", tests) == []


@pytest.mark.django_db
def test_migrations_match_the_models():
    call_command("makemigrations", check=True, dry_run=True, verbosity=0)


@pytest.mark.parametrize("language", ["ky", "ru"])
def test_every_message_is_translated(language):
    assert list(faults(language)) == []

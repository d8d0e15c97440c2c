"""The pieces of the set-up that need no server."""

import gettext
import os
import socket
import subprocess
import sys

import pytest

from config.launch import environment, messages, serve, system
from config.launch.cluster import PROJECT
from config.launch.trouble import Trouble

PO = """
msgid ""
msgstr ""
"Content-Type: text/plain; charset=UTF-8\\n"
"Plural-Forms: nplurals=3; plural=(n%10==1 && n%100!=11 ? 0 : n%10>=2 && n%10<=4 && (n%100<10 || n%100>=20) ? 1 : 2);\\n"

msgid "case"
msgstr "дело"

msgctxt "letter"
msgid "case"
msgstr "регистр"

#, python-format
msgid "%(count)s day"
msgid_plural "%(count)s days"
msgstr[0] "%(count)s день"
msgstr[1] "%(count)s дня"
msgstr[2] "%(count)s дней"

#, fuzzy
msgid "guess"
msgstr "догадка"

msgid "not yet"
msgstr ""
"""


@pytest.fixture
def project(tmp_path):
    folder = tmp_path / "locale" / "ru" / "LC_MESSAGES"
    folder.mkdir(parents=True)
    (folder / "django.po").write_text(PO, encoding="utf-8")
    return tmp_path


def compiled(project):
    path = project / "locale" / "ru" / "LC_MESSAGES" / "django.mo"
    with path.open("rb") as file:
        return gettext.GNUTranslations(file)


def test_messages_are_compiled_with_contexts_and_plurals(project):
    assert messages.compile_all(project) == 1
    russian = compiled(project)
    assert russian.gettext("case") == "дело"
    assert russian.pgettext("letter", "case") == "регистр"
    days = [
        russian.ngettext("%(count)s day", "%(count)s days", n) % {"count": n} for n in (1, 3, 11)
    ]
    assert days == ["1 день", "3 дня", "11 дней"]


def test_messages_leave_out_what_is_fuzzy_or_untranslated(project):
    messages.compile_all(project)
    russian = compiled(project)
    assert (russian.gettext("guess"), russian.gettext("not yet")) == ("guess", "not yet")


def test_messages_are_compiled_again_only_when_the_source_is_newer(project):
    source = project / "locale" / "ru" / "LC_MESSAGES" / "django.po"
    messages.compile_all(project)
    assert messages.compile_all(project) == 0
    later = source.stat().st_mtime + 5
    os.utime(source, (later, later))
    assert messages.compile_all(project) == 1


def test_busy_port_is_told_with_a_way_out():
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = other.getsockname()[1]
        with pytest.raises(Trouble) as trouble:
            system.require_free_port(port)
    assert str(trouble.value) == (
        f"Port {port} is busy: stop what uses it, or choose another, make run PORT={port + 1}"
    )


@pytest.mark.parametrize("words", ["eight thousand", "0", "65536", "-1"])
def test_port_that_is_none_is_refused(monkeypatch, words):
    monkeypatch.setenv("PORT", words)
    with pytest.raises(Trouble):
        system.port()


def test_port_is_8000_unless_said(monkeypatch):
    monkeypatch.delenv("PORT", raising=False)
    assert system.port() == 8000
    monkeypatch.setenv("PORT", "8117")
    assert system.port() == 8117


def test_old_python_is_told_what_to_do(monkeypatch):
    monkeypatch.setattr(sys, "version_info", (3, 9, 2))
    with pytest.raises(Trouble, match=r"^Python 3\.11 or newer is needed, this is 3\.9: "):
        system.require_python()


def test_browser_is_the_one_that_is_named_or_none(monkeypatch):
    monkeypatch.setenv("CHROMIUM", "/nowhere/chromium")
    assert system.chromium() is None
    monkeypatch.setenv("CHROMIUM", sys.executable)
    assert system.chromium() == sys.executable


def test_browser_is_the_first_of_debians_that_is_there(monkeypatch, tmp_path):
    light, whole = tmp_path / "light", tmp_path / "whole"
    monkeypatch.delenv("CHROMIUM", raising=False)
    monkeypatch.setattr(system, "CHROMIUMS", (str(light), str(whole)))
    assert system.chromium() is None
    for path in (whole, light):
        path.touch(mode=0o755)
        assert system.chromium() == str(path)


def pins(lock):
    lines = (PROJECT / "requirements" / f"{lock}.txt").read_text().splitlines()
    return {line.split(" ")[0] for line in lines if "==" in line}


def test_each_lock_holds_the_smaller_one():
    """`make run` is content with what `make test` installed."""
    assert pins("base") < pins("trial") < pins("dev")
    assert environment.ENOUGH == {"trial": ("trial", "dev"), "dev": ("dev",)}


@pytest.mark.parametrize("lock", ["base", "trial", "dev"])
def test_locks_name_no_address(lock):
    text = (PROJECT / "requirements" / f"{lock}.txt").read_text()
    found = [word for word in ("://", "--index", "--find-links", "file:", "@ ") if word in text]
    assert found == []


def test_launcher_begins_with_nothing_but_the_standard_library():
    """It runs before anything is installed: -S hides what is."""
    done = subprocess.run(
        [sys.executable, "-S", "-m", "config.launch"],
        cwd=PROJECT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert (done.returncode, done.stderr) == (1, "Say one of: run, test, check, lock.\n")


def test_accounts_are_told_by_the_offices_they_share():
    names = [
        "head.lenin",
        "head.oktyabr",
        "operator.lenin",
        "operator.oktyabr",
        "lawyer.centre",
        "admin",
    ]
    assert serve.account_lines(names) == [
        "head, operator  .lenin .oktyabr",
        "lawyer  .centre",
        "admin",
    ]

"""The one clock, and how it is moved."""

import datetime as dt

from core import clock

LATE = dt.datetime(2026, 11, 28, 18, 30, tzinfo=dt.UTC)


def test_today_is_bishkeks_day_six_hours_ahead():
    with clock.moved_to(LATE):
        assert clock.today() == dt.date(2026, 11, 29)
        assert clock.local(clock.now()).hour == 0


def test_clock_runs_on_from_where_it_was_moved():
    with clock.moved_to(LATE):
        first = clock.now()
        with clock.advanced_by(dt.timedelta(hours=1)):
            assert (
                dt.timedelta(0)
                <= clock.now() - first - dt.timedelta(hours=1)
                < dt.timedelta(seconds=5)
            )
    assert abs(clock.now() - LATE) > dt.timedelta(hours=1)


def test_drill_moves_it_by_the_seconds_of_a_file(settings, tmp_path):
    settings.CLOCK_FILE = str(tmp_path / "clock")
    unmoved = clock.now()
    (tmp_path / "clock").write_text("86400")
    assert dt.timedelta(0) <= clock.now() - unmoved - dt.timedelta(days=1) < dt.timedelta(seconds=5)

"""Browser tests run first where there is a browser; elsewhere they are skipped, with one line that says how to get one."""

import pytest

from config.launch import system

HOW_TO_GET_ONE = (
    "no Chromium: apt-get install chromium-headless-shell (or chromium), "
    "or set CHROMIUM to a browser's path"
)


def pytest_collection_modifyitems(config, items):
    folder = config.rootpath / "tests" / "browser"
    for item in items:
        if item.path.is_relative_to(folder):
            item.add_marker(pytest.mark.browser)
    # First, so that one process walks while another reckons: two that wait for their browsers leave a processor idle, and
    # a long walk at the end leaves one without work.
    items.sort(key=lambda item: item.get_closest_marker("browser") is None)
    if system.chromium() is None:
        for item in items:
            if item.get_closest_marker("browser"):
                item.add_marker(pytest.mark.skip(reason=HOW_TO_GET_ONE))

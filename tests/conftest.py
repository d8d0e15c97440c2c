"""What every test may ask for. Each kind of fixture has a module of its own under tests/plugins."""

import gc

# The suite holds what it has loaded to its end: looking through all of it for garbage every moment finds none.
gc.set_threshold(100_000, 50, 1_000)

pytest_plugins = [
    "tests.plugins.browser_presence",
    "tests.plugins.database",
    "tests.plugins.people",
    "tests.plugins.properties",
    "tests.plugins.stack",
    "tests.plugins.standing",
    "tests.plugins.strict",
]


def pytest_unconfigure():
    """What is left is looked through for errors of dying objects once; pytest would go through all of it five times."""
    gc.collect()
    gc.freeze()

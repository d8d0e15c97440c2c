"""What every test may ask for. Each kind of fixture has a module of its own under tests/plugins."""

pytest_plugins = [
    "tests.plugins.browser_presence",
    "tests.plugins.database",
    "tests.plugins.people",
    "tests.plugins.properties",
    "tests.plugins.strict",
]

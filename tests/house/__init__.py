"""What the house tests read: the project's own files, as git or the folder has them."""

import ast
import re
from functools import cache
from pathlib import Path

HOUSE = Path(__file__).resolve().parent.parent.parent
ROOMS = ("core", "offices", "papers", "casework", "referrals", "complaints", "intake", "reports")
_NOT_OURS = {"var", ".venv", "vendor", "__pycache__", ".git", "node_modules"}


def files(*folders, suffix):
    """Every file of ours in ``folders`` that ends so, as paths from the project's root."""
    found = [
        path.relative_to(HOUSE)
        for folder in folders
        for path in (HOUSE / folder).rglob(f"*{suffix}")
    ]
    return sorted(p for p in found if not _NOT_OURS & set(p.parts))


def sources():
    """The product's own Python, without migrations."""
    return [p for p in files(*ROOMS, suffix=".py") if "migrations" not in p.parts]


def templates():
    return files("templates", suffix=".html")


@cache
def text(path):
    return (HOUSE / path).read_text()


@cache
def tree(path):
    return ast.parse(text(path))


def lines_with(pattern, paths, *, but=()):
    """«path:line» of every line that matches, outside the files in ``but``."""
    wanted = re.compile(pattern)
    return [
        f"{path}:{number}"
        for path in paths
        if str(path) not in but
        for number, line in enumerate(text(path).splitlines(), 1)
        if wanted.search(line)
    ]


def calls(paths, name):
    """(«path:line», call) of every call of a method ``name``."""
    for path in paths:
        for node in ast.walk(tree(path)):
            if (
                isinstance(node, ast.Call)
                and isinstance(node.func, ast.Attribute)
                and node.func.attr == name
            ):
                yield f"{path}:{node.lineno}", node

"""The look holds: colours only in the tokens, readable; no inline script or style; vendor files as they came; parts as told."""

import hashlib
import re
from gzip import compress
from pathlib import Path

import django_htmx
import pytest
from django.conf import settings

ROOT = Path(settings.BASE_DIR)
STYLES = [p for p in sorted((ROOT / "static/css").glob("*.css")) if p.name != "tokens.css"]
SCREENS = [p for p in sorted((ROOT / "templates").rglob("*.html")) if "papers" not in p.parts]
COLOUR = re.compile(
    r"#[0-9a-f]{3,8}\b|\b(?:rgba?|hsla?|hwb|lab|lch|oklch|oklab|color)\(|:\s*(?:white|black|red|green|blue|gr[ae]y|yellow|orange)\b",
    re.IGNORECASE,
)
INLINE = re.compile(
    r"<style|\sstyle\s*=|<script(?![^>]*(?:\bsrc=|application/json))|\son[a-z]+\s*=|\shx-on|javascript:|\bhx-vars|[\"']js:",
    re.IGNORECASE,
)
FROM_ELSEWHERE = re.compile(r"""(?:src|href|action)=["'](?:https?:)?//""")


def ids(paths):
    return [str(p.relative_to(ROOT)) for p in paths]


@pytest.mark.parametrize("path", STYLES, ids=ids(STYLES))
def test_styles_name_no_colour_outside_tokens(path):
    bare = re.sub(r"/\*.*?\*/", "", path.read_text(), flags=re.DOTALL)
    assert COLOUR.findall(bare) == []


@pytest.mark.parametrize("path", SCREENS, ids=ids(SCREENS))
def test_screens_have_nothing_inline_and_nothing_from_elsewhere(path):
    text = path.read_text()
    assert INLINE.findall(text) == []
    assert FROM_ELSEWHERE.findall(text) == []


def test_inline_pattern_would_see_what_it_forbids():
    bad = [
        "<p style='x'>",
        "<script>x</script>",
        '<a onclick="x">',
        "<style>",
        '<a href="javascript:x">',
    ]
    assert [line for line in bad if not INLINE.search(line)] == []


def tokens():
    text = (ROOT / "static/css/tokens.css").read_text()
    return dict(re.findall(r"--([a-z-]+):\s*(#[0-9a-f]{6})\b", text))


def contrast(one, other):
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def luminance(colour):
    parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    lin = [c / 12.92 if c <= 0.03928 else ((c + 0.055) / 1.055) ** 2.4 for c in parts]
    return 0.2126 * lin[0] + 0.7152 * lin[1] + 0.0722 * lin[2]


@pytest.mark.parametrize(
    ("word", "ground", "least"),
    [
        *[(w, g, 7) for w in ("ink", "quiet") for g in ("paper", "desk", "field")],
        *[("action", g, 7) for g in ("paper", "desk", "action-tint")],
        ("on-action", "action", 7),
        ("on-alarm", "alarm", 7),
        *[(s, f"{s}-tint", 5) for s in ("in-time", "soon", "late", "sealed", "mine")],
        *[(s, "paper", 6) for s in ("in-time", "soon", "late", "sealed", "mine")],
        ("edge", "field", 3),
        ("edge", "paper", 3),
    ],
)
def test_words_can_be_read_on_their_ground(word, ground, least):
    known = tokens()
    assert contrast(known[word], known[ground]) >= least


def test_icons_that_templates_ask_for_are_drawn():
    drawn = set(
        re.findall(r'<symbol id="([a-z-]+)"', (ROOT / "static/icons/icons.svg").read_text())
    )
    asked = {
        name
        for path in (ROOT / "templates").rglob("*.html")
        for name in re.findall(r'{% icon "([a-z-]+)"', path.read_text())
    }
    assert asked - drawn == set()


VENDOR = [p for p in sorted(ROOT.glob("static/vendor/*")) if p.is_dir()]
VENDOR += sorted(ROOT.glob("tests/browser/vendor/*"))


@pytest.mark.parametrize("folder", VENDOR, ids=ids(VENDOR))
def test_vendor_files_are_as_they_came_with_version_and_licence(folder):
    version = (folder / "VERSION").read_text()
    assert list(folder.glob("LICENSE*")) + list(folder.glob("OFL*")), "a licence"
    told = re.findall(r"^([0-9a-f]{64}) +(\S+)$", version, flags=re.MULTILINE)
    found = [(hashlib.sha256((folder / name).read_bytes()).hexdigest(), name) for _, name in told]
    assert found == told


def test_first_visit_fetches_little():
    """What every page names, as a server without Brotli sends it; a page itself adds 10 kB at most."""
    shell = "".join(
        (ROOT / "templates" / t).read_text() for t in ("base.html", "components/head.html")
    )
    named = {ROOT / "static" / path for path in re.findall(r"{% static '([^']+)' %}", shell)}
    named |= set((ROOT / "static/vendor/golos-text-5.3.0").glob("*.woff2"))
    named |= {ROOT / "static/icons/icons.svg"}
    named |= {Path(django_htmx.__file__).parent / "static/django_htmx/htmx-2.min.js"}
    sizes = [
        p.stat().st_size if p.suffix == ".woff2" else len(compress(p.read_bytes())) for p in named
    ]
    assert len(named) > 20
    assert sum(sizes) < 125_000

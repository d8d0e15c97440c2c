"""What is inside an upload, and what is left of it. Runs the cleaners in this process; test_uploads.py the real one."""

import io
import re
import zipfile
import zlib

import pikepdf
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PIL import Image

from papers.cleaning import containers, images
from papers.cleaning.inspection import clean
from papers.cleaning.kinds import Refused
from papers.cleaning.pdfs import without_segments
from tests.papers import files

# The cleaning process has no warnings either.
pytestmark = pytest.mark.filterwarnings("ignore")


def refusal(raw):
    with pytest.raises(Refused) as refused:
        clean(raw)
    return refused.value.code


@pytest.mark.parametrize(
    ("raw", "kind"),
    [
        (files.pdf(), "PDF"),
        (files.picture("JPEG"), "JPEG"),
        (files.picture("PNG"), "PNG"),
        (files.picture("WEBP"), "WebP"),
        (files.docx(), "DOCX"),
        (files.xlsx(), "XLSX"),
        (files.odt(), "ODT"),
    ],
)
def test_kind_is_told_by_content_and_cleaning_twice_changes_nothing_more(raw, kind):
    once = clean(raw)

    assert once.kind.name == kind
    assert clean(once.shown).kind.name == kind


def test_photograph_stands_upright_and_tells_no_place():
    cleaned = clean(files.photograph_with_place(orientation=6))
    with Image.open(io.BytesIO(cleaned.shown)) as shown:
        exif, size, info = dict(shown.getexif()), shown.size, set(shown.info)
        top, bottom = shown.getpixel((20, 5)), shown.getpixel((20, 55))

    assert (exif, size) == ({}, (40, 60))
    assert info <= {"jfif", "jfif_version", "jfif_unit", "jfif_density"}
    assert (top[0] > 200, bottom[2] > 200) == (True, True)
    for secret in (b"PhoneMaker", b"secret comment", b"Exif"):
        assert secret not in cleaned.shown + cleaned.thumbnail


def test_nothing_behind_the_picture_survives():
    cleaned = clean(files.picture() + files.docx() + b"<script>alert(1)</script>")

    assert cleaned.kind.name == "JPEG"
    assert b"PK\x03\x04" not in cleaned.shown and b"<script>" not in cleaned.shown


def test_png_texts_are_dropped_and_transparency_kept():
    from PIL.PngImagePlugin import PngInfo

    texts = PngInfo()
    texts.add_text("Author", "Жашыруунова")
    image = Image.new("RGBA", (20, 20), (255, 0, 0, 0))
    raw = io.BytesIO()
    image.save(raw, "PNG", pnginfo=texts)
    with Image.open(io.BytesIO(clean(raw.getvalue()).shown)) as shown:
        assert (shown.mode, shown.getpixel((0, 0))[3], shown.info) == ("RGBA", 0, {})


@pytest.mark.parametrize("mode", ["1", "L", "LA", "P", "RGB", "RGBA", "I;16"])
def test_pictures_of_every_depth_are_drawn(mode):
    raw = io.BytesIO()
    Image.new(mode, (10, 10)).save(raw, "PNG")

    assert clean(raw.getvalue()).thumbnail.startswith(b"\xff\xd8")


def test_cmyk_photograph_is_drawn():
    raw = io.BytesIO()
    Image.new("CMYK", (10, 10)).save(raw, "JPEG")
    with Image.open(io.BytesIO(clean(raw.getvalue()).shown)) as shown:
        assert shown.mode == "RGB"


def test_picture_of_too_many_points_is_refused_before_it_is_decoded():
    raw = bytearray(files.picture("PNG"))
    raw[16:24] = (60_000).to_bytes(4, "big") * 2
    raw[29:33] = zlib.crc32(raw[12:29]).to_bytes(4, "big")

    assert refusal(bytes(raw)) == "too_many_points"
    assert images.MOST_POINTS < 60_000**2


def test_large_picture_is_made_readable_not_huge():
    cleaned = clean(files.picture("PNG", size=(5000, 1000)))
    with (
        Image.open(io.BytesIO(cleaned.shown)) as shown,
        Image.open(io.BytesIO(cleaned.thumbnail)) as small,
    ):
        assert (shown.size, small.size) == ((4500, 900), (320, 64))


def test_pdf_is_left_without_anything_that_acts_or_tells():
    raw = files.pdf_that_acts()
    cleaned = clean(raw)
    with pikepdf.open(io.BytesIO(raw)) as before, pikepdf.open(io.BytesIO(cleaned.shown)) as after:
        everything = after.open_metadata(), dict(after.docinfo), list(after.attachments)
        shown = b"".join(
            thing.read_raw_bytes() if isinstance(thing, pikepdf.Stream) else thing.unparse()
            for thing in after.objects
        )
        assert len(before.pages) == len(after.pages) == 1
        assert "/Im" in after.pages[0].Resources.XObject

    assert (str(everything[0]).count("creator"), everything[1:]) == (0, ({}, []))
    for secret in (
        b"JavaScript",
        b"app.alert",
        b"Launch",
        b"calc.exe",
        b"evil",
        b"PhoneMaker",
        b"secret comment",
        b"Author",
    ):
        assert secret not in shown


def test_photograph_in_a_pdf_keeps_its_picture():
    raw = files.photograph_with_place()
    bare = without_segments(raw)
    with Image.open(io.BytesIO(raw)) as before, Image.open(io.BytesIO(bare)) as after:
        assert before.tobytes() == after.tobytes()
    assert (len(bare) < len(raw), without_segments(b"no jpeg")) == (True, b"no jpeg")


def test_locked_pdf_is_refused_even_with_an_empty_password():
    lock = pikepdf.Encryption(owner="owner", user="user")
    open_lock = pikepdf.Encryption(owner="owner", user="")

    assert (
        refusal(files.pdf(encryption=lock))
        == refusal(files.pdf(encryption=open_lock))
        == "encrypted"
    )


def test_pdf_of_too_many_pages_is_refused():
    assert refusal(files.pdf(pages=501)) == "too_many_pages"


def test_document_loses_its_properties_and_keeps_its_text():
    for raw, text in ((files.docx(), "word/document.xml"), (files.odt(), "content.xml")):
        with zipfile.ZipFile(io.BytesIO(clean(raw).shown)) as made:
            everything = b"".join(made.read(name) for name in made.namelist())
            assert "Корутунду" in made.read(text).decode()
            assert made.testzip() is None

        assert "Жашыруунова".encode() not in everything
        assert b"docProps" not in everything and b"meta.xml" not in everything


def test_odt_says_its_type_first_and_bare():
    shown = clean(files.odt()).shown

    assert shown[30:38] == b"mimetype"
    assert b"application/vnd.oasis.opendocument.text" in shown[:100]


@pytest.mark.parametrize(
    ("raw", "code"),
    [
        (files.docx("application/vnd.ms-word.document.macroEnabled.main+xml"), "acts"),
        (files.docx(**{"word/vbaProject.bin": b"x"}), "acts"),
        (files.odt(**{"Basic/Standard/Module1.xml": "<x/>"}), "acts"),
        (
            files.docx(
                **{
                    "word/_rels/settings.xml.rels": '<Relationships><Relationship Type="x/attachedTemplate" Target="http://x" TargetMode="External"/></Relationships>'
                }
            ),
            "acts",
        ),
        (
            files.docx(**{"word/_rels/x.rels": '<!DOCTYPE x [<!ENTITY a "b">]><x>&a;</x>'}),
            "damaged",
        ),
        (files.container({"a.txt": "x"}), "unknown"),
        (files.docx("application/x-other"), "unknown"),
        (files.docx()[:-30], "damaged"),
        (b"PK\x03\x04", "damaged"),
        (b"", "empty"),
        (b"\0\0\0\x18ftypheic" + b"\0" * 40, "heic"),
        (b"<html><script>x</script></html>", "unknown"),
        (b"<svg xmlns='http://www.w3.org/2000/svg'/>", "unknown"),
        (b"MZ\x90\0" + b"\0" * 100, "unknown"),
        (b"GIF89a" + b"\0" * 30, "unknown"),
        (b"%PDF-1.7\nno pdf at all", "damaged"),
        (b"%PDF-1.7\n%%EOF", "damaged"),
        (b"junk" + files.pdf(), "unknown"),
        (files.picture("JPEG")[:300], "damaged"),
        (files.picture("PNG")[:60], "damaged"),
        (files.picture("WEBP")[:40], "damaged"),
        (b"\xff\xd8\xff\xe0" + b"\0" * 50, "damaged"),
    ],
)
def test_what_is_none_of_our_kinds_is_refused(raw, code):
    assert refusal(raw) == code


def test_packed_bomb_is_refused_whatever_its_header_promises(monkeypatch):
    monkeypatch.setattr(containers, "MOST_BYTES", 1_000_000)
    honest = files.docx(**{"word/media/x.bin": b"\0" * 2_000_000})
    lying = honest.replace((2_000_000).to_bytes(4, "little"), (10).to_bytes(4, "little"))

    assert refusal(honest) == "too_large_inside"
    assert refusal(lying) in ("damaged", "too_large_inside")


def test_container_of_very_many_parts_is_refused(monkeypatch):
    monkeypatch.setattr(containers, "MOST_PARTS", 10)

    assert refusal(files.container({f"{n}.txt": "" for n in range(11)})) == "too_large_inside"


def test_locked_container_is_refused():
    raw = bytearray(files.docx())
    for found in re.finditer(rb"PK\x01\x02", bytes(raw)):
        raw[found.start() + 8] |= 1

    assert refusal(bytes(raw)) == "encrypted"


GOOD = [
    files.pdf(),
    files.pdf_that_acts(),
    files.photograph_with_place(),
    files.picture("PNG"),
    files.picture("WEBP"),
    files.docx(),
    files.odt(),
]


@given(raw=st.sampled_from(GOOD), data=st.data())
@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_any_damage_ends_in_a_clean_file_or_a_refusal(raw, data):
    body = bytearray(raw)
    for _ in range(data.draw(st.integers(1, 6))):
        at = data.draw(st.integers(0, len(body) - 1))
        body[at] = data.draw(st.integers(0, 255))
    if data.draw(st.booleans()):
        del body[data.draw(st.integers(0, len(body))) :]

    try:
        cleaned = clean(bytes(body))
    except Refused:
        return
    assert cleaned.shown


@given(st.binary(max_size=300))
@settings(max_examples=100, deadline=None)
def test_any_bytes_are_refused_in_order(raw):
    with pytest.raises(Refused):
        clean(raw)

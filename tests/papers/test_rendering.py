"""Papers as PDF: exact text, tagged, embedded fonts, nothing fetched, nothing torn apart."""

import datetime as dt
import io
import re
import shutil
import subprocess

import page as pdf_check
import pikepdf
import pypdf
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from casework.papers import Signature
from papers.check_marks import check_mark
from papers.rendering import FetchRefused, bundled_file, render
from papers.templatetags.papers import paragraphs, unbroken
from tests.papers.builders import TEMPLATE, conclusion_paper, paper_text

MARK = check_mark("7K2M9ABCDEFGH123", issued_at=dt.datetime(2026, 12, 2, 9, 30, tzinfo=dt.UTC))


def rendered(check=MARK, **fields):
    return render(TEMPLATE, conclusion_paper(**fields), check=check)


def page_texts(pdf):
    return [page.extract_text() for page in pypdf.PdfReader(io.BytesIO(pdf)).pages]


def flat(text):
    return re.sub(r"\s+", " ", text)


def test_text_stands_in_the_pdf_letter_by_letter_kyrgyz_first():
    pdf = rendered().pdf
    text = flat(" ".join(page_texts(pdf)))

    for part in (
        "Психологдун корутундусу",
        "№ 06.3-0041/26",
        "2026-жылдын 2-декабры",
        "«02» декабря 2026 года",
        "Асанбек уулу Үсөн",
        "ал карындашы Ңурай жөнүндө өз демилгеси менен айтты.",
        "Эмоционалдык-эрктик чөйрө:",
        "тынчсыздануунун деңгээли жогору;",
        "7K2M-9ABC-DEFG-H123",
        "М. О.",
    ):
        assert part in text
    assert text.index("Изилдөөнүн жыйынтыктары") < text.index("Результаты обследования")


@pytest.mark.skipif(not shutil.which("pdftotext"), reason="poppler-utils is not installed")
def test_text_is_read_the_same_by_another_reader():
    out = subprocess.run(
        ["pdftotext", "-raw", "-", "-"], input=rendered().pdf, capture_output=True, check=True
    ).stdout.decode()

    assert "Экинчи жолугушууда байланыш жеңилдеди: ал карындашы Ңурай жөнүндө өз" in flat(out)
    assert "\ufffd" not in out


def test_paper_is_accessible():
    report = pdf_check.validate_pdf_bytes(rendered().pdf, profile="ua1")

    assert (report.is_compliant, [f.message for f in report.failures]) == (True, [])


def test_languages_and_title_are_said():
    with pikepdf.open(io.BytesIO(rendered().pdf)) as pdf:
        parts = [
            thing
            for thing in pdf.objects
            if isinstance(thing, pikepdf.Dictionary) and thing.get("/S") == "/Art"
        ]
        said = (str(pdf.Root.Lang), str(pdf.docinfo["/Title"]))
        russian = {str(part.get("/Lang")) for part in parts}

    assert said == ("ky", "Психологдун корутундусу № 06.3-0041/26")
    assert (len(parts) > 3, russian) == (True, {"ru"})


def test_every_font_is_embedded_and_is_pt_serif():
    with pikepdf.open(io.BytesIO(rendered().pdf)) as pdf:
        fonts = [
            thing
            for thing in pdf.objects
            if isinstance(thing, pikepdf.Dictionary) and thing.get("/Type") == "/FontDescriptor"
        ]
        names = {str(font.FontName).split("+")[1] for font in fonts}
        files = [any(k in font for k in ("/FontFile2", "/FontFile3")) for font in fonts]

    assert names == {"PT-Serif", "PT-Serif-Bold", "PT-Serif-Italic"}
    assert all(files)


@pytest.mark.parametrize("face", ["400Regular", "400Regular_Italic", "700Bold", "700Bold_Italic"])
def test_typeface_has_the_kyrgyz_letters(face):
    from fontTools.ttLib import TTFont

    with TTFont(bundled_file(f"static:vendor/pt-serif-1.000/PTSerif_{face}.ttf")) as font:
        letters = font.getBestCmap()

    assert [c for c in "ҢңӨөҮүЁёҖҗЎў«»№—–·§" if ord(c) not in letters] == []


def test_same_paper_gives_the_same_bytes():
    assert rendered().pdf == rendered().pdf
    assert rendered().pdf != rendered(number="06.3-0042/26").pdf


def test_pages_are_counted_and_a4():
    made = rendered(texts=(paper_text(body="Узун сөз. " * 900), paper_text("ru")))
    texts = page_texts(made.pdf)
    sizes = {
        tuple(round(float(n)) for n in p.mediabox[2:])
        for p in pypdf.PdfReader(io.BytesIO(made.pdf)).pages
    }

    assert (made.pages, sizes) == (len(texts), {(595, 842)})
    for n, text in enumerate(texts, 1):
        assert f"{len(texts)} беттин {n}-бети · стр. {n} из {len(texts)}" in flat(text)


def test_preview_says_that_it_is_a_draft_and_has_no_code():
    made = rendered(check=None, number="", dated_on=None, mark="draft")
    text = flat(" ".join(page_texts(made.pdf)))

    assert "ДОЛБООР" in text and "Текшерүү коду" not in text and "/verify/" not in text


def test_copy_and_its_notes_are_marked():
    note = "Көчүрмө № 06.5-0007/26, «Прокуратура жөнүндө» мыйзам"
    text = flat(
        " ".join(
            page_texts(
                rendered(mark="copy", texts=(paper_text(notes=(note,)), paper_text("ru"))).pdf
            )
        )
    )

    assert note in text and "КӨЧҮРМӨ" in text.upper() and "КОПИЯ" in text.upper()


@pytest.mark.parametrize("lines", [0, 9, 14, 17, 18, 19, 20, 21, 22, 23, 24, 40])
def test_nothing_is_torn_apart_at_the_end_of_a_page(lines):
    body = "\n\n".join(
        f"Абзац {n}: баланын эмоционалдык абалы жана үйдөгү мамилелер жөнүндө кыскача маалымат, мисалдар менен."
        for n in range(lines)
    )
    texts = page_texts(
        rendered(texts=(paper_text(body=body or "Жок"), paper_text("ru", body=body or "Нет"))).pdf
    )

    for text in texts:
        body_lines = [line.strip() for line in text.splitlines() if line.strip()]
        own = [
            line
            for line in body_lines
            if "беттин" not in line and line.split(" · ")[-1] != "7K2M-9ABC-DEFG-H123"
        ]
        assert not re.match(r"\d+\. \D", own[-1]) and own[-1] not in ("Заключение психолога",)
    last = flat(texts[-1])
    assert "кол тамгасы" in last and "Текшерүү коду" in last
    # Some of the text itself stands above the signatures, not the legal basis alone.
    assert last.index("Правовые основания") > 10


@pytest.mark.parametrize(
    "address",
    [
        "http://127.0.0.1:1/x.png",
        "file:///etc/passwd",
        "static:../config/settings/base.py",
        "static:/../manage.py",
        "static:%2e%2e/manage.py",
        "static:css",
        "data:text/html,x",
    ],
)
def test_only_bundled_files_are_fetched(address, tmp_path, settings):
    (tmp_path / "fetching.html").write_text(
        f'<html lang="ky"><title>x</title><img src="{address}" alt="x"></html>'
    )
    settings.TEMPLATES = [{**settings.TEMPLATES[0], "DIRS": [tmp_path]}]

    with pytest.raises(FetchRefused):
        render("fetching.html", None)


def test_typed_text_is_never_markup():
    made = rendered(
        texts=(paper_text(body='<img src="http://127.0.0.1:1/x"> & <b>калың</b>'), paper_text("ru"))
    )

    assert '<img src="http://127.0.0.1:1/x"> & <b>калың</b>' in flat(" ".join(page_texts(made.pdf)))


def test_paragraphs_keep_what_was_typed():
    assert paragraphs("Бир\nэки\n\nҮч:\n- а\n– б\nтөрт") == (
        "<p>Бир<br>эки</p><p>Үч:</p><ul><li>а</li><li>б</li></ul><p>төрт</p>"
    )
    assert paragraphs("") == paragraphs("  \n\n ") == ""


def test_numbers_and_dates_stay_together():
    assert unbroken("3-Б, № 57 <мектеп>, 2026-жылдын 2-декабры") == (
        '<span class="unbroken">3-Б</span>, <span class="unbroken">№ 57</span> &lt;мектеп&gt;, '
        '<span class="unbroken">2026-жылдын 2-декабры</span>'
    )


@given(st.text(alphabet=st.sampled_from("абвү \n-–<>&\"'№5.")))
@settings(max_examples=200, deadline=None)
def test_paragraphs_lose_no_letter(text):
    words = re.sub(
        r"&lt;|&gt;|&amp;|&quot;|&#x27;",
        lambda m: {"&lt;": "<", "&gt;": ">", "&amp;": "&"}.get(m[0], m[0]),
        re.sub(r"<[^>]*>", "", paragraphs(text)),
    )
    keep = set("абвү5")

    assert [c for c in words if c in keep and c != "5"] == [
        c for c in text if c in keep and c != "5"
    ]


def test_copy_says_the_signatures_of_the_original_and_is_vouched_for():
    head = Signature("Б. А. Осмонова", "Башкармалыктын башчысы", "Начальник управления", None)
    original = conclusion_paper()
    copy = conclusion_paper(
        kind="conclusion_copy", mark="copy", signatures=(*original.signatures, head)
    )
    made = render("casework/papers/copy.html", copy, check=MARK)
    last = flat(page_texts(made.pdf)[-1])

    assert last.count("кол коюлган") == 2 and last.count("кол тамгасы · подпись") == 1
    assert "Көчүрмөсү туура" in last and "Копия верна" in last
    assert last.index("Копия верна") < last.index("М. О.") < last.index("Б. А. Осмонова")
    assert pdf_check.validate_pdf_bytes(made.pdf, profile="ua1").is_compliant


def test_extract_has_two_signatures_and_one_place_for_the_seal():
    made = render("casework/papers/extract.html", conclusion_paper(), check=MARK)
    last = flat(page_texts(made.pdf)[-1])

    assert (last.count("кол тамгасы · подпись"), last.count("М. О. · М. П.")) == (2, 1)
    assert pdf_check.validate_pdf_bytes(made.pdf, profile="ua1").is_compliant

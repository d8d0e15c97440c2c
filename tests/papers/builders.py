"""A believable conclusion, as the builders of casework make it, and papers issued from it."""

import datetime as dt

from django.core.files.base import ContentFile

from casework.papers import CaseworkPaper, Fact, OfficeLines, PaperText, Section, Signature
from core import clock
from papers.models import Attachment, IssuedPaper, PaperKind
from papers.services import issue_paper
from tests.builders import make_centre, make_head

TEMPLATE = "casework/papers/conclusion.html"
OFFICE = OfficeLines(
    name_ky="Бишкек шаарынын мэриясынын шаардык социалдык өнүктүрүү башкармалыгына караштуу Балдарга жардам берүү борбору",
    name_ru="Центр помощи детям при Городском управлении социального развития мэрии города Бишкек",
    address_ky="Бишкек ш., Мөңгүлүү көчөсү, 34-а",
    address_ru="г. Бишкек, ул. Монгулуу, 34-а",
    phone="0312 00-00-00",
    email="",
)
KY = (
    "Маектешүү учурунда бала башында жабык болду, суроолорго кыска жооп берди. "
    "Экинчи жолугушууда байланыш жеңилдеди: ал карындашы Ңурай жөнүндө өз демилгеси менен айтты.\n\n"
    "Эмоционалдык-эрктик чөйрө:\n- тынчсыздануунун деңгээли жогору;\n- коркуу кечкисин күчөйт."
)
RU = (
    "В начале беседы мальчик был закрыт, отвечал коротко. Во второй встрече контакт стал легче: "
    "он сам начал рассказывать о сестре Ңурай.\n\n"
    "Эмоционально-волевая сфера:\n- высокий уровень тревожности;\n- страх усиливается вечером."
)


def paper_text(language="ky", *, body=None, notes=()):
    ky = language == "ky"
    body = body if body is not None else (KY if ky else RU)
    facts = (
        Fact("Аты-жөнү" if ky else "Ф. И. О.", "Асанбек уулу Үсөн"),
        Fact("Жашы" if ky else "Возраст", "9 жаш 8 ай" if ky else "9 лет 8 месяцев"),
    )
    return PaperText(
        language=language,
        title="Психологдун корутундусу" if ky else "Заключение психолога",
        confidential="Купуя" if ky else "Конфиденциально",
        notes=notes,
        sections=(
            Section("1.", "Жалпы маалымат" if ky else "Общие сведения", facts=facts),
            Section(
                "5.",
                "Колдонулган методдор" if ky else "Использованные методы",
                items=("Байкоо", "Маек") if ky else ("Наблюдение", "Беседа"),
            ),
            Section(
                "8.", "Изилдөөнүн жыйынтыктары" if ky else "Результаты обследования", text=body
            ),
        ),
        legal_basis=("«Балдар жөнүндө» кодекси",) if ky else ("Кодекс «О детях»",),
    )


def conclusion_paper(**fields):
    fields.setdefault("kind", "conclusion")
    fields.setdefault("office", OFFICE)
    fields.setdefault("number", "06.3-0041/26")
    fields.setdefault("dated_on", dt.date(2026, 12, 2))
    fields.setdefault("texts", (paper_text("ky"), paper_text("ru")))
    fields.setdefault(
        "signatures",
        (
            Signature("А. Б. Садырова", "Психолог", "Психолог", dt.date(2026, 12, 2)),
            Signature("М. К. Токтогулов", "Борбордун директору", "Директор Центра", None),
        ),
    )
    return CaseworkPaper(**fields)


def make_issued_paper(office=None, number="06.3-0041/26", **fields):
    """A paper issued today with the real service."""
    office = office or make_centre()
    fields.setdefault("kind", PaperKind.CONCLUSION)
    fields.setdefault("by", make_head(office))
    fields.setdefault("on", clock.today())
    fields.setdefault("paper", conclusion_paper(number=number))
    fields.setdefault("template", TEMPLATE)
    kind = fields.pop("kind")
    return issue_paper(kind, office=office, number=number, **fields)


def issued_again():
    """Every issued paper as the database has it now."""
    return list(IssuedPaper.objects.order_by("issued_at").values())


def make_attachment(text, uploaded_by):
    """A file whose bytes can be read out of an answer; nothing is checked or cleaned."""
    file = Attachment(name="скан.pdf", content_type="application/pdf", size=1, sha256="0" * 64)
    file.uploaded_by = uploaded_by
    file.original.save("a.sealed", ContentFile(text.encode()), save=False)
    file.shown.save("a.pdf", ContentFile(text.encode()), save=False)
    file.save()
    return file

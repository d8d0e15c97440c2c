"""Every spreadsheet of complaints, of applications and of referrals, opened as its reader opens it."""

import datetime as dt
import io

import openpyxl
import pytest
from django.conf import settings

from casework.exports import NARROWEST, WIDEST, workbook
from core import clock
from tests import builders as make
from tests.complaints import builders as complain
from tests.intake import application_builders as apply
from tests.referrals import builders as refer

EXPORTS = {
    "/complaints/journal/export/": ("Катталган күнү", "Дата регистрации"),
    "/complaints/book/export/": ("Жазылган күнү", "Дата записи"),
    "/intake/applications/journal/export/": ("Катталган күнү", "Дата регистрации"),
    "/referrals/export/": ("Келген күнү", "Дата получения"),
    "/referrals/outgoing/export/": ("Жөнөтүлгөн күнү", "Дата отправки"),
}


def opened(content):
    return openpyxl.load_workbook(io.BytesIO(content)).active


def test_a_day_is_a_day_a_number_stays_a_text_and_columns_are_as_wide_as_what_they_hold():
    moment = dt.datetime(2026, 3, 1, 20, 0, tzinfo=dt.UTC)  # past midnight in Bishkek
    rows = [["0001/26", dt.date(2026, 2, 3), moment, "=1", "ң" * 400, None]]
    sheet = opened(workbook("Т", ["Номер", "Күнү", "Учур", "Сөз", "Узун", "Бош"], rows))
    line = [cell.value for cell in sheet[2]]
    assert [line[0], line[1].date(), line[2].date(), line[3]] == [
        "0001/26", dt.date(2026, 2, 3), dt.date(2026, 3, 2), "'=1"
    ]  # fmt: skip
    assert [sheet["B2"].is_date, sheet["B2"].number_format] == [True, "dd.mm.yyyy"]
    assert not line[5]
    widths = [round(sheet.column_dimensions[c].width) for c in "AE"]
    assert widths[0] in (NARROWEST, NARROWEST + 1) and widths[1] in (WIDEST, WIDEST + 1)
    assert (sheet.freeze_panes, sheet.page_setup.orientation) == ("A2", "landscape")


@pytest.mark.django_db
@pytest.mark.parametrize("url", EXPORTS)
def test_its_heads_are_in_the_reader_s_language_and_its_days_are_days(url, sign_in):
    city = complain.City()
    worker = make.make_caseworker(city.oktyabr)
    complain.register(city)
    complain.make_entry(city.oktyabr)
    apply.make_application(city.oktyabr, worker)
    refer.make_incoming(worker)
    case = make.make_case(city.oktyabr, worker)
    refer.make_outgoing(case, worker, head=city.head, sent=True)
    client = sign_in(city.head)
    last = clock.today()
    period = f"first={last - dt.timedelta(days=7):%d.%m.%Y}&last={last:%d.%m.%Y}"
    for language, head in zip(("ky", "ru"), EXPORTS[url], strict=True):
        client.cookies[settings.LANGUAGE_COOKIE_NAME] = language
        answer = client.post(f"{url}?{period}", {"reason": "текшерүү"})
        sheet = opened(answer.content)
        heads = [cell.value for cell in sheet[1]]
        assert sheet.cell(2, heads.index(head) + 1).is_date, heads

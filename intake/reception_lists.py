"""The lists that the reception begins with: who is served without a queue, and what people need in order to be understood.

The standard names no categories and no act with the list is known, so both are editable and neither is printed as law.
"""

from .models import CommunicationNeed, PrivilegedCategory

# code, Kyrgyz, Russian
PRIVILEGED = [
    ("ww2_veteran", "Улуу Ата Мекендик согуштун ардагерлери жана аларга теңештирилгендер", "Ветераны Великой Отечественной войны и приравненные к ним"),
    ("chernobyl_afghan", "Чернобыль АЭСиндеги кырсыктын кесепетин жоюучулар жана Афганистандагы согуштун катышуучулары", "Ликвидаторы аварии на Чернобыльской АЭС и участники войны в Афганистане"),
    ("disability", "Майыптыгы бар адамдар", "Лица с инвалидностью"),
    ("child_with_disability", "Майыптыгы бар баланын ата-энеси", "Родители ребёнка с инвалидностью"),
    ("pregnant", "Кош бойлуу аялдар", "Беременные женщины"),
    ("infant", "Эмчектеги баласы бар аялдар", "Женщины с грудными детьми"),
    ("elderly", "70 жаштан улуу адамдар", "Лица старше 70 лет"),
    ("many_children", "Көп балалуу энелер", "Многодетные матери"),
    ("baatyr_ene", "«Баатыр эне» орденинин ээлери", "Награждённые орденом «Баатыр эне»"),
]  # fmt: skip

NEEDS = [
    ("interpreter", "Котормочу керек", "Нужен переводчик"),
    ("sign_language", "Жаңсоо тили", "Жестовый язык"),
    ("hard_of_hearing", "Начар угат: катуураак, жүзүнө карап сүйлөө", "Плохо слышит: говорить громче, лицом к лицу"),
    ("large_print", "Чоң тамга менен басуу", "Крупный шрифт"),
    ("read_aloud", "Үн чыгарып окуп берүү", "Прочитать вслух"),
    ("easy_words", "Жөнөкөй сөздөр менен түшүндүрүү", "Объяснять простыми словами"),
    ("wheelchair", "Коляска менен: пандус, кең эшик", "На коляске: пандус, широкая дверь"),
    ("helper", "Коштоочу менен кабыл алуу", "Принять вместе с сопровождающим"),
    ("quiet_room", "Өзүнчө тынч бөлмө", "Отдельная тихая комната"),
]  # fmt: skip


def load_reception_lists() -> None:
    """Create what is missing; what an administrator has changed stays as it is."""
    for model, rows in ((PrivilegedCategory, PRIVILEGED), (CommunicationNeed, NEEDS)):
        for order, (code, ky, ru) in enumerate(rows, 1):
            model.objects.get_or_create(
                code=code, defaults={"name_ky": ky, "name_ru": ru, "order": order * 10}
            )

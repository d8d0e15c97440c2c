"""What every installation begins with: districts, offices, the standard. All of it editable; contacts are unconfirmed.

Names of bodies follow the service passport (clauses 1 and 2); the acts are those of clause 4.
"""

import datetime as dt

from .enums import OfficeKind
from .models import District, Office, StandardVersion

DISTRICTS = [
    ("lenin", "Ленин району", "Ленинский район"),
    ("oktyabr", "Октябрь району", "Октябрьский район"),
    ("pervomay", "Биринчи Май району", "Первомайский район"),
    ("sverdlov", "Свердлов району", "Свердловский район"),
]

# code, kind, number index, Kyrgyz name, Russian name
OFFICES = [
    (
        "city",
        OfficeKind.CITY,
        "01",
        "Бишкек шаарынын мэриясынын шаардык социалдык өнүктүрүү башкармалыгы",
        "Городское управление социального развития мэрии города Бишкек",
    ),
    (
        "lenin",
        OfficeKind.DISTRICT,
        "02",
        "Бишкек шаарынын мэриясынын Ленин райондук социалдык өнүктүрүү башкармалыгы",
        "Ленинское районное управление социального развития мэрии города Бишкек",
    ),
    (
        "oktyabr",
        OfficeKind.DISTRICT,
        "03",
        "Бишкек шаарынын мэриясынын Октябрь райондук социалдык өнүктүрүү башкармалыгы",
        "Октябрьское районное управление социального развития мэрии города Бишкек",
    ),
    (
        "pervomay",
        OfficeKind.DISTRICT,
        "04",
        "Бишкек шаарынын мэриясынын Биринчи Май райондук социалдык өнүктүрүү башкармалыгы",
        "Первомайское районное управление социального развития мэрии города Бишкек",
    ),
    (
        "sverdlov",
        OfficeKind.DISTRICT,
        "05",
        "Бишкек шаарынын мэриясынын Свердлов райондук социалдык өнүктүрүү башкармалыгы",
        "Свердловское районное управление социального развития мэрии города Бишкек",
    ),
    (
        "centre",
        OfficeKind.CENTRE,
        "06",
        "Бишкек шаарынын мэриясынын шаардык социалдык өнүктүрүү башкармалыгына караштуу "
        "Балдарга жардам берүү борбору",
        "Центр помощи детям при городском управлении социального развития мэрии города Бишкек",
    ),
]

LEGAL_BASIS_KY = """\
Кыргыз Республикасынын «Балдар жөнүндө» кодекси
Кыргыз Республикасынын «Кыргыз Республикасындагы калкты социалдык жактан тейлөөнүн негиздери жөнүндө» мыйзамы
Кыргыз Республикасынын «Кепилденген мамлекеттик минималдуу социалдык стандарттар жөнүндө» мыйзамы
Кыргыз Республикасынын Өкмөтүнүн 2011-жылдын 27-майындагы № 255 токтому
Бишкек шаардык кеңешинин 2013-жылдын 2-апрелиндеги № 16 токтому"""

LEGAL_BASIS_RU = """\
Кодекс Кыргызской Республики «О детях»
Закон Кыргызской Республики «Об основах социального обслуживания населения в Кыргызской Республике»
Закон Кыргызской Республики «О гарантированных государственных минимальных социальных стандартах»
Постановление Правительства Кыргызской Республики от 27 мая 2011 года № 255
Постановление Бишкекского городского кенеша от 2 апреля 2013 года № 16"""


SHORT_NAMES = {
    "city": ("Шаардык башкармалык", "Городское управление"),
    "centre": ("Балдарга жардам борбору", "Центр помощи детям"),
    **{code: (ky, ru) for code, ky, ru in DISTRICTS},
}


def load_offices() -> None:
    """Create what is missing; what an administrator has changed stays as it is."""
    for code, ky, ru in DISTRICTS:
        District.objects.get_or_create(code=code, defaults={"name_ky": ky, "name_ru": ru})
    for code, kind, index, ky, ru in OFFICES:
        Office.objects.get_or_create(
            code=code,
            defaults={
                "kind": kind,
                "short_ky": SHORT_NAMES[code][0],
                "short_ru": SHORT_NAMES[code][1],
                "index": index,
                "name_ky": ky,
                "name_ru": ru,
                "district": District.objects.filter(code=code).first(),
            },
        )


def load_standard() -> None:
    """The first version of the standard with the times of clauses 7 and 17; its dates wait for an administrator's word."""
    if not StandardVersion.objects.exists():
        StandardVersion.objects.create(
            number="1",
            adopted_on=dt.date(2024, 1, 15),
            in_force_from=dt.date(2024, 2, 1),
            legal_basis_ky=LEGAL_BASIS_KY,
            legal_basis_ru=LEGAL_BASIS_RU,
        )

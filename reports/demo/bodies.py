"""Invented bodies and partners around the offices, and the demo's contacts (all unconfirmed)."""

from offices.enums import OrganisationKind
from offices.models import District, Mtu, Office, Organisation

CONTACTS = {
    "city": ("Чүй проспектиси, 166", "проспект Чүй, 166", "0312 00 00 01", ""),
    "lenin": ("Чүй проспектиси, 168а", "проспект Чүй, 168а", "0312 00 00 02", "0312 00 11 02"),
    "oktyabr": ("Токомбаев көчөсү, 20", "улица Токомбаева, 20", "0312 00 00 03", "0312 00 11 03"),
    "pervomay": ("Чүй проспектиси, 168а", "проспект Чүй, 168а", "0312 00 00 04", "0312 00 11 04"),
    "sverdlov": ("Үсөнбаев көчөсү, 200/1", "улица Усенбаева, 200/1", "0312 00 00 05", "0312 00 11 05"),
    "centre": (
        "Карасаев көчөсү, 73 (№ 14 мектептин чыгыш канаты)",
        "улица Карасаева, 73 (восточное крыло школы № 14)",
        "0312 00 00 06",
        "0312 00 11 06",
    ),
}  # fmt: skip
ACCESS_KY = "Пандус жана кармагычтар бар; күтүү үчүн орундар, ажаткана; имарат жылытылат."
ACCESS_RU = "Есть пандус и поручни; места для ожидания, туалет; здание отапливается."
K = OrganisationKind
CITYWIDE = [
    (K.PROSECUTOR, "Бишкек шаарынын прокуратурасы", "Прокуратура города Бишкек"),
    (K.COMMISSION, "Бишкек шаарынын Балдар иштери боюнча комиссиясы", "Комиссия по делам детей города Бишкек"),
    (K.NGO, "«Үмүт шооласы» коомдук фонду", "Общественный фонд «Луч надежды»"),
    (K.NGO, "«Бала дүйнөсү» коомдук бирикмеси", "Общественное объединение «Мир ребёнка»"),
    (K.SOCIAL, "Шаардык реабилитациялык борбор", "Городской реабилитационный центр"),
    (K.HEALTH, "№ 3 шаардык балдар ооруканасы", "Городская детская больница № 3"),
]  # fmt: skip
PER_DISTRICT = [
    (K.INTERNAL_AFFAIRS, "{ky} ички иштер бөлүмү", "Отдел внутренних дел, {ru}"),
    (K.COURT, "{ky} райондук соту", "Районный суд, {ru}"),
    (K.HEALTH, "{ky} үй-бүлөлүк медицина борбору", "Центр семейной медицины, {ru}"),
]
SCHOOLS = {
    "lenin": [57, 12, 33, 64],
    "oktyabr": [9, 26, 61, 78],
    "pervomay": [5, 13, 24, 70],
    "sverdlov": [14, 20, 48, 71],
}


def load_bodies() -> None:
    for code, (ky, ru, phone, hotline) in CONTACTS.items():
        office = Office.objects.get(code=code)
        office.address_ky, office.address_ru, office.phone, office.hotline = ky, ru, phone, hotline
        office.accessibility_ky, office.accessibility_ru = ACCESS_KY, ACCESS_RU
        office.save()
    for kind, ky, ru in CITYWIDE:
        Organisation.objects.create(kind=kind, name_ky=ky, name_ru=ru)
    for district in District.objects.order_by("code"):
        for kind, ky, ru in PER_DISTRICT:
            Organisation.objects.create(
                kind=kind,
                district=district,
                name_ky=ky.format(ky=district.name_ky.removesuffix(" району")),
                name_ru=ru.format(ru=district.name_ru),
            )
        for number in SCHOOLS[district.code]:
            word = "мектеп-гимназиясы" if number in (57, 9, 5, 14) else "орто мектеби"
            ru = "школа-гимназия" if number in (57, 9, 5, 14) else "средняя школа"
            Organisation.objects.create(
                kind=K.EDUCATION,
                district=district,
                name_ky=f"№ {number} {word}",
                name_ru=f"{ru.capitalize()} № {number}",
                signatory="Директордун орун басары",
            )
        for number in range(1, 9):
            Mtu.objects.create(
                district=district,
                number=number,
                name_ky=f"{district.name_ky}, {number}-МАБ",
                name_ru=f"{district.name_ru}, МТУ № {number}",
            )

"""The staff of the demo city: one account for every role, two caseworkers at least in each office."""

import datetime as dt

from django.contrib.auth.hashers import make_password

from offices.enums import Role
from offices.models import Membership, Office, User

PASSWORD = "jardam-demo-2026"
OFFICES = ["lenin", "oktyabr", "pervomay", "sverdlov", "centre"]
POSITIONS = {
    Role.OPERATOR: ("Ишеним телефонунун оператору", "Оператор телефона доверия"),
    Role.CASEWORKER: ("Социалдык кызматкер", "Социальный работник"),
    Role.PSYCHOLOGIST: ("Психолог", "Психолог"),
    Role.LAWYER: ("Юрист", "Юрист"),
    Role.REGISTRAR: ("Каттоочу", "Делопроизводитель"),
    Role.HEAD: ("Башкармалыктын башчысы", "Начальник управления"),
    Role.CITY_HEAD: ("Шаардык башкармалыктын башчысы", "Начальник городского управления"),
    Role.ADMINISTRATOR: ("Администратор", "Администратор"),
    Role.AUDITOR: ("Текшерүүчү", "Проверяющий"),
}
CENTRE_HEAD = ("Борбордун жетекчиси", "Руководитель Центра")

# user name, role, office, surname, given name, patronymic
PEOPLE = [
    ("operator.lenin", Role.OPERATOR, "lenin", "Сыдыкова", "Айнура", "Болотовна"),
    ("operator.oktyabr", Role.OPERATOR, "oktyabr", "Жумабекова", "Гүлзат", ""),
    ("operator.pervomay", Role.OPERATOR, "pervomay", "Абдыкадыров", "Нурбек", "Эмилович"),
    ("operator.sverdlov", Role.OPERATOR, "sverdlov", "Орозбаева", "Чынара", "Канатовна"),
    ("caseworker.lenin", Role.CASEWORKER, "lenin", "Мамбетова", "Айгүл", "Сапаровна"),
    ("caseworker2.lenin", Role.CASEWORKER, "lenin", "Эркин кызы", "Перизат", ""),
    ("caseworker.oktyabr", Role.CASEWORKER, "oktyabr", "Касымова", "Динара", "Маратовна"),
    ("caseworker2.oktyabr", Role.CASEWORKER, "oktyabr", "Бейшеналиев", "Өмүрбек", ""),
    ("caseworker.pervomay", Role.CASEWORKER, "pervomay", "Никитина", "Ольга", "Викторовна"),
    ("caseworker2.pervomay", Role.CASEWORKER, "pervomay", "Турганбаева", "Жылдыз", "Асановна"),
    ("caseworker.sverdlov", Role.CASEWORKER, "sverdlov", "Султанова", "Мээрим", "Таалайбековна"),
    ("caseworker2.sverdlov", Role.CASEWORKER, "sverdlov", "Юсупов", "Шавкат", "Анварович"),
    ("caseworker.centre", Role.CASEWORKER, "centre", "Дөөлөтова", "Бермет", "Чоробековна"),
    ("caseworker2.centre", Role.CASEWORKER, "centre", "Пак", "Елена", ""),
    ("psychologist.centre", Role.PSYCHOLOGIST, "centre", "Үмөталиева", "Назгүл", "Өмүрбековна"),
    ("psychologist2.centre", Role.PSYCHOLOGIST, "centre", "Лебедева", "Ирина", "Сергеевна"),
    ("lawyer.centre", Role.LAWYER, "centre", "Акматов", "Тилек", "Замирович"),
    ("head.lenin", Role.HEAD, "lenin", "Токтосунова", "Гүлмира", "Иманалиевна"),
    ("head.oktyabr", Role.HEAD, "oktyabr", "Садыбакасов", "Мирлан", "Эркинович"),
    ("head.pervomay", Role.HEAD, "pervomay", "Күмүшалиева", "Роза", "Жумабековна"),
    ("head.sverdlov", Role.HEAD, "sverdlov", "Исаев", "Бакыт", "Темирович"),
    ("head.centre", Role.HEAD, "centre", "Чолпонкулова", "Жамийла", "Асылбековна"),
    ("registrar.lenin", Role.REGISTRAR, "lenin", "Кулматова", "Асел", ""),
    ("registrar.oktyabr", Role.REGISTRAR, "oktyabr", "Семёнова", "Наталья", "Олеговна"),
    ("registrar.pervomay", Role.REGISTRAR, "pervomay", "Бакирова", "Анара", "Улановна"),
    ("registrar.sverdlov", Role.REGISTRAR, "sverdlov", "Жээнбекова", "Салтанат", ""),
    ("registrar.centre", Role.REGISTRAR, "centre", "Ли", "Виктория", ""),
    ("registrar.city", Role.REGISTRAR, "city", "Аскарова", "Канышай", "Нурлановна"),
    ("head.city", Role.CITY_HEAD, "city", "Осмоналиев", "Кубанычбек", "Шаршенович"),
    ("admin", Role.ADMINISTRATOR, "city", "Ибрагимов", "Руслан", "Алиевич"),
    ("auditor", Role.AUDITOR, "city", "Рыскулова", "Айзада", "Турдубековна"),
]
SINCE = dt.date(2022, 1, 10)
# Who left while they answered for a case; signs in and finds nothing.
FORMER = ("caseworker.former", "Дүйшөнова", "Нурзат", "Кубатовна")


def load_staff() -> None:
    """Create the accounts with their memberships; the one password is hashed once, for all."""
    password = make_password(PASSWORD)
    offices = {office.code: office for office in Office.objects.all()}
    there = set(User.objects.values_list("username", flat=True))
    for username, role, office, *name in PEOPLE:
        if username not in there:
            position = CENTRE_HEAD if username == "head.centre" else POSITIONS[role]
            _account(username, name, password, offices[office], role, position, SINCE)


def load_former_worker(office: Office) -> User:
    """Somebody who works there still; that they left is written afterwards."""
    username, *name = FORMER
    role, since = Role.CASEWORKER, dt.date(2025, 9, 1)
    return _account(username, name, make_password(PASSWORD), office, role, POSITIONS[role], since)


def _account(
    username: str,
    name: list[str],
    password: str,
    office: Office,
    role: Role,
    position: tuple[str, str],
    since: dt.date,
) -> User:
    """``name`` is surname, given name, patronymic; ``position`` in Kyrgyz and in Russian."""
    surname, given, patronymic = name
    user: User = User.objects.create(
        username=username,
        surname=surname,
        given_name=given,
        patronymic=patronymic,
        password=password,
        is_demo=True,
    )
    ky, ru = position
    Membership.objects.create(
        user=user, office=office, role=role, position_ky=ky, position_ru=ru, starts_on=since
    )
    return user

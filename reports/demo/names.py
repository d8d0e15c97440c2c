"""Invented names, as people in Bishkek are called: Kyrgyz in several forms, Russian, Uzbek, Dungan, Korean."""

from dataclasses import dataclass
from random import Random

KYRGYZ_BOYS = [
    "Азамат",
    "Айбек",
    "Алмаз",
    "Арслан",
    "Бакыт",
    "Бектур",
    "Данияр",
    "Жоомарт",
    "Илим",
    "Кубаныч",
    "Мирлан",
    "Нурбек",
    "Нурислам",
    "Өмүрбек",
    "Руслан",
    "Санжар",
    "Тилек",
    "Улан",
    "Үсөн",
    "Чыңгыз",
    "Эмир",
    "Эрлан",
    "Эльдияр",
    "Баястан",
    "Байэл",
    "Алинур",
    "Умар",
    "Жаныш",
    "Каныкей",
][:28]
KYRGYZ_GIRLS = [
    "Айпери",
    "Айым",
    "Айсулуу",
    "Акылай",
    "Асел",
    "Бегимай",
    "Бермет",
    "Гүлнур",
    "Жаңыл",
    "Жибек",
    "Каныкей",
    "Мээрим",
    "Нурзат",
    "Нуриза",
    "Ңурай",
    "Перизат",
    "Раяна",
    "Сезим",
    "Тансулуу",
    "Умай",
    "Үмүт",
    "Чынара",
    "Элнура",
    "Эльвира",
    "Аяна",
    "Өңдөш",
    "Назгүл",
    "Көңүл",
]
KYRGYZ_FATHERS = [
    "Асанбек",
    "Бакыт",
    "Болот",
    "Дөөлөт",
    "Жаныбек",
    "Замир",
    "Кубат",
    "Мелис",
    "Нурлан",
    "Өмүрбек",
    "Сагындык",
    "Таалай",
    "Темир",
    "Тургунбек",
    "Улан",
    "Чоро",
    "Шаки",
    "Эркин",
    "Эсен",
    "Канат",
    "Күмөн",
    "Жолдош",
    "Кеңеш",
    "Арстан",
    "Коргонбай",
]
KYRGYZ_STEMS = [
    "Абдылдаев",
    "Асанов",
    "Байтемиров",
    "Бекташев",
    "Жакыпов",
    "Ибраимов",
    "Исаков",
    "Кадыров",
    "Калыков",
    "Мамытов",
    "Молдалиев",
    "Осмонов",
    "Өмүралиев",
    "Садыков",
    "Токтогулов",
    "Төлөгөнов",
    "Турдубаев",
    "Чолпонбаев",
    "Шаршенов",
    "Эшматов",
    "Үмөталиев",
    "Күмүшбеков",
]
RUSSIAN_STEMS = [
    "Петров",
    "Смирнов",
    "Иванов",
    "Кузнецов",
    "Соколов",
    "Лебедев",
    "Морозов",
    "Волков",
    "Новиков",
    "Фёдоров",
]
RUSSIAN_BOYS = [
    "Артём",
    "Дмитрий",
    "Егор",
    "Иван",
    "Кирилл",
    "Максим",
    "Никита",
    "Сергей",
    "Тимофей",
]
RUSSIAN_GIRLS = [
    "Алина",
    "Анна",
    "Дарья",
    "Екатерина",
    "Ксения",
    "Мария",
    "Полина",
    "София",
    "Юлия",
]
RUSSIAN_FATHERS = {"Иван": ("Иванович", "Ивановна"), "Сергей": ("Сергеевич", "Сергеевна"), "Виктор": ("Викторович", "Викторовна"), "Андрей": ("Андреевич", "Андреевна"), "Олег": ("Олегович", "Олеговна")}  # fmt: skip
UZBEK_STEMS = ["Рахимов", "Каримов", "Юсупов", "Алимов", "Эргашев"]
UZBEK_BOYS = ["Алишер", "Жасур", "Отабек", "Шерзод", "Бобур"]
UZBEK_GIRLS = ["Дилноза", "Малика", "Нигора", "Шахноза", "Гулчехра"]
UZBEK_FATHERS = ["Ўктам", "Рустам", "Анвар", "Баходир"]
DUNGAN_STEMS = ["Машанло", "Шисыр", "Хаширов", "Ясыр", "Юнусов", "Маев"]
DUNGAN_BOYS = ["Арсан", "Исхар", "Мухар", "Рашид"]
DUNGAN_GIRLS = ["Айша", "Зухра", "Мария", "Фатима"]
KOREAN_SURNAMES = ["Ким", "О", "Цой", "Пак", "Ли", "Тен"]
KOREAN_BOYS = ["Сергей", "Владислав", "Эрик", "Роман"]
KOREAN_GIRLS = ["Виктория", "Елена", "Диана", "Ольга"]


@dataclass(frozen=True)
class Name:
    surname: str
    given: str
    patronymic: str = ""


def _feminine(stem: str) -> str:
    return stem + "а" if stem.endswith(("ов", "ев", "ин", "ын")) else stem


class House:
    """One family's way of naming: its tongue, surname and father's name, so that its people belong together."""

    def __init__(self, rng: Random) -> None:
        self.rng = rng
        self.taken: set[str] = set()
        self.tongue = rng.choices(
            ["kyrgyz_new", "kyrgyz_old", "russian", "uzbek", "dungan", "korean", "tegin"],
            [34, 30, 14, 9, 4, 4, 5],
        )[0]
        self.father_name = rng.choice(KYRGYZ_FATHERS)
        self.russian_father = rng.choice(list(RUSSIAN_FATHERS))
        self.stem = rng.choice(
            {
                "russian": RUSSIAN_STEMS,
                "uzbek": UZBEK_STEMS,
                "dungan": DUNGAN_STEMS,
                "korean": KOREAN_SURNAMES,
            }.get(self.tongue, KYRGYZ_STEMS)
        )

    @property
    def language(self) -> str:
        return {"russian": "ru", "uzbek": "uz", "dungan": "dng", "korean": "ru"}.get(
            self.tongue, "ky"
        )

    def child(self, male: bool) -> Name:
        given = self._given(male)
        if self.tongue == "kyrgyz_new":
            return Name(f"{self.father_name} {'уулу' if male else 'кызы'}", given)
        if self.tongue == "tegin":
            return Name(f"{self.father_name} тегин", given)
        if self.tongue == "russian":
            return Name(self._surname(male), given, RUSSIAN_FATHERS[self.russian_father][not male])
        if self.tongue == "uzbek":
            father = self.rng.choice(UZBEK_FATHERS)
            return Name(self._surname(male), given, f"{father} {'ўғли' if male else 'қизи'}")
        patronymic = ""
        if self.tongue == "kyrgyz_old" and self.rng.random() < 0.8:
            patronymic = self.father_name + ("ович" if male else "овна")
        return Name(self._surname(male), given, patronymic)

    def mother(self) -> Name:
        given = self._given(False)
        if self.tongue in ("kyrgyz_new", "kyrgyz_old", "tegin"):
            patronymic = self.rng.choice(KYRGYZ_FATHERS) + "овна" if self.rng.random() < 0.7 else ""
            return Name(_feminine(self.rng.choice(KYRGYZ_STEMS)), given, patronymic)
        if self.tongue == "russian":
            return Name(
                self._surname(False),
                given,
                RUSSIAN_FATHERS[self.rng.choice(list(RUSSIAN_FATHERS))][1],
            )
        return Name(self._surname(False), given)

    def father(self) -> Name:
        if self.tongue in ("kyrgyz_new", "tegin"):
            return Name(self.rng.choice(KYRGYZ_STEMS), self.father_name)
        if self.tongue == "russian":
            return Name(self._surname(True), self.russian_father)
        return Name(self._surname(True), self._given(True))

    def _surname(self, male: bool) -> str:
        return self.stem if male else _feminine(self.stem)

    def _given(self, male: bool) -> str:
        pools = {
            "russian": (RUSSIAN_BOYS, RUSSIAN_GIRLS),
            "uzbek": (UZBEK_BOYS, UZBEK_GIRLS),
            "dungan": (DUNGAN_BOYS, DUNGAN_GIRLS),
            "korean": (KOREAN_BOYS, KOREAN_GIRLS),
        }.get(self.tongue, (KYRGYZ_BOYS, KYRGYZ_GIRLS))
        pool = pools[0] if male else pools[1]
        chosen = self.rng.choice(pool)
        # Nobody gives two of a family the same name: the next of the list that is free, so that chance goes on as before.
        for name in (*pool[pool.index(chosen) :], *pool):
            if name not in self.taken:
                chosen = name
                break
        self.taken.add(chosen)
        return chosen

"""The lists casework begins with: situations, psychological methods, legal grounds. All editable, none of them law.

The situations follow what the ministry and the city report on; the age ranges of methods are to be checked by a local
psychologist; the grounds wait for an office's lawyer to name the acts.
"""

from .models import (
    AssessmentDomain,
    ClosingReason,
    LegalGround,
    PsychologicalMethod,
    SituationCategory,
)
from .plan_reference import DOMAINS

# code, Kyrgyz, Russian, whether it restricts the case
SITUATIONS = [
    ("violence", "Зордук-зомбулуктан жана ырайымсыз мамиледен жабыр тарткан балдар", "Дети, пострадавшие от насилия и жестокого обращения", False),
    ("sexual_violence", "Жыныстык зордук-зомбулуктан жабыр тарткан балдар", "Дети, пострадавшие от сексуального насилия", True),
    ("family_conflict", "Үй-бүлөлүк чыр-чатак, ажырашуу, балдар боюнча талаш", "Семья в конфликте, развод, спор о детях", False),
    ("neglect", "Кароосуз жана үй-жайсыз калган балдар", "Безнадзорные и беспризорные дети", False),
    ("orphan", "Жетим балдар", "Дети-сироты", False),
    ("no_care", "Ата-энесинин камкордугусуз калган балдар", "Дети, оставшиеся без попечения родителей", False),
    ("poor", "Аз камсыз болгон үй-бүлөлөрдүн балдары", "Дети из малообеспеченных семей", False),
    ("parent_addiction", "Ата-энеси көз карандылыктан жабыркаган үй-бүлө", "Родители с зависимостью", False),
    ("out_of_school", "Мектепке барбаган балдар", "Дети, не посещающие школу", False),
    ("no_documents", "Туулгандыгы тууралуу күбөлүгү жана документтери жок балдар", "Дети без свидетельства о рождении и документов", False),
    ("child_labour", "Балдар эмгегинин эң начар формаларына тартылган балдар", "Дети, вовлечённые в наихудшие формы детского труда", False),
    ("begging", "Кайырчылык менен алектенген балдар", "Дети, занимающиеся попрошайничеством", False),
    ("disability", "Майыптыгы бар балдар", "Дети с инвалидностью", False),
    ("migrant", "Эмгек мигранттарынын балдары", "Дети трудовых мигрантов", False),
    ("conflict_with_law", "Мыйзам менен чырдашкан балдар", "Дети в конфликте с законом", False),
    ("victim_of_crime", "Кылмыштын курмандыгы же күбөсү болгон балдар", "Дети — жертвы или свидетели преступлений", False),
    ("bullying", "Мектептеги кордоо (буллинг)", "Травля (буллинг) в школе", False),
    ("disaster", "Өзгөчө кырдаалдан жабыр тарткандар", "Пострадавшие от чрезвычайных ситуаций", False),
    ("other", "Башка", "Иное", False),
]  # fmt: skip

# code, Kyrgyz, Russian, from age, to age (full years, inclusive), for parents
METHODS = [
    ("observation", "Байкоо", "Наблюдение", None, None, False),
    ("talk", "Аңгемелешүү, түзүмдөлгөн интервью", "Беседа, структурированное интервью", None, None, False),
    ("family_drawing", "«Үй-бүлөнүн сүрөтү»", "«Рисунок семьи»", 4, None, False),
    ("kinetic_family_drawing", "«Үй-бүлөнүн кинетикалык сүрөтү»", "«Кинетический рисунок семьи»", 5, None, False),
    ("house_tree_person", "«Үй — дарак — адам»", "«Дом — дерево — человек»", 5, None, False),
    ("person_drawing", "«Адамдын сүрөтү»", "«Рисунок человека»", 4, 14, False),
    ("imaginary_animal", "«Жок жаныбар»", "«Несуществующее животное»", 6, None, False),
    ("ladder", "«Тепкич»", "«Лесенка»", 5, None, False),
    ("dembo_rubinstein", "Дембо — Рубинштейндин өзүн-өзү баалоо методикасы", "Методика самооценки Дембо — Рубинштейн", 10, None, False),
    ("temml_dorki_amen", "Тэммл — Дорки — Амендин тынчсыздануу тести", "Тест тревожности Тэммл — Дорки — Амен", 4, 7, False),
    ("cmas", "Балдардын тынчсыздануу шкаласы (CMAS)", "Шкала явной тревожности для детей (CMAS)", 8, 12, False),
    ("spielberger_hanin", "Спилбергер — Ханиндин тынчсыздануу шкаласы", "Шкала тревожности Спилбергера — Ханина", 12, None, False),
    ("phillips", "Филлипстин мектептеги тынчсыздануу тести", "Тест школьной тревожности Филлипса", 7, 17, False),
    ("cat", "Балдардын апперцепция тести (CAT)", "Детский тест апперцепции (CAT)", 3, 10, False),
    ("hand", "«Кол» тести", "Тест «Рука»", 5, None, False),
    ("rosenzweig", "Розенцвейгдин тести, балдар үчүн", "Тест Розенцвейга, детский вариант", 6, 12, False),
    ("luscher", "Люшердин тести, мамилелердин түстүк тести", "Тест Люшера, цветовой тест отношений", 5, None, False),
    ("cdi", "Ковачтын депрессия сурамжылоосу (CDI)", "Опросник депрессии Ковач (CDI)", 7, 17, False),
    ("cries", "Окуялардын таасир шкаласы (CRIES-8/13)", "Шкала влияния событий (CRIES-8/13)", 8, 18, False),
    ("sdq", "Күчтүү жактар жана кыйынчылыктар (SDQ)", "Сильные стороны и трудности (SDQ)", 4, 17, False),
    ("raven_coloured", "Равендин түстүү матрицалары", "Цветные матрицы Равена", 5, 11, False),
    ("raven_standard", "Равендин стандарттык матрицалары", "Стандартные матрицы Равена", 8, None, False),
    ("wisc", "Векслердин тести, балдар үчүн (WISC)", "Тест Векслера, детский (WISC)", 5, 16, False),
    ("buss_durkee", "Басс — Даркинин сурамжылоосу", "Опросник Басса — Дарки", 14, None, False),
    ("shmishek", "Шмишектин сурамжылоосу, ПДО", "Опросник Шмишека, ПДО", 12, 18, False),
    ("varga_stolin", "Варга — Столиндин ата-энелик мамиле сурамжылоосу", "Опросник родительского отношения Варги — Столина", None, None, True),
    ("eidemiller", "Эйдемиллердин үй-бүлөлүк тарбия сурамжылоосу", "Анализ семейных взаимоотношений Эйдемиллера (АСВ)", None, None, True),
    ("pari", "PARI", "PARI", None, None, True),
]  # fmt: skip

# code, Kyrgyz, Russian
GROUNDS = [
    ("court", "Соттун чечими же суроо-талабы", "Решение или запрос суда"),
    ("prosecutor", "Прокуратуранын суроо-талабы", "Запрос органа прокуратуры"),
    ("investigation", "Тергөө органынын иш боюнча суроо-талабы", "Запрос органа следствия по делу"),
    ("commission", "Балдар иштери боюнча комиссиянын суроо-талабы", "Запрос Комиссии по делам детей"),
    ("guardianship", "Камкордук жана көзөмөлчүлүк органынын суроо-талабы", "Запрос органа опеки и попечительства"),
    ("representative_consent", "Мыйзамдуу өкүлдүн жазуу жүзүндөгү макулдугу", "Письменное согласие законного представителя"),
    ("own_request", "Адамдын өзүнүн кайрылуусу", "Обращение самого лица"),
    ("vital_interests", "Баланын өмүрүнө же ден соолугуна коркунуч", "Угроза жизни или здоровью ребёнка"),
    ("referring_body", "Багыттаган мекемеге жооп берүү", "Ответ направившему учреждению"),
]  # fmt: skip


# code, Kyrgyz, Russian, whether it must be explained in words
CLOSING_REASONS = [
    ("overcome", "Турмуштук оор кырдаалдан чыгарылган", "Трудная жизненная ситуация преодолена", False),
    ("moved", "Үй-бүлө көчүп кетти же башка мекемеге өттү", "Семья переехала или передана другому учреждению", False),
    ("refused_help", "Үй-бүлө мындан ары жардамдан баш тартты", "Семья отказалась от дальнейшей помощи", False),
    ("grown_up", "Бала бойго жетти", "Ребёнок достиг совершеннолетия", False),
    ("other", "Башка себеп", "Иная причина", True),
]  # fmt: skip


def load_casework_lists() -> None:
    """Create what is missing; what an administrator has changed stays as it is."""
    for order, (code, ky, ru, restricted) in enumerate(SITUATIONS, 1):
        SituationCategory.objects.get_or_create(
            code=code,
            defaults={
                "name_ky": ky,
                "name_ru": ru,
                "order": order * 10,
                "is_restricted": restricted,
            },
        )
    for order, (code, ky, ru, age_from, age_to, parents) in enumerate(METHODS, 1):
        PsychologicalMethod.objects.get_or_create(
            code=code,
            defaults={
                "name_ky": ky,
                "name_ru": ru,
                "order": order * 10,
                "age_from": age_from,
                "age_to": age_to,
                "is_for_parents": parents,
            },
        )
    for order, (code, ky, ru) in enumerate(GROUNDS, 1):
        LegalGround.objects.get_or_create(
            code=code, defaults={"name_ky": ky, "name_ru": ru, "order": order * 10}
        )
    for order, (code, ky, ru, guidance_ky, guidance_ru) in enumerate(DOMAINS, 1):
        AssessmentDomain.objects.get_or_create(
            code=code,
            defaults={
                "name_ky": ky,
                "name_ru": ru,
                "guidance_ky": guidance_ky,
                "guidance_ru": guidance_ru,
                "order": order * 10,
            },
        )
    for order, (code, ky, ru, asks) in enumerate(CLOSING_REASONS, 1):
        ClosingReason.objects.get_or_create(
            code=code,
            defaults={"name_ky": ky, "name_ru": ru, "order": order * 10, "asks_words": asks},
        )

"""The topics of calls that an installation begins with, after the national trust line's report. Editable, none of them law."""

from .models import CallTopic

# code, Kyrgyz, Russian
TOPICS = [
    ("violence", "Зордук-зомбулук, ырайымсыз мамиле", "Насилие, жестокое обращение"),
    ("neglect", "Бала кароосуз, жалгыз калган", "Ребёнок без присмотра, оставлен один"),
    ("upbringing", "Тарбия, баланын жүрүм-туруму, ата-эне менен мамиле", "Воспитание, поведение, отношения с родителями"),
    ("family", "Үй-бүлөлүк чыр-чатак, ажырашуу", "Семейный конфликт, развод"),
    ("distress", "Психологиялык оор абал", "Тяжёлое психологическое состояние"),
    ("social_help", "Социалдык жардам, жөлөкпулдар", "Социальная помощь, пособия"),
    ("education", "Мектеп, бала бакча, кордоо", "Школа, детский сад, травля"),
    ("health", "Ден соолук, майыптык", "Здоровье, инвалидность"),
    ("documents", "Документтер, укуктук маселе", "Документы, правовой вопрос"),
    ("missing", "Бала жоголду, үйдөн кетип калган", "Ребёнок пропал, ушёл из дома"),
    ("other", "Башка", "Иное"),
]  # fmt: skip


def load_call_topics() -> None:
    """Create what is missing; what an administrator has changed stays as it is."""
    for order, (code, ky, ru) in enumerate(TOPICS, 1):
        CallTopic.objects.get_or_create(
            code=code, defaults={"name_ky": ky, "name_ru": ru, "order": order * 10}
        )

import pytest

from casework.wording import CERTAINTY, CODE, CRIME, DIAGNOSIS, cautions


@pytest.mark.parametrize(
    ("text", "words", "why"),
    [
        ("Балада F92.1 байкалат", "F92.1", CODE),
        ("Ставим Ф 43", "Ф 43", CODE),
        ("Диагноз: ПТСР", "Диагноз", DIAGNOSIS),
        ("Признаки аутизма выражены", "аутизма", DIAGNOSIS),
        ("Отчим виновен", "виновен", CRIME),
        ("Өгөй атасы кылмыш жасаган", "кылмыш", CRIME),
        ("Бала сөзсүз коркот", "сөзсүз", CERTAINTY),
    ],
)
def test_unfit_words_are_met(text, words, why):
    assert [(c.words, c.why) for c in cautions(text)] == [(words, why)]


@pytest.mark.parametrize(
    "text",
    [
        "",
        "Тынчсыздануунун деңгээли жогору болушу мүмкүн.",
        "Признаки могут соответствовать пережитому стрессу.",
        "Тест SDQ, CRIES-8/13, 5–11 жаш",
        "Класс 3-Ф, кабинет 92",
    ],
)
def test_what_was_seen_passes(text):
    assert cautions(text) == []

"""Phone numbers as people say them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.phones import holds_several, is_whole, normalise, shown


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("0700 123 456", "+996700123456"),
        ("+996 700 123 456", "+996700123456"),
        ("996700123456", "+996700123456"),
        ("996 (700) 12-34-56", "+996700123456"),
        ("700123456", "+996700123456"),
        ("00996 700 123456", "+996700123456"),
        ("0555 12 34 56", "+996555123456"),
        ("0312 65 43 21", "+996312654321"),
        ("65-43-21", "+996312654321"),
        ("654321", "+996312654321"),
        ("0555 12 34 56 (апасы)", "+996555123456"),
        ("тел. 0555.12.34.56", "+996555123456"),
        ("+7 916 123-45-67", "+79161234567"),
        ("8 916 123-45-67", "+79161234567"),
        ("79161234567", "+79161234567"),
        ("8 701 123 45 67", "+77011234567"),
        ("111", "111"),
        ("102", "102"),
        ("1414", "1414"),
        ("0555 12", "055512"),
        ("жок", ""),
        ("", ""),
    ],
)
def test_normalise_gives_one_key_for_every_spelling(text, key):
    assert normalise(text) == key


def test_a_part_of_a_number_is_kept_as_digits_and_is_not_whole():
    assert normalise("0555 12 34") == "05551234"
    assert not is_whole("0555 12 34")
    assert is_whole("0555 12 34 56")
    assert is_whole("111")
    assert not is_whole("11")


@given(st.text(max_size=60))
def test_the_key_of_a_key_is_itself_and_fits_its_column(text):
    key = normalise(text)
    assert len(key) <= 20
    assert normalise(key) == key


@given(st.integers(0, 999_999), st.sampled_from(["0", "+996", "996", "+996 ", "0 "]))
def test_every_spelling_of_a_mobile_number_has_the_same_key(number, prefix):
    digits = f"{number:06d}"
    spelt = f"{prefix}700 {digits[:2]}-{digits[2:4]} {digits[4:]}"
    assert normalise(spelt) == f"+996700{digits}"


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("0555123456", "0555 12 34 56"),
        ("+996 555 123456", "0555 12 34 56"),
        ("654321", "0312 65 43 21"),
        ("+79161234567", "+7 916 123-45-67"),
        ("0555123456 апасы", "0555123456 апасы"),
        ("111", "111"),
        ("0555 12", "0555 12"),
    ],
)
def test_shown_groups_numbers_and_leaves_words(text, said):
    assert shown(text) == said


@pytest.mark.parametrize(
    ("text", "several"),
    [
        ("0555 12 34 56, 0700 12 34 56", True),
        ("0555123456/0700123456", True),
        ("0555 12 34 56 же 654321", True),
        ("0555 12 34 56", False),
        ("0555 12 34 56 (ички 12)", False),
    ],
)
def test_holds_several_sees_two_numbers(text, several):
    assert holds_several(text) is several

"""Check codes: unguessable, and found however people type them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from papers.check_codes import ALPHABET, LENGTH, meant, new_code, printed

codes = st.text(alphabet=ALPHABET, min_size=LENGTH, max_size=LENGTH)


def test_new_codes_differ_and_use_the_whole_alphabet():
    made = [new_code() for _ in range(500)]

    assert len(set(made)) == 500
    assert {letter for code in made for letter in code} == set(ALPHABET)
    assert {len(code) for code in made} == {LENGTH}


@given(codes)
def test_code_is_found_as_printed_and_as_people_type_it(code):
    cyrillic = str.maketrans("ABEKMHPCTX01", "АВЕКМНРСТХОI")

    assert meant(printed(code)) == code
    assert meant(printed(code).lower().replace("-", " ")) == code
    assert meant(f"  {code.translate(cyrillic).lower()}\n") == code


@pytest.mark.parametrize(
    "typed", ["", "7K2M", "U" * 16, "7" * 15, "7" * 17, "ж" * 16, "\0" * 16, "7" * 10_000]
)
def test_what_cannot_be_a_code_is_none(typed):
    assert meant(typed) is None


@given(st.text())
def test_any_text_is_a_code_or_nothing(typed):
    found = meant(typed)
    assert found is None or (len(found) == LENGTH and set(found) <= set(ALPHABET))

"""Phone numbers as people say them in Bishkek: one key for finding and dialling, whatever the spelling."""

import re

import phonenumbers
from phonenumbers import NumberParseException, PhoneNumberFormat

HOME = "KG"
# A number of six digits is a landline of the city: its code is 312.
_CITY_CODE, _CITY_LENGTH = "0312", 6
_FIRST_NUMBER = re.compile(r"[+0-9][0-9 ().\-\u00a0\u2011\u2013/]*")
_SHORTEST, _LONGEST_SHORT_CODE, _LONGEST_KEY = 3, 4, 20


def normalise(text: str) -> str:
    """The key of the first number in ``text``: E.164 where it is a whole number, else its bare digits (111, a part of a number).

    "" where there is no digit at all. The key of a key is itself.
    """
    found = _FIRST_NUMBER.search(text)
    if found is None:
        return ""
    said = found[0].strip()
    digits = re.sub(r"[^0-9]", "", said)
    for candidate in _readings(said, digits):
        if whole := _e164(candidate):
            return whole
    return digits[:_LONGEST_KEY]


def _readings(said: str, digits: str) -> list[str]:
    """What the number may mean, the likeliest first."""
    readings = [f"+{digits}"] if said.startswith("+") else []
    if len(digits) <= _LONGEST_SHORT_CODE:
        return readings
    if len(digits) == _CITY_LENGTH and not digits.startswith("0"):
        return [*readings, _CITY_CODE + digits]
    if digits.startswith("00"):
        return [*readings, f"+{digits[2:]}"]
    readings += [digits, f"+{digits}"]
    if len(digits) == 11 and digits.startswith("8"):
        # Relatives in Russia and Kazakhstan give their numbers with the 8 that is dialled there.
        readings.append(f"+7{digits[1:]}")
    return readings


def _e164(candidate: str) -> str:
    try:
        number = phonenumbers.parse(candidate, HOME)
    except NumberParseException:
        return ""
    if not phonenumbers.is_valid_number(number):
        return ""
    return phonenumbers.format_number(number, PhoneNumberFormat.E164)


def is_whole(text: str) -> bool:
    """Whether ``text`` holds a number that can be dialled: a valid one, or a short code."""
    key = normalise(text)
    return key.startswith("+") or _SHORTEST <= len(key) <= _LONGEST_SHORT_CODE


def holds_several(text: str) -> bool:
    """Whether two numbers stand in ``text``; each belongs in a row of its own."""
    parts = re.split(r"[,;/]|\s{2,}|\bже\b|\bили\b", text)
    return sum(1 for part in parts if len(re.sub(r"[^0-9]", "", part)) >= 5) > 1


def shown(text: str) -> str:
    """``text`` grouped as it is read aloud (0555 12 34 56) where it is nothing but a number; else as typed."""
    key = normalise(text)
    if not key.startswith("+") or re.search(r"[^0-9+ ().\-\u00a0\u2011\u2013/]", text):
        return text
    if key.startswith("+996") and len(key) == 13:
        return f"0{key[4:7]} {key[7:9]} {key[9:11]} {key[11:]}"
    return phonenumbers.format_number(phonenumbers.parse(key), PhoneNumberFormat.INTERNATIONAL)

"""Names as people write them: folded for finding, keyed for the Kyrgyz order, cleaned of look-alike letters."""

import re
import unicodedata

# Letters that look the same and stand in real texts for the Kyrgyz ones (domain.md 4.4), and signs of a word processor.
_LOOKALIKES = str.maketrans(
    {"ѳ": "ө", "Ѳ": "Ө", "ӊ": "ң", "Ӊ": "Ң"}
    | dict.fromkeys("ʼ'‘`´", "’")
    | dict.fromkeys("‐‑‒–—−", "-")
)
# Latin letters drawn like Cyrillic ones: within a word that has Cyrillic letters they are a slip of the keyboard.
_TWINS = str.maketrans("ABCEHKMOPTXYaceopxyË", "АВСЕНКМОРТХУасеорхуЁ")
_TWIN_LETTERS = frozenset("ABCEHKMOPTXYaceopxyË")
_CASEFOLDED_TWINS = str.maketrans("aceopxyhkmtbi", "асеорхункмтви")
# What a person without a Kyrgyz keyboard types instead; the letters of neighbouring languages likewise.
_FOLDED = str.maketrans(
    {"ң": "н", "ө": "о", "ү": "у", "ё": "е", "і": "и", "ў": "у", "ұ": "у", "қ": "к", "ғ": "г"}
    | {"ҳ": "х", "һ": "х", "ҷ": "ж", "җ": "ж", "ә": "а", "ӣ": "и", "ӯ": "у"}
)
_APOSTROPHES = re.compile("[’ʻ]")
_CYRILLIC = re.compile("[\u0400-\u04ff]")
_LATIN = re.compile("[A-Za-zË]")
_WORD = re.compile(r"[^\W\d_]+")
_BREAK = re.compile(r"[^\w]+")
_ALPHABET = "абвгдеёжзийклмнңоөпрстуүфхцчшщъыьэюя"
# Private characters, so that no other letter can take a place in the alphabet.
_ORDER = {letter: chr(0xE000 + place) for place, letter in enumerate(_ALPHABET)}
_AFTER = "\uf8ff"
# Letters of neighbouring languages stand after their Kyrgyz relative.
_ORDER |= {
    letter: _ORDER[relative] + _AFTER
    for letter, relative in zip("әғҗҷіқўұҳһ", "агжжикуухх", strict=True)
}


def clean(text: str) -> str:
    """``text`` with look-alike letters replaced, invisible characters dropped and runs of white space made one.

    The writer's case stays: уулу, кызы, тегин are kept as typed. Cleaning what is clean changes nothing.
    """
    text = unicodedata.normalize("NFC", text).translate(_LOOKALIKES)
    text = "".join(c for c in text if c.isspace() or unicodedata.category(c) not in _INVISIBLE)
    text = _WORD.sub(lambda found: _untwinned(found[0]), text)
    return unicodedata.normalize("NFC", " ".join(text.split()))


_INVISIBLE = {"Cc", "Cf", "Cs", "Cn", "Co"}


def _untwinned(word: str) -> str:
    """A Cyrillic word without the Latin letters that only look right in it; any other word as it is."""
    latin = set(_LATIN.findall(word))
    if latin and latin <= _TWIN_LETTERS and _CYRILLIC.search(word):
        return word.translate(_TWINS)
    return word


def fold(text: str) -> str:
    """The key under which ``text`` is found, a word a space apart: case, ң ө ү, accents, apostrophes and hyphens do not
    count; a Latin twin inside a Cyrillic word is read as Cyrillic. Folding what is folded changes nothing."""
    bare = _without_accents(_APOSTROPHES.sub("", clean(text)).casefold())
    return " ".join(_fold_word(word) for word in _BREAK.split(bare) if word)


def _fold_word(word: str) -> str:
    return word.translate(_CASEFOLDED_TWINS if _CYRILLIC.search(word) else {}).translate(_FOLDED)


def _without_accents(text: str) -> str:
    """Letters without their marks; й is a letter of its own."""
    kept = unicodedata.normalize("NFD", text.replace("й", "\ue100"))
    bare = "".join(c for c in kept if unicodedata.category(c) not in ("Mn", "Me"))
    return unicodedata.normalize("NFC", bare).replace("\ue100", "й")


def words(text: str) -> list[str]:
    """The folded words of ``text``, for a search in any order."""
    return fold(text).split()


def sort_key(text: str) -> str:
    """A key whose plain code-point order is the order of the Kyrgyz alphabet (ң after н, ө after о, ү after у; ё after е)."""
    return "".join(_ORDER.get(c, c) for c in clean(text).casefold())[:300]

"""Names as people write them: folded for finding, keyed for the Kyrgyz order, cleaned of look-alike letters."""

import re
import unicodedata

# Letters that look the same and stand in real texts for the Kyrgyz ones (domain.md 4.4).
_LOOKALIKES = str.maketrans({"ѳ": "ө", "Ѳ": "Ө", "ӊ": "ң", "Ӊ": "Ң", "ʼ": "’", "'": "’", "‘": "’"})
# What a person without a Kyrgyz keyboard types instead.
_FOLDED = str.maketrans({"ң": "н", "ө": "о", "ү": "у", "ё": "е", "’": None})
_LATIN_TWINS = str.maketrans("aceopxyhkmtbi", "асеорхункмтви")
_ALPHABET = "абвгдеёжзийклмнңоөпрстуүфхцчшщъыьэюя"
_ORDER = {letter: chr(0x100 + place) for place, letter in enumerate(_ALPHABET)}
_CYRILLIC = re.compile("[а-яёңөү]")


def clean(text: str) -> str:
    """``text`` with look-alike letters replaced, control characters dropped and runs of white space made one; the case is the writer's."""
    text = unicodedata.normalize("NFC", text).translate(_LOOKALIKES)
    text = "".join(c for c in text if c.isspace() or unicodedata.category(c) != "Cc")
    return " ".join(text.split())


def fold(text: str) -> str:
    """The key under which ``text`` is found: case, ң ө ү, accents and apostrophes do not count; a Latin twin inside a Cyrillic word is read as Cyrillic."""
    words = re.split(r"[\s\-.,]+", clean(text).casefold())
    return " ".join(_fold_word(word) for word in words if word)


def _fold_word(word: str) -> str:
    word = word.translate(_FOLDED)
    if _CYRILLIC.search(word):
        word = word.translate(_LATIN_TWINS)
    bare = "".join(c if c == "й" else unicodedata.normalize("NFD", c)[0] for c in word)
    return bare.translate(_FOLDED)


def words(text: str) -> list[str]:
    """The folded words of ``text``, for a search in any order."""
    return fold(text).split()


def sort_key(text: str) -> str:
    """A key whose plain code-point order is the order of the Kyrgyz alphabet (ң after н, ө after о, ү after у; ё after е)."""
    return "".join(_ORDER.get(c, c) for c in clean(text).casefold())[:300]

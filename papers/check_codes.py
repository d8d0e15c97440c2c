"""Check codes of issued papers: 80 random bits as 16 characters that people can read, type and say."""

import secrets

LENGTH = 16
# Crockford's base 32: no I, L, O, U.
ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
# What people type instead: look-alikes within the Latin alphabet, and the same keys' letters in Cyrillic.
_MEANT = str.maketrans("OILАВЕКМНОРСТХ", "011ABEKMH0PCTX")
_SEPARATORS = str.maketrans("", "", " \t\r\n\u00a0-‐‑–—_.·")


def new_code() -> str:
    """A code that nobody can guess."""
    return "".join(secrets.choice(ALPHABET) for _ in range(LENGTH))


def printed(code: str) -> str:
    """In groups of four, as it stands on paper: «7K2M-…»."""
    return "-".join(code[at : at + 4] for at in range(0, LENGTH, 4))


def meant(typed: str) -> str | None:
    """The code that somebody meant by ``typed``, or None where it cannot be one."""
    if len(typed) > 100:
        return None
    code = typed.translate(_SEPARATORS).upper().translate(_MEANT)
    return code if len(code) == LENGTH and set(code) <= set(ALPHABET) else None

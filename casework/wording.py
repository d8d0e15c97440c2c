"""What a psychologist's conclusion does not say: no diagnosis, no disease code, no crime and no culprit (domain.md 6.2).

A caution is a soft word beside the text; nothing is blocked, because the same words may stand in a quotation.
"""

import re
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

CODE = _("This looks like a disease code. Only a doctor makes a diagnosis.")
DIAGNOSIS = _(
    "This looks like a diagnosis. Describe what was seen; only a doctor makes a diagnosis."
)
CRIME = _("Whether a crime happened, and who did it, is for the court. Describe signs, in words of likelihood.")  # fmt: skip
CERTAINTY = _("Findings are written in words of likelihood, not of certainty.")

# F92.1, Z 63: Latin letters, or the Cyrillic Ф on the same key's sound.
_CODES = r"\b[FФZ]\s?[0-9]{2}(?:\.[0-9])?\b"
_DIAGNOSES = (
    r"\b(?:диагноз|шизофрен|аутизм|аутист|психопат|невроз|психоз|олигофрен|дебил|имбецил|эпилепс|"
    r"ПТСР|СДВГ|ЗПР|ЗПРР|умственн\w+ отстал|акыл\w* кем|акыл-эси кем|жан дүйнө оорусу|психикалык оору)\w*"
)
_CRIMES = (
    r"\b(?:изнасил|насильник|преступ|виновен|виновн|виноват|растли|кылмыш|күнөөлүү|күнөөкөр|"
    r"зордукчу|зордуктаган|бузуку)\w*"
)
_CERTAIN = r"\b(?:несомненно|безусловно|доказано|сөзсүз|шексиз|талашсыз|далилденди)\b"

_FLAGS = re.IGNORECASE
_CHECKS = (
    (re.compile(_CODES), CODE),
    (re.compile(_DIAGNOSES, _FLAGS), DIAGNOSIS),
    (re.compile(_CRIMES, _FLAGS), CRIME),
    (re.compile(_CERTAIN, _FLAGS), CERTAINTY),
)


@dataclass(frozen=True)
class Caution:
    """The words that were met, and why they do not belong here."""

    words: str
    why: str | Promise


def cautions(text: str) -> list[Caution]:
    """Each kind of unfit word once, in the order of the checks; none for a text that keeps to what was seen."""
    return [Caution(found[0], why) for pattern, why in _CHECKS if (found := pattern.search(text))]

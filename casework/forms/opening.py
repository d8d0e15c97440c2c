"""The one screen on which a case opens: what is said once. Its rows of persons are in ``opening_rows``."""

from django import forms

from core.saving import KeptForm

from .beginnings import AboutBasis, AboutPlace
from .case_parts import AboutSituation


class OpeningForm(AboutBasis, AboutPlace, AboutSituation, KeptForm):
    """What is said once: place, how identified, basis, situation."""

    # As they stand on the page, for the summary of mistakes.
    field_order = [
        "office", "district", "settlement", "street", "street_kind", "house", "flat",
        "address_text", "registered_text",
        "identified_by", "identified_organisation", "identified_text", "identified_number",
        "identified_on",
        "basis_kind", "basis_organisation", "basis_text", "basis_number", "basis_on",
        "basis_signatory", "allowed_by", "word_on", "awaited_until",
    ]  # fmt: skip

    # The remarks that the reader has seen and goes on with, as one mark of their words.
    seen_remarks = forms.CharField(required=False, max_length=64, widget=forms.HiddenInput)

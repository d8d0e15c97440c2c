"""What people are told of a conclusion or a release; its number stands after the words, never a name."""

from django.utils.translation import gettext_lazy as _

from offices.notices import register_kind

KINDS = {
    "conclusion_signed": _("A conclusion waits for your signature"),
    "conclusion_taken_back": _("A conclusion was taken back by its author"),
    "conclusion_returned": _("Your conclusion was returned with remarks"),
    "conclusion_countersigned": _("A conclusion was countersigned and issued"),
    "release_extract_asked": _("An extract of your conclusion is asked for"),
    "release_asked": _("A release of information waits for your decision"),
    "release_granted": _("A release of information was granted"),
    "release_refused": _("A release of information was refused"),
}


def register_kinds() -> None:
    for kind, words in KINDS.items():
        register_kind(kind, words)

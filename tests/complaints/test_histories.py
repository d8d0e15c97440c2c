"""Every field that a complaint's history shows has words of its own in both languages, never the name in the code."""

from django.utils.functional import Promise

from complaints.models import Complaint
from complaints.trails import complaint_trails


def test_each_shown_field_is_named_in_words():
    unnamed = [
        f"{trail.model.__name__}.{field.name}"
        for trail in complaint_trails(Complaint())
        for field in trail.model._meta.concrete_fields
        if trail.shows(field.name) and not isinstance(field.verbose_name, Promise)
    ]
    assert unnamed == []

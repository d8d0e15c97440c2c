"""A page that prints what nobody gave it is found out by whichever test meets it."""

import pytest
from django.template import Context, Origin, Template, engines

from tests.plugins.strict import OURS, UndefinedInTemplate


def rendered(source, folder):
    origin = Origin(name=f"{folder}/page.html")
    template = Template(source, origin, "page.html", engines["django"].engine)
    return template.render(Context({"given": "бар", "empty": ""}))


@pytest.mark.parametrize("source", ["{{ missing }}", "{{ given.missing }}", "{{ missing|upper }}", "{% for x in missing %}{% endfor %}{{ x }}"])  # fmt: skip
def test_missing_variable_of_our_template_is_told_of(source):
    with pytest.raises(UndefinedInTemplate, match=r"^page\.html: \{\{ "):
        rendered(source, OURS)


@pytest.mark.parametrize("source", ["{{ given }}", "{{ given }}{{ empty }}", '{{ missing|default:"бар" }}', "{% if missing %}жок{% else %}бар{% endif %}"])  # fmt: skip
def test_what_is_given_or_asked_for_is_not(source):
    assert rendered(source, OURS) == "бар"


def test_templates_of_libraries_may_lean_on_silence():
    assert rendered("{{ missing }}", "/usr/lib/python3/templates") == ""

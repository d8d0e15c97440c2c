"""The tables of a room, made in one step and taken back."""

import pytest
from django.db import connection, migrations, models
from django.db.migrations.state import ProjectState

from core.tables import CreateTables

NUMBER = ("id", models.BigAutoField(primary_key=True))


def _steps():
    """Two models that refer to each other, with a rule and an index that come after them."""
    child = [NUMBER, ("of", models.ForeignKey("core.Parent", models.CASCADE, related_name="+"))]
    parent = [NUMBER, ("name", models.CharField(max_length=9))]
    eldest = models.ForeignKey("core.Infant", models.SET_NULL, null=True, related_name="+")
    return [
        migrations.CreateModel("Parent", parent),
        migrations.CreateModel("Infant", child),
        migrations.AddField("Parent", "eldest", eldest),
        migrations.AddIndex("Parent", models.Index(fields=["name"], name="parent_by_name")),
        migrations.AddConstraint(
            "Infant", models.UniqueConstraint(fields=["of"], name="only_infant")
        ),
    ]


def _made(operations):
    """The tables, and what is drawn on them, after ``operations``; with the states before and after."""
    before = ProjectState()
    after = before.clone()
    for operation in operations:
        earlier = after.clone()
        operation.state_forwards("core", after)
        with connection.schema_editor() as editor:
            operation.database_forwards("core", editor, earlier, after)
    with connection.cursor() as cursor:
        drawn = {
            table: {
                name: (rule["columns"], rule["unique"], rule["foreign_key"])
                for name, rule in connection.introspection.get_constraints(cursor, table).items()
            }
            for table in ("core_infant", "core_parent")
        }
    return before, after, drawn


def _unmade(operation, before, after):
    with connection.schema_editor() as editor:
        operation.database_backwards("core", editor, after, before)
    return {"core_infant", "core_parent"} & set(connection.introspection.table_names())


@pytest.mark.django_db(transaction=True)
def test_at_once_makes_what_step_by_step_makes_and_takes_it_back():
    at_once = CreateTables(_steps())
    before, after, together = _made([at_once])
    assert _unmade(at_once, before, after) == set()
    assert together == _made(_steps())[2]
    assert together["core_parent"]["parent_by_name"] == (["name"], False, None)
    assert {rule[2] for rule in together["core_infant"].values()} == {None, ("core_parent", "id")}

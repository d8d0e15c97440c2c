"""The search box: its page for everybody who is signed in, its results for whoever looked."""

from casework.models import Search
from core import clock

from .rows import STAFF, Row
from .world import SURNAME


def _search(world):
    """What the responsible worker looked for."""
    kept = Search.objects.create(user=world.responsible, text=SURNAME, at=clock.now())
    return {"pk": kept.pk}


ROWS = [
    Row("search:search", opens=STAFF, sees=set()),
    Row("search:results", opens={"responsible"}, kwargs=_search),
]

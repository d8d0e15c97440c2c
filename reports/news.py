"""The notices on My day: danger apart, what is said twice once, and what stands among the lines already not again."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.functional import Promise

from offices.models import Notice, User
from offices.notices import words_of
from offices.waiting import Waiting

SHOWN, ASKED = 5, 60
ALARM = "safety_alert"


@dataclass
class News:
    """What one or several notices say; ``notice`` is the newest of them, ``times`` how many there are."""

    notice: Notice
    words: str | Promise
    times: int = 1

    @property
    def is_alarm(self) -> bool:
        return self.notice.kind == ALARM

    @property
    def url(self) -> str:
        """Where it leads; several lead to the list of notices, which is where ``url`` is empty."""
        return self.notice.url if self.times == 1 else ""


def told_of(user: User, lines: Iterable[Waiting]) -> tuple[list[News], list[News]]:
    """The alarms, all of them, and the newest other notices, ``SHOWN`` at most; one query."""
    said_already = {line.url for line in lines}
    found: dict[tuple[object, ...], News] = {}
    for notice in Notice.objects.waiting_for(user).select_related("by")[:ASKED]:
        key: tuple[object, ...] = (notice.kind, notice.number, notice.by_id)
        if notice.kind == ALARM:
            key = (notice.pk,)
        elif notice.url in said_already:
            continue
        if key in found:
            found[key].times += 1
        else:
            found[key] = News(notice, words_of(notice.kind))
    alarms = [news for news in found.values() if news.is_alarm]
    return alarms, [news for news in found.values() if not news.is_alarm][:SHOWN]

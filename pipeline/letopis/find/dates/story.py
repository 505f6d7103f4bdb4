"""What a text has said about time so far: the anchor of its reading and the dates just spoken of."""

from dataclasses import dataclass
from datetime import date

from letopis.find.dates.calendar import Closed

_FINE = frozenset(("day", "month", "range"))
_NEAR = 5       # sentences: further back a date no longer carries 'через неделю'


@dataclass(frozen=True, slots=True)
class Spoken:
    """A date of the text with its sentence; `full` where it says its own year."""

    interval: Closed
    sentence: int
    full: bool

    @property
    def is_fine(self) -> bool:
        """Finer than a year, and in one year."""
        return self.interval.granularity in _FINE and self.interval.start.year == self.interval.end.year


@dataclass(frozen=True, slots=True)
class Story:
    """The last date spoken of and the last single day, of one reading."""

    last: Spoken | None = None
    last_day: Spoken | None = None

    def heard(self, spoken: Spoken) -> "Story":
        """The story with one more date."""
        return Story(spoken, spoken if spoken.interval.granularity == "day" else self.last_day)

    def base(self, unit: str) -> date | None:
        """The day that 'в тот же день', 'того же года' speak of; none after a vaguer date ('в середине мая')."""
        spoken = self.last_day if unit in ("day", "week") else self.last
        vaguer = unit == "day" and self.last and self.last.interval.granularity in ("month", "range")
        return spoken.interval.start if spoken and not vaguer else None

    def near(self, unit: str, sentence: int) -> date | None:
        """The day that 'годом ранее', 'через неделю' count from: one spoken of nearby."""
        spoken = self.last_day if unit in ("day", "week") else self.last
        return spoken.interval.start if spoken and sentence - spoken.sentence <= _NEAR else None

    def told(self, sentence: int, *, anchored: bool) -> Closed | None:
        """What a bare day or month is near to: a date of its sentence, or of the text where nothing anchors it."""
        for spoken in (self.last, self.last_day):
            if spoken and spoken.full and spoken.is_fine:
                return spoken.interval if spoken.sentence == sentence or not anchored else None
        return None

"""What the grammar hands on: an expression with its place in a run."""

from typing import NamedTuple

from letopis.find.dates.partial import Expression


class Parsed(NamedTuple):
    """An expression over the atoms first .. end - 1 of its run, and the name of the rule that read it."""

    expression: Expression
    first: int
    end: int
    rule: str

"""What a command does so that whoever looks next finds everything reckoned."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from duecare.cli.door import Here, at_work

if TYPE_CHECKING:
    from duecare.steps.assess_touched import Brought


def bring_up(here: Here, *, say: bool = True) -> Brought:
    """Reckon anew what deliveries and linkage have touched since the last assessment; what is left?

    Shape:   what is left to a full assessment is said on standard error. Before the first one there is nothing to say.
    """
    from duecare.steps.assess_touched import assess_touched

    bring_search()
    with at_work("Reckoning what was touched") as tell:
        brought = assess_touched(here.asking, tell=tell)
    if say and brought.assessed and not brought.is_whole:
        click.echo(
            f"What is shown as owed does not count {brought.words} yet: that is more than is reckoned case by case. Run"
            " duecare assess, or leave it to the nightly one.",
            err=True,
        )
    return brought


def bring_search() -> None:
    """Have search find what was received and linked."""
    from duecare.steps.bring_search import bring_search as step

    with at_work("Having search find what came") as tell:
        step(tell)


def bring_to_now(here: Here) -> None:
    """Reckon what has come due while nobody looked, so that the first page need not."""
    from duecare.steps.assess_due import assess_due_in_force

    with at_work("Reckoning what time has changed"):
        assess_due_in_force(here.asking)

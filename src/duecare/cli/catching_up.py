"""What a command does so that whoever looks next finds everything reckoned."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from duecare.cli.door import Here, at_work

if TYPE_CHECKING:
    from duecare.assessment.refresh_affected import RefreshResult


def bring_up(here: Here, *, say: bool = True) -> RefreshResult:
    """Link what has come and reckon anew what that touches since the last assessment; what is left?

    Shape:   what is left to a full assessment, or linkage, is said on standard error. Before the first one there is
             nothing to say.
    """
    from duecare.assessment.refresh_affected import refresh_affected

    bring_search()
    bring_links(here, say=say)
    with at_work("Reckoning what was touched") as tell:
        brought = refresh_affected(here.asking, report_progress=tell)
    if say and brought.assessed and not brought.is_whole:
        click.echo(
            f"What is shown as owed does not count {brought.words} yet: that is more than is reckoned case by case. Run"
            " duecare assess, or leave it to the nightly one.",
            err=True,
        )
    return brought


def bring_links(here: Here, *, say: bool = True) -> int:
    """Link the records that have come to people, where anything was linked before; how many are left?"""
    from duecare.use_cases.linkage.link_affected import link_affected

    with at_work("Linking what came") as tell:
        found = link_affected(here.asking, here.config, tell=tell)
    if say and found.left:
        click.echo(
            f"{found.left:,} records that came are not linked to anybody yet: that is more than is linked one by one. Run"
            " duecare link.",
            err=True,
        )
    if found.moved:
        bring_search()
    return found.left


def bring_search() -> None:
    """Have search find what was received and linked."""
    from duecare.use_cases.people.update_search_index import update_search_index as step

    with at_work("Having search find what came") as tell:
        step(tell)


def bring_to_now(here: Here) -> None:
    """Reckon what has come due while nobody looked, so that the first page need not."""
    from duecare.assessment.refresh_due import refresh_due_in_force

    with at_work("Reckoning what time has changed"):
        refresh_due_in_force(here.asking)

"""Refresh the assessment, the links and the search index after a command that changed facts."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from duecare.cli.door import CommandContext, at_work

if TYPE_CHECKING:
    from duecare.assessment.refresh_affected import RefreshResult


def refresh_latest(command_context: CommandContext, *, says_what_is_left: bool = True) -> RefreshResult:
    """Link new records and reassess what they affect since the last assessment; return what is left.

    Shape:   what is left to a full assessment, or linkage, is said on standard error. Before the first one there is
             nothing to say.
    """
    from duecare.assessment.refresh_affected import refresh_affected

    refresh_search_index()
    link_new_records(command_context, says_what_is_left=says_what_is_left)
    with at_work("Assessing what changed") as report_progress:
        refreshed = refresh_affected(command_context.request, report_progress=report_progress)
    if says_what_is_left and refreshed.assessed and not refreshed.is_whole:
        click.echo(
            f"Findings do not include {refreshed.words} yet: there is too much to assess case by case."
            " Run duecare assess, or wait for the nightly run.",
            err=True,
        )
    return refreshed


def link_new_records(command_context: CommandContext, *, says_what_is_left: bool = True) -> int:
    """Link new records to people, where anything was linked before; return how many are left."""
    from duecare.use_cases.linkage.link_affected import link_affected

    with at_work("Linking new records") as report_progress:
        linked_records = link_affected(command_context.request, command_context.config, tell_progress=report_progress)
    if says_what_is_left and linked_records.left:
        click.echo(
            f"{linked_records.left:,} new records are not linked yet: there are too many to link one by one."
            " Run duecare link.",
            err=True,
        )
    if linked_records.moved:
        refresh_search_index()
    return linked_records.left


def refresh_search_index() -> None:
    """Refresh the search index with what was received and linked."""
    from duecare.use_cases.people.update_search_index import update_search_index as step

    with at_work("Adding new records to search") as report_progress:
        step(report_progress)


def refresh_due_now(command_context: CommandContext) -> None:
    """Assess what has come due since the last refresh, so that the first page need not."""
    from duecare.assessment.refresh_due import refresh_due_in_force

    with at_work("Refreshing findings that are due"):
        refresh_due_in_force(command_context.request)

"""The commands that search for people and rebuild the search index."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

import click

from duecare.cli.door import CommandContext, at_work, store_command
from duecare.vocabulary.page_sizes import MOST_PEOPLE_FOUND, PEOPLE_FOUND

if TYPE_CHECKING:
    from duecare.use_cases.people.search_people import SearchPage


@click.command("search")
@click.argument("text")
@click.option("--born", default="", help="A birth date, a part of one, or an age in years.")
@click.option("--near", default="", help="A postcode at or near which they live.")
@click.option("--limit", type=click.IntRange(1, MOST_PEOPLE_FOUND), default=PEOPLE_FOUND, show_default=True)
@store_command
def search_command(command_context: CommandContext, text: str, born: str, near: str, limit: int) -> None:
    """Find people by name in any order, birth date or age, postcode, address, telephone, email or identifier."""
    from duecare.use_cases.people.search_people import search_people_by_text as step

    search_page = step(command_context.request, text, born_text=born, near_place=near, limit=limit)
    if not search_page.is_whole:
        click.echo(
            "The newest records are not included yet: the search index is out of date. Run duecare search-index.",
            err=True,
        )
    command_context.answer(
        [
            {
                "person": search_match.person,
                "score": search_match.score,
                "reasons": list(search_match.reasons),
                "names": list(search_match.names),
                "born": search_match.born,
                "sources": list(search_match.sources),
            }
            for search_match in search_page.found
        ],
        lambda: _match_lines(search_page),
    )


@click.command("search-index")
@store_command
def search_index(command_context: CommandContext) -> None:
    """Delete the search index and build it again from the facts."""
    from duecare.use_cases.people.update_search_index import rebuild_search_index

    with at_work("Rebuilding the search index") as report_progress:
        rebuild_search_index(command_context.request, report_progress)
    command_context.answer({"made_anew": True}, lambda: iter(["The search index was rebuilt"]))


def _match_lines(search_page: SearchPage) -> Iterator[str]:
    if not search_page.found:
        yield "Nobody found"
    for search_match in search_page.found:
        if search_match.person is None:
            yield f"  {search_match.reasons[0]}"
            continue
        yield (
            f"{search_match.person}  {search_match.score:6.2f}  {'; '.join(search_match.names)}  "
            f"{search_match.born or 'birth date not known'}"
        )
        yield f"  {'; '.join(search_match.reasons)}  ({', '.join(search_match.sources)})"

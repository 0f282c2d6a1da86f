"""The command that looks for people."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

import click

from duecare.cli.door import Here, at_work, command

if TYPE_CHECKING:
    from duecare.use_cases.people.search_people import SearchPage


@click.command()
@click.argument("text")
@click.option("--born", default="", help="A birth date, a part of one, or an age in years.")
@click.option("--near", default="", help="A postcode at or near which they live.")
@click.option("--limit", type=click.IntRange(1, 50), default=10, show_default=True)
@command
def search(here: Here, text: str, born: str, near: str, limit: int) -> None:
    """People by name in any order, birth date or age, postcode, address, telephone, email or identifier."""
    from duecare.use_cases.people.search_people import search as step

    page = step(here.asking, text, born=born, near=near, limit=limit)
    if not page.is_whole:
        click.echo(
            "What came last is not counted yet: the index of search is behind. Run duecare search-index.", err=True
        )
    here.answer(
        [
            {
                "person": one.person,
                "score": one.score,
                "reasons": list(one.reasons),
                "names": list(one.names),
                "born": one.born,
                "sources": list(one.sources),
            }
            for one in page.found
        ],
        lambda: _words(page),
    )


@click.command("search-index")
@command
def search_index(here: Here) -> None:
    """Forget the index that search answers from, and make it anew from the facts."""
    from duecare.use_cases.people.update_search_index import rebuild_search_index

    with at_work("Making the index of search anew") as tell:
        rebuild_search_index(here.asking, tell)
    here.answer({"made_anew": True}, lambda: iter(["The index of search was made anew"]))


def _words(page: SearchPage) -> Iterator[str]:
    if not page.found:
        yield "Nobody found"
    for one in page.found:
        if one.person is None:
            yield f"  {one.reasons[0]}"
            continue
        yield f"{one.person}  {one.score:6.2f}  {'; '.join(one.names)}  {one.born or 'birth date not known'}"
        yield f"  {'; '.join(one.reasons)}  ({', '.join(one.sources)})"

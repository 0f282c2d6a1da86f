"""Commands that take deliveries in."""

from __future__ import annotations

import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import click

from duecare.cli.catching_up import bring_links, bring_up
from duecare.cli.door import Here, at_work, command
from duecare.vocabulary.refusals import EXIT_CODES

PATHS = click.argument("paths", nargs=-1, required=True, type=click.Path(path_type=Path))
SOURCE = click.option("--source", help="The source system, where neither manifest nor name says it.")
FIELDS = ("delivery", "status", "rows_in", "accepted", "set_aside", "stale", "unchanged", "refused", "reasons")


@click.command()
@PATHS
@SOURCE
@click.option("--confirm", is_flag=True, help="Take a full delivery that withdraws more than policy allows unasked.")
@command
def receive(here: Here, paths: tuple[Path, ...], source: str | None, confirm: bool) -> None:
    """Take in deliveries: folders, zips of one, or single files with --source."""
    found = receive_all(here, list(paths), source, confirm)
    bring_up(here)
    here.answer(found, lambda: _words(found))
    _warn(found)
    sys.exit(exit_code(found))


@click.command()
@click.argument("folder", type=click.Path(path_type=Path, exists=True, file_okay=False))
@click.option("--every", default=5.0, show_default=True, help="Seconds between looks.")
@click.option("--once", is_flag=True, help="Look once and end.")
@command
def watch(here: Here, folder: Path, every: float, once: bool) -> None:
    """Take in every delivery that appears in FOLDER, each once it has stopped changing, and reckon anew what it touches."""
    from duecare.cli.duties import assess_all
    from duecare.cli.people import link_all

    found_waiting = bring_up(here, say=False)
    if found_waiting.assessed and not found_waiting.is_whole:
        assess_all(here, None, None)
    seen: dict[Path, float] = {}
    taken: dict[Path, float] = {}
    while True:
        now = {path: changed for path in sorted(folder.iterdir()) if (changed := _last_changed(path)) is not None}
        ready = [path for path in now if taken.get(path) != now[path] and (once or seen.get(path) == now[path])]
        seen = now
        if ready or once:
            here = here.at_this_moment()
            found = receive_all(here, ready, None, False) if ready else []
            if bring_links(here, say=False):
                link_all(here, train=False)
            if not bring_up(here, say=False).is_whole and any(one["status"] == "accepted" for one in found):
                assess_all(here, None, None)
            here.answer(found, lambda found=found: _words(found))  # type: ignore[misc]
            taken.update((path, now[path]) for path in ready)
            if once:
                sys.exit(exit_code(found))
        time.sleep(every)


def _last_changed(path: Path) -> float | None:
    """When did anything in this delivery last change? None: it is being moved away as we look, or is not ours to read."""
    try:
        return max(found.lstat().st_mtime for found in (path, *path.rglob("*")))
    except OSError:
        return None


@click.command()
@PATHS
@SOURCE
@click.option("--confirm", is_flag=True, help="As for receive.")
@command
def run(here: Here, paths: tuple[Path, ...], source: str | None, confirm: bool) -> None:
    """Receive, link, weave and assess in one go."""
    found = run_chain(here, list(paths), source, confirm)
    here.answer(found, lambda: _run_words(found))
    _warn(found["receive"])
    sys.exit(exit_code(found["receive"]))


def run_chain(here: Here, paths: list[Path], source: str | None, confirm: bool) -> dict[str, Any]:
    """The chain over these deliveries: what each room answered."""
    return {**run_to_worklist(here, paths, source, confirm), "figures": keep_figures(here)}


def keep_figures(here: Here) -> dict[str, Any]:
    """The figures of the quarter that runs, kept from what has just been assessed; as the exchange words it."""
    from duecare.cli.figures import kept
    from duecare.figure import quarter_of

    return kept(here, quarter_of(here.asking.now).name, as_assessed=True)


def run_to_worklist(here: Here, paths: list[Path], source: str | None, confirm: bool) -> dict[str, Any]:
    """The chain over these deliveries as far as the worklist: what each room answered."""
    from duecare.cli.duties import assess_all
    from duecare.cli.people import link_all
    from duecare.use_cases.casework.count_worklist import worklist_counts

    received = receive_all(here, paths, source, confirm)
    return {
        "receive": received,
        "link": link_all(here, train=False),
        "assess": assess_all(here, None, None),
        "worklist": worklist_counts(here.asking),
    }


def receive_all(here: Here, paths: list[Path], source: str | None, confirm: bool) -> list[dict[str, Any]]:
    """What became of each of these deliveries, as the exchange words it."""
    from duecare.use_cases.deliveries.receive_delivery import receive as step

    with at_work("Receiving") as tell:
        found = step(here.asking, here.config, paths, source=source, confirmed=confirm, tell=tell)
    return [
        {
            "delivery": one.name,
            "number": one.number,
            "source": one.source,
            **{name: getattr(one, name) for name in FIELDS if name not in {"delivery", "reasons"}},
            "reasons": list(one.reasons),
            "notes": list(one.notes),
        }
        for one in found
    ]


def exit_code(found: list[dict[str, Any]]) -> int:
    """0, or 11 where any delivery was refused or held, or had every row set aside."""
    return EXIT_CODES["EXT"] if any(one["status"] in {"refused", "held"} or _is_all_aside(one) for one in found) else 0


def _is_all_aside(one: dict[str, Any]) -> bool:
    return bool(one["rows_in"]) and one["set_aside"] == one["rows_in"]


def _warn(found: list[dict[str, Any]]) -> None:
    for one in found:
        if _is_all_aside(one):
            click.echo(
                f"Warning: every row of {one['delivery']} was set aside, so nothing was taken in. `duecare delivery"
                f" {one['number']}` lists the reasons.",
                err=True,
            )


@click.command()
@click.argument("number", type=click.IntRange(min=1))
@command
def delivery(here: Here, number: int) -> None:
    """What became of delivery NUMBER: each row set aside with its reason and remedy, and the defects, without values."""
    from duecare.use_cases.deliveries.list_deliveries import read_numbered_delivery

    page = read_numbered_delivery(here.asking, number)
    one = page.delivery
    answer = {
        "delivery": one.name,
        "number": one.number,
        "source": one.source,
        **{name: getattr(one, name) for name in FIELDS if name not in {"delivery", "reasons"}},
        "reasons": list(one.reasons),
        "notes": list(one.notes),
        "rows_set_aside": [
            {"file": row.file, "row": row.row, "column": row.column, "reason": row.reason, "remedy": row.remedy}
            for row in page.set_aside
        ],
        "received_again": page.mended,
        "defects": [{"column": column, "reason": reason, "count": count} for column, reason, count in page.defects],
    }
    here.answer(answer, lambda: _delivery_words(answer))


def _delivery_words(answer: dict[str, Any]) -> Iterator[str]:
    yield _account(answer)
    yield from (f"  {line}" for line in (*answer["reasons"], *answer["notes"]))
    for row in answer["rows_set_aside"]:
        column = f", {row['column']}" if row["column"] else ""
        yield f"  {row['file']}, row {row['row']}{column}: {row['reason']}; {row['remedy']}"
    more = answer["set_aside"] - answer["received_again"] - len(answer["rows_set_aside"])
    if more > 0:
        yield f"  and {more:,} more rows, not listed"
    if answer["received_again"]:
        yield f"  {answer['received_again']:,} rows set aside have been received again since"
    for defect in answer["defects"]:
        yield f"  defect, {defect['count']:,} rows: {defect['column']}: {defect['reason']}"


def _account(one: dict[str, Any]) -> str:
    return (
        f"{one['delivery']}: {one['status']}; {one['rows_in']:,} rows = {one['accepted']:,} accepted +"
        f" {one['set_aside']:,} set aside + {one['stale']:,} stale + {one['unchanged']:,} unchanged +"
        f" {one['refused']:,} refused"
    )


def _words(found: list[dict[str, Any]]) -> Iterator[str]:
    for one in found:
        yield _account(one)
        yield from (f"  {said}" for said in (*one["reasons"], *one["notes"]))
        if one["set_aside"]:
            yield (
                f"  why each row was set aside, and how to mend it, is listed by `duecare delivery {one['number']}` and"
                " on its page (Deliveries); see docs/how-to/mend-what-was-set-aside.md"
            )


def _run_words(found: dict[str, Any]) -> Iterator[str]:
    yield from _words(found["receive"])
    link, assessed, work = found["link"], found["assess"], found["worklist"]
    yield f"{link['records']:,} records are {link['people']:,} people; {link['for_review']:,} pairs for a human to look at"
    yield f"{assessed['findings']:,} findings, {assessed['overdue']:,} overdue, standards only suggested left out"
    figures = found["figures"]
    yield f"Figures of {figures['period']} so far: {figures['values']:,} values, from {figures['lines']:,} lines"
    yield f"Worklist: {work['all']:,} lines, {work['danger']:,} with danger now, {work['unallocated']:,} unallocated"

"""Commands that receive deliveries, watch a folder or run the chain; which fail (the code is in `refusals/exit_codes`)."""

from __future__ import annotations

import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import click

from duecare.cli.door import CommandContext, at_work, store_command
from duecare.cli.refresh_after_command import link_new_records, refresh_latest
from duecare.vocabulary.refusals.exit_codes import EXIT_CODES

PATHS = click.argument("paths", nargs=-1, required=True, type=click.Path(path_type=Path))
SOURCE = click.option("--source", help="The source system, if it is not in the manifest or the file's name.")
FIELDS = ("delivery", "status", "rows_in", "accepted", "set_aside", "stale", "unchanged", "refused", "reasons")


@click.command("receive")
@PATHS
@SOURCE
@click.option(
    "--confirm", is_flag=True, help="Accept a full delivery that withdraws more than the policy allows unconfirmed."
)
@store_command
def receive_command(
    command_context: CommandContext, paths: tuple[Path, ...], source: str | None, confirm: bool
) -> None:
    """Receive deliveries: folders, zipped folders, or single files with --source."""
    receipts = receive_all(command_context, list(paths), source, confirm)
    refresh_latest(command_context)
    command_context.answer(receipts, lambda: _receipt_lines(receipts))
    _warn_all_aside(receipts)
    sys.exit(exit_code(receipts))


@click.command("watch")
@click.argument("folder", type=click.Path(path_type=Path, exists=True, file_okay=False))
@click.option("--every", default=5.0, show_default=True, help="Seconds between checks.")
@click.option("--once", is_flag=True, help="Check once and stop.")
@store_command
def watch_command(command_context: CommandContext, folder: Path, every: float, once: bool) -> None:
    """Receive every delivery that appears in FOLDER, once it has stopped changing, and reassess what it affects."""
    from duecare.cli.duties import assess_all
    from duecare.cli.people import link_all

    found_waiting = refresh_latest(command_context, says_what_is_left=False)
    if found_waiting.assessed and not found_waiting.is_whole:
        assess_all(command_context, None, None)
    seen_changes: dict[Path, float] = {}
    taken_changes: dict[Path, float] = {}
    while True:
        change_times = {
            delivery_path: changed
            for delivery_path in sorted(folder.iterdir())
            if (changed := _last_changed(delivery_path)) is not None
        }
        ready = [
            delivery_path
            for delivery_path in change_times
            if taken_changes.get(delivery_path) != change_times[delivery_path]
            and (once or seen_changes.get(delivery_path) == change_times[delivery_path])
        ]
        seen_changes = change_times
        if ready or once:
            command_context = command_context.at_this_moment()
            receipts = receive_all(command_context, ready, None, False) if ready else []
            if link_new_records(command_context, says_what_is_left=False):
                link_all(command_context, train=False)
            if not refresh_latest(command_context, says_what_is_left=False).is_whole and any(
                receipt["status"] == "accepted" for receipt in receipts
            ):
                assess_all(command_context, None, None)
            command_context.answer(receipts, lambda receipts=receipts: _receipt_lines(receipts))  # type: ignore[misc]
            taken_changes.update((delivery_path, change_times[delivery_path]) for delivery_path in ready)
            if once:
                sys.exit(exit_code(receipts))
        time.sleep(every)


def _last_changed(delivery_path: Path) -> float | None:
    """The time at which anything in this delivery last changed. None: it is being moved away, or cannot be read."""
    try:
        return max(part_path.lstat().st_mtime for part_path in (delivery_path, *delivery_path.rglob("*")))
    except OSError:
        return None


@click.command("run")
@PATHS
@SOURCE
@click.option("--confirm", is_flag=True, help="As for receive.")
@store_command
def run_command(command_context: CommandContext, paths: tuple[Path, ...], source: str | None, confirm: bool) -> None:
    """Receive, link, build timelines and assess in one go."""
    chain_summary = run_chain(command_context, list(paths), source, confirm)
    command_context.answer(chain_summary, lambda: _run_words(chain_summary))
    _warn_all_aside(chain_summary["receive"])
    sys.exit(exit_code(chain_summary["receive"]))


def run_chain(command_context: CommandContext, paths: list[Path], source: str | None, confirm: bool) -> dict[str, Any]:
    """Run the chain over these deliveries, and return the result of each step."""
    return {**run_to_worklist(command_context, paths, source, confirm), "figures": keep_figures(command_context)}


def keep_figures(command_context: CommandContext) -> dict[str, Any]:
    """Take a snapshot of the current quarter from the latest assessment, in the fields of the exchange contract."""
    from duecare.cli.figures import take_figure_snapshot
    from duecare.figure import quarter_of

    return take_figure_snapshot(command_context, quarter_of(command_context.request.now).name, as_assessed=True)


def run_to_worklist(
    command_context: CommandContext, paths: list[Path], source: str | None, confirm: bool
) -> dict[str, Any]:
    """Run the chain over these deliveries as far as the worklist, and return the result of each step."""
    from duecare.cli.duties import assess_all
    from duecare.cli.people import link_all
    from duecare.use_cases.casework.count_worklist_after_run import worklist_counts

    received = receive_all(command_context, paths, source, confirm)
    return {
        "receive": received,
        "link": link_all(command_context, train=False),
        "assess": assess_all(command_context, None, None),
        "worklist": worklist_counts(command_context.request),
    }


def receive_all(
    command_context: CommandContext, paths: list[Path], source: str | None, confirm: bool
) -> list[dict[str, Any]]:
    """Receive these deliveries, and return the outcome of each in the fields of the exchange contract."""
    from duecare.use_cases.deliveries.receive_delivery import receive_files as step

    with at_work("Receiving") as report_progress:
        received_list = step(
            command_context.request,
            command_context.config,
            paths,
            source=source,
            confirmed=confirm,
            tell_progress=report_progress,
        )
    return [
        {
            "delivery": delivery_receipt.name,
            "number": delivery_receipt.number,
            "source": delivery_receipt.source,
            **{
                field_name: getattr(delivery_receipt, field_name)
                for field_name in FIELDS
                if field_name not in {"delivery", "reasons"}
            },
            "reasons": list(delivery_receipt.reasons),
            "notes": list(delivery_receipt.notes),
        }
        for delivery_receipt in received_list
    ]


def exit_code(receipts: list[dict[str, Any]]) -> int:
    """Exit code: 0, or 11 where any delivery was refused or held, or had every row set aside."""
    is_failed = any(receipt["status"] in {"refused", "held"} or _is_all_aside(receipt) for receipt in receipts)
    return EXIT_CODES["EXT"] if is_failed else 0


def _is_all_aside(receipt: dict[str, Any]) -> bool:
    return bool(receipt["rows_in"]) and receipt["set_aside"] == receipt["rows_in"]


def _warn_all_aside(receipts: list[dict[str, Any]]) -> None:
    for receipt in receipts:
        if _is_all_aside(receipt):
            click.echo(
                f"Warning: every row of {receipt['delivery']} was set aside, so nothing was loaded. `duecare delivery"
                f" {receipt['number']}` lists the reasons.",
                err=True,
            )


@click.command()
@click.argument("number", type=click.IntRange(min=1))
@store_command
def delivery_command(command_context: CommandContext, number: int) -> None:
    """Show delivery NUMBER: each row set aside with its reason and remedy, and the defects, without values."""
    from duecare.use_cases.deliveries.list_deliveries import read_numbered_delivery

    page = read_numbered_delivery(command_context.request, number)
    delivery = page.delivery
    answer = {
        "delivery": delivery.name,
        "number": delivery.number,
        "source": delivery.source,
        **{name: getattr(delivery, name) for name in FIELDS if name not in {"delivery", "reasons"}},
        "reasons": list(delivery.reasons),
        "notes": list(delivery.notes),
        "rows_set_aside": [
            {"file": row.file, "row": row.row, "column": row.column, "reason": row.reason, "remedy": row.remedy}
            for row in page.set_aside
        ],
        "received_again": page.received_again,
        "defects": [{"column": column, "reason": reason, "count": count} for column, reason, count in page.defects],
    }
    command_context.answer(answer, lambda: _delivery_lines(answer))


def _delivery_lines(answer: dict[str, Any]) -> Iterator[str]:
    yield _account_line(answer)
    yield from (f"  {line}" for line in (*answer["reasons"], *answer["notes"]))
    for row in answer["rows_set_aside"]:
        column = f", {row['column']}" if row["column"] else ""
        yield f"  {row['file']}, row {row['row']}{column}: {row['reason']}; {row['remedy']}"
    more = answer["set_aside"] - answer["received_again"] - len(answer["rows_set_aside"])
    if more > 0:
        yield f"  and {more:,} more rows, not listed"
    if answer["received_again"]:
        yield f"  {answer['received_again']:,} rows that were set aside have been received again since"
    for defect in answer["defects"]:
        yield f"  defect, {defect['count']:,} rows: {defect['column']}: {defect['reason']}"


def _account_line(receipt: dict[str, Any]) -> str:
    return (
        f"{receipt['delivery']}: {receipt['status']}; {receipt['rows_in']:,} rows = {receipt['accepted']:,} accepted +"
        f" {receipt['set_aside']:,} set aside + {receipt['stale']:,} stale + {receipt['unchanged']:,} unchanged +"
        f" {receipt['refused']:,} refused"
    )


def _receipt_lines(receipts: list[dict[str, Any]]) -> Iterator[str]:
    for receipt in receipts:
        yield _account_line(receipt)
        yield from (f"  {reason_text}" for reason_text in (*receipt["reasons"], *receipt["notes"]))
        if receipt["set_aside"]:
            yield (
                f"  why each row was set aside, and how to correct it, is listed by `duecare delivery {receipt['number']}` and"
                " on its page (Deliveries); see docs/how-to/correct-rows-set-aside.md"
            )


def _run_words(chain_summary: dict[str, Any]) -> Iterator[str]:
    yield from _receipt_lines(chain_summary["receive"])
    link_summary, assessed, worklist_summary = chain_summary["link"], chain_summary["assess"], chain_summary["worklist"]
    yield (
        f"{link_summary['records']:,} records are {link_summary['people']:,} people; "
        f"{link_summary['for_review']:,} pairs for a person to check"
    )
    yield f"{assessed['findings']:,} findings, {assessed['overdue']:,} overdue, without suggested standards"
    figures = chain_summary["figures"]
    yield f"Figures of {figures['period']} so far: {figures['values']:,} values, from {figures['lines']:,} lines"
    yield (
        f"Worklist: {worklist_summary['all']:,} lines, {worklist_summary['danger']:,} with danger now, "
        f"{worklist_summary['unallocated']:,} unallocated"
    )

"""Commands about linked people: link, export, show one person."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import Any

import click

from duecare.cli.door import CommandContext, at_work, moment_options, store_command
from duecare.cli.refresh_after_command import refresh_latest, refresh_search_index


@click.command("link")
@click.option(
    "--engine",
    type=click.Choice(["duckdb", "spark"]),
    default="duckdb",
    show_default=True,
    help="Where it is worked out; spark needs the extra of that name.",
)
@click.option("--train", is_flag=True, help="Train a model on the stored records, save it, and link with it.")
@store_command
def link_command(command_context: CommandContext, engine: str, train: bool) -> None:
    """Link records to people, with the trained model or the shipped one."""
    link_summary = link_all(command_context, train=train, engine=engine)
    refresh_latest(command_context)
    command_context.answer(
        link_summary,
        lambda: iter(
            [f"{link_summary['records']:,} records are {link_summary['people']:,} people by {link_summary['model']}"]
        ),
    )


def link_all(command_context: CommandContext, *, train: bool, engine: str = "duckdb") -> dict[str, Any]:
    """Run linkage, and return its result in the fields of the exchange contract."""
    from duecare.use_cases.linkage.link_all import link_all_records as step

    with at_work("Linking") as report_progress:
        link_result = step(
            command_context.request, command_context.config, train=train, engine=engine, tell_progress=report_progress
        )
    refresh_search_index()
    return {
        "records": link_result.records,
        "people": link_result.people,
        "pairs": link_result.pairs,
        "for_review": link_result.for_review,
        "model": link_result.model,
    }


@click.group("people")
def people_group() -> None:
    """Which record belongs to which person."""


@people_group.command("export")
@click.argument("file", type=click.Path(path_type=Path))
@store_command
def export_command(command_context: CommandContext, file: Path) -> None:
    """Write source,record_id,person for every record to FILE."""
    from duecare.use_cases.linkage.export_people import export_people

    records, export_summary = export_people(command_context.request, file)
    command_context.answer(
        {"records": records, "people": export_summary},
        lambda: iter([f"{records:,} records, {export_summary:,} people in {file}"]),
    )


@click.command("person")
@click.argument("person_id")
@moment_options
@store_command
def person_command(
    command_context: CommandContext, person_id: str, as_of: datetime | None, known_at: datetime | None
) -> None:
    """Show one person: records, names, links with evidence, timeline, findings."""
    from duecare.use_cases.people.view_person import read_person

    person_page = read_person(command_context.request, person_id, as_of=as_of, known_at=known_at)
    command_context.answer(_person_json(person_page), lambda: _person_lines(person_page))


def _person_json(person_page: Any) -> dict[str, Any]:
    return {
        "person": person_page.person,
        "aliases": list(person_page.aliases),
        "names": list(person_page.names),
        "born": list(person_page.born),
        "records": [
            {
                "record": str(record.key),
                "given_names": record.given_names,
                "family_name": record.family_name,
                "born": str(record.born) if record.born else None,
                "sex": record.sex,
                "postcode": "" if record.protected_address else record.postcode,
                "written_at": record.written_at,
            }
            for record in person_page.records
        ],
        "warnings": [list(warning) for warning in person_page.warnings],
        "cases": [
            {"source": case_key.source, "case_ref": case_key.case_ref, "roles": list(roles)}
            for case_key, _, roles in person_page.cases
        ],
        "links": [
            {
                "a": person_link.a,
                "b": person_link.b,
                "weight": person_link.weight,
                "probability": person_link.probability,
                "comparisons": [list(level) for level in person_link.levels],
                "held": person_link.held or None,
                "judgement": person_link.judgement or None,
            }
            for person_link in person_page.links
        ],
        "timeline": [
            {
                "source": timeline_row.event.source,
                "event_id": timeline_row.event.event_id,
                "kind": None if timeline_row.is_hidden else timeline_row.event.kind,
                "happened_at": timeline_row.event.happened_at.earliest,
                "is_exact": timeline_row.event.happened_at.is_exact,
                "written_at": timeline_row.event.written_at,
                "received_at": timeline_row.received_at,
                "delivery": timeline_row.delivery,
                "file": timeline_row.file,
                "row": timeline_row.row,
                "people": [list(person_entry) for person_entry in timeline_row.people],
            }
            for timeline_row in person_page.timeline
        ],
        "findings": [person_finding.finding.as_json() for person_finding in person_page.findings],
        "as_of": person_page.as_of,
        "known_at": person_page.known_at,
    }


def _person_lines(person_page: Any) -> Iterator[str]:
    yield f"{person_page.person}  {person_page.label}  {person_page.age_words}"
    yield from (f"  ! {words}" for words, _, _ in person_page.warnings)
    yield from (f"  {record.key}" for record in person_page.records)
    for timeline_row in person_page.timeline:
        yield f"  {timeline_row.event.happened_at.earliest.isoformat()}  {timeline_row.event.source}  {timeline_row.event.kind}"
    for person_finding in person_page.findings:
        yield f"  {person_finding.finding.duty}: {person_finding.finding.state.value}"

"""Commands about who is one person."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import Any

import click

from duecare.cli.catching_up import bring_search, bring_up
from duecare.cli.door import Here, at_work, command, moments


@click.command()
@click.option(
    "--engine",
    type=click.Choice(["duckdb", "spark"]),
    default="duckdb",
    show_default=True,
    help="Where it is worked out; spark needs the extra of that name.",
)
@click.option("--train", is_flag=True, help="Train a model on the records held, keep it, and link by it.")
@command
def link(here: Here, engine: str, train: bool) -> None:
    """Link records to people, by the kept model or the one shipped."""
    found = link_all(here, train=train, engine=engine)
    bring_up(here)
    here.answer(
        found, lambda: iter([f"{found['records']:,} records are {found['people']:,} people by {found['model']}"])
    )


def link_all(here: Here, *, train: bool, engine: str = "duckdb") -> dict[str, Any]:
    """What linkage answered, as the exchange words it."""
    from duecare.use_cases.linkage.link_all import link as step

    with at_work("Linking") as tell:
        found = step(here.asking, here.config, train=train, engine=engine, tell=tell)
    bring_search()
    return {
        "records": found.records,
        "people": found.people,
        "pairs": found.pairs,
        "for_review": found.for_review,
        "model": found.model,
    }


@click.group()
def people() -> None:
    """Which record is whose."""


@people.command("export")
@click.argument("file", type=click.Path(path_type=Path))
@command
def export(here: Here, file: Path) -> None:
    """Write source,record_id,person for every record to FILE."""
    from duecare.use_cases.linkage.export_people import export_people

    records, found = export_people(here.asking, file)
    here.answer(
        {"records": records, "people": found}, lambda: iter([f"{records:,} records, {found:,} people in {file}"])
    )


@click.command()
@click.argument("person_id")
@moments
@command
def person(here: Here, person_id: str, as_of: datetime | None, known_at: datetime | None) -> None:
    """One person: records, names, links with evidence, timeline, findings."""
    from duecare.use_cases.people.view_person import read_person

    page = read_person(here.asking, person_id, as_of=as_of, known_at=known_at)
    here.answer(_said(page), lambda: _words(page))


def _said(page: Any) -> dict[str, Any]:
    return {
        "person": page.person,
        "aliases": list(page.aliases),
        "names": list(page.names),
        "born": list(page.born),
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
            for record in page.records
        ],
        "warnings": [list(warning) for warning in page.warnings],
        "cases": [
            {"source": key.source, "case_ref": key.case_ref, "roles": list(roles)} for key, _, roles in page.cases
        ],
        "links": [
            {
                "a": one.a,
                "b": one.b,
                "weight": one.weight,
                "probability": one.probability,
                "comparisons": [list(level) for level in one.levels],
                "held": one.held or None,
                "judgement": one.judgement or None,
            }
            for one in page.links
        ],
        "timeline": [
            {
                "source": row.event.source,
                "event_id": row.event.event_id,
                "kind": None if row.is_hidden else row.event.kind,
                "happened_at": row.event.happened_at.earliest,
                "is_exact": row.event.happened_at.is_exact,
                "written_at": row.event.written_at,
                "received_at": row.received_at,
                "delivery": row.delivery,
                "file": row.file,
                "row": row.row,
                "people": [list(one) for one in row.people],
            }
            for row in page.timeline
        ],
        "findings": [one.finding.as_json() for one in page.findings],
        "as_of": page.as_of,
        "known_at": page.known_at,
    }


def _words(page: Any) -> Iterator[str]:
    yield f"{page.person}  {page.label}  {page.age_words}"
    yield from (f"  ! {words}" for words, _, _ in page.warnings)
    yield from (f"  {record.key}" for record in page.records)
    for row in page.timeline:
        yield f"  {row.event.happened_at.earliest.isoformat()}  {row.event.source}  {row.event.kind}"
    for one in page.findings:
        yield f"  {one.finding.duty}: {one.finding.state.value}"

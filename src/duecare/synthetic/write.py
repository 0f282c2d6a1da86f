"""Writes the made-up force: deliveries of each source, month by month, and the truth beside them."""

from __future__ import annotations

import csv
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Final

from duecare.synthetic.calls import make_call
from duecare.synthetic.census import census_returns
from duecare.synthetic.chance import Chance
from duecare.synthetic.clock import DAY_SECONDS, HOUR_SECONDS, day_number, to_seconds
from duecare.synthetic.concern import make_report
from duecare.synthetic.crime import make_crime
from duecare.synthetic.custody import make_detention
from duecare.synthetic.daily import write_daily
from duecare.synthetic.deliveries import Deliveries
from duecare.synthetic.enquiry import make_enquiry, make_protection
from duecare.synthetic.force import Force
from duecare.synthetic.household import Town
from duecare.synthetic.log_entries import custody_log, write_notified
from duecare.synthetic.missing import make_missing
from duecare.synthetic.nominals import Nominals, Truth
from duecare.synthetic.offender import make_offender
from duecare.synthetic.places import make_boroughs
from duecare.synthetic.scale import SCALES, Scale
from duecare.synthetic.scenario.all import write_scenarios
from duecare.synthetic.staff import Staff
from duecare.synthetic.unreadable_rows import spoil_rows
from duecare.vocabulary.calendar import is_working_day

DEFAULT_SEED: Final = 20161125
ENDING: Final = datetime(2026, 11, 25, 9, 0, tzinfo=UTC)
MONTHS: Final = 18
BESIDE: Final = 7_919

Progress = Callable[[int, int], None]


@dataclass(frozen=True, slots=True)
class Synthesised:
    """What was written.

    Shape:   `deliveries` folders at `paths`, in the order in which they are to be received; `records` rows over all
             sheets; `people` human beings with at least one record.
    """

    deliveries: int
    records: int
    people: int
    paths: tuple[Path, ...]


def write_synthetic(
    output_folder: Path,
    *,
    scale: str = "small",
    chance_seed: int = DEFAULT_SEED,
    ending: datetime = ENDING,
    progress: Progress | None = None,
) -> Synthesised:
    """Write a made-up force into the folder `output_folder`: its deliveries, and under `truth` what is true.

    Shape:   `scale` is small or force; `progress` is told extractions written and extractions in all. The same seed
             and ending give the same bytes.
    Units:   `ending` is the moment up to which everything is known.
    Raises:  FileExistsError if there is anything in `output_folder` already; nothing is written then.
             KeyError for a scale that there is not.
    """
    scale_size = SCALES[scale]
    if output_folder.exists() and any(output_folder.iterdir()):
        raise FileExistsError("the folder for the made-up force is not empty")
    last_second = to_seconds(ending)
    truth = Truth(output_folder / "truth" / "people.csv")
    try:
        deliveries = Deliveries(output_folder, extraction_times(last_second, scale_size.by_month))
        force = _build_force(scale_size, chance_seed, last_second, deliveries, truth)
        force.staff.write(deliveries)
        write_scenarios(force, output_folder / "truth" / "cases.json")
        for _ in range(scale_size.offenders):
            make_offender(force)
        beside = force.beside(chance_seed + BESIDE)
        for managed in force.managed:
            write_notified(beside, managed)
        _write_months(force, beside, scale_size, progress)
    finally:
        truth.close()
    _write_boroughs(force, output_folder / "truth" / "boroughs.csv")
    (output_folder / "truth" / "MADE-UP.txt").write_text(
        "Everyone and everything here is made up. Northmoor does not exist. Read by tests only.\n", encoding="utf-8"
    )
    return Synthesised(len(deliveries.paths), deliveries.rows, truth.people, tuple(deliveries.paths))


def extraction_times(last_second: int, by_month: int) -> tuple[int, ...]:
    """The times of extraction: two in the morning of the first of each month (and between), and at the end."""
    ending = datetime.fromtimestamp(last_second, UTC).date()
    moments = set()
    for months_back in range(MONTHS, -1, -1):
        months = ending.year * 12 + ending.month - 1 - months_back
        first_of_month = day_number(date(months // 12, months % 12 + 1, 1))
        moments |= {
            (first_of_month + month_part * 30 // by_month) * DAY_SECONDS + 2 * 3600 for month_part in range(by_month)
        }
    return (
        *sorted(
            moment for moment in moments if last_second - MONTHS * 30 * DAY_SECONDS < moment < last_second - DAY_SECONDS
        ),
        last_second,
    )


def _build_force(scale_size: Scale, chance_seed: int, last_second: int, deliveries: Deliveries, truth: Truth) -> Force:
    chance = Chance(chance_seed)
    areas = make_boroughs(chance)
    start = date(2012, 1, 1)
    calendar_days = (start + timedelta(days=day_offset) for day_offset in range((date(2031, 1, 1) - start).days))
    return Force(
        town=Town.of(chance_seed, areas, scale_size.households, last_second // DAY_SECONDS),
        alone=scale_size.alone,
        staff=Staff(areas, chance, last_second, scale_size.staff),
        deliveries=deliveries,
        nominals=Nominals(deliveries, truth, chance),
        chance=chance,
        ending=last_second,
        working_days=[day_number(calendar_day) for calendar_day in calendar_days if is_working_day(calendar_day)],
    )


def _write_months(force: Force, beside: Force, scale_size: Scale, progress: Progress | None) -> None:
    begin = force.ending - MONTHS * 365 * DAY_SECONDS // 12
    makers: tuple[tuple[Callable[[Force, int], None], int], ...] = (
        (make_report, scale_size.reports),
        (make_crime, scale_size.crimes),
        (make_enquiry, scale_size.enquiries),
        (make_protection, scale_size.protections),
        (make_missing, scale_size.missing),
        (make_detention, scale_size.detentions),
        (spoil_rows, 40 + scale_size.reports // 60),
    )
    whole = force.ending - begin
    since = begin
    draw_chance = force.chance.draw
    moments = force.deliveries.extractions
    for index, until in enumerate(moments):
        for make_entry, count in makers:
            number = count * (until - begin) // whole - count * (since - begin) // whole
            for happened_at in sorted(since + int(draw_chance() * (until - since)) for _ in range(number)):
                make_entry(force, happened_at)
        if index == len(moments) - 1:
            # The night's own reports, some of which nobody has taken on yet.
            for _ in range(scale_size.reports // 150):
                make_report(force, force.ending - int(draw_chance() * 20 * HOUR_SECONDS) - HOUR_SECONDS)
        _write_beside(beside, scale_size.crimes // 8 * (until - since) // whole, since, until)
        census_returns(beside, index)
        since = until
        force.deliveries.close(index)
        if progress is not None:
            progress(index + 1, len(moments))


def _write_beside(force: Force, calls: int, since: int, until: int) -> None:
    """Other systems' records of the same time."""
    for happened_at in sorted(since + int(force.chance.draw() * (until - since)) for _ in range(calls)):
        make_call(force, happened_at)
    for custody_stay in force.detained:
        custody_log(force, custody_stay)
    for told_report in force.told:
        write_daily(force, told_report)
    force.detained.clear()
    force.told.clear()


def _write_boroughs(force: Force, boroughs_path: Path) -> None:
    with boroughs_path.open("w", encoding="utf-8", newline="") as boroughs_file:
        writer = csv.writer(boroughs_file, lineterminator="\n")
        writer.writerow(("name", "code", "late"))
        writer.writerows((borough.name, borough.code, f"{borough.late:.3f}") for borough in force.town.boroughs)

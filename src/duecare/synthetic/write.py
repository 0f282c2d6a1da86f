"""Writes the made-up force: deliveries of each source, month by month, and the truth beside them."""

from __future__ import annotations

import csv
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Final

from duecare.synthetic.calls import call
from duecare.synthetic.census import returns
from duecare.synthetic.chance import Chance
from duecare.synthetic.clock import DAY, HOUR, day_number, seconds
from duecare.synthetic.concern import report
from duecare.synthetic.crime import crime
from duecare.synthetic.custody import detention
from duecare.synthetic.daily import daily
from duecare.synthetic.deliveries import Deliveries
from duecare.synthetic.enquiry import enquiry, protection
from duecare.synthetic.force import Force
from duecare.synthetic.household import Town
from duecare.synthetic.logged import custody_log, notified
from duecare.synthetic.missing import missing
from duecare.synthetic.nominals import Nominals, Truth
from duecare.synthetic.offender import offender
from duecare.synthetic.places import boroughs
from duecare.synthetic.scale import SCALES, Scale
from duecare.synthetic.scenario.all import write_scenarios
from duecare.synthetic.spoilt import spoil
from duecare.synthetic.staff import Staff
from duecare.vocabulary.calendar import is_working_day

SEED: Final = 20161125
ENDING: Final = datetime(2026, 11, 25, 9, 0, tzinfo=UTC)
MONTHS: Final = 18
BESIDE: Final = 7_919

Progress = Callable[[int, int], None]


@dataclass(frozen=True, slots=True)
class Synthesised:
    """What was written?

    Shape:   `deliveries` folders at `paths`, in the order in which they are to be received; `records` rows over all
             sheets; `people` human beings with at least one record.
    """

    deliveries: int
    records: int
    people: int
    paths: tuple[Path, ...]


def synthesise(
    out: Path,
    *,
    scale: str = "small",
    seed: int = SEED,
    ending: datetime = ENDING,
    progress: Progress | None = None,
) -> Synthesised:
    """Write a made-up force into the folder `out`: its deliveries, and under `truth` what is true.

    Shape:   `scale` is small or force; `progress` is told extractions written and extractions in all. The same seed
             and ending give the same bytes.
    Units:   `ending` is the moment up to which everything is known.
    Raises:  FileExistsError if there is anything in `out` already; nothing is written then.
             KeyError for a scale that there is not.
    """
    size = SCALES[scale]
    if out.exists() and any(out.iterdir()):
        raise FileExistsError("the folder for the made-up force is not empty")
    last = seconds(ending)
    truth = Truth(out / "truth" / "people.csv")
    try:
        deliveries = Deliveries(out, extractions(last, size.by_month))
        force = _force(size, seed, last, deliveries, truth)
        force.staff.write(deliveries)
        write_scenarios(force, out / "truth" / "cases.json")
        for _ in range(size.offenders):
            offender(force)
        beside = force.beside(seed + BESIDE)
        for managed in force.managed:
            notified(beside, managed)
        _months(force, beside, size, progress)
    finally:
        truth.close()
    _write_boroughs(force, out / "truth" / "boroughs.csv")
    (out / "truth" / "MADE-UP.txt").write_text(
        "Everyone and everything here is made up. Northmoor does not exist. Read by tests only.\n", encoding="utf-8"
    )
    return Synthesised(len(deliveries.paths), deliveries.rows, truth.people, tuple(deliveries.paths))


def extractions(last: int, by_month: int) -> tuple[int, ...]:
    """When are the sources extracted? Two in the morning of the first of each month (and between), and at the end."""
    ending = datetime.fromtimestamp(last, UTC).date()
    moments = set()
    for back in range(MONTHS, -1, -1):
        months = ending.year * 12 + ending.month - 1 - back
        first = day_number(date(months // 12, months % 12 + 1, 1))
        moments |= {(first + part * 30 // by_month) * DAY + 2 * 3600 for part in range(by_month)}
    return (*sorted(moment for moment in moments if last - MONTHS * 30 * DAY < moment < last - DAY), last)


def _force(size: Scale, seed: int, last: int, deliveries: Deliveries, truth: Truth) -> Force:
    chance = Chance(seed)
    areas = boroughs(chance)
    start = date(2012, 1, 1)
    days = (start + timedelta(days=n) for n in range((date(2031, 1, 1) - start).days))
    return Force(
        town=Town.of(seed, areas, size.households, last // DAY),
        alone=size.alone,
        staff=Staff(areas, chance, last, size.staff),
        deliveries=deliveries,
        nominals=Nominals(deliveries, truth, chance),
        chance=chance,
        ending=last,
        working_days=[day_number(day) for day in days if is_working_day(day)],
    )


def _months(force: Force, beside: Force, size: Scale, progress: Progress | None) -> None:
    begin = force.ending - MONTHS * 365 * DAY // 12
    makers: tuple[tuple[Callable[[Force, int], None], int], ...] = (
        (report, size.reports),
        (crime, size.crimes),
        (enquiry, size.enquiries),
        (protection, size.protections),
        (missing, size.missing),
        (detention, size.detentions),
        (spoil, 40 + size.reports // 60),
    )
    whole = force.ending - begin
    since = begin
    draw = force.chance.draw
    moments = force.deliveries.extractions
    for index, until in enumerate(moments):
        for make, count in makers:
            number = count * (until - begin) // whole - count * (since - begin) // whole
            for at in sorted(since + int(draw() * (until - since)) for _ in range(number)):
                make(force, at)
        if index == len(moments) - 1:
            # The night's own reports, some of which nobody has taken on yet.
            for _ in range(size.reports // 150):
                report(force, force.ending - int(draw() * 20 * HOUR) - HOUR)
        _beside(beside, size.crimes // 8 * (until - since) // whole, since, until)
        returns(beside, index)
        since = until
        force.deliveries.close(index)
        if progress is not None:
            progress(index + 1, len(moments))


def _beside(force: Force, calls: int, since: int, until: int) -> None:
    """What other systems tell of the same time."""
    for at in sorted(since + int(force.chance.draw() * (until - since)) for _ in range(calls)):
        call(force, at)
    for stay in force.detained:
        custody_log(force, stay)
    for told in force.told:
        daily(force, told)
    force.detained.clear()
    force.told.clear()


def _write_boroughs(force: Force, path: Path) -> None:
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(("name", "code", "late"))
        writer.writerows((b.name, b.code, f"{b.late:.3f}") for b in force.town.boroughs)

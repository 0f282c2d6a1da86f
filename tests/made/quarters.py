"""A made-up quarter: figures of eight boroughs in two commands, with small numbers of children among them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from functools import lru_cache
from random import Random
from typing import Any

from duecare.audit.published.round_history import GapPoint, Point
from duecare.disclosure import DisclosurePolicy
from duecare.figure.catalogue.all_figures import figure_catalogue
from duecare.figure.figure_count import figure_values
from duecare.figure.figure_definition import FAIRNESS, Dimension, Unit
from duecare.figure.figure_line import CountedLine
from duecare.figure.figure_value import FigureValue, cut_of
from duecare.report.quarterly.quarterly_annexes import Post, RecommendationLine, Revisits
from duecare.report.quarterly.quarterly_counts import Places
from duecare.report.quarterly.quarterly_inputs import QuarterFacts
from duecare.report.quarterly.quarterly_report import quarterly_report
from duecare.report.release.release_clearance import Clearance, cleared
from duecare.stats.interval import Interval

PERIOD = "2026-Q3"
COMMANDS = (
    ("Dale Command", ("Alderwick", "Ashmere", "Barrowgate", "Beckstone")),
    ("Fold Command", ("Bramhollow", "Calderfold", "Coldbrook", "Crossfell")),
)
MEASURED = (
    "custody-held-overnight",
    "custody-bail-refused",
    "custody-adult-arrived-after",
    "grades-met-by-inspectorate",
    "visits-overdue",
    "seen-after",
    "late-local-see-the-child",
    "late-local-allocate-investigator",
    "late-pace-s40-review",
)
STAYS = (
    "custody-held-overnight",
    "custody-bail-refused",
    "custody-accommodation-asked-for",
    "custody-accommodation-never-asked-for",
    "custody-moved",
    "custody-in-a-cell",
    "custody-adult-arrived-after",
)
REASONS = (
    "not charged",
    "charged, bail not refused",
    MOVED := "accommodation provided",
    CERTIFIED := "certified that they could not be moved",
    "accommodation refused",
    "accommodation asked for, nothing came",
    NEVER_ASKED := "accommodation never asked for",
)
POLICY = DisclosurePolicy(insider="")


def members(figure: str, chance: Random, size: int, period: str = PERIOD) -> Iterator[CountedLine]:
    """Made-up lines of a figure: each in some borough and month."""
    definition = figure_catalogue()[figure].definition
    first = 3 * int(period[-1]) - 2
    for number in range(size):
        command, areas = chance.choice(COMMANDS)
        month = first + chance.randrange(3)
        said = {
            Dimension.AREA: chance.choice(areas),
            Dimension.BCU: command,
            Dimension.TEAM: "team",
            Dimension.MONTH: f"{period[:4]}-{month:02d}",
            Dimension.QUARTER: period,
            Dimension.CASE_KIND: chance.choice(("crime", "missing")),
            Dimension.RISK: chance.choice(("high", "medium", "low")),
            Dimension.REASON: chance.choice(REASONS),
            **{one: chance.choice(("one group", "another group", "not known")) for one in sorted(FAIRNESS)},
        }
        hours = round(chance.expovariate(1 / 30), 2) if definition.unit is Unit.HOURS else None
        counts = chance.choices((True, False, None), (30, 65, 5))[0]
        cuts = cut_of({one: said[one] for one in definition.by})
        at = datetime(int(period[:4]), month, 1 + number % 28, tzinfo=UTC)
        yield CountedLine(figure, f"{number}", at, counts, "", amount=hours, cuts=cuts)


def of_stays(chance: Random, size: int, period: str = PERIOD) -> dict[str, list[CountedLine]]:
    """Made-up lines of every figure of custody: the same stays, so that what is one count in two figures is one number."""
    found: dict[str, list[CountedLine]] = {one: [] for one in STAYS}
    for number, where in enumerate(members("custody-held-overnight", chance, size, period)):
        reason = chance.choices(REASONS, (4, 2, 1, 1, 1, 2, 3))[0]
        is_asked = reason in (MOVED, *REASONS[4:6]) or (reason == CERTIFIED and chance.random() < 0.5)
        told = {
            "custody-held-overnight": where.counts,
            "custody-in-a-cell": chance.choice((True, True, False, None)),
            "custody-adult-arrived-after": chance.choice((True, True, True, False, None)),
        }
        if reason not in REASONS[:2]:
            told |= {"custody-bail-refused": True, "custody-accommodation-asked-for": is_asked}
            told["custody-accommodation-never-asked-for"] = not is_asked
            told |= {"custody-moved": reason == MOVED} if is_asked else {}
        for figure, counts in told.items():
            definition = figure_catalogue()[figure].definition
            said = {**dict(where.cuts), Dimension.REASON: reason}
            cuts = cut_of({one: said[one] for one in definition.by})
            hours = (
                round(chance.expovariate(1 / 30), 2) if definition.unit is Unit.HOURS and counts is not None else None
            )
            found[figure].append(CountedLine(figure, f"{number}", where.at, counts, "", amount=hours, cuts=cuts))
    return found


@lru_cache(maxsize=8)
def made_values(
    seed: int = 1, size: int = 60, period: str = PERIOD, figures: Sequence[str] = MEASURED
) -> dict[str, Sequence[FigureValue]]:
    """The values of the figures measured, from made-up lines."""
    chance = Random(seed)
    stays = of_stays(chance, size, period)
    lines = {one: stays[one] if one in stays else [*members(one, chance, size, period)] for one in figures}
    return {one: figure_values(figure_catalogue()[one].definition, period, some) for one, some in lines.items()}


def facts(**more: Any) -> QuarterFacts:
    """A quarter with everything in it."""
    said: dict[str, Any] = {
        "force": "Northmoor Police",
        "period": PERIOD,
        "definitions": tuple(one.definition for one in figure_catalogue().values()),
        "values": made_values(),
        "places": Places(COMMANDS),
        "provenance": (("period", PERIOD), ("rulebook, by its hash", "ab" * 32)),
        "hides": ("A count of children below 5 is not printed.",),
        "rounds": (Point("spring", 2026.3, "inspectorate", 374, 96, "made up"),),
        "gaps": (GapPoint("spring", 2026.3, 132, 0.55, Interval(0.4, 0.7, "made up"), "made up"),),
        "revisits": (Revisits("R1", 374, 373, 374, "2026-q2"),),
        "recommendations": (
            RecommendationLine("R1", "Governance", "immediate", "chief officer", "in hand", 427, "late", "none"),
        ),
        "posts": (Post("a duty", "See the child", "detective inspector", "no holder", True),),
        "is_made_up": True,
    }
    return QuarterFacts(**{**said, **more})


def clearance(slug: str = "2026-q3", history: Sequence[Any] = (), **more: Any) -> Clearance:
    """The same, cleared."""
    return cleared(quarterly_report(facts(**more), slug), history, POLICY)

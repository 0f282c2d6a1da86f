"""The agreement of one round for a page: its figures, the funnel around its gap, and all rounds in the order of time."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from duecare.access.act import Act
from duecare.access.thing import GRADES
from duecare.audit import Totals
from duecare.audit.agreement.gap_funnel import Funnel, gap_funnel
from duecare.audit.agreement.round_comparison import Comparison, sides_of
from duecare.audit.published.round_history import (
    Change,
    GapPoint,
    Point,
    gaps_of,
    in_time,
    point_changes,
    points_of,
    published_gaps,
    published_points,
)
from duecare.authorisation.authorise import authorise, log_read
from duecare.authorisation.request import Request
from duecare.store.audit import comparable_grades, imported_grades, round_records
from duecare.use_cases.audit.compare_grades import comparison_of, gather_grades, published_totals, refusing_blind
from duecare.vocabulary.london_clock import in_london
from duecare.vocabulary.unknown import Unknown


@dataclass(frozen=True, slots=True)
class AgreementPage:
    """What is shown of the agreement in one round.

    Shape:   `found` totals where only those are known; then there is no funnel. `history` and `gaps` have this round too.
             `is_here`: it was drawn here.
    """

    round: str
    found: Comparison | Totals
    funnel: Funnel | Unknown
    history: tuple[Point, ...]
    gaps: tuple[GapPoint, ...]
    is_here: bool

    @property
    def changes(self) -> tuple[Change | None, ...]:
        """By how much each point of the history differs from the one before it of the same side."""
        return point_changes(self.history)


def read_agreement(request: Request, round_name: str) -> AgreementPage:
    """How far the two sides of this round agree, where areas differ, and how it was before.

    Raises:  ACC-003 when the viewer may not; AUD-041 where there is no such round; AUD-042 while it is blind.
    """
    authorise(request, Act.COMPARE, GRADES)
    with refusing_blind(request, Act.COMPARE):
        comparison = comparison_of(round_name)
    agreement_page = AgreementPage(
        round_name,
        comparison,
        gap_funnel(comparison.gap)
        if isinstance(comparison, Comparison)
        else Unknown("totals have no files to set limits by"),
        *over_time(),
        round_records.round_named(round_name) is not None,
    )
    log_read(request, Act.COMPARE)
    return agreement_page


def over_time() -> tuple[tuple[Point, ...], tuple[GapPoint, ...]]:
    """What each side passed in every round that may be compared, in the order of time, and the gap of each.

    Shape:   published rounds, those run elsewhere, and those drawn here that are open.
    """
    published = published_totals()
    points, published_gaps_found = list(published_points(published)), list(published_gaps(published))
    drawn = comparable_grades.times_drawn()
    for round_name in [
        *imported_grades.round_names(),
        *(round_name for round_name, is_open in comparable_grades.round_names() if is_open),
    ]:
        gathered_grades = gather_grades(round_name)
        if gathered_grades is not None:
            drawn_year = _year_fraction(drawn.get(round_name))
            points += points_of(
                round_name, sides_of(gathered_grades.files, gathered_grades.schemes), gathered_grades.basis, drawn_year
            )
            published_gaps_found += gaps_of(round_name, gathered_grades.files, gathered_grades.schemes, drawn_year)
    return in_time(points), tuple(
        sorted(published_gaps_found, key=lambda agreement_gap: (agreement_gap.year, agreement_gap.round))
    )


def _year_fraction(drawn: datetime | None) -> float | None:
    if drawn is None:
        return None
    drawn_day = in_london(drawn).timetuple()
    return drawn_day.tm_year + (drawn_day.tm_yday - 1) / 366

"""What the grades of a round say of two sides: of a round drawn here once it is open, of one run elsewhere, of totals alone."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from duecare.access.act import Act
from duecare.access.thing import GRADES
from duecare.audit import Totals, own_rows, read_totals, totals
from duecare.audit.case_grade import CaseGrade, scheme_for
from duecare.audit.compare import SIDES, Comparison, compare
from duecare.audit.graded_file import GradedFile
from duecare.audit.scheme import Scheme, schemes
from duecare.steps.asking import Asking
from duecare.steps.shape import ask, consulted
from duecare.store import opened_grades, outside_grades, published
from duecare.store.models import Round
from duecare.vocabulary.refusals import Refusal

OPENED: str = "grades opened by their own side, each fitting its seal"
ELSEWHERE: str = "grades of an audit run elsewhere, as given by case"


@dataclass(frozen=True, slots=True)
class RoundListed:
    """Which round is it, where is it from, and can its grades be compared now?

    Shape:   `origin` is here, elsewhere or totals.
    """

    name: str
    origin: str
    is_open: bool = True


def compare_round(asking: Asking, round_name: str) -> Comparison | Totals:
    """How far do the two sides of this round agree, and by how much is the force kinder?

    Shape:   totals where only those are known of the round: they have no cross-table, and say so.
    Raises:  ACC-003 when the viewer may not; AUD-041 where there is no such round; AUD-042 while it is blind.
    """
    ask(asking, Act.COMPARE, GRADES)
    found = comparison_of(round_name)
    consulted(asking, Act.COMPARE)
    return found


def rounds_to_compare(asking: Asking) -> tuple[RoundListed, ...]:
    """Which rounds are there to compare: drawn here, run elsewhere, and known by their totals?

    Raises:  ACC-003 when the viewer may not.
    """
    ask(asking, Act.COMPARE, GRADES)
    found = [RoundListed(name, "here", is_open) for name, is_open in opened_grades.rounds()]
    found += [RoundListed(name, "elsewhere") for name in outside_grades.rounds()]
    known = {one.name for one in found}
    of_totals = dict.fromkeys(one.round for one in published_totals().sets)
    found += [RoundListed(name, "totals") for name in of_totals if name not in known]
    consulted(asking, Act.COMPARE)
    return tuple(found)


def comparison_of(round_name: str) -> Comparison | Totals:
    """The same, for a step that has asked and writes its own line.

    Raises:  as `compare_round`.
    """
    own = opened_grades.round_named(round_name)
    if own is not None:
        if not opened_grades.is_open(own):
            raise Refusal("AUD-042")
        return compare_files(own, opened_grades.as_files(own, opened_grades.opened_files(own)))
    rows = outside_grades.rows_of(round_name)
    if rows:
        return _elsewhere(round_name, rows)
    return _by_totals(round_name)


def compare_files(own: Round, files: tuple[GradedFile, ...]) -> Comparison:
    """What do these opened files of a round drawn here say?"""
    by_side = _schemes_of(own, files)
    basis = {side: f"{OPENED}; {by_side[side].says}" for side in SIDES}
    if own.ended_at is not None:
        basis["ended"] = "The round was ended by its leads; what was not submitted by then is not counted."
    return compare(own.name, files, by_side, basis, opened_grades.frame_sizes(own))


def published_totals() -> Totals:
    """All published totals that were taken in; where none have been, the project's own record."""
    return totals(read_totals(published.rows() or own_rows()).accepted)


def _schemes_of(own: Round, files: tuple[GradedFile, ...]) -> dict[str, Scheme]:
    found = {}
    for side in SIDES:
        named = schemes().get(str(own.schemes.get(side, "")))
        words = {one.grade for file in files for one in file.given if one.side == side}
        found[side] = named or scheme_for(words, own.name)[0]
    return found


def _elsewhere(round_name: str, rows: tuple[CaseGrade, ...]) -> Comparison:
    by_side: Mapping[str, tuple[CaseGrade, ...]] = {
        side: tuple(row for row in rows if row.side == side) for side in SIDES
    }
    dated = {side: scheme_for((row.grade for row in rows), round_name, (row.graded_at for row in of))
             for side, of in by_side.items()}  # fmt: skip
    basis = {side: f"{ELSEWHERE}; {how}" for side, (_, how) in dated.items()}
    return compare(
        round_name, outside_grades.as_files(rows), {side: scheme for side, (scheme, _) in dated.items()}, basis
    )


def _by_totals(round_name: str) -> Totals:
    everything = published_totals()
    sets = tuple(one for one in everything.sets if one.round == round_name)
    if not sets:
        raise Refusal("AUD-041")
    pairs = tuple(one for one in everything.pairs if one.inspectorate.round == round_name)
    return replace(everything, sets=sets, pairs=pairs, notes=())

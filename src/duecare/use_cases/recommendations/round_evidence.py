"""Rounds drawn here as evidence of a registered test: when each was drawn, from what, and what its side's grades say."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from duecare.audit.agreement.population_estimate import population_of
from duecare.audit.agreement.stratified_estimate import Estimate
from duecare.duty.roster import Roster, plain_number
from duecare.recommendation.fresh import Drawn, Grader
from duecare.recommendation.registered import SampleTest
from duecare.store import accounts
from duecare.store.audit import round_records, unsealed_grades
from duecare.store.facts.officer_roster import roster
from duecare.store.models import Round
from duecare.use_cases.audit.compare_grades import of_opened
from duecare.vocabulary.unknown import Unknown


def drawn_rounds(test: SampleTest, after: datetime) -> tuple[Drawn, ...]:
    """Every round of the registered kind that was drawn after this moment, as the test asks about it."""
    found = [one for one in round_records.every_round() if one.drawn_at is not None and one.drawn_at > after]
    return tuple(as_drawn(one, test) for one in found if one.kind == test.round_kind)


def as_drawn(one: Round, test: SampleTest) -> Drawn:
    """This round, as the test asks about it: the grades of the registered side, of files of the registered sets."""
    assert one.drawn_at is not None
    of: dict[str, Any] = dict(one.frame_of)
    why = Unknown("its grades are not opened, or the frame from which it was drawn is not kept")
    graded, graders, estimate = 0, frozenset[str](), Estimate(0, 0, why, why, why)
    is_open = unsealed_grades.is_open(one)
    if is_open:
        held = of_opened(one, unsealed_grades.as_files(one, unsealed_grades.opened_files(one)))
        files = [file for file in held.files if file.set in test.sets]
        standing = [given for file in files if (given := file.standing(test.graded_by)) is not None]
        graded, graders = len(standing), frozenset(given.grader for given in standing)
        if held.frame:
            estimate = population_of(files, held.schemes, held.frame)[f"{test.graded_by}_meets"]
    return Drawn(
        name=one.name,
        kind=one.kind,
        drawn_at=one.drawn_at,
        is_ended=one.ended_at is not None,
        is_open=is_open,
        is_by_choice="kinds" in of and not of.get("of_claims"),
        case_kinds=tuple(of.get("kinds", ())),
        areas=tuple(of.get("areas", ())),
        opened_from=_moment(of.get("opened_from")),
        opened_to=_moment(of.get("opened_to")),
        files=sum(part.files for part in round_records.progress(one, test.graded_by, test.sets)),
        graded=graded,
        graders=tuple(_graders(one, sorted(graders))),
        estimate=estimate,
    )


def teams_of(officer: str) -> frozenset[str]:
    """Of which teams is this officer, as known now?"""
    held = Roster(*roster(None))
    return frozenset(
        row.team for row in held.officers if row.team and officer and plain_number(row.officer) == plain_number(officer)
    )


def _graders(one: Round, named: Iterable[str]) -> Iterable[Grader]:
    for account in named:
        known, grader = accounts.account_named(account), round_records.grader_named(one, account)
        officer = (grader.officer if grader else "") or (known.officer if known else "")
        yield Grader(account, officer, frozenset([*known.teams, *known.areas] if known else ()) | teams_of(officer))


def _moment(text: object) -> datetime | None:
    return datetime.fromisoformat(text) if isinstance(text, str) and text else None

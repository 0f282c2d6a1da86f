"""The engine's findings are the judge's, row for row, whatever happened."""

from __future__ import annotations

from hypothesis import given, settings
from tests.made.on_engine import duck, give
from tests.made.timelines import policy
from tests.made.worlds import moments
from tests.rooms.duty_engine.test_front_written import peopled

from duecare.duty.engine.evaluate import evaluate_duties
from duecare.duty.engine.finding_reader import stream_findings
from duecare.duty.engine.prepare import prepare_tables
from duecare.duty.roster import Roster
from duecare.rulebook.all_duties import all_duties


def by_engine(made, as_of, chosen, terms):
    """Every finding by the engine."""
    engine = duck()
    give(engine, made)
    roster = Roster(tuple(made.officers), tuple(made.posts))
    prepare_tables(engine, roster)
    left = evaluate_duties(engine, chosen, roster, as_of, terms)
    return list(stream_findings(engine)), {duty.id for duty in left}


def said(found):
    """What is sent out of every finding, in one order."""
    return sorted((finding.as_json() for finding in found), key=str)


def agree(made, as_of, chosen, terms):
    """Hold the engine's findings against the judge's."""
    found, left = by_engine(made, as_of, chosen, terms)
    wanted = [finding for finding in made.findings(as_of, chosen, terms) if finding.duty not in left]

    assert said(found) == said(wanted)


@settings(max_examples=settings.default.max_examples // 2)
@given(peopled(), moments)
def test_the_engine_finds_what_the_judge_finds(made, as_of):
    agree(made, as_of, all_duties(), policy())

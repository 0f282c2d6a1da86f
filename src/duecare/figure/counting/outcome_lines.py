"""The lines of figures about what came of cases: decisions, cases sent back, and feedback of victims and families."""

from __future__ import annotations

from collections.abc import Iterator

from duecare.audit.referral import ACTIONED, REFERRED, REVISITED
from duecare.figure.figure_definition import Definition
from duecare.figure.figure_inputs import FigureInputs
from duecare.figure.figure_line import CountedLine
from duecare.recommendation.revisit_claim import Period as AnyDay
from duecare.recommendation.revisit_claim import said_clear, tally_revisits
from duecare.record.pole import CaseKey, EventRecord

NO_ACTION = "no_further_action"
DECIDED = (NO_ACTION, "charged", "cautioned")
FEEDBACK_WORDS = {"satisfied": True, "dissatisfied": False}
FEEDBACK = "victim_feedback"


def no_further_action(definition: Definition, inputs: FigureInputs) -> Iterator[CountedLine]:
    """Each case with a child or young victim decided in the period, and whether the last decision was to do nothing further."""
    latest_by_case: dict[CaseKey, EventRecord] = {}
    for event in inputs.of_kinds(*DECIDED):
        if event.case in inputs.children and event.case is not None:
            latest_by_case[event.case] = event
    for case_key, event in sorted(latest_by_case.items()):
        yield inputs.member(
            definition, f"{case_key.source}:{case_key.case_ref}", event.happened_at.earliest, event.kind == NO_ACTION,
            event.kind.replace("_", " "), case_key=case_key, person=inputs.children[case_key] or None, area_name=event.area,
        )  # fmt: skip


def referred_back(definition: Definition, inputs: FigureInputs) -> Iterator[CountedLine]:
    """Each case sent back in the period, and whether what was done about it was recorded by the end."""
    acted: dict[CaseKey, list[EventRecord]] = {}
    for event in inputs.events:
        if event.kind == ACTIONED and event.case is not None:
            acted.setdefault(event.case, []).append(event)
    for event in inputs.of_kinds(REFERRED):
        after = acted.get(event.case, []) if event.case is not None else []
        answered = any(later_event.happened_at >= event.happened_at for later_event in after)
        yield inputs.member(
            definition, f"{event.source}:{event.event_id}", event.happened_at.earliest, answered,
            "acted upon" if answered else "nothing recorded yet", case_key=event.case, area_name=event.area,
        )  # fmt: skip


def still_clear(definition: Definition, inputs: FigureInputs) -> Iterator[CountedLine]:
    """Each case revisited in the period that found no further harm, and whether that still stands at the end.

    Shape:   a later fact against it, in the case or of a child of it, and whoever the revisit was withdrawn for, stand
             against it, as they do for the register of recommendations.
    Unknown: a revisit that does not say whether there was further harm.
    """
    latest_by_case: dict[CaseKey, EventRecord] = {}
    for event in inputs.around:
        if event.kind == REVISITED and event.case is not None and inputs.period.holds(event.happened_at.earliest):
            latest_by_case[event.case] = event
    clear = said_clear(inputs.around)
    reopened = set(tally_revisits(clear & set(latest_by_case), AnyDay(), inputs.around, inputs.whose).reopened)
    for case_key, event in sorted(latest_by_case.items()):
        further_harm = event.detail.get("further_harm")
        if case_key not in clear and further_harm not in {None, ""}:
            continue
        counts = None if case_key not in clear else case_key not in reopened
        words = {True: "still clear", False: "a later fact stands against it", None: "it does not say"}
        yield inputs.member(
            definition,
            f"{case_key.source}:{case_key.case_ref}",
            event.happened_at.earliest,
            counts,
            words[counts],
            case_key=case_key,
            area_name=event.area,
        )


def feedback_lines(definition: Definition, inputs: FigureInputs) -> Iterator[CountedLine]:
    """Each time a victim or their family described how they were treated, and whether they were satisfied.

    Unknown: whatever was written in other words: Duecare reads no free text.
    """
    for event in inputs.of_kinds(FEEDBACK):
        counts = FEEDBACK_WORDS.get(event.outcome.strip().casefold())
        words = event.outcome if counts is not None else "what they said is not in words that can be counted"
        yield inputs.member(
            definition,
            f"{event.source}:{event.event_id}",
            event.happened_at.earliest,
            counts,
            words,
            case_key=event.case,
            area_name=event.area,
        )

"""The lines of figures about what came of cases: decisions, cases sent back, and what victims and families said."""

from __future__ import annotations

from collections.abc import Iterator

from duecare.audit.referral import ACTIONED, REFERRED, REVISITED
from duecare.figure.figure_definition import Definition
from duecare.figure.figure_inputs import Held
from duecare.figure.figure_line import Member
from duecare.recommendation.revisits import Period as AnyDay
from duecare.recommendation.revisits import said_clear, tally
from duecare.record.pole import CaseKey, EventRecord

NO_ACTION = "no_further_action"
DECIDED = (NO_ACTION, "charged", "cautioned")
SAID = {"satisfied": True, "dissatisfied": False}
FEEDBACK = "victim_feedback"


def no_further_action(of: Definition, held: Held) -> Iterator[Member]:
    """Of each case with a child or young victim that was decided in the period: was the last decision to do nothing further?"""
    last: dict[CaseKey, EventRecord] = {}
    for one in held.of_kinds(*DECIDED):
        if one.case in held.children and one.case is not None:
            last[one.case] = one
    for case, one in sorted(last.items()):
        yield held.member(
            of, f"{case.source}:{case.case_ref}", one.happened_at.earliest, one.kind == NO_ACTION,
            one.kind.replace("_", " "), case=case, person=held.children[case] or None, area=one.area,
        )  # fmt: skip


def referred_back(of: Definition, held: Held) -> Iterator[Member]:
    """Of each case that was sent back in the period: was what was done about it recorded by the end?"""
    acted: dict[CaseKey, list[EventRecord]] = {}
    for one in held.events:
        if one.kind == ACTIONED and one.case is not None:
            acted.setdefault(one.case, []).append(one)
    for one in held.of_kinds(REFERRED):
        after = acted.get(one.case, []) if one.case is not None else []
        answered = any(each.happened_at >= one.happened_at for each in after)
        yield held.member(
            of, f"{one.source}:{one.event_id}", one.happened_at.earliest, answered,
            "acted upon" if answered else "nothing recorded yet", case=one.case, area=one.area,
        )  # fmt: skip


def still_clear(of: Definition, held: Held) -> Iterator[Member]:
    """Of each case revisited in the period, whose last revisit found no further harm: does that still stand at the end?

    Shape:   a later fact against it, in the case or of a child of it, and whoever the revisit was withdrawn for, stand
             against it, as they do for the register of recommendations.
    Unknown: a revisit that does not say whether there was further harm.
    """
    last: dict[CaseKey, EventRecord] = {}
    for one in held.around:
        if one.kind == REVISITED and one.case is not None and held.period.holds(one.happened_at.earliest):
            last[one.case] = one
    clear = said_clear(held.around)
    reopened = set(tally(clear & set(last), AnyDay(), held.around, held.whose).reopened)
    for case, one in sorted(last.items()):
        says = one.detail.get("further_harm")
        if case not in clear and says not in {None, ""}:
            continue
        counts = None if case not in clear else case not in reopened
        words = {True: "still clear", False: "a later fact stands against it", None: "it does not say"}
        yield held.member(
            of, f"{case.source}:{case.case_ref}", one.happened_at.earliest, counts, words[counts], case=case, area=one.area,
        )  # fmt: skip


def feedback(of: Definition, held: Held) -> Iterator[Member]:
    """Of each time a victim or their family said how they were treated: were they satisfied?

    Unknown: whatever was written in other words: Duecare reads no free text.
    """
    for one in held.of_kinds(FEEDBACK):
        counts = SAID.get(one.outcome.strip().casefold())
        words = one.outcome if counts is not None else "what they said is not in words that can be counted"
        yield held.member(
            of, f"{one.source}:{one.event_id}", one.happened_at.earliest, counts, words, case=one.case, area=one.area,
        )  # fmt: skip

"""A finding without a fact that is not shown says nothing that only that fact tells, in data or in words."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from tests.made import pages

from duecare.duty.explain import explain_finding
from duecare.duty.finding import NOT_SHOWN, Evidence, Finding, State, Told
from duecare.rulebook.all_duties import duty_of_id
from duecare.visibility.sealed_filter import without_evidence
from duecare.vocabulary.moments import iso_text
from duecare.web.casework.presenters.findings import state_words, tag_of

START = datetime(2025, 3, 3, 10, tzinfo=UTC)
DUE = START + timedelta(hours=24)
HIDDEN = START + timedelta(hours=31, minutes=17)
BEGAN = Evidence("started", "few", "E1", "concern_reported", START, START)


def hidden(role: str) -> Evidence:
    return Evidence(role, "few", "E2", "child_seen", HIDDEN, HIDDEN + timedelta(minutes=5))


def found(state: State, fact: Evidence, **more: object) -> Finding:
    said = {"duty": "LOCAL-see-the-child", "ref": "AL2", "started_at": START, "due_at": DUE, "due_on": None, "adopted": True,
            "told": (Told("supervisor", "S1", DUE),), "late_by_hours": 7.28, "recorded_late": True,
            "met_at": None, "ended_at": None, "recorded_at": None, "reason": None}  # fmt: skip
    return replace(pages.finding(), **{**said, **more}, state=state, evidence=(BEGAN, fact))


CASES = {
    "met late": found(State.MET_LATE, hidden("met"), met_at=HIDDEN, recorded_at=HIDDEN + timedelta(minutes=5)),
    "excused late": found(State.EXCUSED, hidden("met"), met_at=HIDDEN, recorded_at=HIDDEN, reason="put off"),
    "excused": found(State.EXCUSED, hidden("excused"), reason="excused by child seen"),
    "ended late": found(State.OVERDUE, hidden("ended"), ended_at=HIDDEN),
    "ended": found(State.NOT_APPLICABLE, hidden("ended"), ended_at=HIDDEN, reason="ended by child seen"),
    "cannot tell": found(State.CANNOT_TELL, hidden("met"), reason="of child seen only the day is known"),
    "dated": found(State.OPEN, hidden("started"), due_at=HIDDEN + timedelta(hours=24), late_by_hours=None),
}


@pytest.mark.parametrize("name", CASES)
def test_nothing_that_only_the_fact_shows_is_left(name):
    before = CASES[name]
    after = without_evidence(before, [before.evidence[1]])

    said = json.dumps(after.as_json())
    words = " ".join(
        (*explain_finding(after, duty_of_id(after.duty)), state_words(after, pages.NOW), tag_of(after, pages.NOW).text)
    )
    assert (after.state, after.reason, after.evidence, after.told) == (before.state, NOT_SHOWN, (BEGAN,), ())
    assert iso_text(HIDDEN)[:16] not in said
    assert "7.28" not in said
    assert "child seen" not in words.replace("discharged by: child seen", "")
    assert f"{HIDDEN:%H:%M}" not in words
    assert NOT_SHOWN in words


def test_a_fact_that_sets_no_moment_is_only_left_out():
    before = found(State.OVERDUE, hidden("attempted"))

    assert without_evidence(before, [before.evidence[1]]) == replace(before, evidence=(BEGAN,))


def test_a_finding_without_hidden_evidence_is_as_it_was():
    assert without_evidence(CASES["met late"], []) == CASES["met late"]

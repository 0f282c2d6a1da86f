"""What differs between two moments, as the exchange words it."""

from __future__ import annotations

from typing import Any

from duecare.assessment.explain_change import Caused, Change
from duecare.assessment.facts_at import Item, Row
from duecare.duty.finding import Finding
from duecare.record.pole import CaseRecord, EventRecord
from duecare.use_cases.findings.compare_moments import Changed, Side
from duecare.vocabulary.moments import iso_text


def as_json(found: Changed) -> dict[str, Any]:
    """How is this written in what we send out?

    Shape:   `changes[].fact` is the first fact of `cause`; `causes` are all, in the order in which they were tried.
    """
    return {
        "from": _side(found.then),
        "to": _side(found.now),
        "changes": [_change(change) for change in found.changes],
        "hidden": found.hidden,
        "notes": list(found.notes),
    }


def _side(side: Side) -> dict[str, Any]:
    return {
        "as_of": iso_text(side.moment.as_of),
        "known_at": iso_text(side.moment.known_at),
        "rulebook": side.rulebook,
        "linked_at": None if side.linked_at is None else iso_text(side.linked_at),
        "policy_since": None if side.policy_since is None else iso_text(side.policy_since),
    }


def _change(change: Change) -> dict[str, Any]:
    finding = change.finding
    facts = [fact_said(item) for item in change.cause.items]
    return {
        "finding": finding.finding,
        "duty": finding.duty,
        "ref": finding.ref,
        "case_ref": finding.case_ref,
        "source": finding.source,
        "person": finding.person,
        "subject": finding.subject,
        "area": finding.area,
        "owed_by": finding.owed_by,
        "adopted": finding.adopted,
        "before": None if change.before is None else _state(change.before),
        "after": None if change.after is None else _state(change.after),
        "differs": list(change.differs),
        "cause": change.cause.why.value,
        "fact": facts[0] if facts else None,
        "causes": [_cause(cause, change) for cause in change.causes],
    }


def _state(finding: Finding) -> dict[str, Any]:
    said = finding.as_json()
    names = ("state", "reason", "started_at", "due_at", "due_on", "met_at", "ended_at", "recorded_at", "late_by_hours")
    return {name: said[name] for name in (*names, "rule_version", "told")}


def _cause(cause: Caused, change: Change) -> dict[str, Any]:
    return {
        "cause": cause.why.value,
        "facts": [fact_said(item) for item in cause.items],
        "together": cause.together,
        "records": [str(key) for key in change.records] if cause.why.value == "changed_link" else [],
    }


def fact_said(item: Item) -> dict[str, Any]:
    """Which row is it, when did it happen and when was it written; and what did it say before?

    Shape:   `event_id` is the key of a row of any sheet; `happened_at` null for what has no moment of its own.
    """
    row = item.after or item.before
    return {
        "sheet": item.sheet,
        "source": item.key[0],
        "event_id": item.key[1],
        "kind": _kind(row),
        "happened_at": _happened(row),
        "written_at": None if item.written_at is None else iso_text(item.written_at),
        "was": None
        if item.before is None or item.after is None
        else {
            "kind": _kind(item.before),
            "happened_at": _happened(item.before),
            "written_at": None if item.was_written_at is None else iso_text(item.was_written_at),
        },
    }


def _kind(row: Row | None) -> str | None:
    return getattr(row, "kind", None)


def _happened(row: Row | None) -> str | None:
    if isinstance(row, EventRecord):
        return iso_text(row.happened_at.earliest)
    if isinstance(row, CaseRecord) and row.closed_at is not None:
        return iso_text(row.closed_at.earliest)
    absent_from = getattr(row, "absent_from", None)
    return None if absent_from is None else iso_text(absent_from)

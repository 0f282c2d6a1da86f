"""What differs between two moments, as the exchange words it."""

from __future__ import annotations

from typing import Any

from duecare.assessment.explain_change import Change, ChangeCause
from duecare.assessment.facts_at import Item, Row
from duecare.duty.finding import Finding
from duecare.record.pole import CaseRecord, EventRecord
from duecare.use_cases.findings.compare_moments import Changed, Side
from duecare.vocabulary.moments import iso_text


def as_json(changes_found: Changed) -> dict[str, Any]:
    """This as it is written to JSON.

    Shape:   `changes[].fact` is the first fact of `cause`; `causes` are all, in the order in which they were tried.
    """
    return {
        "from": _side_json(changes_found.then),
        "to": _side_json(changes_found.now),
        "changes": [_change_json(change) for change in changes_found.changes],
        "hidden": changes_found.hidden,
        "notes": list(changes_found.notes),
    }


def _side_json(moment_side: Side) -> dict[str, Any]:
    return {
        "as_of": iso_text(moment_side.moment.as_of),
        "known_at": iso_text(moment_side.moment.known_at),
        "rulebook": moment_side.rulebook,
        "linked_at": None if moment_side.linked_at is None else iso_text(moment_side.linked_at),
        "policy_since": None if moment_side.policy_since is None else iso_text(moment_side.policy_since),
    }


def _change_json(change: Change) -> dict[str, Any]:
    finding = change.finding
    facts = [fact_said(changed_item) for changed_item in change.cause.items]
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
        "before": None if change.before is None else _state_json(change.before),
        "after": None if change.after is None else _state_json(change.after),
        "differs": list(change.differs),
        "cause": change.cause.why.value,
        "fact": facts[0] if facts else None,
        "causes": [_cause_json(cause, change) for cause in change.causes],
    }


def _state_json(finding: Finding) -> dict[str, Any]:
    finding_json = finding.as_json()
    names = ("state", "reason", "started_at", "due_at", "due_on", "met_at", "ended_at", "recorded_at", "late_by_hours")
    return {field_name: finding_json[field_name] for field_name in (*names, "rule_version", "told")}


def _cause_json(cause: ChangeCause, change: Change) -> dict[str, Any]:
    return {
        "cause": cause.why.value,
        "facts": [fact_said(changed_item) for changed_item in cause.items],
        "together": cause.together,
        "records": [str(record_key) for record_key in change.records] if cause.why.value == "changed_link" else [],
    }


def fact_said(changed_item: Item) -> dict[str, Any]:
    """One fact: its row, when it happened and was written, and what it said before.

    Shape:   `event_id` is the key of a row of any sheet; `happened_at` null for what has no moment of its own.
    """
    changed_row = changed_item.after or changed_item.before
    return {
        "sheet": changed_item.sheet,
        "source": changed_item.key[0],
        "event_id": changed_item.key[1],
        "kind": _kind_of_row(changed_row),
        "happened_at": _happened_text(changed_row),
        "written_at": None if changed_item.written_at is None else iso_text(changed_item.written_at),
        "was": None
        if changed_item.before is None or changed_item.after is None
        else {
            "kind": _kind_of_row(changed_item.before),
            "happened_at": _happened_text(changed_item.before),
            "written_at": None if changed_item.was_written_at is None else iso_text(changed_item.was_written_at),
        },
    }


def _kind_of_row(changed_row: Row | None) -> str | None:
    return getattr(changed_row, "kind", None)


def _happened_text(changed_row: Row | None) -> str | None:
    if isinstance(changed_row, EventRecord):
        return iso_text(changed_row.happened_at.earliest)
    if isinstance(changed_row, CaseRecord) and changed_row.closed_at is not None:
        return iso_text(changed_row.closed_at.earliest)
    absent_from = getattr(changed_row, "absent_from", None)
    return None if absent_from is None else iso_text(absent_from)

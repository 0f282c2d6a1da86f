"""Which danger is reported as happening now, from every source that says something of the child."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from random import Random

import pytest

from duecare.record.pole import NO_DETAIL, CaseKey, EventRecord, InvolvementRow, RecordKey
from duecare.vocabulary.moments import When
from duecare.worklist.danger import KINDS, danger_now, events_of_danger
from duecare.worklist.item import DangerKind

NOW = datetime(2026, 11, 25, 9, tzinfo=UTC)
IN_MERLIN, IN_CAD, SISTER = RecordKey("merlin", "N1"), RecordKey("cad", "7"), RecordKey("merlin", "N2")
HIM, HIM_IN_CUSTODY, OTHER = RecordKey("merlin", "N7"), RecordKey("custody", "D1"), RecordKey("merlin", "N8")
WHOSE = {HIM: "him", HIM_IN_CUSTODY: "him", OTHER: "other"}
CHILDREN = {IN_MERLIN: "ann", IN_CAD: "ann", SISTER: "bea"}


def event(kind: str, hours: float, *records: RecordKey) -> EventRecord:
    at = NOW - timedelta(hours=hours)
    ties = tuple(InvolvementRow(record, "child") for record in records)
    name = f"{kind}-{hours}"
    return EventRecord("made", name, kind, When.at(at), at, detail=NO_DETAIL, ties=ties)


def of_case(one: EventRecord, *suspects: RecordKey, case: str = "A") -> EventRecord:
    """The same event in a case, with these suspects."""
    ties = (*one.ties, *(InvolvementRow(record, "suspect") for record in suspects))
    return replace(one, case=CaseKey("made", case), ties=ties)


def told(*events: EventRecord) -> tuple[str, float] | None:
    found = danger_now(events, CHILDREN, NOW, WHOSE)
    return None if found is None else (found.kind.name, (NOW - found.reported_at) / timedelta(hours=1))


@pytest.mark.parametrize("back", ["missing_returned", "missing_found"])
def test_a_child_reported_missing_by_one_source_and_back_by_another_is_back(back):
    missing = event("missing_reported", 30, IN_MERLIN)

    assert told(missing) == ("MISSING", 30)
    assert told(missing, event(back, 20, IN_CAD)) is None
    assert told(missing, event(back, 40, IN_CAD)) == ("MISSING", 30)


def test_the_return_of_one_child_is_not_that_of_another():
    both = event("missing_reported", 30, IN_MERLIN, SISTER)

    assert told(both, event("missing_returned", 20, IN_CAD)) == ("MISSING", 30)
    assert told(both, event("missing_returned", 20, IN_CAD), event("missing_returned", 10, SISTER)) is None


def test_whoever_is_no_child_of_the_case_is_not_missing_from_it():
    assert told(event("missing_reported", 30, RecordKey("merlin", "N9"))) is None


def test_silence_ends_no_contact_however_long():
    assert told(event("suspect_contact", 24 * 900, IN_MERLIN)) == ("SUSPECT_CONTACT", 24 * 900)
    assert told(event("suspect_contact", 168, IN_MERLIN), event("missing_reported", 1, SISTER)) == (
        "SUSPECT_CONTACT",
        168,
    )
    assert told(event("suspect_contact", -1, IN_MERLIN)) is None


@pytest.mark.parametrize("kind", ["arrested", "suspect_eliminated"])
def test_a_contact_ends_when_that_suspect_is_arrested_or_eliminated_and_not_when_another_is(kind):
    contact = of_case(event("suspect_contact", 50, IN_MERLIN), HIM)

    assert told(contact, of_case(event(kind, 40), HIM_IN_CUSTODY)) is None
    assert told(contact, of_case(event(kind, 40), OTHER)) == ("SUSPECT_CONTACT", 50)
    assert told(contact, of_case(event(kind, 40))) == ("SUSPECT_CONTACT", 50)
    assert told(contact, of_case(event(kind, 60), HIM)) == ("SUSPECT_CONTACT", 50)


def test_of_two_suspects_in_contact_both_must_be_arrested_or_eliminated():
    contact = of_case(event("suspect_contact", 50, IN_MERLIN), HIM, OTHER)
    first = of_case(event("arrested", 40), HIM)

    assert told(contact, first) == ("SUSPECT_CONTACT", 50)
    assert told(contact, first, of_case(event("suspect_eliminated", 30), OTHER)) is None


def test_where_the_contact_names_nobody_the_suspects_of_its_case_count_and_without_any_an_arrest_in_it():
    contact = of_case(event("suspect_contact", 50, IN_MERLIN))
    named = of_case(event("suspect_identified", 60), HIM)

    assert told(contact, of_case(event("arrested", 40))) is None
    assert told(contact, of_case(event("arrested", 40), case="OTHER")) == ("SUSPECT_CONTACT", 50)
    assert told(named, contact, of_case(event("arrested", 40), OTHER)) == ("SUSPECT_CONTACT", 50)
    assert told(named, contact, of_case(event("arrested", 40), HIM)) is None


def test_a_safety_plan_ends_it():
    assert told(of_case(event("suspect_contact", 50, IN_MERLIN), HIM), event("safety_plan_agreed", 9, IN_CAD)) is None


@pytest.mark.parametrize(
    ("said", "is_over"),
    [
        ({"officer": "S1", "reason": "He left the country."}, True),
        ({"officer": "s1 ", "reason": "He left the country."}, True),
        ({"officer": "S1", "reason": " "}, False),
        ({"officer": "X9", "reason": "He left the country."}, False),
        ({"officer": "X9", "reason": "He left the country.", "by_supervisor": True}, True),
        ({"officer": "", "reason": "He left the country.", "by_supervisor": True}, False),
    ],
)
def test_a_closing_ends_it_only_by_a_named_supervisor_with_a_reason(said, is_over):
    contact, supervised = (
        of_case(event("suspect_contact", 50, IN_MERLIN), HIM),
        of_case(event("supervisor_allocated", 60)),
    )
    officer = said.pop("officer")
    closing = replace(of_case(event("case_closed", 9)), officer=officer, detail=said)

    assert (told(contact, replace(supervised, officer="S1"), closing) is None) is is_over
    assert told(contact, replace(supervised, officer="S1"), replace(closing, case=CaseKey("made", "B"))) is not None


def test_of_the_events_of_a_childs_cases_those_tell_that_tie_the_child_or_end_a_contact_in_its_case():
    contact = of_case(event("suspect_contact", 50, IN_MERLIN), HIM)
    arrest, elsewhere = of_case(event("arrested", 40), HIM), of_case(event("arrested", 30), HIM, case="OTHER")
    seen = of_case(event("child_seen", 20, IN_MERLIN))

    assert events_of_danger((contact, arrest, elsewhere, seen), frozenset({IN_MERLIN})) == (contact, arrest)
    assert events_of_danger((contact, arrest, elsewhere, seen), frozenset({SISTER})) == ()


ACTIONS = ("arrested", "suspect_eliminated", "safety_plan_agreed", "case_closed")
BYSTANDERS = ("child_seen", "missing_reported", "missing_returned", "interviewed", "bailed", "charged", "case_reopened")


def plainly_ended(contact: EventRecord, events: list[EventRecord]) -> bool:
    """The rule once more, for a contact of one named suspect in a case whose supervisor is S1."""
    for one in events:
        if one.happened_at.earliest <= contact.happened_at.earliest:
            continue
        by_him = any(WHOSE[tie.record] == "him" for tie in one.ties if tie.role == "suspect")
        if one.kind in ("arrested", "suspect_eliminated") and by_him:
            return True
        if one.kind == "safety_plan_agreed":
            return True
        if one.kind == "case_closed" and one.case == contact.case and one.officer == "S1" and one.detail.get("reason"):
            return True
    return False


def test_of_a_thousand_cases_with_contact_none_leaves_danger_without_an_action():
    chance, ended = Random(20_261_128), 0
    for _ in range(1_000):
        contact = of_case(event("suspect_contact", chance.randint(1, 2_000), IN_MERLIN), HIM)
        others = [replace(of_case(event("supervisor_allocated", 3_000)), officer="S1")]
        for number in range(chance.randint(0, 6)):
            who = chance.choice([(), (HIM,), (HIM_IN_CUSTODY,), (OTHER,)])
            what = of_case(event(chance.choice(ACTIONS + BYSTANDERS), chance.randint(0, 2_500)), *who)
            said = {"reason": "He left."} if chance.random() < 0.5 else {}
            others.append(
                replace(what, event_id=f"E{number}", officer=chance.choice(["S1", "X9", ""]), detail=said,
                        case=CaseKey("made", chance.choice("AB")))
            )  # fmt: skip
        found = danger_now([contact, *others], CHILDREN, NOW, WHOSE)
        is_over = plainly_ended(contact, others)

        assert (found is not None and found.kind is DangerKind.SUSPECT_CONTACT) is not is_over
        ended += is_over
    assert 150 < ended < 850


def test_every_kind_that_could_show_it_is_named():
    kinds = (
        "suspect_contact",
        "arrested",
        "suspect_eliminated",
        "safety_plan_agreed",
        "case_closed",
        "missing_reported",
        "missing_returned",
        "missing_found",
    )

    assert frozenset(kinds) == KINDS


def test_the_time_of_a_contact_that_was_reported_again_counts_and_an_older_arrest_does_not_end_it():
    assert told(
        event("suspect_contact", 50, IN_MERLIN), event("arrested", 40), event("suspect_contact", 30, IN_MERLIN)
    ) == (
        "SUSPECT_CONTACT",
        30,
    )


def test_of_two_children_the_one_reported_missing_last_counts():
    assert told(event("missing_reported", 30, IN_MERLIN), event("missing_reported", 5, SISTER)) == ("MISSING", 5)
    assert told(event("missing_reported", 5, IN_MERLIN), event("missing_reported", 30, SISTER)) == ("MISSING", 5)


def test_a_report_at_the_moment_asked_about_counts_and_one_still_to_come_does_not():
    assert told(event("missing_reported", 0, SISTER)) == ("MISSING", 0)
    assert told(event("missing_reported", -1 / 3600, SISTER)) is None

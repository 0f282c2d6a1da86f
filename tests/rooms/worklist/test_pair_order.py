"""Which pair is judged first: worked examples of what would be raised or hidden by joining, and the order."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from duecare.record.pole import NO_DETAIL, EventRecord, InvolvementRow, RecordKey
from duecare.vocabulary.moments import When
from duecare.worklist import pair_order as pair_order_file
from duecare.worklist.pair_order import Consequence, Side, consequences_of_joining, joining_hardness, pair_order

NOW = datetime(2026, 11, 25, 9, tzinfo=UTC)
A, B = RecordKey("merlin", "N1"), RecordKey("cad", "7")


def event(kind: str, hours: float, record: RecordKey, role: str = "child") -> EventRecord:
    at = NOW - timedelta(hours=hours)
    return EventRecord(
        "made", f"{kind}-{hours}", kind, When.at(at), at, detail=NO_DETAIL, ties=(InvolvementRow(record, role),)
    )


def side(record: RecordKey, *roles: str, events: tuple[EventRecord, ...] = (), owed: bool = False) -> Side:
    return Side(frozenset({record}), frozenset(roles), events, owed)


def told(a: Side, b: Side) -> list[str]:
    return [one.name for one in consequences_of_joining(a, b, NOW)]


MISSING = side(A, "child", events=(event("missing_reported", 30, A),))
BACK = side(B, "child", events=(event("missing_returned", 20, B),))
BACK_BEFORE = side(B, "child", events=(event("missing_returned", 40, B),))
IN_CONTACT = side(A, "suspect", events=(event("suspect_contact", 20, A, "suspect"),))
ARRESTED = side(B, "suspect", events=(event("arrested", 10, B, "suspect"),))
LONG_AGO = side(A, "suspect", events=(event("suspect_contact", 200, A, "suspect"),))
EXAMPLES = {
    "a child missing in one system and back in another": (MISSING, BACK, ["DANGER"]),
    "back before they went": (MISSING, BACK_BEFORE, ["NOTHING"]),
    "a suspect in contact here, arrested there": (IN_CONTACT, ARRESTED, ["DANGER"]),
    "a contact long ago, which silence has not ended": (LONG_AGO, ARRESTED, ["DANGER"]),
    "an offender under management and a suspect": (
        side(A, "offender"), side(B, "suspect"), ["OFFENDER_AND_SUSPECT"],
    ),
    "two offenders, one a suspect too": (side(A, "offender"), side(B, "offender", "suspect"), ["NOTHING"]),
    "a suspect and a child": (side(A, "suspect"), side(B, "child"), ["HARMS_AND_CHILD"]),
    "two children": (side(A, "child"), side(B, "child", "victim"), ["NOTHING"]),
    "something owed about one": (side(A, "child", owed=True), side(B, "child"), ["OWED"]),
    "all at once, the gravest first": (
        side(A, "offender", "child", events=MISSING.events, owed=True),
        side(B, "suspect", "child", events=BACK.events),
        ["DANGER", "OFFENDER_AND_SUSPECT", "HARMS_AND_CHILD", "OWED"],
    ),
    "nothing known of either": (side(A), side(B), ["NOTHING"]),
}  # fmt: skip


@pytest.mark.parametrize("example", EXAMPLES, ids=str)
def test_what_hangs_on_it(example):
    a, b, expected = EXAMPLES[example]

    assert told(a, b) == expected
    assert told(b, a) == expected


def test_where_dangers_are_not_looked_at_together_a_child_who_is_back_would_not_count(monkeypatch):
    """The counter: two people taken apart only would never show what joining them hides."""
    monkeypatch.setattr(pair_order_file, "_joined_side", lambda first_side, second_side: first_side)

    with pytest.raises(AssertionError):
        test_what_hangs_on_it("a child missing in one system and back in another")


def test_one_event_that_names_both_counts_once():
    same = event("missing_reported", 30, A)
    both = side(B, "child", events=(same,))

    assert told(MISSING, both) == ["NOTHING"]


def test_everything_that_can_hang_on_it_has_words():
    assert [bool(one.words) for one in Consequence] == [True, True, True, True, False]


def test_the_hardest_is_the_one_that_just_does_or_does_not_join():
    assert sorted([9.5, 1.0, 6.2, 5.0], key=lambda weight: joining_hardness(weight, 6.0)) == [6.2, 5.0, 9.5, 1.0]


def test_the_gravest_consequence_comes_first_then_the_hardest_pair_then_the_key():
    pairs = [
        ((Consequence.OWED,), 6.0, (A, B)),
        ((Consequence.DANGER, Consequence.OWED), 9.0, (A, B)),
        ((Consequence.DANGER,), 5.5, (B, A)),
        ((Consequence.DANGER,), 6.5, (A, B)),
    ]

    places = sorted(range(4), key=lambda number: pair_order(*pairs[number][:2], 6.0, pairs[number][2]))

    assert places == [2, 3, 1, 0]

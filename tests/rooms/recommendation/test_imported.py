"""A register kept elsewhere: rows in are accepted, unchanged or set aside, whatever stands in them."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.made.recommended import MET_2016

from duecare.recommendation.imported_register import COLUMNS, EVENTS, read_register, rows_of_register
from duecare.recommendation.recommendation_at_moment import fold_recommendation
from duecare.recommendation.recommendation_fact import Deed, Party
from duecare.recommendation.recommendation_state import State
from duecare.vocabulary.refusals import Refusal

NOW = datetime(2026, 11, 25, 9, tzinfo=UTC)
MADE = {"number": "R1", "event": "made", "on": "2020-01-01", "title": "x", "origin": "inspection", "class": "immediate"}


def read(*rows: dict[str, str], held=()):
    by_number = {}
    for fact in held:
        by_number.setdefault(fact.number, []).append(fact)
    return read_register(rows, {number: tuple(facts) for number, facts in by_number.items()}, "data", NOW, "r.csv")


def row(event: str, on: str, **more: str) -> dict[str, str]:
    return {"number": "R1", "event": event, "on": on, **more}


def test_the_real_register_of_2016():
    found = read(*rows_of_register(MET_2016.read_bytes()))
    facts = [fact for fact in found.accepted if fact.number == "4104"]
    now = fold_recommendation(facts, NOW)

    assert (len(found.accepted), found.set_aside, found.unchanged) == (12, (), 0)
    assert len({fact.number for fact in found.accepted}) == 9
    assert [(fact.deed, fact.text("status")) for fact in facts] == [
        (Deed.MADE, ""),
        (Deed.REPORTED_OPEN, "awaiting_review"),
        (Deed.REPORTED_OPEN, "new"),
        (Deed.REPORTED_IN_HAND, "being_progressed"),
    ]
    assert (now.state, now.published_on, now.made_by) == (State.IN_HAND, date(2016, 11, 25), Party.INSPECTORATE)
    classes = sorted(
        one.urgency.value
        for one in (fold_recommendation([fact], NOW) for fact in found.accepted if fact.deed is Deed.MADE)
    )
    assert classes == ["immediate"] * 4 + ["six_months"] * 3 + ["three_months"] * 2


def test_rows_are_taken_in_the_order_of_their_times():
    found = read(row("complete", "2020-03-01"), row("in-hand", "2020-02-01"), MADE)

    assert [fact.deed for fact in found.accepted] == [Deed.MADE, Deed.REPORTED_IN_HAND, Deed.REPORTED_DONE]
    assert [fact.sequence for fact in found.accepted] == [1, 2, 3]


def test_the_same_again_changes_nothing_and_what_came_since_is_added():
    first = read(MADE, row("in_hand", "2020-02-01")).accepted
    again = read(MADE, row("in_hand", "2020-02-01"), row("complete", "2020-03-01"), held=first)

    assert (again.unchanged, [fact.sequence for fact in again.accepted]) == (2, [3])
    older = read(row("open", "2020-01-15"), held=first)
    assert older.set_aside[0].reason == "it is older than what is held of this recommendation"


@pytest.mark.parametrize(
    ("rows", "column"),
    [
        ((row("in_hand", "2020-01-01"),), "number"),
        ((MADE, row("finished", "2020-02-01")), "event"),
        ((MADE, row("open", "2020-13-01")), "on"),
        ((MADE, row("open", "2099-01-01")), "on"),
        (({**MADE, "published_on": "1 May 2020"},), "published_on"),
        (({**MADE, "class": "dated", "due_on": "2020-13-01"},), "due_on"),
        ((MADE, {**MADE, "title": "y", "on": "2020-02-02"}), "event"),
        (({**MADE, "origin": "newspaper"},), "made"),
        (({**MADE, "class": "soon"},), "made"),
        (({**MADE, "number": "R 1"},), "made"),
        (({**MADE, "title": "x" * 201},), "title"),
        (({**MADE, "source_url": "http://example.org"},), "source_url"),
        ((MADE, row("reply", "2020-02-01", by="nobody")), "by"),
        ((MADE, row("superseded", "2020-02-01", superseded_by="R2"), row("open", "2020-03-01")), "event"),
        (({**MADE, "\0torn": "yes"},), "row"),
    ],
)
def test_what_cannot_be_a_fact_is_set_aside_with_the_reason(rows, column):
    found = read(*rows)

    assert found.set_aside[-1].column == column
    assert len(found.accepted) == len(rows) - 1
    assert found.as_json()["reasons"][-1].startswith("row ")


def test_replies_plans_and_owners_are_taken_in():
    found = read(
        MADE,
        row("owner", "2020-01-02", owner_post="bcu_lead"),
        row("action_plan", "2020-01-03", words="The plan."),
        row("reply", "2020-01-04", by="mayors office", source_url="https://example.org/r"),
        row("superseded", "2020-02-01", superseded_by="R2"),
    )
    one = fold_recommendation(found.accepted, NOW)

    assert found.set_aside == ()
    assert (one.owner.post_kind, one.superseded_by) == ("bcu_lead", "R2")
    assert [fact.party for fact in one.of(Deed.REPLIED)] == [Party.MAYORS_OFFICE]


@pytest.mark.parametrize("held", [b"", b"\xff\xfe", b"number,event\nR1,made\n", b"number,event,on,surname\n"])
def test_what_is_no_register_is_refused(held):
    with pytest.raises(Refusal) as refused:
        rows_of_register(held)

    assert refused.value.code == "RCM-001"


CELL = st.one_of(
    st.sampled_from(["", "2020-01-01", "R1", "made", "immediate", "inspection", "dated", "x"]), st.text(max_size=8)
)
ROW = st.fixed_dictionaries(dict.fromkeys(COLUMNS, CELL))
NEAR = st.fixed_dictionaries(
    {**{name: st.just("") for name in COLUMNS}, "number": st.sampled_from(["R1", "R2"]), "title": st.just("x"),
     "event": st.sampled_from(list(EVENTS)), "on": st.dates(date(2019, 1, 1), date(2021, 1, 1)).map(str),
     "origin": st.just("inspection"), "class": st.just("immediate"), "by": st.sampled_from(["force", ""])}
)  # fmt: skip


@given(st.lists(st.one_of(ROW, NEAR), max_size=12))
def test_every_row_is_accounted_for_and_only_possible_histories_are_held(rows):
    found = read(*rows)
    again = read(*rows, held=found.accepted)

    assert len(found.accepted) + found.unchanged + len(found.set_aside) == len(rows)
    assert again.unchanged >= len(found.accepted)
    for number in {fact.number for fact in found.accepted}:
        mine = [fact for fact in found.accepted if fact.number == number]
        assert fold_recommendation(mine, NOW) is not None
        assert [fact.sequence for fact in mine] == list(range(1, len(mine) + 1))
        times = [fact.happened_at.earliest for fact in mine]
        assert times == sorted(times)

"""What figures gather in a lighter way is what everything else finds the longer way."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from duecare.figure import OfCase
from duecare.record.pole import CaseKey, CaseRecord, EventRecord
from duecare.store.figures.figure_inputs import Placing
from duecare.use_cases.figures.gather_inputs import place_of
from duecare.vocabulary.london_clock import when_on_day
from duecare.vocabulary.moments import When
from duecare.worklist.ownership import case_ownership

KEY = CaseKey("merlin", "M1")
AT = datetime(2026, 7, 1, 12, tzinfo=UTC)
NAMES = st.sampled_from(["", "Ashmere", "Eastmoor"])


@st.composite
def events(draw):
    """A few events of one case, each at an hour of a day or on a day alone, which may name a team and an area."""
    found = []
    for number in range(draw(st.integers(0, 6))):
        at = AT + timedelta(hours=draw(st.integers(-30, 30)))
        when = when_on_day(at.date()) if draw(st.booleans()) else When.at(at)
        source = draw(st.sampled_from(["cad", "merlin"]))
        found.append(EventRecord(source, f"E{number}", "told", when, at, KEY, area=draw(NAMES), team=draw(NAMES)))
    return found


@given(events(), st.booleans(), NAMES)
def test_a_case_lies_where_its_owners_are_looked_for(made, is_held, area):
    case = CaseRecord(KEY, "child_concern", area, None, None) if is_held else None
    said = [Placing(one.happened_at, one.source, one.event_id, one.team, one.area) for one in made]

    held = case_ownership(case, made, AT)

    assert place_of(case, said, AT) == OfCase(held.area, held.team, "child_concern" if is_held else "")

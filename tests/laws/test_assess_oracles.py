"""The judge against slow oracles that walk hour by hour: who is allocated in each hour, and which review was due."""

from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st
from tests.made.timelines import Scene

from duecare.record.pole import CaseKey, EventRecord, InvolvementRow, OfficerRecord, RecordKey
from duecare.rulebook.all_duties import duty_of_id
from duecare.vocabulary.moments import When

START = datetime(2025, 3, 28, 10, tzinfo=UTC)
CASE = CaseKey("s", "1")
CHILD = (InvolvementRow(RecordKey("s", "A"), "child"), InvolvementRow(RecordKey("s", "A"), "detainee"))
END = 400


def hour(n):
    return START + timedelta(hours=n)


def event(number, kind, n, **more):
    return EventRecord("s", f"e{number:03}", kind, When.at(hour(n)), hour(n), case=CASE, ties=CHILD, **more)


turns = st.lists(
    st.tuples(
        st.integers(0, END), st.sampled_from(("investigator_allocated", "investigator_released")), st.integers(1, 3)
    ),
    max_size=8,
    unique_by=lambda turn: turn[0],
)
absences = st.lists(st.tuples(st.integers(1, 3), st.integers(0, END), st.integers(0, 200)), max_size=3)


def is_allocated(turns, away, n):
    """Is anyone allocated in this hour, as the hour begins?"""
    for officer in (1, 2, 3):
        last = [kind for at, kind, who in sorted(turns) if who == officer and at <= n]
        if not last or last[-1] != "investigator_allocated":
            continue
        if not any(who == officer and gone + 48 <= n < gone + length for who, gone, length in away):
            return True
    return False


def allocation_by_hours(began, turns, away, as_of):
    """Each occurrence as (hour it began, hour it was met or None)."""
    rows, owed = [], None
    for n in range(began, as_of + 1):
        if owed is None and (n == began or not is_allocated(turns, away, n)):
            owed = n
        if owed is not None and is_allocated(turns, away, n):
            rows.append((owed, n))
            owed = None
    if owed is not None:
        rows.append((owed, None))
    return rows


@given(st.integers(0, 100), turns, absences, st.integers(100, END))
def test_allocation_agrees_with_walking_hour_by_hour(began, turns, away, as_of):
    made = Scene(events=[event(0, "concern_reported", began)])
    made.events += [event(i + 1, kind, at, officer=f"X{who}") for i, (at, kind, who) in enumerate(turns)]
    made.officers = [
        OfficerRecord(
            "people", f"x{who}", absent_from=hour(gone), absent_to=hour(gone + length), absent_from_text=str(i)
        )
        for i, (who, gone, length) in enumerate(away)
    ]

    found = sorted(
        (f.started_at, f.met_at, f.state.value)
        for f in made.findings(hour(as_of), [duty_of_id("LOCAL-allocate-investigator")])
    )

    wanted = []
    for owed, met in allocation_by_hours(began, turns, away, as_of):
        in_time = met is not None and met <= owed + 24
        state = "met" if in_time else "met_late" if met is not None else "overdue" if as_of > owed + 24 else "open"
        wanted.append((hour(owed), None if met is None else hour(met), state))
    assert found == wanted


def reviews_by_hours(reviews, left, as_of):
    """Each review owed as (began, due, met or None, state), by the text of section 40 read aloud."""
    waiting, rows, began, limit = sorted(reviews), [], 0, 6
    stop = as_of if left is None or left > as_of else left
    while began <= as_of and (not rows or began < stop or left is None or left > as_of) and len(rows) < 24:
        due = began + limit
        done = next((n for n in waiting if n > began - (not rows) and n <= stop), None)
        limit = 9
        if done is not None:
            waiting = [n for n in waiting if n > done]
            rows.append((began, due, done, "met" if done <= due else "met_late"))
            began = min(done, due)
        else:
            ended = left is not None and left <= as_of
            at = left if ended else as_of
            state = "overdue" if at > due else "not_applicable" if ended else "open"
            rows.append((began, due, None, state))
            if state != "overdue":
                break
            began = due
    return rows


@given(
    st.lists(st.integers(0, 90), max_size=9, unique=True),
    st.one_of(st.none(), st.integers(1, 100)),
    st.integers(0, 110),
)
def test_reviews_agree_with_section_40_read_aloud(reviews, left, as_of):
    made = Scene(events=[event(0, "detention_authorised", 0)])
    made.events += [event(n + 1, "detention_reviewed", n) for n in reviews]
    if left is not None:
        made.events.append(event(999, "custody_left", left))

    found = sorted(
        (f.started_at, f.due_at, f.met_at, f.state.value)
        for f in made.findings(hour(as_of), [duty_of_id("PACE-s40-review")])
    )

    wanted = [
        (hour(began), hour(due), None if met is None else hour(met), state)
        for began, due, met, state in reviews_by_hours([n for n in reviews if n <= as_of], left, as_of)
    ]
    assert found == sorted(wanted, key=lambda row: row[:2])

"""Who holds which post, who supervises whom, and who is absent."""

from datetime import timedelta

import pytest
from tests.made.timelines import at

from duecare.duty.roster import Roster
from duecare.record.pole import OfficerRecord, PostRecord

GRACE = timedelta(hours=48)
NOON = at("2020-06-15 12:00")


def post(name, kind="detective_inspector", area="E1", holder="H1", **more):
    return PostRecord("people", name, kind, area, holder, **more)


@pytest.mark.parametrize(
    ("posts", "holder"),
    [
        pytest.param([], None, id="no such post"),
        pytest.param([post("P1")], "H1", id="of the area"),
        pytest.param([post("P1", area="e1 ")], "H1", id="areas are compared without case"),
        pytest.param([post("P1", area="E2")], None, id="another area's"),
        pytest.param([post("P1", area="")], "H1", id="else without area"),
        pytest.param([post("P1", holder=""), post("P2", area="", holder="H2")], None, id="vacant is vacant"),
        pytest.param([post("P1", to=NOON)], None, id="held until, not at, its end"),
        pytest.param([post("P1", from_=NOON)], "H1", id="held from its beginning"),
        pytest.param(
            [post("P1", from_=at("2019-01-01"), holder="OLD"), post("P1", from_=at("2020-01-01"), holder="NEW")],
            "NEW",
            id="the later holder of one post",
        ),
        pytest.param([post("P2", holder="H2"), post("P1", holder="")], "H2", id="of two posts the one that is held"),
    ],
)
def test_the_holder_of_a_post(posts, holder):
    assert Roster((), tuple(posts)).holder("detective_inspector", "E1", NOON, GRACE) == holder


def test_an_absent_holder_leaves_a_vacancy_after_48_hours_until_the_return():
    away = OfficerRecord("people", "h1", absent_from=at("2020-06-10 12:00"), absent_to=at("2020-06-20 12:00"))
    roster = Roster((away,), (post("P1"),))

    held = {
        moment: roster.holder("detective_inspector", "E1", at(moment), GRACE)
        for moment in ("2020-06-12 11:59", "2020-06-12 12:00", "2020-06-20 11:59", "2020-06-20 12:00")
    }

    assert list(held.values()) == ["H1", None, None, "H1"]


def test_an_absence_within_48_hours_leaves_no_vacancy():
    away = OfficerRecord("people", "X1", absent_from=at("2020-06-10 12:00"), absent_to=at("2020-06-12 12:00"))

    assert Roster((away,)).vacancies("X1", GRACE) == ()


def test_an_absence_is_named_by_officer_and_its_beginning_as_delivered():
    away = OfficerRecord("hr", "X1", absent_from=at("2020-06-10 12:00"), absent_from_text="2020-06-10T12:00")

    (vacancy,) = Roster((away,)).vacancies("x1", GRACE)

    assert vacancy.event_id == "absence:X1:2020-06-10T12:00"
    assert vacancy.source == "hr"
    assert vacancy.to is None


def test_the_supervisor_is_who_it_was_then():
    rows = (
        OfficerRecord("people", "X1", supervisor="OLD", from_=at("2019-01-01"), to=at("2020-01-01")),
        OfficerRecord("people", "X1", supervisor="NEW", from_=at("2020-01-01")),
    )
    roster = Roster(rows)

    assert roster.supervisor_of("x1", at("2019-06-01")) == "OLD"
    assert roster.supervisor_of("X1", NOON) == "NEW"
    assert roster.supervisor_of("X9", NOON) is None

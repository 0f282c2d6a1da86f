"""Who is accountable on a day, and why nobody is."""

from datetime import date, timedelta

import pytest
from tests.made.timelines import at

from duecare.duty.accountable import Charge, Over, Vacant, accountable_officer, in_force
from duecare.duty.roster import Roster
from duecare.record.pole import OfficerRecord, PostRecord

GRACE = timedelta(hours=48)
DAY = date(2026, 6, 15)


def charge(key="Camden", kind="bcu_lead", area="Camden", from_on=date(2026, 1, 1), named="2026-01-01", over=Over.AREA):
    return Charge(over, key, kind, area, from_on, "chief", at(named))


def post(name="P1", kind="bcu_lead", area="Camden", holder="S1", **more):
    return PostRecord("people", name, kind, area, holder, **more)


@pytest.mark.parametrize(
    ("charges", "posts", "officer", "vacant"),
    [
        pytest.param([charge()], [post()], "S1", None, id="named, and in post"),
        pytest.param([], [post()], "", Vacant.NOT_NAMED, id="a post is not a charge: nobody was named"),
        pytest.param([charge(from_on=date(2026, 6, 16))], [post()], "", Vacant.NOT_NAMED, id="named from tomorrow"),
        pytest.param([charge(from_on=DAY)], [post()], "S1", None, id="named from today"),
        pytest.param([charge()], [], "", Vacant.NO_POST, id="no such post"),
        pytest.param([charge()], [post(area="Barnet")], "", Vacant.NO_POST, id="the post of another borough"),
        pytest.param(
            [charge()], [post(area="")], "", Vacant.NO_POST, id="a post of the force is not that of the borough"
        ),
        pytest.param([charge()], [post(holder="")], "", Vacant.NO_HOLDER, id="a post without a holder"),
        pytest.param([charge()], [post(to=at("2026-06-15 12:00"))], "", Vacant.NO_POST, id="a post that ended at noon"),
        pytest.param([charge(key="E09000007")], [post()], "S1", None, id="a borough by its code"),
        pytest.param(
            [charge("RO8", over=Over.DUTY)], [post()], "", Vacant.NOT_NAMED, id="a charge over something else"
        ),
    ],
)
def test_who_is_accountable_for_a_borough(charges, posts, officer, vacant):
    found = accountable_officer(charges, Over.AREA, "Camden", DAY, Roster((), tuple(posts)), GRACE)

    assert (found.officer, found.vacant) == (officer, vacant)
    assert (found.dedicated is None) == (vacant is not None)


@pytest.mark.parametrize(
    ("gone", "back", "officer", "vacant"),
    [
        pytest.param("2026-06-13 12:00", None, "", Vacant.ABSENT, id="absent for 48 hours"),
        pytest.param("2026-06-13 12:01", None, "S1", None, id="not yet for 48 hours"),
        pytest.param("2026-06-01", "2026-06-15 12:00", "S1", None, id="back at noon"),
    ],
)
def test_whoever_is_absent_is_not_accountable(gone, back, officer, vacant):
    away = OfficerRecord("people", "S1", absent_from=at(gone), absent_to=at(back) if back else None)

    found = accountable_officer([charge()], Over.AREA, "Camden", DAY, Roster((away,), (post(),)), GRACE)

    assert (found.officer, found.vacant) == (officer, vacant)


def test_of_two_charges_from_one_day_the_one_named_last_is_in_force():
    first, second = charge(kind="bcu_lead"), charge(kind="detective_superintendent", named="2026-01-02")

    assert in_force([second, first], Over.AREA, "camden", DAY) is second


def test_what_was_named_later_from_an_earlier_day_does_not_reach_past_what_came_after_it():
    later = charge(kind="detective_superintendent", from_on=date(2026, 3, 1))
    corrected = charge(from_on=date(2026, 2, 1), named="2026-05-01")

    assert in_force([later, corrected], Over.AREA, "Camden", DAY) is later
    assert in_force([later, corrected], Over.AREA, "Camden", date(2026, 2, 20)) is corrected


def test_a_post_says_whether_it_has_no_other_work():
    found = accountable_officer([charge()], Over.AREA, "Camden", DAY, Roster((), (post(dedicated=True),)), GRACE)

    assert found.dedicated is True

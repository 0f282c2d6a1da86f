"""Who was named as accountable and what was signed off: as known at a moment, in order, never altered."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from django.db import DatabaseError, transaction

from duecare.duty.accountable import Charge, Over, SignOff
from duecare.store.models import AccountableNamed, SignedOff
from duecare.store.oversight.accountable_posts import keep_charges, keep_sign_off, named_charges, sign_offs

pytestmark = pytest.mark.django_db

NOON = datetime(2026, 3, 1, 12, tzinfo=UTC)
MICRO = timedelta(microseconds=1)


def charge(key: str = "DUT-1", minutes: float = 0, over: Over = Over.DUTY, **told: Any) -> Charge:
    said = {
        "post_kind": "detective_inspector", "post_area": "North", "from_on": date(2026, 3, 1), "named_by": "lead",
        "reason": "", **told,
    }  # fmt: skip
    return Charge(over=over, key=key, named_at=NOON + timedelta(minutes=minutes), **said)


def signed(key: str = "DUT-1", minutes: float = 0, over: Over = Over.DUTY, words: str = "seen", **told: Any) -> SignOff:
    return SignOff(over, key, "D1", words, NOON + timedelta(minutes=minutes), **told)


@pytest.mark.parametrize("over", list(Over))
def test_what_is_named_is_read_back_the_same(over: Over):
    whole = charge(over=over, post_area="", from_on=date(2027, 1, 31), reason="moved", minutes=0.00001)
    keep_charges([whole])

    assert named_charges() == (whole,)


def test_nothing_was_named_before_anything_was():
    keep_charges([])

    assert (named_charges(), named_charges(NOON), sign_offs()) == ((), (), {})


def test_charges_come_in_the_order_in_which_they_were_named_and_of_one_moment_as_kept():
    late, early, same = charge("late", 5), charge("early", 1), charge("same", 5)
    keep_charges([late, early, same])

    assert named_charges() == (early, late, same)


@pytest.mark.parametrize(
    ("known_at", "keys"), [(NOON - MICRO, []), (NOON, ["a"]), (NOON + MICRO, ["a", "b"]), (None, ["a", "b", "c"])]
)
def test_what_was_known_at_a_moment_is_what_had_been_named_by_then(known_at: datetime | None, keys: list[str]):
    keep_charges([charge("c", 9), charge("a"), charge("b", MICRO / timedelta(minutes=1))])

    assert [one.key for one in named_charges(known_at)] == keys


@pytest.mark.parametrize("told", [{}, {"late": 0, "open": 7, "as_of": NOON - MICRO}])
def test_a_sign_off_is_read_back_the_same(told: dict[str, Any]):
    keep_sign_off(signed(**told), "somebody")

    assert list(sign_offs().values()) == [signed(**told)]
    assert SignedOff.objects.get().by == "somebody"


def test_of_each_thing_the_sign_off_of_the_latest_time_counts_and_of_one_time_the_one_kept_last():
    for told in (signed(minutes=9, words="latest"), signed(minutes=1, words="first"), signed("DUT-2", words="a"),
                 signed("DUT-2", words="b"), signed(over=Over.RECOMMENDATION, words="other")):  # fmt: skip
        keep_sign_off(told, "somebody")

    assert {key: one.words for key, one in sign_offs().items()} == {
        (Over.DUTY, "dut-1"): "latest",
        (Over.DUTY, "dut-2"): "b",
        (Over.RECOMMENDATION, "dut-1"): "other",
    }


def test_an_area_is_one_however_it_is_written():
    keep_sign_off(signed(" north  MOOR", 0, Over.AREA, "first"), "somebody")
    keep_sign_off(signed("North Moor", 1, Over.AREA, "second"), "somebody")

    ((key, one),) = sign_offs().items()
    assert (key[0], one.key, one.words) == (Over.AREA, "North Moor", "second")


@pytest.mark.parametrize(("table", "change"), [(AccountableNamed, {"post_kind": "x"}), (SignedOff, {"words": "x"})])
def test_the_database_refuses_to_alter_or_take_away_either(table: Any, change: dict[str, str]):
    keep_charges([charge()])
    keep_sign_off(signed(), "somebody")
    before = list(table.objects.values())

    for deed in (lambda: table.objects.update(**change), lambda: table.objects.all()._raw_delete("default")):
        with pytest.raises(DatabaseError), transaction.atomic():
            deed()

    assert list(table.objects.values()) == before

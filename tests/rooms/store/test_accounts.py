"""Accounts: enrolled once, looked up while they are active, and their passwords as strong as is asked."""

from __future__ import annotations

from typing import Any

import pytest

from duecare.store import accounts
from duecare.store.models import Account

pytestmark = pytest.mark.django_db


def leave(name: str) -> None:
    Account.objects.filter(username=name).update(is_active=False)


def test_an_account_is_read_back_the_same():
    enrolled = accounts.enrol_account(
        "zoe", ["inspector", "expert"], display_name="Zoë", officer="X1", teams=["Team one"], areas=["North", "South"]
    )

    assert enrolled == accounts.account_named("zoe")
    assert enrolled == accounts.KnownAccount(
        "zoe", "Zoë", ("inspector", "expert"), "X1", ("Team one",), ("North", "South")
    )
    row = Account.objects.get()
    assert (row.is_active, row.is_superuser, row.is_staff) == (True, False, False)


def test_whoever_is_enrolled_again_has_what_was_given_last():
    accounts.enrol_account("zoe", ["inspector"], officer="X1", teams=["one"], password="a-long-made-up-word")
    first = Account.objects.get()
    accounts.enrol_account("zoe", ["expert"])

    assert accounts.account_named("zoe") == accounts.KnownAccount("zoe", "", ("expert",), "", (), ())
    again = Account.objects.get()
    assert (again.pk, again.has_usable_password(), first.has_usable_password()) == (first.pk, False, True)


def test_without_a_password_nobody_can_sign_in_and_with_one_only_by_it():
    accounts.enrol_account("none", [])
    accounts.enrol_account("some", [], password="a-long-made-up-word")

    assert not Account.objects.get(username="none").check_password("")
    some = Account.objects.get(username="some")
    assert some.check_password("a-long-made-up-word")
    assert not some.check_password("another")
    assert "a-long-made-up-word" not in some.password


def test_an_account_that_has_left_is_found_by_no_look_up_and_still_counts():
    for name in ("b", "a", "c"):
        accounts.enrol_account(name, [])
    leave("a")

    assert accounts.account_named("a") is accounts.account_named("nobody") is None
    assert [one.username for one in accounts.every_account()] == ["b", "c"]
    assert (accounts.count_others("b"), accounts.count_others("nobody")) == (2, 3)


def test_it_is_empty_until_anybody_was_enrolled():
    assert accounts.is_empty()
    assert accounts.every_account() == ()
    accounts.enrol_account("a", [])
    leave("a")

    assert not accounts.is_empty()


@pytest.mark.parametrize("demo", [True, False])
def test_a_demo_is_one_where_the_settings_say_so(settings: Any, demo: bool):
    settings.DUECARE_DEMO = demo

    assert accounts.is_demo() is demo


def test_a_weak_password_has_faults_told_without_a_stop_and_a_strong_one_none():
    faults = accounts.password_faults("1234")

    assert len(faults) >= 2
    assert all(fault and not fault.endswith(".") for fault in faults)
    assert accounts.password_faults("a-long-made-up-word-77") == ()

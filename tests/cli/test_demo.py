"""The demo, whole: it takes half a minute, and so it is tried in the long run."""

from __future__ import annotations

import pytest
from tests.cli.conftest import inside
from tests.made.stores import Store

from duecare.store import accounts
from duecare.store.facts.delivery_records import last_number
from duecare.store.models import Account, Delivery


def counted(store: Store) -> tuple[int, ...]:
    with store():
        return Delivery.objects.count(), Account.objects.count(), last_number()


@pytest.mark.parametrize("holds", ["deliveries", "accounts"])
def test_the_demo_leaves_alone_a_store_in_use_at_another_address(stores, tmp_path, made, holds):
    """Its home is new, as always; what DUECARE_DATABASE_URL names is the force's own."""
    with stores.some(1) as (store,):
        program = inside(store, tmp_path)
        if holds == "deliveries":
            assert program("receive", made, "--json").code == 0
        else:
            with store():
                accounts.enrol_account("chief", ["chief_officer"])
        before = counted(store)

        done = program("demo", "--no-serve", "--json", DUECARE_HOME=str(tmp_path / "new"))

        assert (done.code, done.out) == (10, ""), done.err
        assert "a store in use" in done.err
        assert counted(store) == before
        assert not (tmp_path / "new" / "demo").exists(), "nobody may sign in as they like"
        assert not (tmp_path / "new" / "deliveries").exists(), "it looks before it makes a force up"


@pytest.mark.soak
def test_the_demo_builds_a_force_and_says_what_it_holds(outside):
    done = outside("demo", "--no-serve", "--json", timeout=600)
    again = outside("demo", "--no-serve", "--json", timeout=600)
    late = outside("findings", "--state", "overdue", "--json", DUECARE_USER="data-officer")

    assert done.code == again.code == 0, done.err
    said = done.json
    assert {name: type(said[name]) for name in ("people", "cases", "duties", "overdue")} == dict.fromkeys(
        ("people", "cases", "duties", "overdue"), int
    )
    assert said["url"] is None
    assert min(said["people"], said["cases"], said["duties"], said["overdue"], said["set_aside"], said["stale"]) > 0
    register = outside("recommend", "list", "--json", DUECARE_USER="expert")
    assert {one["state"] for one in register.json} >= {"made", "accepted", "in_hand", "done", "superseded"}
    assert late.code == 0, late.err
    assert abs(len(late.json) - again.json["overdue"]) <= 5, "a few clocks run out meanwhile"


def test_the_demo_leaves_alone_a_home_that_is_not_a_demo(outside):
    outside.home.mkdir()
    (outside.home / "something").write_text("of the force's own")

    done = outside("demo", "--no-serve", "--json")

    assert done.code == 10
    assert done.out == ""
    assert (outside.home / "something").exists()

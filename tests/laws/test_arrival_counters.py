"""The laws of arrival can fail: a store in which whatever was delivered last wins is found out."""

from __future__ import annotations

import itertools
from datetime import timedelta
from pathlib import Path

import pytest
from tests.laws.test_arrival import digest, take
from tests.made.bigger import FIRST, delivery
from tests.made.histories import History
from tests.made.stores import Stores

from duecare.store.facts import delivery_landing

pytestmark = [pytest.mark.usefixtures("read_in_process"), pytest.mark.guarantee]


def digests(stores: Stores, folder: Path) -> set[str]:
    """What is held after three deliveries of the same rows, in every order."""
    made = [delivery(3, FIRST + timedelta(days=9 * n), changed="x" * n, full=n == 1, without=n % 2) for n in range(3)]
    found = set()
    for order in itertools.permutations(made):
        store = stores.new()
        take(store, History(order), folder)
        found.add(digest(store).digest)
    return found


def test_three_deliveries_in_every_order_hold_one_thing(stores: Stores, tmp_path: Path):
    assert len(digests(stores, tmp_path)) == 1


def test_last_delivered_wins_is_caught(stores: Stores, tmp_path: Path, monkeypatch):
    monkeypatch.setattr(delivery_landing, "_version_at", lambda delivery, version: delivery.id)

    assert len(digests(stores, tmp_path)) > 1


def test_full_deliveries_that_look_only_at_what_was_there_before_are_caught(
    stores: Stores, tmp_path: Path, monkeypatch
):
    monkeypatch.setattr(delivery_landing, "late_withdrawals", lambda delivery, kept_versions: [])

    assert len(digests(stores, tmp_path)) > 1


def test_one_delivery_more_is_another_digest(stores: Stores, tmp_path: Path):
    one, two = stores.new(), stores.new()
    take(one, History((delivery(3, FIRST),)), tmp_path)
    take(two, History((delivery(4, FIRST),)), tmp_path)

    assert digest(one).digest != digest(two).digest

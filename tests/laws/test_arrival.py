"""What arrives may arrive in any order, any number of times, in any wrapping: what is held is the same."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from tests.made.histories import History, histories, reordered
from tests.made.stores import Store, Stores, asking

from duecare.steps.digest import read_digest
from duecare.steps.receive import receive

pytestmark = [pytest.mark.usefixtures("read_in_process"), pytest.mark.guarantee]
# Every example fills stores: shrinking one would take longer than reading it.
tried = settings(
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
    phases=[Phase.explicit, Phase.reuse, Phase.generate],
)


def take(store: Store, history: History, folder: Path):
    with store() as config:
        return receive(asking(), config, history.written(folder), confirmed=True)


def digest(store: Store):
    with store() as config:
        return read_digest(asking(), config)


def balanced(one) -> bool:
    return one.rows_in == one.accepted + one.set_aside + one.stale + one.unchanged + one.refused


@tried
@given(data=st.data())
def test_the_order_of_arrival_changes_nothing_that_is_held(stores: Stores, tmp_path: Path, data):
    history = data.draw(histories())
    other = data.draw(reordered(history))

    with stores.some(2) as (one, two):
        took = [*take(one, history, tmp_path), *take(two, other, tmp_path)]

        assert {delivery.status for delivery in took} <= {"accepted", "duplicate"}
        assert all(map(balanced, took))
        assert digest(one).parts == digest(two).parts

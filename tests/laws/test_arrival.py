"""What arrives may arrive in any order, any number of times, in any wrapping: what is held is the same."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from tests.made.deliveries import Made, write, write_zip
from tests.made.histories import History, histories, reordered
from tests.made.stores import NOW, Store, Stores, asking

from duecare.store.bulk.all_facts import everything
from duecare.store.database.sql_rows import select_rows
from duecare.use_cases.deliveries.receive_delivery import receive_files
from duecare.use_cases.operations.store_digest import read_digest

EXAMPLES = settings.default.max_examples * 2 // 5
pytestmark = [pytest.mark.usefixtures("read_in_process"), pytest.mark.guarantee]
# Every example fills stores: shrinking one would take longer than reading it.
tried = settings(
    max_examples=EXAMPLES,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
    phases=[Phase.explicit, Phase.reuse, Phase.generate],
)


def take(store: Store, history: History, folder: Path):
    with store() as config:
        return receive_files(asking(), config, history.written(folder), confirmed=True)


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


@tried
@given(data=st.data())
def test_the_same_content_again_changes_nothing(stores: Stores, tmp_path: Path, data):
    history = data.draw(histories())
    seed = data.draw(st.integers(0, 99))

    with stores.some(1) as (store,):
        took = take(store, history, tmp_path)
        before = digest(store)
        for number, made in enumerate(history.deliveries):
            place = tmp_path / f"again-{store.home.name}-{number}"
            paths = [
                write(made, place / f"{made.source}-9-renamed"),
                write_zip(made, place / f"{made.source}-8.zip"),
                write(made, place / f"{made.source}-7", shuffled=seed),
            ]
            with store() as config:
                again = receive_files(asking(), config, paths, confirmed=True)
            took.extend(again)
            for one in again:
                assert one.status == "duplicate" or one.status == "accepted"
                assert one.rows_in == one.unchanged + one.set_aside
            assert [one.status for one in again[:2]] == ["duplicate", "duplicate"]

        assert all(map(balanced, took))
        assert digest(store) == before


@tried
@given(data=st.data())
def test_a_withdrawn_row_comes_back_only_by_a_version_written_after(stores: Stores, tmp_path: Path, data):
    history = data.draw(histories())

    with stores.some(1) as (store,):
        take(store, history, tmp_path)

        with store():
            rows = select_rows(
                'SELECT f."source", f."sheet", f."key", f."version_at", f."sha256", f."is_withdrawn" FROM "fact" f'
            )
            newest: dict = {}
            for source, sheet, key, at, sha, withdrawn in rows:
                newest.setdefault((source, sheet, key), []).append((at, bytes(sha), bool(withdrawn)))
            gone = {key for key, versions in newest.items() if max(versions)[2]}
            with everything(None) as held:
                standing = {("persons", *key) for key in held.persons} | {("cases", *key) for key in held.cases}
                standing |= {("events", e.source, e.event_id) for _, some in held.of_cases() for e in some}
        for source, sheet, key in gone:
            assert (sheet, source, key) not in standing
        alive = {(sheet, source, key) for source, sheet, key in newest.keys() - gone if sheet in {"persons", "cases"}}
        assert alive <= standing


@pytest.mark.parametrize("standing", [20, 21])
def test_a_short_full_delivery_is_held_past_the_policys_share(stores: Stores, tmp_path: Path, standing: int):
    people = [{"record_id": f"R{n}", "family_name": f"Up-{n}", "written_at": "2020-01-01"} for n in range(standing)]
    whole = History((Made({"persons": people}),))
    short = History((Made({"persons": people[: standing - standing // 19]}, extracted_at=NOW, scope="full"),))
    store = stores.new()
    take(store, whole, tmp_path)
    before = digest(store)

    with store() as config:
        (held,) = receive_files(asking(), config, short.written(tmp_path))

    allowed = (standing // 19) / standing <= 0.05
    assert held.status == ("accepted" if allowed else "held")
    assert balanced(held)
    assert (digest(store).parts["facts"] == before.parts["facts"]) is (not allowed)


def test_a_delivery_held_is_taken_once_a_person_confirms_it(stores: Stores, tmp_path: Path):
    people = [{"record_id": f"R{n}", "family_name": f"Up-{n}", "written_at": "2020-01-01"} for n in range(10)]
    short = History((Made({"persons": people[:5]}, extracted_at=NOW, scope="full"),))
    store = stores.new()
    take(store, History((Made({"persons": people}),)), tmp_path)

    with store() as config:
        (held,) = receive_files(asking(), config, short.written(tmp_path))
        (confirmed,) = receive_files(asking(), config, short.written(tmp_path), confirmed=True)
        with everything(None) as now:
            left = len(now.persons)

    assert (held.status, confirmed.status) == ("held", "accepted")
    assert left == 5

"""G5: whatever kills a `receive`, and wherever, the store holds all of that delivery or none of it, and goes on."""

from __future__ import annotations

import random
import shutil
import signal
import time
from datetime import timedelta
from pathlib import Path

import pytest
from tests.guarantees import dying
from tests.made.bigger import FIRST, delivery
from tests.made.deliveries import write
from tests.made.stores import Store, Stores, asking

from duecare.store.facts.delivery_records import page_of_deliveries
from duecare.use_cases.deliveries.receive_delivery import receive_files
from duecare.use_cases.operations.store_digest import read_digest
from duecare.use_cases.operations.verify_ledger import verify_ledger

SEED = 20161125
pytestmark = [pytest.mark.guarantee, pytest.mark.usefixtures("read_in_process")]
FEW, SOME, MANY = 4, 20, 200


@pytest.fixture
def scene(stores: Stores, tmp_path: Path):
    """A store that has taken one delivery, the next delivery, and what the store holds before and after it."""
    store = stores.new()
    first = write(delivery(350, FIRST), tmp_path / "pole-1")
    second = write(delivery(360, FIRST + timedelta(days=9), full=True, without=12, changed="Anew"), tmp_path / "pole-2")
    with store() as config:
        receive_files(asking(), config, [first])
    store.wrapper.close()
    held = [what_is_held(store)]
    done = stores.copy(store)
    with done() as config:
        (accepted,) = receive_files(asking(), config, [second])
    assert accepted.status == "accepted"
    assert accepted.set_aside
    held.append(what_is_held(done))
    return store, second, held


def what_is_held(store: Store) -> tuple[str, int]:
    with store() as config:
        held = (read_digest(asking(), config).digest, len(numbers()))
    store.wrapper.close()
    return held


def numbers() -> list[int]:
    deliveries, _ = page_of_deliveries(1, 50)
    return [one.number for one in deliveries if one.state == "accepted"]


def faults(store: Store, second: Path, held: list[tuple[str, int]], ended: int) -> list[str]:
    """What is wrong with this store after the kill, and after the next receive?"""
    wrong = []
    now = what_is_held(store)
    if now not in held:
        wrong.append("half of the delivery is held")
    if ended == 0 and now != held[1]:
        wrong.append("an acknowledged delivery is lost")
    with store() as config:
        if not verify_ledger(asking(), config).ok:
            wrong.append("the ledger does not verify")
        (again,) = receive_files(asking(), config, [second])
    if again.status != ("duplicate" if now == held[1] else "accepted"):
        wrong.append(f"the next receive says {again.status}")
    if what_is_held(store) != held[1]:
        wrong.append("the next receive does not mend it")
    return wrong


def kill_many(stores: Stores, scene, count: int, counter: str = "") -> tuple[list[str], int]:
    """Kill `receive` at so many seeded points, each on a copy of the store; what was wrong, and how many died."""
    store, second, held = scene
    chance = random.Random(SEED)
    args = ["receive", str(second), "--json"]
    whole = stores.copy(store)
    began = time.monotonic()
    ended, counts = dying.finish(dying.start(whole.home, args, counter=counter, database_url=whole.url))
    lasted = time.monotonic() - began
    assert ended == 0
    # Batches grow with the machine's speed, so another run may hold fewer statements: the last fifth is left to chance.
    places = [(where, n) for where, most in counts.items() for n in range(1, max(1, most * 4 // 5) + 1)]
    commits = [place for place in places if place[0] != "statement"]
    wrong: list[str] = []
    died = 0
    for number in range(count):
        one = stores.copy(store)
        where, n = chance.choice(commits if number % 2 else places)
        if number % 4 == 3:
            process = dying.start(one.home, args, counter=counter, database_url=one.url)
            time.sleep(chance.uniform(0.3, 0.9) * lasted)
            process.kill()
        else:
            process = dying.start(one.home, args, dying.Point(where, n), counter=counter, database_url=one.url)
        ended, _ = dying.finish(process)
        died += ended == -signal.SIGKILL
        wrong.extend(f"{where} {n}: {fault}" for fault in faults(one, second, held, ended))
        one.wrapper.close()
        shutil.rmtree(one.home, ignore_errors=True)
    return wrong, died


def test_killed_at_any_point_a_delivery_is_held_whole_or_not_at_all(
    stores: Stores, scene, assured, is_whole_run, is_long_run
):
    count = MANY if is_long_run else SOME if is_whole_run else FEW

    wrong, died = kill_many(stores, scene, count)

    assert wrong == []
    assert died >= count * 3 // 4
    assured(
        "G5",
        method="SIGKILL of `receive` before and after commits, before statements, and at random moments",
        n=died,
        figure="lost 0, half 0, unrepaired 0",
        pass_mark="0",
        seed=SEED,
    )


@pytest.mark.long
@pytest.mark.long_on_postgres
def test_a_delivery_seen_from_its_first_row_is_caught(stores: Stores, scene):
    wrong, _ = kill_many(stores, scene, 6, counter="accepted first")

    assert any("half" in fault for fault in wrong)

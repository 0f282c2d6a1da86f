"""G6: the same delivery again, eight times at once, renamed, re-zipped and reshuffled, changes nothing."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest
from tests.guarantees import dying
from tests.made.bigger import FIRST, delivery
from tests.made.deliveries import write, write_zip
from tests.made.stores import Store, Stores, asking

from duecare.store.database.sql_rows import select_rows
from duecare.store.facts.delivery_records import page_of_deliveries
from duecare.use_cases.deliveries.receive_delivery import receive_files
from duecare.use_cases.operations.store_digest import read_digest
from duecare.use_cases.operations.verify_ledger import verify_ledger

pytestmark = [pytest.mark.guarantee, pytest.mark.usefixtures("read_in_process")]
AT_ONCE = 8
MADE = delivery(60, FIRST)


def written(folder: Path) -> list[Path]:
    """The same content eight times: folders and zips of other names, and two with their rows shuffled."""
    paths = [write(MADE, folder / f"pole-{n}") for n in range(3)]
    paths += [write_zip(MADE, folder / f"pole-{n}.zip") for n in range(3, 6)]
    paths += [write(MADE, folder / "pole-6", shuffled=1), write_zip(MADE, folder / "pole-7.zip", shuffled=2)]
    return paths


def eight_at_once(store: Store, paths: list[Path], counter: str = "") -> list[str]:
    """What is wrong after eight processes took these deliveries in at once, on a store that was empty?"""
    running = [
        dying.start(store.home, ["receive", str(path), "--json"], counter=counter, database_url=store.url)
        for path in paths
    ]
    ended = [dying.finish(process)[0] for process in running]
    wrong = [] if ended == [0] * AT_ONCE else [f"ended with {ended}"]
    with store() as config:
        found, _ = page_of_deliveries(1, 50)
        if len(found) != AT_ONCE:
            wrong.append(f"{len(found)} deliveries are known")
        bringing = [one for one in found if one.accepted]
        if len(bringing) != 1 or bringing[0].accepted != MADE.count() - bringing[0].set_aside:
            wrong.append(f"{len(bringing)} deliveries brought something")
        plain = [one for one in found if one.name not in {"pole-6", "pole-7.zip"}]
        if sum(one.state == "accepted" for one in plain) > 1:
            wrong.append("the very same bytes were accepted twice")
        if select_rows(
            'SELECT 1 FROM "fact" GROUP BY "source", "sheet", "key", "version_at", "sha256" HAVING count(*) > 1'
        ):
            wrong.append("a version is held twice")
        if not verify_ledger(asking(), config).ok:
            wrong.append("the ledger does not verify")
        digest = read_digest(asking(), config).parts["facts"]
        receive_files(asking(), config, [paths[6]])
        if read_digest(asking(), config).parts["facts"] != digest:
            wrong.append("the digest changes")
    return wrong


def test_eight_processes_with_the_same_delivery_take_it_once(stores: Stores, tmp_path: Path, assured, is_long_run):
    rounds = 10 if is_long_run else 1
    store = stores.new()
    alone = stores.new()
    with alone() as config:
        receive_files(asking(), config, written(tmp_path / "alone")[:1])
        expected = read_digest(asking(), config).parts["facts"]

    wrong = eight_at_once(store, written(tmp_path / "0"))
    for number in range(1, rounds):
        wrong += eight_at_once(stores.new(), written(tmp_path / str(number)))
    with store() as config:
        held = read_digest(asking(), config).parts["facts"]

    assert wrong == []
    assert held == expected
    assured(
        "G6",
        method="eight processes at once receive one delivery renamed, re-zipped, reshuffled, into a store just made",
        n=AT_ONCE * rounds,
        figure="taken once; digests differing 0",
        pass_mark="0",
    )


@pytest.mark.long_on_postgres
def test_without_looking_at_what_is_held_it_is_taken_again(stores: Stores, tmp_path: Path):
    assert "the very same bytes were accepted twice" in eight_at_once(
        stores.new(), written(tmp_path), "no delivery ledger"
    )


@pytest.mark.long
def test_first_starts_at_once_all_open_the_store(tmp_path: Path):
    """Eight commands on a home where there is nothing yet: one makes the store, all of them work."""
    home = tmp_path / "home"
    path = write(delivery(3, FIRST + timedelta(days=1)), tmp_path / "pole-1")

    running = [dying.start(home, ["receive", str(path), "--json"]) for _ in range(AT_ONCE)]

    assert [dying.finish(process)[0] for process in running] == [0] * AT_ONCE

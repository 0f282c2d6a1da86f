"""The Parquet copy is of this store and of whole deliveries only."""

from __future__ import annotations

import shutil
from datetime import timedelta
from pathlib import Path

import pytest
from tests.made.bigger import FIRST, delivery
from tests.made.deliveries import write
from tests.made.stores import Stores, asking

from duecare.store.bulk import parquet_copy
from duecare.store.bulk.all_facts import everything
from duecare.use_cases.deliveries.receive_delivery import receive_files
from duecare.use_cases.operations.store_digest import read_digest

pytestmark = pytest.mark.usefixtures("read_in_process")


def test_files_of_another_store_are_written_again(stores: Stores, tmp_path: Path):
    here, other = stores.new(), stores.new()
    for number, store in enumerate((other, here)):
        with store() as config:
            receive_files(asking(), config, [write(delivery(5 - number, FIRST), tmp_path / f"pole-{number}")])
            before = read_digest(asking(), config)
    shutil.rmtree(here.home / "lake")
    shutil.copytree(other.home / "lake", here.home / "lake")

    with here() as config:
        assert read_digest(asking(), config) == before


def test_a_delivery_that_comes_while_reading_is_not_half_seen(stores: Stores, tmp_path: Path, monkeypatch):
    store = stores.new()
    with store() as config:
        receive_files(asking(), config, [write(delivery(4, FIRST), tmp_path / "pole-1")])
        real = parquet_copy.update_copy

        def then_another_comes() -> int:
            upto = real()
            monkeypatch.setattr(parquet_copy, "update_copy", real)
            receive_files(asking(), config, [write(delivery(8, FIRST + timedelta(days=2)), tmp_path / "pole-2")])
            real()
            return upto

        monkeypatch.setattr(parquet_copy, "update_copy", then_another_comes)
        with everything(None) as held:
            assert len(held.persons) == 4
            assert len(list(held.of_cases())) == 3  # the events of the first are set aside

"""A case sent back by command, as another program runs it."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest
from tests.cli.conftest import Inside
from tests.made.few_cases import SOURCE, filled
from tests.made.one_file import one_file
from tests.made.stores import Stores

CASE = f"{SOURCE}:OPEN"
SEND = ("audit", "refer-back", "r1", CASE, "--danger", "He still has her number.", "--child", f"{SOURCE}:child-open")


@pytest.fixture
def run(stores: Stores, tmp_path: Path) -> Inside:
    """The few cases, one of them allotted to an inspector."""
    store = stores.new()
    now = datetime.now(UTC).replace(microsecond=0)
    with filled(store, tmp_path / "few", now):
        one_file(now)
    return Inside(store, tmp_path)


def test_sent_back_acknowledged_and_acted_on(run):
    assert run(*SEND, DUECARE_USER="di").code == 15
    assert run(*SEND, DUECARE_USER="insp").code == 0
    assert run("audit", "answer-referral", CASE, "acknowledged", DUECARE_USER="di").code == 0
    assert run("audit", "answer-referral", CASE, "acted", DUECARE_USER="di").code != 0
    done = run("audit", "answer-referral", CASE, "acted", "--words", "Her number was changed.", DUECARE_USER="di")
    assert done.code == 0

    (one,) = run("audit", "referrals", "--json", DUECARE_USER="di").json

    assert (one["source"], one["case_ref"], one["stage"]) == (SOURCE, "OPEN", "actioned")
    assert one["acknowledged_at"]
    assert one["further_harm"] is None
    assert len(one["findings"]) == 2


def test_what_is_not_written_as_source_and_key_is_said(run):
    done = run("audit", "answer-referral", "OPEN", "acknowledged", DUECARE_USER="di")

    assert done.code != 0
    assert "SOURCE:KEY" in done.err

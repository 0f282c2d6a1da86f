"""G15: what is sealed does not exist for those not named on it: two worlds, with a sealed case and without, read the same.

What every page is served as is compared in test_g15_sealed_pages.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from tests.made.few_cases import AREA, SOURCE
from tests.made.sealed_defects import (
    keep_sealed_places,
    leave_the_filter_out,
    name_the_seal,
    name_whoever_is_tied,
    open_who_is_only_in_sealed_cases,
    show_refused_ids,
    weigh_sealed_pairs,
)
from tests.made.sealed_worlds import ADDRESS, NOW, PHONE, World, names_of, people, two_worlds, viewer
from tests.made.stores import asking

from duecare.vocabulary.refusals import Refusal

pytestmark = [pytest.mark.guarantee, pytest.mark.long_on_postgres]

NOT_NAMED = ("chief", "lead", "one", "custody", "inspector", "data")
OPAQUE = re.compile(rb"\b[0-9a-f]{32}\b")


@pytest.fixture(scope="module")
def worlds(
    django_db_setup: None, django_db_blocker: Any, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[tuple[World, World]]:
    """Both worlds."""
    del django_db_setup
    with django_db_blocker.unblock(), two_worlds(tmp_path_factory.mktemp("worlds")) as made:
        yield made


def read_worklists(name: str, config: Any) -> Iterator[Any]:
    from duecare.use_cases.casework.count_worklist_after_run import worklist_counts
    from duecare.use_cases.casework.view_as_of import worklist_then
    from duecare.use_cases.casework.view_worklist import read_worklist

    ask = asking(NOW, viewer(name))
    yield from (lambda page=page: read_worklist(ask, page_number=page, per_page=3) for page in (1, 2, 3))
    yield lambda: read_worklist(ask, force_area=AREA)
    yield lambda: read_worklist(ask, unallocated=True)
    yield lambda: worklist_then(ask, as_of=NOW)
    yield lambda: worklist_counts(ask)


def read_findings_lists(name: str, config: Any) -> Iterator[Any]:
    from duecare.use_cases.findings.findings_in_scope import Wanted
    from duecare.use_cases.findings.list_findings import list_findings

    ask = asking(NOW, viewer(name))
    yield from (
        lambda wanted=wanted, more=more: list_findings(ask, wanted, **more)
        for wanted in (Wanted(), Wanted(case="QUIET"), Wanted(case="OPEN"))
        for more in ({}, {"as_of": NOW})
    )


def read_searches(name: str, config: Any) -> Iterator[Any]:
    from duecare.use_cases.people.search_people import search_people_by_text

    ask = asking(NOW, viewer(name))
    texts = ("Hiddenia Obscuranto", "Veilia Cloakmore", PHONE, ADDRESS, "Doubtiabor Umbrageous", "Quietus Lambourne")
    yield from (
        lambda text=text: search_people_by_text(ask, text) for text in (*texts, " ".join(names_of("child-settled")))
    )


def read_persons(name: str, config: Any) -> Iterator[Any]:
    from duecare.use_cases.people.view_person import read_person

    ask = asking(NOW, viewer(name))
    yield from (lambda one=one: read_person(ask, one) for one in people())


def read_cases(name: str, config: Any) -> Iterator[Any]:
    from duecare.use_cases.casework.view_case import read_case

    ask = asking(NOW, viewer(name))
    cases = ("OPEN", "SETTLED", "CUSTODY", "MISSING", "QUIET", "SEALED", "NEVER-WAS")
    yield from (lambda ref=ref: read_case(ask, SOURCE, ref) for ref in cases)


def read_all_pairs(name: str, config: Any) -> Iterator[Any]:
    from duecare.use_cases.linkage.list_pairs import read_pairs

    ask = asking(NOW, viewer(name))
    yield from (lambda limit=limit: read_pairs(ask, config, limit) for limit in (1, 2, 20))


READS: dict[str, Callable[[str, Any], Iterator[Any]]] = {
    "worklist": read_worklists,
    "findings": read_findings_lists,
    "search": read_searches,
    "person": read_persons,
    "case": read_cases,
    "pairs": read_all_pairs,
}


def bytes_of(kind: str, name: str, world: World) -> bytes:
    """All that a viewer is shown of one kind in a world, opaque ids left out, and what the ledger then shows of it."""
    from duecare.store.ledger import ledger_entries
    from duecare.use_cases.operations.verify_ledger import show_entries

    with world.store() as config:
        before = ledger_entries.latest_entries(1)[0].number
        shown = []
        for read in READS[kind](name, config):
            try:
                shown.append(repr(read()))
            except Refusal as refusal:
                if not refusal.code.startswith("ACC"):
                    raise
                shown.append(str(refusal))
        entries = [one for one in show_entries(asking(NOW), 10_000) if one.number > before]
    # Numbers count on from what others did before.
    ledger = "\n".join(repr(one).replace(f"number={one.number}", "") for one in entries)
    return OPAQUE.sub(b"", "\n".join([*shown, ledger]).encode())


@pytest.fixture(autouse=True)
def few_at_a_time(monkeypatch: pytest.MonkeyPatch) -> None:
    """So few pairs are weighed at a time that sealed ones would crowd out others."""
    from duecare.use_cases.linkage import list_pairs

    monkeypatch.setattr(list_pairs, "_WEIGHED", 2)
    monkeypatch.setattr(list_pairs, "_READ_AT_MOST", 4)


def differing(worlds: tuple[World, World], kinds: tuple[str, ...] = tuple(READS)) -> list[tuple[str, str]]:
    """For whom, not named on the sealed case, does which kind of page differ between the worlds?"""
    return [
        (kind, name)
        for kind in kinds
        for name in NOT_NAMED
        if bytes_of(kind, name, worlds[0]) != bytes_of(kind, name, worlds[1])
    ]


@pytest.mark.parametrize("kind", READS)
def test_with_and_without_a_sealed_case_the_same_is_read(worlds: tuple[World, World], kind: str) -> None:
    assert differing(worlds, (kind,)) == []


@pytest.mark.parametrize("kind", READS)
def test_something_is_read(worlds: tuple[World, World], kind: str) -> None:
    assert len(bytes_of(kind, "chief" if kind != "pairs" else "inspector", worlds[0])) > 1_000


@pytest.mark.parametrize("kind", ["worklist", "search", "person", "case"])
def test_whoever_is_named_on_it_has_the_sealed_case(worlds: tuple[World, World], kind: str) -> None:
    assert bytes_of(kind, "nine", worlds[0]) != bytes_of(kind, "nine", worlds[1])


@pytest.mark.parametrize(
    ("defect", "kind"),
    [
        (keep_sealed_places, "worklist"),
        (name_whoever_is_tied, "worklist"),
        pytest.param(name_whoever_is_tied, "findings", marks=pytest.mark.long),
        pytest.param(open_who_is_only_in_sealed_cases, "person", marks=pytest.mark.long),
        (weigh_sealed_pairs, "pairs"),
        pytest.param(name_the_seal, "case", marks=pytest.mark.long),
        pytest.param(show_refused_ids, "case", marks=pytest.mark.long),
        pytest.param(leave_the_filter_out, "worklist", marks=pytest.mark.long),
        (leave_the_filter_out, "person"),
        pytest.param(leave_the_filter_out, "search", marks=pytest.mark.long),
        pytest.param(leave_the_filter_out, "case", marks=pytest.mark.long),
    ],
)
def test_counter_each_defect_is_seen(
    worlds: tuple[World, World],
    monkeypatch: pytest.MonkeyPatch,
    defect: Callable[[pytest.MonkeyPatch], None],
    kind: str,
) -> None:
    defect(monkeypatch)

    assert differing(worlds, (kind,)) != []

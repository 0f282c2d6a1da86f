"""G15: what is sealed does not exist for those not named on it: two worlds, with a sealed case and without, read the same.

What a sealed case does for safety is not hidden, and no part of these worlds: a danger told of in it reaches whoever holds
the child, and a duty that was met by it is met for everyone.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, timedelta
from pathlib import Path
from typing import Any

import pytest
from tests.made import doubtful
from tests.made.deliveries import Made, write
from tests.made.few_cases import ACCOUNTS, AREA, SOURCE, few
from tests.made.stores import DATA_OFFICER, InProcess, Store, Stores, asking

from duecare.access.viewer import Viewer
from duecare.record.pole import RecordKey
from duecare.vocabulary.moments import iso_text
from duecare.vocabulary.refusals import Refusal

pytestmark = [pytest.mark.guarantee, pytest.mark.long_on_postgres]

NOW = doubtful.NOW
NOT_NAMED = ("chief", "lead", "one", "custody", "inspector", "data")
OPAQUE = re.compile(rb"\b[0-9a-f]{32}\b")
# Of the few cases, what is sealed is taken away: here it comes later, and in one world alone.
SEALED_BEFORE = {"child-sealed", "offender-sealed", "child-of-sealed-case"}
ADDRESS, PHONE = "9 Hidden Lodge", "07700 900777"


@dataclass(frozen=True)
class World:
    """One store, with the sealed case or without it."""

    store: Store
    with_sealed: bool


def back(hours: float) -> str:
    return iso_text((NOW - timedelta(hours=hours)).replace(microsecond=0))


def without_what_is_sealed() -> Made:
    made = few(NOW)
    gone = {row["event_id"] for row in made.rows["events"] if row["case_ref"] == "SEALED"}
    gone |= {row["event_id"] for row in made.rows["ties"] if row["record_id"] == "offender-sealed"}
    made.rows["persons"] = [row for row in made.rows["persons"] if row["record_id"] not in SEALED_BEFORE]
    made.rows["cases"] = [row for row in made.rows["cases"] if row["case_ref"] != "SEALED"]
    made.rows["events"] = [row for row in made.rows["events"] if row["event_id"] not in gone]
    made.rows["ties"] = [
        row for row in made.rows["ties"] if row["event_id"] not in gone and row["record_id"] not in SEALED_BEFORE
    ]
    return made


def person(record: str, given: str, family: str, born: str, **more: str) -> dict[str, str]:
    return {
        "record_id": record, "given_names": given, "family_name": family, "date_of_birth": born, "written_at": back(300)
    } | more  # fmt: skip


def event(name: str, kind: str, case: str, hours: float, **more: str) -> dict[str, str]:
    return {
        "event_id": name, "kind": kind, "case_ref": case, "happened_at": back(hours), "written_at": back(hours)
    } | more  # fmt: skip


def tie(name: str, record: str, role: str = "child") -> dict[str, str]:
    return {"event_id": name, "record_id": record, "role": role}


def later(*, with_sealed: bool) -> Made:
    """A case in which little is owed, and in one world what is sealed: its rows come last in every sheet.

    Shape:   a sealed child stands in the quiet case too, to whom everything is owed; the sealed case has a child who is
             nowhere else, a child and a suspect of open cases, a second record of a child of an open case with another
             address, and records that are hard to tell from each other.
    """
    rows: dict[str, list[Any]] = {
        "persons": [person("quiet", "Quietus", "Lambourne", "2013-03-03")],
        "cases": [{"case_ref": "QUIET", "kind": "child_concern", "area": AREA, "written_at": back(260)}],
        "events": [
            event("Q1", "concern_reported", "QUIET", 250, risk="green"),
            event("Q2", "investigator_allocated", "QUIET", 249, officer="X1", team="Team one"),
            event("Q4", "supervisor_reviewed", "QUIET", 248, officer="S1"),
            event("Q5", "supervisor_reviewed", "QUIET", 100, officer="S1"),
            event("Q3", "child_seen", "QUIET", 249, detail=json.dumps({"alone": True})),
        ],
        "ties": [tie("Q1", "quiet"), tie("Q3", "quiet")],
    }
    if with_sealed:
        rows["persons"] += [
            person("hidden", "Hiddenia", "Obscuranto", "2012-02-02", address=ADDRESS, phone=PHONE),
            person("veiled", "Veilia", "Cloakmore", "2011-01-01", sealed="true"),
            person("twice", *_names_of("child-settled"), "2012-05-01", address=ADDRESS, phone=PHONE),
        ]
        rows["cases"].append(
            {"case_ref": "SEALED", "kind": "child_concern", "area": AREA, "sealed": "true", "written_at": back(260)}
        )
        rows["events"] += [
            event("S1", "concern_reported", "SEALED", 240, risk="red"),
            event("S2", "investigator_allocated", "SEALED", 239, officer="X9", team="Team nine"),
            event("S3", "information_received", "SEALED", 200),
        ]
        rows["ties"] += [
            tie("Q1", "veiled"), tie("S1", "hidden"), tie("S1", "child-in-both"), tie("S1", "suspect", "suspect"),
            tie("S3", "twice"),
        ]  # fmt: skip
        for number in range(8):
            born = "" if number % 2 else f"200{number}-02-02"
            given = f"Doubtia{'bcdf'[number // 2]}or"
            rows["persons"].append(person(f"alike-{number}", given, "Umbrageous", born, postcode="NM4 4BB"))
            rows["ties"].append(tie("S3", f"alike-{number}", "witness"))
    return Made(rows, source=SOURCE, sequence=2, extracted_at=NOW.astimezone(UTC))


def _names_of(record: str) -> tuple[str, str]:
    (row,) = [row for row in few(NOW).rows["persons"] if row["record_id"] == record]
    return row["given_names"], row["family_name"]


def viewer(name: str) -> Viewer:
    if name == "data":
        return DATA_OFFICER
    if name == "inspector":
        return Viewer(name, frozenset({"detective_inspector"}), areas=frozenset({doubtful.AREA}))
    roles, officer, teams, areas = ACCOUNTS[name]
    return Viewer(name, frozenset(roles), officer, frozenset(teams), frozenset(areas))


@pytest.fixture(scope="module")
def worlds(
    django_db_setup: None, django_db_blocker: Any, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[tuple[World, World]]:
    """Both worlds: what is open, linked and assessed; then the later delivery, linked and assessed as it came."""
    del django_db_setup
    folder = tmp_path_factory.mktemp("worlds")
    with django_db_blocker.unblock():
        stores = Stores(folder)
        made = []
        for with_sealed in (True, False):
            store = stores.new()
            with store():
                _fill(store.config, folder / str(with_sealed), with_sealed=with_sealed)
            made.append(World(store, with_sealed))
        yield made[0], made[1]
        stores.drop()


def _fill(config: Any, folder: Path, *, with_sealed: bool) -> None:
    from duecare.assessment.full_run import run_full_assessment
    from duecare.assessment.refresh_affected import refresh_affected
    from duecare.extract import delivery
    from duecare.use_cases.deliveries.receive_delivery import receive_files
    from duecare.use_cases.linkage.link_affected import link_affected
    from duecare.use_cases.linkage.link_all import link_all_records

    folder.mkdir()
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(delivery, "Child", InProcess)

        def take(made: Made, name: str) -> None:
            (took,) = receive_files(asking(NOW), config, [write(made, folder / name)])
            assert (took.status, took.set_aside) == ("accepted", 0), took.reasons

        take(without_what_is_sealed(), "few-1")
        take(doubtful.doubtful(), "doubt-1")
        link_all_records(asking(NOW), config)
        run_full_assessment(asking(NOW), config)
        take(later(with_sealed=with_sealed), "few-2")
        link_affected(asking(NOW), config)
        refresh_affected(asking(NOW))


def people() -> list[str]:
    """The ids of everyone, in either world."""
    from duecare.person.identity import record_person_id

    records = [(SOURCE, row["record_id"]) for row in few(NOW).rows["persons"]]
    records += [(doubtful.SOURCE, name) for name in doubtful.PEOPLE]
    records += [(SOURCE, row["record_id"]) for row in later(with_sealed=True).rows["persons"]]
    return [record_person_id(RecordKey(*record)) for record in records]


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


def read_searches(name: str, config: Any) -> Iterator[Any]:
    from duecare.use_cases.people.search_people import search_people_by_text

    ask = asking(NOW, viewer(name))
    texts = ("Hiddenia Obscuranto", "Veilia Cloakmore", PHONE, ADDRESS, "Doubtiabor Umbrageous", "Quietus Lambourne")
    yield from (
        lambda text=text: search_people_by_text(ask, text) for text in (*texts, " ".join(_names_of("child-settled")))
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


def _keep_sealed_places(patch: pytest.MonkeyPatch) -> None:
    from duecare.visibility.sealed_filter import SealedFilter

    patch.setattr(SealedFilter, "lines_beside", lambda self: (frozenset(), frozenset()))


def _open_who_is_only_in_sealed_cases(patch: pytest.MonkeyPatch) -> None:
    from duecare.visibility import case_scope, sealed_filter

    patch.setattr(case_scope, "is_only_in_sealed", lambda *_: False)
    patch.setattr(sealed_filter, "records_only_in", lambda *_: set())


def _weigh_sealed_pairs(patch: pytest.MonkeyPatch) -> None:
    from duecare.use_cases.linkage import list_pairs

    patch.setattr(list_pairs, "_pairs_that_exist", lambda _visible, pairs: set(pairs))


def _name_the_seal(patch: pytest.MonkeyPatch) -> None:
    from duecare.access import may_act

    patch.setattr(
        may_act, "_refusal_reason", lambda thing: "sealed, and the viewer is not named" if thing.sealed else "outside"
    )


def _show_refused_ids(patch: pytest.MonkeyPatch) -> None:
    from duecare.use_cases.operations import verify_ledger

    patch.setattr(verify_ledger, "_as_shown", lambda entry: entry)


def _leave_the_filter_out(patch: pytest.MonkeyPatch) -> None:
    from duecare.visibility.sealed_filter import SealedFilter

    for made_by in ("for_facts", "for_lists"):
        patch.setattr(SealedFilter, made_by, classmethod(lambda cls, *_, **__: cls()))


@pytest.mark.long_on_postgres
@pytest.mark.parametrize(
    ("defect", "kind"),
    [
        (_keep_sealed_places, "worklist"),
        pytest.param(_open_who_is_only_in_sealed_cases, "person", marks=pytest.mark.long),
        (_weigh_sealed_pairs, "pairs"),
        pytest.param(_name_the_seal, "case", marks=pytest.mark.long),
        pytest.param(_show_refused_ids, "case", marks=pytest.mark.long),
        pytest.param(_leave_the_filter_out, "worklist", marks=pytest.mark.long),
        (_leave_the_filter_out, "person"),
        pytest.param(_leave_the_filter_out, "search", marks=pytest.mark.long),
        pytest.param(_leave_the_filter_out, "case", marks=pytest.mark.long),
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

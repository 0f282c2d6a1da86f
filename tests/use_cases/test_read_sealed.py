"""What is sealed does not exist for those not named on it, and restricted names are hidden, wherever people are read."""

from __future__ import annotations

import csv
import dataclasses
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import orjson
import pytest
from tests.made.few_cases import ACCOUNTS, SOURCE, canaries, filled, person_of
from tests.made.stores import DATA_OFFICER, Stores, asking

from duecare.access.viewer import Viewer
from duecare.vocabulary.refusals import Refusal

NOW = datetime(2026, 11, 25, 9, tzinfo=UTC)
SEALED_PEOPLE = ("child-sealed", "offender-sealed", "child-of-sealed-case")
SEALED_EVENTS = ("E3", "E4", "E5")


def viewer(name: str) -> Viewer:
    roles, officer, teams, areas = ACCOUNTS[name]
    return Viewer(name, frozenset(roles), officer, frozenset(teams), frozenset(areas))


@pytest.fixture(scope="module")
def config(django_db_setup: None, django_db_blocker: Any, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Any]:
    """The few cases, in use."""
    del django_db_setup
    folder = tmp_path_factory.mktemp("sealed")
    with django_db_blocker.unblock():
        stores = Stores(folder)
        with filled(stores.new(), folder, NOW) as store:
            yield store.config
        stores.drop()


def everything_read_by(name: str, config: Any, folder: Path) -> str:
    """All that a viewer is shown by every step that reads people, as one text."""
    from duecare.use_cases.casework.view_case import read_case
    from duecare.use_cases.casework.view_custody_board import read_custody
    from duecare.use_cases.casework.view_offender_visits import read_visits
    from duecare.use_cases.casework.view_worklist import read_worklist
    from duecare.use_cases.findings.findings_in_scope import Wanted, read_findings
    from duecare.use_cases.people.view_person import read_person
    from duecare.worklist.offender_visits import BOARD_COLUMNS

    ask = asking(NOW, viewer(name) if name != "data" else DATA_OFFICER)
    reads: list[Any] = [
        lambda: read_worklist(ask),
        lambda: read_custody(ask),
        lambda: [finding.as_json() for finding in read_findings(ask, config, Wanted())],
        lambda: [finding.as_json() for finding in read_findings(ask, config, Wanted(case="OPEN"))],
        lambda: [f.as_json() for f in read_findings(ask, config, Wanted(person=person_of("child-in-both")))],
        *(lambda c=column: read_visits(ask, "unknown", c) for column in BOARD_COLUMNS),
        *(lambda r=ref: read_case(ask, SOURCE, r) for ref in ("OPEN", "RESTRICTED", "CUSTODY", "MISSING", "SEALED")),
        *(lambda r=record: read_person(ask, person_of(r)) for record in canaries()),
    ]
    told = []
    for read in reads:
        try:
            told.append(orjson.dumps(read(), default=_plain, option=orjson.OPT_NON_STR_KEYS).decode())
        except Refusal as refusal:
            if not refusal.code.startswith("ACC"):
                raise
    return "\n".join(told)


def _plain(value: Any) -> Any:
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        return {field.name: getattr(value, field.name) for field in dataclasses.fields(value)}
    return str(value)


def traces_of_sealed(text: str) -> list[str]:
    """Which words, keys, ids and events of what is sealed stand in this text?"""
    words = [mark for record in SEALED_PEOPLE for mark in canaries()[record]]
    words += [f'"{SOURCE}:{record}"' for record in SEALED_PEOPLE] + [f'"{record}"' for record in SEALED_PEOPLE]
    words += [person_of(record) for record in SEALED_PEOPLE]
    words += ['"SEALED"', *(f'"{event}"' for event in SEALED_EVENTS)]
    return [word for word in words if word in text]


@pytest.mark.parametrize("name", ["chief", "lead", "eight", "custody", "data"])
def test_what_is_sealed_is_nowhere_for_those_not_named(config, tmp_path, name):
    text = everything_read_by(name, config, tmp_path)

    assert len(text) > 2_000, "something was shown"
    assert traces_of_sealed(text) == []


def test_those_named_on_a_sealed_case_are_shown_it(config, tmp_path):
    text = everything_read_by("nine", config, tmp_path)

    assert {'"SEALED"', '"E3"', '"E5"'} <= set(traces_of_sealed(text))


def test_a_supervisor_by_name_is_shown_the_sealed_child_of_their_case(config, tmp_path):
    text = everything_read_by("one", config, tmp_path)

    assert canaries()["child-sealed"][1].upper() in text
    assert '"SEALED"' not in text


@pytest.mark.parametrize("name", ["lead", "custody"])
def test_restricted_names_and_cases_are_hidden(config, tmp_path, name):
    text = everything_read_by(name, config, tmp_path)

    assert [mark for mark in canaries()["child-restricted"] if mark in text] == []
    assert '"RESTRICTED"' not in text
    assert [mark for mark in canaries()["child-of-restricted-case"] if mark in text] == []


def test_a_restricted_child_of_an_open_case_stands_in_it_without_a_name(config):
    from duecare.use_cases.casework.view_case import read_case

    page = read_case(asking(NOW, viewer("lead")), SOURCE, "OPEN")

    labels = {person: label for person, label, _ in page.people}
    assert labels[person_of("child-restricted")] == "Restricted"
    assert person_of("child-sealed") not in labels
    assert {f.finding.subject for f in page.findings} == {
        None,
        f"{SOURCE}:child-open",
        f"{SOURCE}:child-restricted",
        f"{SOURCE}:child-in-both",
    }


def test_a_restricted_case_opens_for_its_investigator_and_the_chief(config):
    from duecare.use_cases.casework.view_case import read_case

    for name in ("eight", "chief"):
        assert read_case(asking(NOW, viewer(name)), SOURCE, "RESTRICTED").people
    with pytest.raises(Refusal, match="ACC-001"):
        read_case(asking(NOW, viewer("lead")), SOURCE, "RESTRICTED")


def test_a_danger_reported_in_a_sealed_case_still_reaches_whoever_holds_the_child(config):
    """A duty met by what a sealed case tells of is met for everyone; the fact itself is not shown."""
    from duecare.use_cases.findings.findings_in_scope import Wanted, read_findings

    found = read_findings(asking(NOW, viewer("lead")), config, Wanted(case="OPEN", ref="AL2"))
    (seen,) = [one for one in found if one.subject == f"{SOURCE}:child-in-both"]

    assert seen.state == "met"
    assert [one.event_id for one in seen.evidence] == ["E0"]
    assert (seen.met_at, seen.recorded_at, seen.told) == (None, None, ())


def test_the_answer_is_the_same_for_what_is_sealed_and_what_is_not_there(config):
    from duecare.use_cases.casework.view_case import read_case
    from duecare.use_cases.people.view_person import read_person

    said = []
    for read in (
        lambda ask: read_case(ask, SOURCE, "SEALED"),
        lambda ask: read_case(ask, SOURCE, "NEVER-WAS"),
        lambda ask: read_person(ask, person_of("child-sealed")),
        lambda ask: read_person(ask, "0123456789abcdef"),
    ):
        with pytest.raises(Refusal) as caught:
            read(asking(NOW, viewer("chief")))
        said.append(str(caught.value))

    assert len(set(said)) == 1


def test_the_export_of_people_leaves_out_the_sealed(config, tmp_path):
    from duecare.use_cases.linkage.export_people import export_people

    records, people = export_people(asking(NOW), tmp_path / "people.csv")

    with (tmp_path / "people.csv").open() as file:
        rows = [row["record_id"] for row in csv.DictReader(file)]
    assert sorted(rows) == sorted(set(canaries()) - set(SEALED_PEOPLE))
    assert records == people == len(rows)


def test_many_cases_are_judged_in_one_pass_as_one_by_one(config, monkeypatch):
    from duecare.access.may_open import scope
    from duecare.record.pole import CaseKey
    from duecare.visibility import case_scope

    keys = [
        CaseKey(SOURCE, ref) for ref in ("OPEN", "SEALED", "RESTRICTED", "CUSTODY", "MISSING", "SETTLED", "MANAGED")
    ]
    for name in ("lead", "nine", "one", "eight", "custody", "chief", "stranger"):
        seen = scope(viewer(name))
        monkeypatch.setattr(case_scope, "MANY_CASES", 100)
        one_by_one = case_scope.cases_in_scope(seen, keys, NOW)
        monkeypatch.setattr(case_scope, "MANY_CASES", 0)
        assert case_scope.cases_in_scope(seen, keys, NOW) == one_by_one, name


def test_whoever_held_a_case_then_does_not_open_it_now(config):
    """The moment asked for moves the clock of the facts, not of the right to see them."""
    from duecare.use_cases.findings.findings_in_scope import Wanted, read_findings

    stranger = Viewer("late", frozenset({"investigator"}), "X99")

    assert read_findings(asking(NOW, stranger), config, Wanted(), as_of=NOW) == []


def test_counter_without_the_cut_the_sealed_are_seen(config, tmp_path, monkeypatch):
    from duecare.visibility.sealed_filter import SealedFilter

    for made_by in ("for_facts", "for_lists"):
        monkeypatch.setattr(SealedFilter, made_by, classmethod(lambda cls, *_, **__: cls()))

    assert traces_of_sealed(everything_read_by("chief", config, tmp_path)) != []

"""What the made-up force's other systems tell: the census by XML, calls, crime reports and logs, and all of it is read."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

import pytest
from tests.made.stores import NOW
from tests.rooms.synthetic.reading import Small

from duecare.extract import read_delivery
from duecare.record.layouts import CENSUS_YEARS
from duecare.record.version import RowVersion, SetAside
from duecare.synthetic.places import BOROUGH_NAMES
from duecare.vocabulary.identifiers import read_upn

SOURCES = Path(__file__).parents[3] / "sources"
CENSUS = tomllib.loads((SOURCES / "cin.toml").read_text("utf-8"))


def read(small: Small, source: str) -> tuple[list[RowVersion], list[SetAside]]:
    """Every row of this source, as the service reads it."""
    taken: list[RowVersion] = []
    aside: list[SetAside] = []
    for path in small.made.paths:
        if path.name.startswith(f"{source}-"):
            with read_delivery(path, sources_dirs=[SOURCES], received_at=NOW) as delivery:
                for row in delivery.rows():
                    (taken if isinstance(row, RowVersion) else aside).append(row)  # type: ignore[arg-type]
    return taken, aside


@pytest.mark.parametrize("source", ["cris", "cad"])
def test_every_row_of_calls_and_crime_reports_is_read(small: Small, source: str) -> None:
    taken, aside = read(small, source)

    assert aside == []
    assert len({version.key for version in taken if version.sheet == "cases"}) >= 20


def test_the_census_is_read_with_a_few_rows_set_aside_and_a_few_defects(small: Small) -> None:
    taken, aside = read(small, "cin")
    rows = sum(version.rows for version in taken) + len(aside)

    assert rows >= 100
    assert 1 <= len(aside) <= rows * 0.05
    assert {row.column for row in aside} == {"AssessmentAuthorisationDate"}
    assert any(column == "UPN" for version in taken for column, _ in version.notes)


def test_the_census_names_areas_as_the_force_does(small: Small) -> None:
    taken, _ = read(small, "cin")
    areas = {re.search(rb'"area":"([^"]+)"', v.body)[1].decode() for v in taken if v.sheet == "cases"}  # type: ignore[index]

    assert areas <= set(BOROUGH_NAMES)
    assert len(areas) >= 4


def test_the_census_holds_no_name_and_only_made_up_numbers(small: Small) -> None:
    for child in small.children():
        assert not {"Forename", "Surname", "PostCode"} & set(child)
        assert 950 <= int(child["record_id"][:3]) < 982
        if isinstance(upn := read_upn(child.get("UPN", "")), str):
            assert 950 <= int(upn[1:4]) < 982


def test_the_collections_that_the_mapping_knows_are_those_that_the_layouts_name() -> None:
    assert CENSUS["xml"]["collection"]["known"] == list(CENSUS_YEARS)


def test_a_child_in_custody_has_a_log_and_an_offender_notifies(small: Small) -> None:
    entries = {row["entry"] for row in small.rows("custody", "log")}
    kinds = {row["type"] for row in small.rows("visor", "notifications")}

    assert entries == {"told", "woman assigned", "report submitted", "support_offered", "certificate produced", "court"}
    assert kinds == {"initial", "annual", "change"}

"""A mapping reads dates in other forms than ISO 8601, and never takes a day for a month."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from duecare.extract import read_delivery
from duecare.extract.date_forms import NOT_IN_FORM, date_form
from duecare.extract.mapping import load_mapping, read_mapping
from duecare.extract.set_aside_row_keys import keys_of
from duecare.record.version import RowVersion, SetAside
from duecare.vocabulary.refusals import Refusal

NOW = datetime(2026, 3, 2, 9, tzinfo=UTC)

MAPPING = """
source = "niche"
[files.occurrences]
version = "changed"
filled = ["ref"]
ignored = []
[files.occurrences.person]
record_id = "ref"
date_of_birth = "born"
[[files.occurrences.event]]
kind = { value = "child_seen" }
id = "{ref}#{seen}"
at = "seen"
[files.occurrences.event.detail]
until = { column = "until", as = "time" }
[[files.occurrences.rule]]
rule = "rule 1"
column = "seen"
not_before = "born"
sets_aside = true
[files.occurrences.dates]
changed = { day_first = true }
seen = { format = "%d/%m/%Y %H:%M" }
born = { day_first = true }
until = { day_first = true }
"""
HEADER = "ref,born,seen,until,changed\n"


@pytest.fixture
def own(tmp_path: Path) -> Path:
    folder = tmp_path / "own"
    folder.mkdir()
    (folder / "niche.toml").write_text(MAPPING)
    return folder


def read(desk: Any, own: Path, *rows: str) -> list[RowVersion | SetAside]:
    with read_delivery(
        desk.write("niche-1", occurrences=HEADER + "\n".join(rows) + "\n"), sources_dirs=[own], received_at=NOW
    ) as one:
        return list(one.rows())


@pytest.mark.parametrize(
    ("text", "iso"),
    [
        ("03/04/2016", "2016-04-03"),
        ("3/4/2016", "2016-04-03"),
        ("03.04.2016", "2016-04-03"),
        ("03-04-2016 9:05", "2016-04-03T09:05"),
        ("03/04/2016 19:05:06", "2016-04-03T19:05:06"),
        ("03/04/2016, 19:05", "2016-04-03T19:05"),
        ("03/04/2016T19:05Z", "2016-04-03T19:05Z"),
        ("04/2016", "2016-04"),
        ("2016-04-03", "2016-04-03"),
        ("2016", "2016"),
        (" 03/04/2016 ", "2016-04-03"),
        ("", ""),
        ("03/04/16", NOT_IN_FORM),
        ("03/04-2016", NOT_IN_FORM),
        ("yesterday", NOT_IN_FORM),
        ("04/2016 10:00", NOT_IN_FORM),
    ],
)
def test_day_first(text: str, iso: str) -> None:
    assert date_form({"day_first": True})(text) == iso


@pytest.mark.parametrize(
    ("form", "text", "iso"),
    [
        ("%d/%m/%Y %H:%M", "03/04/2016 09:05", "2016-04-03T09:05:00"),
        ("%d/%m/%Y %H:%M", "03/04/2016", NOT_IN_FORM),
        ("%m/%d/%Y", "04/03/2016", "2016-04-03"),
        ("%d %b %Y", "3 Apr 2016", "2016-04-03"),
        ("%d/%m/%Y %I:%M %p", "03/04/2016 01:05 PM", "2016-04-03T13:05:00"),
        ("%d/%m/%Y %H:%M %z", "03/04/2016 09:05 +0100", "2016-04-03T09:05:00+01:00"),
        ("%m/%Y", "04/2016", "2016-04"),
        ("%Y", "2016", "2016"),
        ("%Y-%d-%m", "2016-03-13", NOT_IN_FORM),
        ("%d/%m/%Y", "30/02/2016", NOT_IN_FORM),
        ("%d/%m/%Y", "  ", ""),
    ],
)
def test_a_format_of_the_mapping(form: str, text: str, iso: str) -> None:
    assert date_form({"format": form})(text) == iso


@given(st.dates())
def test_every_day_written_day_first_is_read_as_that_day(day: Any) -> None:
    assert date_form({"day_first": True})(f"{day:%d}/{day:%m}/{day.year:04}") == day.isoformat()


def test_a_row_is_read_with_its_dates_in_the_form_of_the_mapping(desk: Any, own: Path) -> None:
    found = read(desk, own, "P1,1/2/2004,03/04/2016 09:05,05/04/2016 10:00,06/04/2016 11:00")

    versions = {one.sheet: one for one in found if isinstance(one, RowVersion)}
    event = json.loads(versions["events"].body)
    assert event["happened_at"] == "2016-04-03T08:05:00+00:00"
    assert event["detail"]["until"] == "2016-04-05T09:00:00+00:00"
    assert json.loads(versions["persons"].body)["date_of_birth"] == "2004-02-01"
    assert versions["persons"].version_at.isoformat() == "2016-04-06T10:00:00+00:00"


def test_a_row_in_another_form_is_set_aside_and_the_remedy_names_the_form(desk: Any, own: Path) -> None:
    (found,) = read(desk, own, "P1,1/2/2004,2016-04-03 09:05,,06/04/2016")

    assert isinstance(found, SetAside)
    assert (found.column, found.remedy) == ("seen", "write it as dd/mm/yyyy hh:mm")
    assert ("seen", "2016-04-03 09:05") in found.original


def test_a_birth_date_in_another_form_is_kept_as_unknown(desk: Any, own: Path) -> None:
    found = read(desk, own, "P1,31/31/04,03/04/2016 09:05,,06/04/2016")

    (person,) = [one for one in found if one.sheet == "persons"]
    assert "date_of_birth" not in json.loads(person.body)
    assert person.notes


def test_a_rule_compares_dates_as_they_are_read(desk: Any, own: Path) -> None:
    (found,) = read(desk, own, "P1,04/04/2016,03/04/2016 09:05,,06/04/2016")

    assert isinstance(found, SetAside)
    assert "is before born" in found.reason


def test_a_row_set_aside_is_known_again_by_its_key_as_read(own: Path) -> None:
    file = load_mapping("niche", [own]).files["occurrences"]

    keys = keys_of(file, ["ref", "seen"], ["P1", "03/04/2016 09:05"])

    assert ["events", "P1#2016-04-03T09:05:00"] in keys


@pytest.mark.parametrize(
    "form",
    [
        "{ day_first = false }",
        '{ format = "%d/%m/%y" }',
        '{ format = "%d/%m/%Y %Q" }',
        "{ format = 7 }",
        '{ day_first = true, format = "%Y" }',
        "true",
    ],
)
def test_a_form_that_cannot_be_used_is_refused(own: Path, form: str) -> None:
    (own / "niche.toml").write_text(MAPPING.replace('seen = { format = "%d/%m/%Y %H:%M" }', f"seen = {form}"))

    with pytest.raises(Refusal, match=r"EXT-017.*dates\.seen"):
        read_mapping(own / "niche.toml")


def test_a_form_for_a_column_that_is_not_read_is_refused(own: Path) -> None:
    (own / "niche.toml").write_text(MAPPING + "colour = { day_first = true }\n")

    with pytest.raises(Refusal, match="colour is not a column of this file"):
        read_mapping(own / "niche.toml")


def test_a_changed_mapping_makes_the_same_files_another_content_and_its_layout_does_not(desk: Any, own: Path) -> None:
    where = desk.write("niche-1", occurrences=HEADER)

    def content() -> str:
        with read_delivery(where, sources_dirs=[own], received_at=NOW) as opened:
            return str(opened.content_sha256)

    first = content()
    (own / "niche.toml").write_text(f"# A comment.\n{MAPPING}\n")
    laid_out = content()
    (own / "niche.toml").write_text(MAPPING.replace("not_before", "not_after"))

    assert first == laid_out
    assert content() != first

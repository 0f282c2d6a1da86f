"""The shipped mappings: each covers its layout exactly, and a row becomes the events that it tells of."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from tests.made.stores import NOW

from duecare.extract.mapping import load_mapping, read_mapping
from duecare.record.contract import POLE_SHEETS
from duecare.record.layouts import LAYOUTS
from duecare.vocabulary.refusals import Refusal

SOURCES = Path(__file__).parents[3] / "sources"


def line(source: str, file: str, **cells: str) -> str:
    """A file of one row under the whole header of this layout."""
    columns = next(one.columns for one in LAYOUTS[source] if one.file == file)
    assert set(cells) <= set(columns), set(cells) - set(columns)
    return ",".join(columns) + "\n" + ",".join(f'"{cells.get(name, "")}"' for name in columns) + "\n"


@pytest.mark.parametrize(("source", "layout"), [(s, one) for s, many in LAYOUTS.items() for one in many])
def test_a_mapping_covers_exactly_the_columns_of_its_layout(source: str, layout: Any) -> None:
    file = load_mapping(source, [SOURCES]).files[layout.file]

    assert set(file.columns) == set(layout.columns)
    assert file.filled == layout.required


@pytest.mark.parametrize("source", sorted(LAYOUTS))
def test_a_mapping_has_exactly_the_files_of_its_layout(source: str) -> None:
    assert set(load_mapping(source, [SOURCES]).files) == {one.file for one in LAYOUTS[source]}


def test_a_source_without_a_mapping_is_read_as_the_neutral_layout_under_its_own_name() -> None:
    unknown, pole = load_mapping("northmoor", [SOURCES]), load_mapping("pole", [SOURCES])

    assert unknown.source == "northmoor"
    assert unknown.files == pole.files
    assert set(pole.files) == set(POLE_SHEETS)


def test_a_report_gives_its_case_and_an_event_for_each_time_filled_in(desk: Any) -> None:
    heard = desk.hear(
        "merlin-2016-03-01",
        reports=line(
            "merlin",
            "reports",
            report_ref="R1",
            borough="Northmoor",
            report_type="PAC",
            reported_at="2016-03-01 09:00",
            concern="CSE",
            rag="R",
            crime="Y",
            nominals="child=N1;suspect=N2",
            oic="P12",
            oic_allocated_at="2016-03-18 09:00",
            last_updated="2016-03-18T10:00:00Z",
        ),
        nominals=line("merlin", "nominals", nominal_ref="N1", dob="2003-05", surname="Made-Up", sex="Female"),
        actions=line("merlin", "actions", action_ref="A1", report_ref="R1", action="Seen", action_at="2016-03-02"),
        missing=line("merlin", "missing", missing_ref="M1", nominal_ref="N1", reported_at="2016-01-01T10:00"),
    )

    assert heard.asides == []
    events = heard.of("events")
    assert {key for key, version in events.items() if not version.withdrawn} == {
        "R1#concern_reported",
        "R1#investigator_allocated",
        "A1",
        "M1#missing_reported",
    }
    assert {key for key, version in events.items() if version.withdrawn} >= {"R1#case_closed", "M1#missing_found"}
    concern = heard.body("events", "R1#concern_reported")
    assert (concern["risk"], concern["detail"]) == ("red", {"concern": "sexual_exploitation", "crime": "yes"})
    assert heard.body("events", "R1#investigator_allocated")["officer"] == "P12"
    assert heard.body("ties", "R1#concern_reported") == {
        "ties": [["merlin", "N1", "child"], ["merlin", "N2", "suspect"]]
    }
    assert heard.body("cases", "R1") == {
        "case_ref": "R1",
        "kind": "child_concern",
        "area": "Northmoor",
        "opened_at": "2016-03-01T09:00:00+00:00",
    }
    assert heard.body("persons", "N1")["sex"] == "F"
    assert heard.rows_in == 4
    assert events["R1#concern_reported"].version_at.isoformat() == "2016-03-18T10:00:00+00:00"


def test_a_row_of_its_own_layout_that_names_nobody_empties_the_sets_of_its_events(desk: Any) -> None:
    row = {"report_ref": "R1", "report_type": "PAC", "concern": "CSE", "last_updated": "2016-03-18T10:00:00Z"}
    heard = desk.hear("merlin-1", reports=line("merlin", "reports", **row, reported_at="2016-03-01", nominals=""))

    assert heard.asides == []
    assert heard.body("ties", "R1#concern_reported") == {"ties": []}
    assert heard.of("ties")["R1#concern_reported"].version_at == heard.of("events")["R1#concern_reported"].version_at


def test_a_time_that_is_blanked_withdraws_its_event(desk: Any) -> None:
    row = {"custody_ref": "C1", "arrived_at": "2016-03-01T22:00", "bail_refused_at": "2016-03-02T01:00"}
    before = desk.hear("custody-1", records=line("custody", "records", **row))
    after = desk.hear("custody-2", records=line("custody", "records", **{**row, "bail_refused_at": ""}))

    assert [note[0] for note in after.notes()] == ["last_updated"]
    assert not before.of("events")["C1#bail_refused"].withdrawn
    assert after.of("events")["C1#bail_refused"].withdrawn


def test_a_cancelled_row_withdraws_all_that_it_gave(desk: Any) -> None:
    heard = desk.hear(
        "merlin-1",
        reports=line(
            "merlin", "reports", report_ref="R1", cancelled="Y", report_type="gone", last_updated="2016-03-01"
        ),
    )

    assert heard.asides == []
    assert heard.versions
    assert all(version.withdrawn for version in heard.versions)


@pytest.mark.parametrize(
    ("changed", "column"),
    [
        ({"rag": "purple"}, "rag"),
        ({"report_type": ""}, "report_type"),
        ({"reported_at": "2016-02-31"}, "reported_at"),
        ({"nominals": "child N1"}, "nominals"),
        ({"nominals": "friend=N1"}, "nominals"),
        ({"closed_at": "soon"}, "closed_at"),
        ({"report_ref": ""}, "report_ref"),
    ],
)
def test_a_row_that_fails_in_one_part_is_set_aside_whole_by_the_sources_own_column(
    desk: Any, changed: dict[str, str], column: str
) -> None:
    row = {"report_ref": "R1", "report_type": "pac", "reported_at": "2016-03-01", "nominals": "child=N1", **changed}
    heard = desk.hear("merlin-1", reports=line("merlin", "reports", **row))

    assert [(aside.row, aside.column) for aside in heard.asides] == [(2, column)]
    assert heard.versions == []


def test_an_offender_gives_person_case_registration_and_visits(desk: Any) -> None:
    visit = {"visit_ref": "X1", "visor_ref": "V1", "visited_at": "2016-01-05T10:00", "outcome": "Not seen"}
    visit |= {"entry": "No answer", "announced": "N"}
    heard = desk.hear(
        "visor-1",
        offenders=line(
            "visor", "offenders", visor_ref="V1", registered_at="2015-01-05", sentence_months="30", manager="P1"
        ),
        visits=line("visor", "visits", **visit),
    )

    assert heard.delivery.handling == "pointer"
    assert heard.body("events", "V1#offender_registered")["detail"] == {"months": 30}
    assert heard.body("events", "X1#visit")["detail"] == {"announced": False, "entry": "no_answer"}
    assert heard.body("events", "X1#visit")["outcome"] == "not_seen"


def test_a_missing_column_of_a_systems_own_layout_is_refused_since_its_blank_would_withdraw(desk: Any) -> None:
    text = line("merlin", "missing", missing_ref="M1", nominal_ref="N1", reported_at="2016-01-01").replace(
        "returned_at,", ""
    )

    refusal = desk.refused(desk.write("merlin-1", missing=text))

    assert refusal.code == "EXT-007"
    assert "missing column returned_at" in str(refusal)


def test_officers_and_posts_are_keyed_without_regard_to_case(desk: Any) -> None:
    heard = desk.hear(
        "people-1",
        officers="officer,name,from,absent_from\np12,A,2015-01-01,2016-03-01T09:00\n",
        posts="post,kind,from\nMash1,mash_lead,2015-01-01\n",
    )

    assert set(heard.of("officers")) == {"P12\x1f2015-01-01\x1f2016-03-01T09:00:00+00:00"}
    assert set(heard.of("posts")) == {"MASH1\x1f2015-01-01"}


# --- a force's own mapping ---------------------------------------------------------------------------

OWN = """
source = "niche"
time_zone = "UTC"
[files.occurrences]
version = "changed"
filled = ["ref"]
ignored = ["colour"]
[files.occurrences.person]
record_id = "ref"
address = { columns = ["street", "town"], join = ", " }
[[files.occurrences.event]]
kind = { value = "visit" }
id = "{ref}#{nr}"
at = "at"
outcome = { first = ["a", "b"] }
ties = [{ role = "child", record = "ref", source = "merlin" }]
"""


def test_a_force_adds_a_source_by_writing_a_file(desk: Any, tmp_path: Path) -> None:
    from duecare.extract import read_delivery

    own = tmp_path / "own"
    own.mkdir()
    (own / "niche.toml").write_text(OWN)
    text = "ref,street,town,nr,at,a,b,changed,colour\nO1,1 High Street,Northmoor,7,2016-07-01T10:00,,seen,2016-07-01T11:00,red\n"
    with read_delivery(desk.write("niche-1", occurrences=text), sources_dirs=[own, SOURCES], received_at=NOW) as opened:
        found = {version.sheet: version for version in opened.rows()}

    assert json.loads(found["persons"].body)["address"] == "1 High Street, Northmoor"
    event = json.loads(found["events"].body)
    assert (event["event_id"], event["happened_at"], event["outcome"]) == ("O1#7", "2016-07-01T10:00:00+00:00", "seen")
    assert json.loads(found["ties"].body) == {"ties": [["merlin", "O1", "child"]]}


@pytest.mark.parametrize(
    "said",
    [
        "not toml",
        "source = 'other'\n",
        OWN.replace("UTC", "Mars"),
        OWN.replace('"visit"', '"no_such_kind"'),
        OWN.replace("record_id =", "record ="),
        OWN.replace('at = "at"\n', ""),
        OWN + "\n[oddity]\n",
        "stale_after_hours = 0\n" + OWN,
        "stale_after_hours = true\n" + OWN,
        "stale_after_hours = '1 week'\n" + OWN,
        "stale_after_hours = 24001\n" + OWN,
        "source = 'niche'\nfiles = 3\n",
        "source = 'niche'\n[files]\na = 3\n",
        "source = 'niche'\ntables = 3\n[files.a]\nlayout = 'persons'\n",
        OWN.replace('"{ref}#{nr}"', "7"),
        OWN.replace('first = ["a", "b"]', 'first = "a"'),
        OWN.replace('{ first = ["a", "b"] }', "7"),
        OWN.replace('first = ["a", "b"]', 'column = "a", as = "magic"'),
        OWN.replace('first = ["a", "b"]', 'value = "a", as = "yes"'),
        OWN.replace('role = "child", ', ""),
        OWN.replace('role = "child"', 'role = "friend"'),
        OWN.replace('first = ["a", "b"]', 'column = "a", table = "none"'),
    ],
)
def test_a_mapping_that_cannot_be_used_is_refused(tmp_path: Path, said: str) -> None:
    path = tmp_path / "niche.toml"
    path.write_text(said)

    with pytest.raises(Refusal, match="EXT-017"):
        read_mapping(path)

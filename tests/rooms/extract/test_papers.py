"""The pages about deliveries agree with the code, and what they tell the reader to run runs."""

from __future__ import annotations

import re
import subprocess
import sys
import textwrap
import tomllib
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from duecare.extract.mapping import read_mapping

ROOT = Path(__file__).parents[3]
HOW_TO = (ROOT / "docs/how-to/take-in-a-new-source.md").read_text("utf-8")


def block(start: str) -> str:
    """The indented block of the page that begins with this line."""
    lines = HOW_TO.splitlines()
    first = next(i for i, line in enumerate(lines) if line.strip() == start)
    depth = len(lines[first]) - len(lines[first].lstrip())
    last = next(
        (i for i in range(first, len(lines)) if lines[i].strip() and not lines[i].startswith(" " * depth)), len(lines)
    )
    return re.split(r"\n\s*python to_pole", textwrap.dedent("\n".join(lines[first:last])))[0]


def test_the_data_dictionary_is_fresh() -> None:
    printed = subprocess.run(
        [sys.executable, "tools/print_data_dictionary.py"], cwd=ROOT, capture_output=True, text=True, check=True
    ).stdout

    assert (ROOT / "docs/reference/data-dictionary.md").read_text("utf-8") == printed


def test_the_mapping_on_the_page_can_be_used(tmp_path: Path) -> None:
    said = block('source = "niche"')
    (tmp_path / "niche.toml").write_text(said)

    assert tomllib.loads(said)["source"] == "niche"
    assert set(read_mapping(tmp_path / "niche.toml").files) == {"occurrences"}


def test_the_lines_for_the_febrl_sets_give_a_file_that_is_received_whole(desk: Any, tmp_path: Path) -> None:
    header = "rec_id, given_name, surname, street_number, address_1, address_2, suburb, postcode, state, date_of_birth"
    rows = "rec-1-org, a, b, 8, x street, , c, 4223, nsw, 19151111, 1\nrec-2-org, a, , , , , , , , 19402704, 2\n"
    (tmp_path / "made.csv").write_text(f"{header}, soc_sec_id\n{rows}rec-3-org, a, b, , , , , , , , 3\n")
    run = subprocess.run(
        [sys.executable, "-c", block("import csv, sys"), str(tmp_path / "made.csv")], capture_output=True, check=True
    )
    (tmp_path / "persons.csv").write_bytes(run.stdout)

    heard = desk.read(tmp_path / "persons.csv", source="febrl4a")

    assert (heard.rows_in, heard.asides) == (3, [])
    assert heard.body("persons", "rec-1-org")["date_of_birth"] == "1915-11-11"
    assert "date_of_birth" in heard.body("persons", "rec-2-org")["unknown"]


def test_the_lines_for_the_historical_set_give_a_file_that_is_received_whole(desk: Any, tmp_path: Path) -> None:
    names = ("unique_id", "cluster", "first_name", "surname", "dob", "birth_place", "postcode_fake")
    table = {name: ["1861-01-01" if name == "dob" else name, None if name != "unique_id" else "q"] for name in names}
    pq.write_table(pa.table({**table, "gender": ["female", "unknown"]}), tmp_path / "made.parquet")
    code = block("import sys")
    subprocess.run([sys.executable, "-c", code, "made.parquet"], cwd=tmp_path, check=True)

    heard = desk.read(tmp_path / "persons.parquet", source="historical")

    assert (heard.rows_in, heard.asides) == (2, [])
    assert heard.body("persons", "unique_id")["sex"] == "F"

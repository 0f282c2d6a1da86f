"""The commands on grades: what the exchange promises of import, compare and export."""

from __future__ import annotations

import pytest
from tests.cli.conftest import Inside

HEADER = "round,case_ref,set,grader_side,grade"
KEYS = {"agreement", "kappa", "kappa_interval", "optimism_gap", "crosstab", "basis", "refused"}


def file(program: Inside, pairs):
    path = program.folder / "grades.csv"
    lines = [
        f"Round 2016,C{at},paired,{side},{word}"
        for at, pair in enumerate(pairs)
        for side, word in zip(("force", "inspectorate"), pair, strict=True)
    ]
    path.write_text("\n".join([HEADER, *lines]))
    return path


def test_grades_by_case_are_imported_compared_and_exported(fresh):
    pairs = [("GOOD", "good")] * 20 + [("Good", "Requires Improvement")] * 20
    imported = fresh("audit", "import", file(fresh, pairs), "--json")
    found = fresh("audit", "compare", "--round", "Round 2016", "--json")
    exported = fresh("audit", "export", "--round", "Round 2016", "--out", fresh.folder / "out.csv", "--json")
    again = fresh("audit", "import", fresh.folder / "out.csv", "--json")

    assert imported.json == {"accepted": 80, "set_aside": 0, "repeated": 0, "reasons": []}
    assert found.json.keys() >= KEYS
    assert (found.json["agreement"], found.json["optimism_gap"]) == (0.5, 0.5)
    assert found.json["crosstab"]["n"] == 40
    assert exported.json == {"round": "Round 2016", "grades": 80}
    assert again.json["accepted"] == 80
    assert fresh("audit", "compare", "--round", "Round 2016", "--json").json == found.json
    assert "Agreement: 0.500 (95 % interval" in fresh("audit", "compare", "--round", "Round 2016").out


def test_a_round_known_by_its_totals_gives_no_kappa_and_says_why(fresh):
    found = fresh("audit", "compare", "--round", "2016", "--json")

    assert found.json.keys() >= KEYS
    assert (found.json["kappa"], found.json["optimism_gap"]) == (None, 0.553)
    assert "totals alone cannot give it" in found.json["refused"]
    assert "74.3 % of 374 below the standard (stated)" in fresh("audit", "compare", "--round", "2016").out


def test_the_published_rounds_load_and_say_what_they_support(fresh):
    from importlib.resources import files

    shipped = fresh.folder / "published.csv"
    shipped.write_bytes((files("duecare.audit.published") / "published.csv").read_bytes())
    imported = fresh("audit", "import", shipped, "--json")
    sets = {(one["set_id"], one["measure"]): one for one in fresh("audit", "totals", "--json").json["sets"]}
    below = {
        name: sets[name, None]["below_percent"]
        for name in ("MET-2016-ALL", "MET-2017-Q3", "MET-2017-Q4", "MET-2018-PIR")
    }

    assert (imported.code, imported.json["set_aside"]) == (0, 0)
    assert below == {"MET-2016-ALL": 74.3, "MET-2017-Q3": 92.6, "MET-2017-Q4": 89.3, "MET-2018-PIR": 69.3}
    assert {sets[name, None]["basis"]["below_standard"] for name in below} == {"stated"}
    online = sets["MET-2018-ONLINE", None]
    assert (online["below_percent"], online["referred_back"], online["n"]) == (85.3, 15, 34)
    assert "issues found" in online["status"]
    assert fresh("audit", "compare", "--round", "2017-Q3", "--json").json["kappa"] is None


@pytest.mark.parametrize(
    ("asked", "code", "says"),
    [
        (["audit", "compare", "--round", "never"], 16, "AUD-041"),
        (["audit", "export", "--round", "never", "--out", "x.csv"], 16, "AUD-041"),
        (["audit", "compare"], 2, "--round"),
        (["audit", "import", "bad.csv"], 16, "AUD-040"),
    ],
)
def test_what_cannot_be_done_is_refused_with_its_code(fresh, asked, code, says):
    (fresh.folder / "bad.csv").write_text("round,case_ref,grade\n")
    done = fresh(*asked)

    assert (done.code, says in done.err) == (code, True)
    assert not (fresh.folder / "x.csv").exists()

"""Each side runs its own Duecare: seals go across, then openings, and nothing else does."""

from __future__ import annotations

import json
from datetime import UTC, datetime

import pytest
from tests.made.few_cases import SOURCE
from tests.made.graded import GRADER, LEAD, PASSPHRASE, ROUND, SETS, SIDES, as_, graded, later, said

from duecare.record.pole import CaseKey
from duecare.store.audit.side_keys import key_in_force
from duecare.store.models import Allotted, LedgerEntry, OpenedGrade, RoundGrader, SampledFile, SealedGrade
from duecare.use_cases.audit.exchange_grades import export_openings, export_seals, import_openings, import_seals
from duecare.use_cases.audit.grade_file import submit_grade
from duecare.use_cases.audit.open_own_grades import open_grades
from duecare.vocabulary.refusals import Refusal

pytestmark = [pytest.mark.usefixtures("read_in_process"), pytest.mark.on_both_engines]

NOW = datetime(2026, 3, 2, 9, tzinfo=UTC)
WORDS = {"force": "All was done well and in time here", "inspectorate": "She was not seen for eleven days there"}


@pytest.fixture
def both(stores, tmp_path):
    """One store a side, each drawn alike, in each of which only its own side grades."""
    made = {}
    for side in SIDES:
        made[side] = stores.new()
        (tmp_path / side).mkdir()
        with graded(made[side], tmp_path / side, NOW):
            Allotted.objects.exclude(side=side).delete()
    return made


def refused(act):
    with pytest.raises(Refusal) as found:
        act()
    return found.value.code


def lead(side, hours=9.0):
    return as_(LEAD[side], later(NOW, hours))


def grade_all(side, *, besides=()):
    for case, set_ in SETS.items():
        if case not in besides and set_ in ("paired", "inspector_only" if side == "inspectorate" else "force_only"):
            key = CaseKey(SOURCE, case)
            submit_grade(as_(GRADER[side], later(NOW)), ROUND, key, said(case, narrative=WORDS[side]))


def test_a_whole_round_between_two_duecares(both, tmp_path):
    for side, store in both.items():
        with store():
            grade_all(side)
            export_seals(lead(side), ROUND, tmp_path / f"{side}.seals")
    for side, store in both.items():
        other = next(one for one in SIDES if one != side)
        with store():
            pem = (tmp_path / side / f"{side}.pem").read_bytes()
            # Before the other side's seals are there, only what a side grades alone is opened.
            assert "paired" not in open_grades(lead(side), ROUND, pem, PASSPHRASE).sets
            assert import_seals(lead(side), tmp_path / f"{other}.seals").count == 3
            assert import_seals(lead(side), tmp_path / f"{other}.seals").count == 0
            done = open_grades(lead(side), ROUND, pem, PASSPHRASE)
            assert "paired" in done.sets
            export_openings(lead(side), ROUND, tmp_path / f"{side}.openings")
    for side, store in both.items():
        other = next(one for one in SIDES if one != side)
        with store():
            assert import_openings(lead(side), tmp_path / f"{other}.openings").count == 3
            assert import_openings(lead(side), tmp_path / f"{other}.openings").count == 0
            assert OpenedGrade.objects.count() == 6
            assert {one.body["narrative"] for one in OpenedGrade.objects.all()} == set(WORDS.values())


def test_seals_leave_only_when_all_are_in_and_show_nothing_of_how_it_went(both, tmp_path):
    with both["force"]():
        grade_all("force", besides=("OPEN",))
        assert refused(lambda: export_seals(lead("force"), ROUND, tmp_path / "a")) == "AUD-034"
        assert not (tmp_path / "a").exists()
        grade_all("force", besides=("SETTLED", "CUSTODY"))
        export_seals(lead("force"), ROUND, tmp_path / "a")
        line = LedgerEntry.objects.order_by("-number").first()

    said_ = json.loads((tmp_path / "a").read_text())
    assert set(said_) == {"what", "round", "side", "draw", "key", "rows"}
    assert {name for row in said_["rows"] for name in row} == {"case_source", "case_ref", "seal", "supersedes"}
    assert WORDS["force"] not in (tmp_path / "a").read_text()
    assert (line.act, line.recipient) == ("disclosure", "the Duecare of the inspectorate")


def test_seals_come_in_only_when_ones_own_side_is_in(both, tmp_path):
    with both["force"]():
        grade_all("force")
        export_seals(lead("force"), ROUND, tmp_path / "a")
    with both["inspectorate"]():
        assert refused(lambda: import_seals(lead("inspectorate"), tmp_path / "a")) == "AUD-034"
        assert not SealedGrade.objects.filter(side="force").exists()


def test_what_is_not_the_other_sides_or_not_of_this_draw_is_refused(both, tmp_path):
    with both["force"]():
        grade_all("force")
        export_seals(lead("force"), ROUND, tmp_path / "a")
        assert refused(lambda: import_seals(lead("force"), tmp_path / "a")) == "AUD-037"
        assert refused(lambda: export_seals(lead("force"), ROUND, tmp_path / "a")) == "AUD-039"
        assert refused(lambda: export_openings(lead("force"), ROUND, tmp_path / "b")) == "AUD-034"
        assert refused(lambda: export_seals(as_("auditor", NOW), ROUND, tmp_path / "b")) == "ACC-003"
    good = json.loads((tmp_path / "a").read_text())
    row = good["rows"][0]
    wrong = (
        {**good, "what": "duecare openings 1"},
        {**good, "draw": ["f" * 64, "6" * 64]},
        {**good, "round": "another"},
        {**good, "key": "zz"},
        {**good, "rows": 5},
        {**good, "rows": [{**row, "seal": "no seal"}]},
        {**good, "rows": [{**row, "case_ref": "MISSING"}]},
        {**good, "rows": [{**row, "supersedes": "0" * 64}]},
        {**good, "rows": [row, {**row, "seal": "0" * 64}]},
        {**good, "rows": []},
        {**good, "rows": [row, {**good["rows"][1], "seal": row["seal"]}]},
        {**good, "rows": [row, {**good["rows"][1], "supersedes": row["seal"]}]},
        {**good, "rows": [row, *({**row, "seal": n * 64, "supersedes": row["seal"]} for n in "01")]},
        {**good, "rows": [row, {**row, "seal": "0" * 64, "supersedes": "0" * 64}]},
        [],
    )
    with both["inspectorate"]():
        grade_all("inspectorate")
        for number, one in enumerate(wrong):
            path = tmp_path / f"wrong-{number}"
            path.write_text(json.dumps(one))
            assert refused(lambda path=path: import_seals(lead("inspectorate"), path)) == "AUD-037", number
        assert refused(lambda: import_seals(lead("inspectorate"), tmp_path / "none")) == "AUD-037"
        assert not SealedGrade.objects.filter(side="force").exists()


def test_trying_before_ones_own_side_is_in_shows_in_the_ledger(both, tmp_path):
    pem = (tmp_path / "force" / "force.pem").read_bytes()
    with both["inspectorate"]():
        grade_all("inspectorate")
        export_seals(lead("inspectorate"), ROUND, tmp_path / "seals")
    with both["force"]():
        for act in (
            lambda: open_grades(lead("force"), ROUND, pem, PASSPHRASE),
            lambda: export_seals(lead("force"), ROUND, tmp_path / "ours"),
            lambda: import_seals(lead("force"), tmp_path / "seals"),
            lambda: export_openings(lead("force"), ROUND, tmp_path / "ours"),
        ):
            before = LedgerEntry.objects.count()
            assert refused(act) == "AUD-034"
            assert LedgerEntry.objects.count() == before + 1
            assert LedgerEntry.objects.order_by("-number").first().outcome == "refused AUD-034"


@pytest.mark.parametrize("grades_here", ["allotted", "named", "submitted"])
def test_nobody_takes_in_seals_of_a_side_that_grades_here_itself(stores, tmp_path, grades_here):
    with graded(stores.new(), tmp_path, NOW):
        of = SampledFile.objects.first().round
        if grades_here == "submitted":
            grade_all("inspectorate")
        if grades_here != "allotted":
            Allotted.objects.filter(side="inspectorate").delete()
        if grades_here == "named":
            RoundGrader.objects.create(round=of, side="inspectorate", account="inspector", named_at=NOW)
        grade_all("force")
        forged = {
            "what": "duecare seals 1", "round": ROUND, "side": "inspectorate", "draw": [of.frame_hash, of.seed],
            "key": bytes(key_in_force("force").public).hex(),
            "rows": [{"case_source": SOURCE, "case_ref": "MISSING", "seal": "0" * 64, "supersedes": ""}],
        }  # fmt: skip
        (tmp_path / "forged").write_text(json.dumps(forged))

        assert refused(lambda: import_seals(lead("force"), tmp_path / "forged")) == "AUD-037"
        assert not SealedGrade.objects.filter(seal="0" * 64).exists()
        assert key_in_force("inspectorate") != key_in_force("force")


def test_a_key_that_came_with_seals_is_not_the_one_that_a_side_conceals_for(both, tmp_path):
    with both["force"]():
        grade_all("force")
        export_seals(lead("force"), ROUND, tmp_path / "seals")
    with both["inspectorate"]():
        grade_all("inspectorate")
        before = key_in_force("force")
        import_seals(lead("inspectorate"), tmp_path / "seals")

        assert key_in_force("force") == before
        assert SealedGrade.objects.filter(side="force").first().key_id != before.id


def test_where_the_line_cannot_be_written_no_file_is_left(both, tmp_path, monkeypatch):
    from duecare.store.models import OrganisationKey
    from duecare.use_cases.audit import exchange_grades
    from duecare.use_cases.audit import make_side_key as audit_make_side_key
    from duecare.use_cases.audit.make_side_key import make_side_key

    def fails(*args, **named):
        raise Refusal("LED-001")

    with both["force"]():
        grade_all("force")
        monkeypatch.setattr(exchange_grades, "log_write", fails)
        monkeypatch.setattr(audit_make_side_key, "log_write", fails)
        assert refused(lambda: export_seals(lead("force"), ROUND, tmp_path / "seals")) == "LED-001"
        assert refused(lambda: make_side_key(lead("force"), "force", tmp_path / "key", "x")) == "LED-001"
        assert OrganisationKey.objects.filter(side="force").count() == 1

    assert not (tmp_path / "seals").exists()
    assert not (tmp_path / "key").exists()


def test_an_opening_that_fits_no_seal_is_refused_whole(both, tmp_path):
    with both["force"]():
        grade_all("force")
        export_seals(lead("force"), ROUND, tmp_path / "seals")
    with both["inspectorate"]():
        grade_all("inspectorate")
        export_seals(lead("inspectorate"), ROUND, tmp_path / "theirs")
        import_seals(lead("inspectorate"), tmp_path / "seals")
    with both["force"]():
        import_seals(lead("force"), tmp_path / "theirs")
        open_grades(lead("force"), ROUND, (tmp_path / "force" / "force.pem").read_bytes(), PASSPHRASE)
        export_openings(lead("force"), ROUND, tmp_path / "openings")
    changed = json.loads((tmp_path / "openings").read_text())
    changed["rows"][1]["judgement"]["grades"]["child"] = "adequate"
    (tmp_path / "changed").write_text(json.dumps(changed))

    with both["inspectorate"]():
        assert refused(lambda: import_openings(lead("inspectorate"), tmp_path / "changed")) == "AUD-037"
        for odd in ({"judgement": 5}, {"salt": 5}, {"judgement": {"narrative": 10**18}}, {"seal": "0" * 64}):
            rows = [{**changed["rows"][0], **odd}]
            (tmp_path / "odd").write_text(json.dumps({**changed, "rows": rows}))
            assert refused(lambda: import_openings(lead("inspectorate"), tmp_path / "odd")) == "AUD-037"
        assert not OpenedGrade.objects.exists()
        good = json.loads((tmp_path / "openings").read_text())
        (tmp_path / "twice").write_text(json.dumps({**good, "rows": [*good["rows"], good["rows"][0]]}))
        assert import_openings(lead("inspectorate"), tmp_path / "twice").count == 3
        assert import_openings(lead("inspectorate"), tmp_path / "openings").count == 0

"""Grades that may be compared: taken in, compared, taken out; blind until every side has opened; one shape for all."""

from __future__ import annotations

import dataclasses
from collections import Counter
from datetime import timedelta
from random import Random

import pytest
from tests.made.rounds import OPENED, a_file, a_round, grade, graded
from tests.made.stores import DATA_OFFICER, NOW, asking
from tests.rooms.audit.test_round import GRADES, HELD, SIZES, STRATA, TRUE_GAP, TRUE_SHARE

from duecare.access.viewer import Viewer
from duecare.audit.agreement.round_comparison import Comparison
from duecare.audit.rounds.frame_file import Case
from duecare.audit.rounds.sample_draw import ranked_cases
from duecare.audit.rounds.sample_size import in_proportion
from duecare.store.models import SealedGrade
from duecare.use_cases.audit.compare_grades import compare_round, rounds_to_compare
from duecare.use_cases.audit.import_grades import export_grades, import_audit, import_grades, write_grades
from duecare.vocabulary.refusals import Refusal

pytestmark = [pytest.mark.usefixtures("store"), pytest.mark.on_both_engines]

LEAD = Viewer(account="audit-lead", roles=frozenset({"audit_lead"}))
HEADER = "round,case_ref,case_source,set,grader_side,grader,case_kind,area,grade,referred_back,graded_at"
PAIRS = [("good", "good")] * 20 + [("good", "inadequate")] * 12 + [("adequate", "requires_improvement")] * 8


def lead():
    return dataclasses.replace(asking(viewer=LEAD), channel="web")


def grades_file(folder, rows, name="grades.csv"):
    path = folder / name
    path.write_text("\n".join([HEADER, *rows]), encoding="utf-8")
    return path


def rows(round_name="autumn 2016", pairs=PAIRS, area="Eastmoor"):
    return [
        f"{round_name},C{at},cris,paired,{side},{side}-1,crime,{area},{word.replace('_', ' ').title()},,2016-10-0{1 + at % 7}"
        for at, pair in enumerate(pairs)
        for side, word in zip(("force", "inspectorate"), pair, strict=True)
    ]


def test_columns_distinguish_grades_by_case_from_totals(tmp_path):
    by_case = import_audit(asking(), grades_file(tmp_path, [*rows(), "autumn 2016,CX,cris,paired,force,,,,splendid,,"]))
    columns = "set_id,force,round,grader,n,good,adequate,requires_improvement,inadequate,meets_standard,below_standard"
    totals = tmp_path / "totals.csv"
    totals.write_text(
        f"{columns},referred_back,status,source_url\nA,Northmoor,1,inspectorate,10,,,,,4,6,,stated,https://example.org/a\n"
    )

    assert (len(by_case.accepted), len(by_case.set_aside)) == (80, 1)
    (reason,) = by_case.as_json()["reasons"]
    assert reason.startswith("row 82, grade: not a grade of any scheme that is known. ")
    assert len(import_audit(asking(), totals).accepted) == 1


@pytest.mark.parametrize(("named", "code"), [("missing.csv", "AUD-001"), ("columns.csv", "AUD-040")])
def test_a_file_that_cannot_be_read_is_refused_after_policy_was_asked(tmp_path, named, code):
    (tmp_path / "columns.csv").write_text("case_ref,grade\nC1,good\n")
    with pytest.raises(Refusal) as refused:
        import_audit(asking(), tmp_path / named)
    with pytest.raises(Refusal) as shut:
        import_audit(
            dataclasses.replace(lead(), viewer=Viewer(account="x", roles=frozenset({"public"}))), tmp_path / named
        )

    assert (refused.value.code, shut.value.code) == (code, "ACC-003")


def test_grades_that_cannot_be_read_are_refused(tmp_path):
    with pytest.raises(Refusal) as refused:
        import_grades(asking(), tmp_path / "missing.csv")

    assert refused.value.code == "AUD-040"


def test_a_file_to_write_that_is_a_folder_is_refused_and_nothing_is_left(tmp_path):
    graded(a_round(), PAIRS)

    for out in (tmp_path / "no" / "such" / "folder.csv", tmp_path):
        with pytest.raises(Refusal) as refused:
            write_grades(lead(), "spring 2016", out)
        assert refused.value.code == "CFG-001"
    assert [path.name for path in tmp_path.iterdir() if path.name.startswith(".")] == []


def test_the_same_file_again_changes_nothing_and_a_corrected_one_replaces(tmp_path):
    path = grades_file(tmp_path, rows())
    import_audit(asking(), path)
    before = compare_round(lead(), "autumn 2016").as_json()
    import_audit(asking(), path)

    assert compare_round(lead(), "autumn 2016").as_json() == before
    import_audit(asking(), grades_file(tmp_path, rows(pairs=[("inadequate", "inadequate")])))
    assert compare_round(lead(), "autumn 2016").as_json()["crosstab"]["n"] == 40
    assert compare_round(lead(), "autumn 2016").gap.force_passed == 39


def test_a_round_drawn_here_and_the_same_grades_from_elsewhere_give_the_same_figures(tmp_path):
    from duecare.store.models import OutsideGrade

    graded(a_round(), PAIRS)
    own = compare_round(lead(), "spring 2016").as_json()
    exported = export_grades(lead(), "spring 2016").decode().replace("spring 2016", "spring 2016 from elsewhere")
    path = tmp_path / "taken out.csv"
    path.write_bytes(exported.encode())
    read = import_audit(asking(), path)
    other = compare_round(lead(), "spring 2016 from elsewhere").as_json()

    assert (len(read.accepted), read.set_aside) == (80, ())
    assert OutsideGrade.objects.count() == 80
    for name in (
        "agreement",
        "kappa",
        "kappa_interval",
        "optimism_gap",
        "optimism_gap_interval",
        "crosstab",
        "refused",
    ):
        assert own[name] == other[name]
    assert own.keys() == other.keys()
    assert own["basis"]["force"].startswith("grades opened by their own side")
    assert other["basis"]["force"].startswith("grades of an audit run elsewhere")
    again = export_grades(lead(), "spring 2016 from elsewhere").decode()
    assert again == exported


def test_rows_of_a_round_drawn_here_never_come_past_its_seals(tmp_path):
    a_round("autumn 2016")
    read = import_audit(asking(), grades_file(tmp_path, rows()[:2]))

    assert (len(read.accepted), [(one.row, one.column) for one in read.set_aside]) == (0, [(2, "round"), (3, "round")])


@pytest.mark.parametrize(
    "given", ["nothing", "one side submitted", "both submitted", "one side opened", "one set opened"]
)
def test_until_every_side_has_opened_the_round_is_blind(given):
    of = a_round()
    file = a_file(of, STRATA[next(iter(STRATA))][0])
    if given != "nothing":
        grade(file, "force", "good", opened_at=None if given != "one side opened" else NOW)
    if given in {"both submitted", "one side opened"}:
        grade(file, "inspectorate", "inadequate", opened_at=None)
    if given == "one set opened":
        alone = a_file(of, STRATA[next(iter(STRATA))][1], "inspector_only")
        grade(alone, "inspectorate", "good")

    for step in (compare_round, export_grades):
        with pytest.raises(Refusal) as refused:
            step(lead(), of.name)
        assert refused.value.code == "AUD-042"
    assert [(one.name, one.is_open) for one in rounds_to_compare(lead()) if one.origin == "here"] == [(of.name, False)]


def test_a_round_that_was_ended_needs_only_those_who_submitted():
    of = a_round(ended_at=NOW)
    file, other = (a_file(of, case) for case in STRATA[next(iter(STRATA))][:2])
    grade(file, "force", "good")
    del other

    found = compare_round(lead(), of.name)

    assert (found.files, found.sides["force"].n, found.table.n) == (2, 1, 0)
    assert "ended" in found.basis


def test_a_correction_before_opening_counts_and_one_after_stands_beside():
    of = a_round()
    files = graded(of, [("good", "good")] * 2)
    from duecare.store.models import SealedGrade

    first = SealedGrade.objects.get(file=files[0], side="force")
    grade(files[0], "force", "inadequate", at=OPENED.replace(month=5), supersedes=first, reason="the wrong file")
    after = SealedGrade.objects.get(file=files[1], side="force")
    grade(files[1], "force", "inadequate", at=OPENED.replace(month=7), supersedes=after, reason="persuaded")

    assert compare_round(lead(), of.name).sides["force"].counts["inadequate"] == 1


def test_files_taken_out_are_not_compared():
    from duecare.store.models import SampledFile

    of = a_round()
    files = graded(of, PAIRS)
    SampledFile.objects.filter(pk=files[0].pk).update(out_reason="not a case of a child", out_at=NOW)

    assert compare_round(lead(), of.name).table.n == len(PAIRS) - 1


def test_totals_without_cases_give_no_kappa():
    found = compare_round(lead(), "2016").as_json()

    assert (found["kappa"], found["crosstab"], found["agreement"]) == (None, None, None)
    assert found["optimism_gap"] == 0.553
    assert "totals alone cannot give it" in found["refused"]
    assert {one["round"] for one in found["sets"]} == {"2016"}


def test_there_is_no_such_round():
    with pytest.raises(Refusal) as refused:
        compare_round(lead(), "never")

    assert refused.value.code == "AUD-041"


@pytest.mark.parametrize("role", ["investigator", "auditor", "inspector", "mayors_office", "public"])
def test_who_may_not_compare_is_refused_and_it_is_written_down(role):
    from duecare.store.models import LedgerEntry

    with pytest.raises(Refusal) as refused:
        compare_round(dataclasses.replace(lead(), viewer=Viewer(account="x", roles=frozenset({role}))), "2016")

    assert refused.value.code == "ACC-003"
    assert LedgerEntry.objects.latest("number").outcome.startswith("refused ACC-003")


def test_what_is_taken_in_and_out_is_in_the_ledger_with_its_files(tmp_path):
    from duecare.store.models import LedgerEntry

    import_audit(asking(), grades_file(tmp_path, rows()))
    taken_in = LedgerEntry.objects.latest("number")
    grades = write_grades(lead(), "autumn 2016", tmp_path / "out.csv")
    taken_out = LedgerEntry.objects.latest("number")

    assert (taken_in.act, taken_in.count) == ("collection", 40)
    assert (taken_out.act, taken_out.count, taken_out.recipient) == ("disclosure", 40, "audit-lead")
    assert grades == 80
    assert [path.name for path in tmp_path.iterdir() if path.name.startswith(".")] == []


def simulated(seed: int = 7):
    """A round of 374 files, 132 paired, of the made-up frame, graded by graders who are as kind as its truth says."""
    of = a_round("simulated 2016", HELD)
    both = in_proportion(SIZES, 132)
    for stratum, cases in STRATA.items():
        drawn = ranked_cases(cases, f"turn {seed}")[: SIZES[stratum]]
        for rank, case in enumerate(drawn, 1):
            is_paired = rank <= both[stratum]
            set_ = "paired" if is_paired else "inspector_only"
            file = a_file(of, case, set_, rank, SIZES[stratum], len(cases))
            force, inspectorate = GRADES[case.key]
            grade(file, "inspectorate", inspectorate, account=f"IN{rank % 10}")
            if is_paired:
                grade(file, "force", force, account=f"FA{rank % 4}")
    return of


def test_a_simulated_inspection_recovers_the_bias_of_its_graders_through_the_store():
    of = simulated()
    found = compare_round(lead(), of.name)

    assert isinstance(found, Comparison)
    assert (found.files, found.table.n, found.sides["inspectorate"].n) == (374, 132, 374)
    assert found.population["optimism_gap"].interval.holds(TRUE_GAP)
    assert found.population["inspectorate_meets"].interval.holds(TRUE_SHARE)
    assert found.population["optimism_gap"].population == len(HELD.cases)
    assert found.gap.interval.low > 0.1
    assert found.drift["mcnemar"].p_value < 1e-6
    assert sum(part.gap.n for part in found.by("grader")) == 264


def test_graders_who_differ_without_leaning_show_no_gap():
    rng = Random(5)
    words = ("good", "adequate", "requires_improvement", "inadequate")
    pairs = [(words[rng.randrange(4)], words[rng.randrange(4)]) for _ in range(66)]
    graded(a_round(), [*pairs, *((other, one) for one, other in pairs)])
    found = compare_round(lead(), "spring 2016")

    assert found.gap.value == 0
    assert found.gap.interval.holds(0)
    assert found.drift["mcnemar"].p_value == 1


def test_who_leads_sees_each_round_once():
    graded(a_round(), PAIRS)

    listed = Counter(one.name for one in rounds_to_compare(lead()))

    assert listed.most_common(1)[0][1] == 1
    assert listed["spring 2016"] == 1
    assert "2017-Q3" in listed


def test_a_data_officer_compares_by_command_only():
    graded(a_round(), PAIRS)

    assert compare_round(asking(), "spring 2016")
    with pytest.raises(Refusal):
        compare_round(
            dataclasses.replace(asking(viewer=dataclasses.replace(DATA_OFFICER, channel="web"))), "spring 2016"
        )


def test_a_correction_counts_until_anything_of_its_own_set_is_opened(store):
    from duecare.store.audit import comparable_grades

    of = a_round()
    alone = a_file(of, Case("cris", "A0", ()), "inspector_only")
    grade(alone, "inspectorate", "good", opened_at=OPENED - timedelta(days=40))
    (file,) = graded(of, [("good", "good")])
    first = SealedGrade.objects.get(file=file, side="force")
    grade(file, "force", "inadequate", at=OPENED - timedelta(days=30), supersedes=first, reason="Read again.")

    def given():
        files = comparable_grades.as_files(of, comparable_grades.opened_files(of))
        return [one.grade for one in next(one for one in files if one.set == "paired").given if one.side == "force"]

    assert given() == ["inadequate"]
    second = SealedGrade.objects.get(file=file, side="force", supersedes=first)
    grade(file, "force", "adequate", at=OPENED + timedelta(days=1), supersedes=second, reason="Once it was seen.")
    assert given() == ["inadequate"]

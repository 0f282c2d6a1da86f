"""A round from opening to its follow-up: every gate in its order, counts and never cases, conflicts found from facts."""

from __future__ import annotations

import itertools
import json
from collections import Counter
from datetime import date, timedelta
from pathlib import Path

import pytest
from tests.made.deliveries import Made, write
from tests.made.stores import NOW, Store, asking

from duecare.access.viewer import Viewer
from duecare.audit.rounds.draw_proof import proof_faults, read_proof
from duecare.audit.rounds.draw_seed import side_commitment
from duecare.audit.rounds.sampling_frame import Choice
from duecare.record.pole import CaseKey
from duecare.store import accounts
from duecare.store.audit import round_records, side_keys
from duecare.store.models import (
    Allotted,
    LedgerEntry,
    OpenedGrade,
    OrganisationKey,
    Round,
    SampledFile,
    SealedGrade,
)
from duecare.use_cases.audit.allocate_files import allot_round
from duecare.use_cases.audit.commit_and_reveal import commit_number, give_pulse, reveal_number
from duecare.use_cases.audit.draw_sample import draw_round, prove_draw, verify_round
from duecare.use_cases.audit.end_round import end_round
from duecare.use_cases.audit.list_rounds import list_rounds, read_round
from duecare.use_cases.audit.name_graders import grader_candidates, name_graders
from duecare.use_cases.audit.open_round import Opening, open_round
from duecare.use_cases.audit.plan_round import Sizes, plan_round, plan_whole
from duecare.use_cases.audit.replace_file import take_out
from duecare.use_cases.deliveries.receive_delivery import receive_files
from duecare.vocabulary.moments import iso_text
from duecare.vocabulary.refusals import Refusal

pytestmark = [pytest.mark.usefixtures("read_in_process"), pytest.mark.on_both_engines]

LEAD = Viewer(account="lead-force", roles=frozenset({"audit_lead"}), channel="command")
HMI = Viewer(account="lead-hmi", roles=frozenset({"lead_inspector"}), channel="command")
NUMBERS = {"force": "1" * 64, "inspectorate": "ab" * 32}
SCHEMES = {"force": "case-files-2017", "inspectorate": "case-files-2017"}
SIZES = Sizes({"paired": 8, "inspector_only": 6, "force_only": 4})
_FOLDERS = itertools.count()


def by(viewer: Viewer, later: timedelta = timedelta(0)):
    return asking(NOW + later, viewer)


def case(ref: str, kind: str, area: str, day: int, officer: str = "W1", **more: str):
    at = NOW - timedelta(days=day)
    events = [
        {"event_id": f"{ref}-1", "kind": "concern_reported", "happened_at": iso_text(at), "case_ref": ref, "risk": "red"},
        {"event_id": f"{ref}-2", "kind": "investigator_allocated", "happened_at": iso_text(at + timedelta(hours=1)),
         "case_ref": ref, "officer": officer},
    ]  # fmt: skip
    row = {"case_ref": ref, "kind": kind, "area": area, "opened_at": iso_text(at), **more}
    return row, [{**event, "written_at": iso_text(at + timedelta(hours=2))} for event in events]


def take(store: Store, folder: Path, *cases, **sheets) -> None:
    rows = {"cases": [{**row, "written_at": row["opened_at"]} for row, _ in cases], **sheets}
    made = Made({**rows, "events": [event for _, events in cases for event in events]}, source="made")
    (took,) = receive_files(
        asking(), store.config, [write(made, folder / f"{next(_FOLDERS)}" / "made-1")], source="made"
    )  # fmt: skip
    assert (took.status, took.set_aside) == ("accepted", 0), took.reasons


@pytest.fixture
def force(store, tmp_path):
    """Fifty cases in two areas, two of them sealed and one restricted; two graders a side."""
    some = [case(f"D{n:02}", "domestic_abuse", "Eastmoor", n + 1) for n in range(30)]
    some += [case(f"M{n:02}", "missing", "Northmoor", n + 1, officer="G2") for n in range(18)]
    some += [case("R01", "missing", "Northmoor", 3, restricted="true")]
    some += [case(f"S{n:02}", "missing", "Northmoor", 3, sealed="true") for n in range(2)]
    take(
        store,
        tmp_path,
        *some,
        posts=[
            {"post": "P1", "kind": "detective_inspector", "area": "Eastmoor", "holder": "DI1", "from": "2015-01-01"}
        ],
    )
    for name, role, officer in (
        ("lead-force", "audit_lead", ""), ("lead-hmi", "lead_inspector", ""), ("g1", "auditor", "G1"),
        ("g2", "auditor", "G2"), ("g3", "auditor", "DI1"), ("nobody", "auditor", ""), ("h1", "inspector", ""),
        ("h2", "inspector", ""),
    ):  # fmt: skip
        accounts.enrol_account(name, [role], officer=officer)
    return store


def opened(name: str = "R1", kind: str = "inspection", **more) -> None:
    open_round(by(LEAD), Opening(name, "Made-up round", kind, "child-protection-2024", SCHEMES, **more))


def plan_and_commit(name: str = "R1", sizes: Sizes = SIZES):
    planned = plan_round(by(LEAD), name, Choice(), sizes)
    for viewer, side in ((LEAD, "force"), (HMI, "inspectorate")):
        commit_number(by(viewer), name, side_commitment(planned.plan_hash, side, NUMBERS[side]))
    return planned


def drawn(name: str = "R1", sizes: Sizes = SIZES) -> None:
    opened(name)
    plan_and_commit(name, sizes)
    reveal_number(by(LEAD), name, NUMBERS["force"])
    reveal_number(by(HMI), name, NUMBERS["inspectorate"])
    draw_round(by(LEAD), name)


def refused(code: str, step, *args, **named) -> str:
    before = Round.objects.count(), SampledFile.objects.count(), Allotted.objects.count()
    with pytest.raises(Refusal) as wrong:
        step(*args, **named)
    assert wrong.value.code == code, wrong.value
    assert before == (Round.objects.count(), SampledFile.objects.count(), Allotted.objects.count())
    return str(wrong.value)


# --- the gates ----------------------------------------------------------------------------------------------


def test_each_step_is_refused_until_the_one_before_it_is_done(force):
    refused("AUD-021", plan_round, by(LEAD), "R1", Choice(), SIZES)
    opened()
    refused("AUD-022", commit_number, by(LEAD), "R1", "0" * 64)
    planned = plan_round(by(LEAD), "R1", Choice(), SIZES)
    refused("AUD-006", draw_round, by(LEAD), "R1")
    commit_number(by(LEAD), "R1", side_commitment(planned.plan_hash, "force", NUMBERS["force"]))
    assert "a side to commit" in refused("AUD-022", reveal_number, by(LEAD), "R1", NUMBERS["force"])
    refused("AUD-022", plan_round, by(LEAD), "R1", Choice(), SIZES)
    refused("AUD-025", commit_number, by(LEAD), "R1", "0" * 64)
    commit_number(by(HMI), "R1", side_commitment(planned.plan_hash, "inspectorate", NUMBERS["inspectorate"]))
    reveal_number(by(LEAD), "R1", NUMBERS["force"])
    refused("AUD-006", draw_round, by(LEAD), "R1")
    refused("AUD-025", reveal_number, by(HMI), "R1", NUMBERS["force"])
    refused("AUD-025", reveal_number, by(HMI), "R1", "not a number")
    refused("AUD-022", allot_round, by(LEAD), "R1")
    reveal_number(by(HMI), "R1", f" {NUMBERS['inspectorate'].upper()}\n")
    refused("AUD-025", reveal_number, by(HMI), "R1", NUMBERS["inspectorate"])
    found = draw_round(by(LEAD, timedelta(hours=1)), "R1")

    assert found.files == {"paired": 8, "inspector_only": 6, "force_only": 4}
    refused("AUD-022", draw_round, by(LEAD), "R1")
    refused("AUD-022", plan_round, by(LEAD), "R1", Choice(), SIZES)
    of = Round.objects.get(name="R1")
    assert of.known_at == of.drawn_at == NOW + timedelta(hours=1)


@pytest.mark.parametrize("roles", [{"auditor"}, {"chief_officer"}, {"data_officer"}, {"audit_lead", "lead_inspector"}])
def test_only_the_lead_of_one_side_leads(force, roles):
    who = Viewer(account="someone", roles=frozenset(roles), channel="command")

    for step, *args in (
        (open_round, Opening("R1", "t", "inspection", "child-protection-2024", SCHEMES)), (plan_round, "R1", Choice(), SIZES),
        (commit_number, "R1", "0" * 64), (reveal_number, "R1", "0" * 64), (give_pulse, "R1", "0" * 64),
        (draw_round, "R1"), (take_out, "R1", 1, "not_found"), (name_graders, "R1", {"g1": "G1"}), (allot_round, "R1"),
        (end_round, "R1"), (prove_draw, "R1"),
    ):  # fmt: skip
        refused("ACC-003", step, by(who), *args)
    assert LedgerEntry.objects.filter(actor="someone", outcome__startswith="refused ACC-003").count() == 11


@pytest.mark.parametrize(
    "opening",
    [
        Opening("R 1", "t", "inspection", "child-protection-2024", SCHEMES),
        Opening("../R", "t", "inspection", "child-protection-2024", SCHEMES),
        Opening("R1", " ", "inspection", "child-protection-2024", SCHEMES),
        Opening("R1", "t", "visit", "child-protection-2024", SCHEMES),
        Opening("R1", "t", "inspection", "made-up", SCHEMES),
        Opening("R1", "t", "inspection", "child-protection-2024", {}),
        Opening("R1", "t", "inspection", "child-protection-2024", {"force": "made-up"}),
        Opening("R1", "t", "inspection", "child-protection-2024", {"mayor": "case-files-2017"}),
        Opening("R1", "t", "inspection", "child-protection-2024", SCHEMES, follows="R0"),
    ],
)
def test_what_a_round_cannot_be_opened_with_is_said(force, opening):
    assert "Fault" in refused("AUD-024", open_round, by(LEAD), opening)


def test_a_side_that_would_grade_without_a_scheme_is_refused(force):
    open_round(by(LEAD), Opening("R1", "t", "internal", "child-protection-2024", {"force": "case-files-2017"}))

    assert "inspectorate" in refused("AUD-024", plan_round, by(LEAD), "R1", Choice(), SIZES)
    plan_round(by(LEAD), "R1", Choice(), Sizes({"force_only": 9}))


# --- the frame ----------------------------------------------------------------------------------------------


def test_the_frame_is_what_is_held_now_without_the_sealed_and_with_the_restricted(force):
    opened()

    planned = plan_round(by(LEAD), "R1", Choice(), SIZES)

    refs = {ref for _, ref, _ in json.loads(bytes(Round.objects.get(name="R1").frame))}
    assert len(refs) == 49
    assert "R01" in refs
    assert not {"S00", "S01"} & refs
    assert {stratum: held for stratum, held, _ in planned.strata} == {
        ("domestic_abuse", "Eastmoor"): 30, ("missing", "Northmoor"): 19
    }  # fmt: skip
    assert json.dumps(planned.as_json()).count("D0") == 0


def test_kinds_areas_periods_and_risk_choose_the_frame(force):
    opened()

    def held(**choice):
        return {one: n for one, n, _ in plan_round(by(LEAD), "R1", Choice(**choice), Sizes({"paired": 4})).strata}

    assert held(kinds=frozenset({"missing"})) == {("missing", "Northmoor"): 19}
    assert held(areas=frozenset({"eastmoor"}), by=frozenset({"kind", "area", "risk"})) == {
        ("domestic_abuse", "Eastmoor", "red"): 30
    }
    assert held(opened_from=NOW - timedelta(days=5, hours=1)) == {
        ("domestic_abuse", "Eastmoor"): 5, ("missing", "Northmoor"): 6
    }  # fmt: skip


def test_strata_from_which_too_few_are_drawn_to_know_how_sure_it_is_are_counted(force):
    opened()

    thin = plan_round(by(LEAD), "R1", Choice(), Sizes({"paired": 3, "inspector_only": 9})).thin
    enough = plan_round(by(LEAD), "R1", Choice(), Sizes({"paired": 4, "inspector_only": 9})).thin

    assert (thin, enough) == ({"paired": 1}, {"paired": 0})


def test_a_set_is_sized_by_a_stated_half_width(force):
    opened()

    planned = plan_round(by(LEAD), "R1", Choice(), Sizes({"force_only": 3}, {"paired": 0.2}))

    assert planned.as_json()["files_to_draw"] == {"paired": 17, "inspector_only": 0, "force_only": 3}
    refused("AUD-007", plan_round, by(LEAD), "R1", Choice(), Sizes({"paired": 3}, {"paired": 0.2}))
    refused("AUD-007", plan_round, by(LEAD), "R1", Choice(), Sizes())
    refused("AUD-007", plan_round, by(LEAD), "R1", Choice(), Sizes({"paired": 50}))


# --- the draw -----------------------------------------------------------------------------------------------


def test_the_sample_is_kept_with_its_sets_and_exact_probabilities(force):
    drawn()

    files = list(SampledFile.objects.all())
    assert Counter(file.set for file in files) == {"paired": 8, "inspector_only": 6, "force_only": 4}
    assert {(tuple(file.stratum), file.reached, file.held) for file in files} == {
        (("domestic_abuse", "Eastmoor"), 11, 30), (("missing", "Northmoor"), 7, 19)
    }  # fmt: skip
    entry = LedgerEntry.objects.filter(outcome__contains="R1 drawn").get()
    assert entry.count == 18
    assert verify_round(by(LEAD), "R1").faults == 0


def test_a_sample_that_was_tampered_with_is_found_without_naming_a_case(force):
    drawn()
    file = SampledFile.objects.filter(set="paired").first()
    SampledFile.objects.filter(pk=file.pk).update(case_ref="D99")

    found = verify_round(by(HMI), "R1")

    assert found.faults == 2
    assert "D99" not in json.dumps(found.as_json())


def test_a_beacon_can_stand_in_for_the_other_side(force):
    opened()
    later = timedelta(hours=2)
    pulse = "c0" * 64
    refused("AUD-025", plan_round, by(LEAD), "R1", Choice(), SIZES, ("made-up beacon", NOW))
    planned = plan_round(by(LEAD), "R1", Choice(), SIZES, ("made-up beacon", NOW + later))
    commit_number(by(LEAD), "R1", side_commitment(planned.plan_hash, "force", NUMBERS["force"]))

    assert "pulse" in refused("AUD-022", reveal_number, by(LEAD), "R1", NUMBERS["force"])
    assert "pulse" in refused("AUD-022", give_pulse, by(LEAD), "R1", pulse)
    other = side_commitment(planned.plan_hash, "inspectorate", NUMBERS["inspectorate"])
    refused("AUD-025", commit_number, by(HMI, later), "R1", other)
    refused("AUD-025", give_pulse, by(LEAD, later), "R1", "c0")
    reveal_number(by(LEAD, later), "R1", NUMBERS["force"])
    refused("AUD-006", draw_round, by(LEAD, later), "R1")
    give_pulse(by(HMI, later), "R1", pulse.upper())
    refused("AUD-025", give_pulse, by(LEAD, later), "R1", "c1" + pulse[2:])
    draw_round(by(LEAD, later), "R1")

    assert verify_round(by(LEAD), "R1").faults == 0


def test_where_the_plan_names_no_beacon_none_is_taken(force):
    opened()
    plan_and_commit()

    refused("AUD-025", give_pulse, by(LEAD), "R1", "c0" * 64)


# --- replacements -------------------------------------------------------------------------------------------


def test_a_file_taken_out_is_replaced_by_the_next_and_keeps_the_probabilities_exact(force):
    drawn()
    out = SampledFile.objects.filter(set="inspector_only", case_ref__startswith="M").first()

    new = take_out(by(HMI), "R1", out.pk, "not_found")
    again = take_out(by(HMI), "R1", new, "not_in_scope")

    made = SampledFile.objects.get(pk=again)
    assert (made.set, made.rank, made.stratum) == ("inspector_only", 9, out.stratum)
    stratum = [file for file in SampledFile.objects.filter(out_reason="") if file.stratum == out.stratum]
    assert {(file.reached, file.held) for file in stratum} == {(9, 19)}
    assert len(stratum) == 7
    assert verify_round(by(LEAD), "R1").faults == 0
    assert read_round(by(LEAD), "R1").taken_out == {"not_found": 1, "not_in_scope": 1}


def test_only_by_the_rule_and_never_what_ones_own_side_has_graded(force):
    drawn()
    file = SampledFile.objects.filter(set="paired").first()
    refused("AUD-011", take_out, by(LEAD), "R1", file.pk, "disliked")
    assert file.case_ref not in refused("AUD-028", take_out, by(LEAD), "R1", 10_000, "not_found")
    submitted(file, "force")

    assert "graded" in refused("AUD-011", take_out, by(LEAD), "R1", file.pk, "not_found")
    take_out(by(HMI), "R1", file.pk, "not_found")


def submitted(file: SampledFile, side: str, account: str = "g1") -> None:
    key, _ = OrganisationKey.objects.get_or_create(
        side=side, defaults={"public": b"k", "made_at": NOW, "made_by": "lead"}
    )  # fmt: skip
    SealedGrade.objects.create(
        file=file, side=side, account=account, seal="0" * 64, concealed=b"c", key=key, submitted_at=NOW
    )  # fmt: skip


# --- graders and allotment ----------------------------------------------------------------------------------


def test_graders_are_named_by_their_own_side_with_an_officer_number(force):
    drawn()

    for wrong in ({"g1": "G9"}, {"nobody": ""}, {"h1": ""}, {"lead-force": "X"}, {"stranger": "X"}, {}):
        refused("AUD-027", name_graders, by(LEAD), "R1", wrong)
    refused("ACC-003", name_graders, by(LEAD), "R1", {"g1": ""}, "inspectorate")
    name_graders(by(LEAD), "R1", {"g1": "", "nobody": "N1"}, "force")
    name_graders(by(HMI), "R1", {"h1": "", "h2": ""})
    refused("AUD-027", name_graders, by(LEAD), "R1", {"g1": ""})

    assert [one[:2] for one in read_round(by(LEAD), "R1").sides[0].graders] == [("g1", "G1"), ("nobody", "N1")]


@pytest.mark.parametrize("other", ["supervisor", "chief_officer", "audit_lead", "inspector", "data_officer"])
def test_an_account_that_opens_cases_leads_or_grades_for_both_is_not_named(force, other):
    drawn()
    accounts.enrol_account("of-two", ["auditor", other], officer="T1")

    assert "of-two" in refused("AUD-027", name_graders, by(LEAD), "R1", {"of-two": ""})
    accounts.enrol_account("of-two", ["auditor", "mayors_office"], officer="T1")
    name_graders(by(LEAD), "R1", {"of-two": ""})


def test_nobody_is_given_a_file_that_they_worked_or_commanded(force):
    drawn()
    name_graders(by(LEAD), "R1", {"g1": "", "g2": "", "g3": ""})

    found = allot_round(by(LEAD), "R1")

    whose = {one.file.case_ref: one.account for one in Allotted.objects.select_related("file")}
    assert found.allotted == len(whose) == 12
    assert not any(account == "g2" for ref, account in whose.items() if ref.startswith("M"))
    assert not any(account == "g3" for ref, account in whose.items() if ref.startswith("D"))
    assert max(found.loads.values()) - min(found.loads.values()) <= 1
    assert allot_round(by(LEAD), "R1").allotted == 0


def test_where_nobody_is_free_it_is_refused_by_number_and_by_name_of_the_grader(force):
    drawn()
    assert "there are no graders" in refused("AUD-010", allot_round, by(LEAD), "R1")
    name_graders(by(LEAD), "R1", {"g2": ""})

    said = refused("AUD-010", allot_round, by(LEAD), "R1")

    stuck = [f for f in SampledFile.objects.exclude(set="inspector_only") if f.case_ref.startswith(("M", "R"))]
    stuck = [file for file in stuck if file.case_ref != "R01"]
    assert said.count("g2 worked it") == len(stuck)
    for file in SampledFile.objects.all():
        assert file.case_ref not in said
    assert all(f"file {file.pk} of missing / Northmoor" in said for file in stuck)


def test_files_that_no_grader_may_have_are_replaced_by_the_rule_when_asked(force):
    drawn()
    name_graders(by(LEAD), "R1", {"g3": ""})

    # Every file of Eastmoor is under the command of g3: in the end none is left to replace one with.
    assert "file" in refused("AUD-011", allot_round, by(LEAD), "R1", replaces=True)
    name_graders(by(LEAD), "R1", {"nobody": "W9"})
    assert allot_round(by(LEAD), "R1", replaces=True).replaced == 0


def test_a_replacement_is_allotted_by_itself(force):
    drawn()
    name_graders(by(HMI), "R1", {"h1": "", "h2": ""})
    assert allot_round(by(HMI), "R1").loads == {"h1": 7, "h2": 7}
    out = SampledFile.objects.filter(set="paired").first()
    take_out(by(HMI), "R1", out.pk, "not_found")

    again = allot_round(by(HMI), "R1")

    assert again.allotted == 1
    assert sum(again.loads.values()) == 14


# --- what a lead sees ---------------------------------------------------------------------------------------


def everything_a_lead_sees(viewer: Viewer) -> str:
    return json.dumps(
        [
            [one.as_json() for one in list_rounds(by(viewer))],
            read_round(by(viewer), "R1").as_json(),
            verify_round(by(viewer), "R1").as_json(),
        ]
    ) + repr(read_round(by(viewer), "R1"))


def test_while_it_is_blind_a_lead_sees_counts_of_their_own_side_and_no_case(force):
    drawn()
    name_graders(by(LEAD), "R1", {"g1": ""})
    allot_round(by(LEAD), "R1")

    before = everything_a_lead_sees(LEAD)
    name_graders(by(HMI), "R1", {"h1": "", "h2": ""})
    allot_round(by(HMI), "R1")
    for file in SampledFile.objects.exclude(set="force_only"):
        submitted(file, "inspectorate", "h1")

    assert everything_a_lead_sees(LEAD) == before
    assert not any(file.case_ref in before for file in SampledFile.objects.all())
    assert [one.side for one in read_round(by(HMI), "R1").sides] == ["inspectorate"]
    assert sum(one.submitted for one in read_round(by(HMI), "R1").sides[0].sets) == 14
    chief = Viewer(account="chief", roles=frozenset({"chief_officer"}))
    assert read_round(by(chief), "R1").sides == ()


def test_no_lead_takes_a_file_out_by_saying_that_every_grader_is_conflicted(force):
    drawn()
    number = SampledFile.objects.first().pk

    refused("AUD-011", take_out, by(LEAD), "R1", number, "every_grader_conflicted")
    refused("AUD-011", take_out, by(LEAD), "R1", number, "we_would_rather_not")


def test_a_side_takes_out_only_what_it_grades_itself(force):
    """Else whoever sees grades that were opened could have a file replaced until pleased."""
    drawn()
    theirs = SampledFile.objects.filter(set="inspector_only").first()

    assert "does not grade" in refused("AUD-011", take_out, by(LEAD), "R1", theirs.pk, "not_in_scope")
    take_out(by(HMI), "R1", theirs.pk, "not_in_scope")


def test_neither_number_nor_seed_is_shown_until_the_round_has_ended(force):
    """With them and a list of the force's cases anyone works out the sample, or refuses to reveal what they dislike."""
    opened()
    plan_and_commit("R1", SIZES)
    reveal_number(by(LEAD), "R1", NUMBERS["force"])
    chief = Viewer(account="chief", roles=frozenset({"chief_officer"}))

    def told() -> str:
        pages = [read_round(by(viewer), "R1") for viewer in (LEAD, HMI, chief)]
        outcomes = list(LedgerEntry.objects.values_list("outcome", flat=True))
        return json.dumps([repr(pages), [page.as_json() for page in pages], outcomes])

    assert NUMBERS["force"] not in told()
    reveal_number(by(HMI), "R1", NUMBERS["inspectorate"])
    found = draw_round(by(LEAD), "R1")
    seed = Round.objects.get(name="R1").seed
    verified = verify_round(by(LEAD), "R1")
    assert verified.faults == 0
    for secret in (seed, *NUMBERS.values()):
        assert secret not in told() + json.dumps([found.as_json(), verified.as_json()])

    end_round(by(LEAD), "R1", owner="lead-force")
    end_round(by(HMI), "R1")
    assert verify_round(by(LEAD), "R1").as_json()["seed"] == read_round(by(LEAD), "R1").seed == seed
    assert {one.number for one in read_round(by(HMI), "R1").handed} == set(NUMBERS.values())


def test_the_page_says_what_comes_next_for_each_side(force):
    opened()

    def nexts():
        return [read_round(by(viewer), "R1").next for viewer in (LEAD, HMI)]

    assert nexts() == [("plan",), ("plan",)]
    planned = plan_round(by(LEAD), "R1", Choice(), SIZES)
    assert nexts() == [("commit",), ("commit",)]
    commit_number(by(LEAD), "R1", side_commitment(planned.plan_hash, "force", NUMBERS["force"]))
    assert nexts() == [(), ("commit",)]
    commit_number(by(HMI), "R1", side_commitment(planned.plan_hash, "inspectorate", NUMBERS["inspectorate"]))
    assert nexts() == [("reveal",), ("reveal",)]
    reveal_number(by(HMI), "R1", NUMBERS["inspectorate"])
    assert nexts() == [("reveal",), ()]
    reveal_number(by(LEAD), "R1", NUMBERS["force"])
    assert nexts() == [("draw",), ("draw",)]
    draw_round(by(LEAD), "R1")
    assert nexts() == [("graders", "end"), ("graders", "end")]
    name_graders(by(LEAD), "R1", {"g1": ""})
    assert nexts() == [("allot", "graders", "key", "end"), ("graders", "end")]
    side_keys.keep_key("force", b"\x01" * 32, NOW, "lead")
    allot_round(by(LEAD), "R1")
    assert nexts() == [("end",), ("graders", "end")]
    for file in SampledFile.objects.exclude(set="inspector_only"):
        submitted(file, "force", "g1")
    assert nexts() == [("open", "end"), ("graders", "end")]
    for one in SealedGrade.objects.all():
        OpenedGrade.objects.create(sealed=one, grade="good", body={}, salt="", opened_at=NOW, opened_by="lead")
    assert nexts() == [("end",), ("graders", "end")]


def test_a_round_is_planned_again_until_somebody_commits_and_given_up_until_it_is_drawn(force):
    opened()
    planned = plan_round(by(LEAD), "R1", Choice(), SIZES)
    page = read_round(by(LEAD), "R1")
    assert (page.may_be_replanned, page.may_be_given_up) == (True, True)

    commit_number(by(LEAD), "R1", side_commitment(planned.plan_hash, "force", NUMBERS["force"]))
    page = read_round(by(HMI), "R1")
    assert (page.may_be_replanned, page.may_be_given_up) == (False, True)

    end_round(by(HMI), "R1")
    page = read_round(by(LEAD), "R1")
    assert (page.line.stage, page.line.due_on, page.may_be_given_up, page.next) == ("ended", None, False, ())


def test_whom_a_side_may_name_is_who_grades_for_it_alone_and_is_not_named_yet(force):
    opened()
    plan_round(by(LEAD), "R1", Choice(), SIZES)
    accounts.enrol_account("two-hats", ["auditor", "supervisor"])
    of = round_records.round_named("R1")
    before = [one.account for one in grader_candidates(of, "force")]

    round_records.keep_grader(of, "force", before[0], "G1", NOW)

    assert "two-hats" not in before
    assert [one.account for one in grader_candidates(of, "force")] == before[1:]
    assert not {one.account for one in grader_candidates(of, "inspectorate")} & set(before)


# --- the end, the proof, the follow-up ----------------------------------------------------------------------


def test_a_round_ends_when_each_side_has_ended_it_and_is_due_again_in_a_year(force):
    drawn()

    first = end_round(by(LEAD), "R1", owner="lead-force")
    assert (first.has_ended, first.waits_for) == (False, ("inspectorate",))
    last = end_round(by(HMI), "R1")

    assert (last.has_ended, last.due_on, last.owner) == (True, date(2027, 11, 25), "lead-force")
    refused("AUD-022", end_round, by(LEAD), "R1")
    refused("AUD-022", take_out, by(LEAD), "R1", 1, "not_found")
    (line,) = list_rounds(by(LEAD))
    assert (line.stage, line.is_overdue) == ("ended", False)
    later = timedelta(days=366)
    (line,) = list_rounds(by(LEAD, later))
    assert line.is_overdue
    opened("R2", follows="R1")
    assert [(one.name, one.is_overdue, one.follow_up_by) for one in list_rounds(by(LEAD, later))] == [
        ("R2", False, ""), ("R1", False, "R2")
    ]  # fmt: skip


def test_a_follow_up_is_refused_a_day_that_is_past_and_an_owner_nobody_knows(force):
    drawn()

    refused("AUD-029", end_round, by(LEAD), "R1", due_on=date(2026, 11, 25))
    refused("AUD-029", end_round, by(LEAD), "R1", owner="stranger")
    assert end_round(by(LEAD), "R1", due_on=date(2027, 1, 1), owner="g1").due_on == date(2027, 1, 1)


def test_a_side_that_grades_nothing_does_not_end_the_round_and_is_not_waited_for(force):
    drawn(sizes=Sizes({"force_only": 6}))

    refused("AUD-023", end_round, by(HMI), "R1")
    assert end_round(by(LEAD), "R1").has_ended


def test_the_proof_is_given_out_when_the_round_has_ended_and_verifies_without_a_store(force, tmp_path):
    drawn()
    out = SampledFile.objects.filter(set="paired").first()
    take_out(by(LEAD), "R1", out.pk, "not_found")
    refused("AUD-026", prove_draw, by(LEAD), "R1")
    end_round(by(LEAD), "R1")
    refused("AUD-026", prove_draw, by(LEAD), "R1")
    end_round(by(HMI), "R1")

    held = prove_draw(by(HMI), "R1")

    assert proof_faults(read_proof(held)) == ()
    entry = LedgerEntry.objects.filter(outcome="done: proof of round R1").get()
    assert (entry.act, entry.recipient, entry.count) == ("disclosure", "lead-hmi", 49)
    row, _ = case("D05", "domestic_abuse", "Eastmoor", 6, sealed="true")
    take(force, tmp_path, ({**row, "opened_at": iso_text(NOW)}, []))
    refused("AUD-026", prove_draw, by(LEAD), "R1")


# --- a revisit, and a round of one --------------------------------------------------------------------------


def test_every_file_of_earlier_rounds_is_looked_at_again_as_one_job(force, tmp_path):
    drawn("R1")
    drawn("R2", Sizes({"paired": 12}))
    sealed = SampledFile.objects.filter(round__name="R1", case_ref__startswith="D").first()
    row, _ = case(sealed.case_ref, "domestic_abuse", "Eastmoor", 1, sealed="true")
    take(force, tmp_path, ({**row, "opened_at": iso_text(NOW)}, []))
    examined = set(SampledFile.objects.values_list("case_ref", flat=True)) - {sealed.case_ref}
    opened("AGAIN", "revisit")

    planned = plan_whole(by(HMI), "AGAIN", of_rounds=["R1", "R2"], into_set="inspector_only")
    refused("AUD-025", commit_number, by(HMI), "AGAIN", "0" * 64)
    draw_round(by(HMI), "AGAIN")
    name_graders(by(HMI), "AGAIN", {"h1": "", "h2": ""})
    allot_round(by(HMI), "AGAIN")

    files = SampledFile.objects.filter(round__name="AGAIN")
    assert {file.case_ref for file in files} == examined
    assert {file.reached - file.held for file in files} == {0}
    assert sum(held for _, held, _ in planned.strata) == len(examined) > 18
    assert Allotted.objects.filter(file__round__name="AGAIN").count() == len(examined)
    assert verify_round(by(HMI), "AGAIN").faults == 0
    assert end_round(by(HMI), "AGAIN").due_on is None


def test_a_round_of_one_names_its_case_and_never_a_sealed_one(force):
    opened("ONE", "single_file")

    refused("AUD-021", plan_whole, by(HMI), "ONE", cases=[CaseKey("made", "S00")], into_set="inspector_only")
    refused("AUD-021", plan_whole, by(HMI), "ONE", cases=[CaseKey("made", "none")], into_set="inspector_only")
    refused("AUD-021", plan_whole, by(HMI), "ONE", of_rounds=["none"], into_set="inspector_only")
    planned = plan_whole(by(HMI), "ONE", cases=[CaseKey("made", "D03")], into_set="inspector_only")

    assert planned.strata == (
        (("domestic_abuse", "Eastmoor"), 1, {"paired": 0, "inspector_only": 1, "force_only": 0}),
    )  # fmt: skip


# --- the ledger ---------------------------------------------------------------------------------------------


def test_every_act_and_every_look_has_its_line(force):
    drawn()
    list_rounds(by(LEAD))
    read_round(by(LEAD), "R1")
    name_graders(by(LEAD), "R1", {"g1": ""})
    allot_round(by(LEAD), "R1")

    said = list(LedgerEntry.objects.filter(actor__startswith="lead").order_by("number").values_list("act", "outcome"))

    plan_hash = Round.objects.get(name="R1").plan_hash
    assert [outcome for act, outcome in said if act == "alteration"][:3] == [
        "done: round R1 opened",
        f"done: round R1 planned, plan {plan_hash}",
        f"done: round R1, force committed to {side_commitment(plan_hash, 'force', NUMBERS['force'])}",
    ]
    assert [act for act, _ in said].count("consultation") == 2
    assert NUMBERS["force"] not in json.dumps(said)

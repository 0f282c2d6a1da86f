"""An inspection of 374 files, 132 of them paired, drawn from the made-up force: the same again, and the bias found in it."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from datetime import timedelta
from pathlib import Path

import pytest
from tests.made.stores import NOW, Store, Stores, asking

from duecare.access.viewer import Viewer
from duecare.audit.agreement.stratified_estimate import Estimate, estimate_population, paired_stratum
from duecare.audit.rounds.draw_seed import side_commitment
from duecare.audit.rounds.frame_file import Case, Stratum
from duecare.audit.rounds.sample_draw import Sample, draw_sample
from duecare.audit.rounds.sampling_frame import Choice
from duecare.store import accounts
from duecare.store.audit import round_records
from duecare.store.bulk.all_facts import everything
from duecare.store.facts.officer_roster import known_roster
from duecare.store.models import Allotted, SampledFile
from duecare.synthetic.write import write_synthetic
from duecare.use_cases.audit.allocate_files import allot_round
from duecare.use_cases.audit.commit_and_reveal import commit_number, reveal_number
from duecare.use_cases.audit.draw_sample import draw_round, verify_round
from duecare.use_cases.audit.name_graders import name_graders
from duecare.use_cases.audit.open_round import Opening, open_round
from duecare.use_cases.audit.plan_round import Sizes, plan_round
from duecare.use_cases.audit.round_lead import frame_and_plan
from duecare.use_cases.deliveries.receive_delivery import receive_files

pytestmark = [pytest.mark.usefixtures("read_in_process"), pytest.mark.one_engine]

LEAD = Viewer(account="lead-force", roles=frozenset({"audit_lead"}), channel="command")
HMI = Viewer(account="lead-hmi", roles=frozenset({"lead_inspector"}), channel="command")
NUMBERS = {"force": "7" * 64, "inspectorate": "8" * 64}
SCHEMES = {"force": "case-files-2017", "inspectorate": "case-files-2017"}
KINDS = frozenset({"child_concern", "domestic_abuse", "crime", "missing", "s47_enquiry"})
DRAWS = 200
ACTS = frozenset({"investigator_allocated", "offender_manager_allocated", "child_seen", "child_contacted"})
A_DAY = timedelta(days=1)
SIZES = Sizes({"paired": 132, "inspector_only": 242})


def grades_by_the_truth(files: Iterable[Case]) -> dict[tuple[str, str], tuple[bool, bool]]:
    """Of each file: does the force pass it, and do inspectors?

    By what the made-up force did: a file is good if somebody acted on it within a day. Inspectors see that, but for one file
    in twenty; the force passes every file that they pass, and four in ten of the others.
    """
    good = set()
    with everything(NOW) as held:
        for key, events in held.of_cases():
            until = min(event.happened_at.earliest for event in events) + A_DAY
            if any(event.kind in ACTS and event.happened_at.earliest <= until for event in events):
                good.add(tuple(key))
    found = {}
    for file in files:
        chance = int(hashlib.sha256(str(file).encode()).hexdigest()[:8], 16) / 2**32
        inspectors = (file.key in good) != (chance < 0.05)
        found[file.key] = (inspectors or chance % 0.1 < 0.04, inspectors)
    return found


def gap_by(sample: Sample, strata: Mapping[Stratum, Sequence[Case]], grades) -> Estimate:
    """What the paired files of this sample say of the gap in the whole frame."""
    counts = {stratum: Counter() for stratum in strata}
    for one in sample.drawn:
        if one.set == "paired":
            counts[one.case.stratum][grades[one.case.key]] += 1
    return estimate_population(
        paired_stratum(
            stratum, len(cases), counts[stratum].total(), counts[stratum][True, False], counts[stratum][False, True]
        )
        for stratum, cases in strata.items()
    )


def inspect(store: Store) -> list[tuple[str, str, str, int, int, int]]:
    """Plan, commit, reveal and draw in this store; the sample."""
    open_round(asking(NOW, LEAD), Opening("R1", "Made-up", "inspection", "child-protection-2024", SCHEMES))
    planned = plan_round(asking(NOW, LEAD), "R1", Choice(kinds=KINDS, by=frozenset({"area"})), SIZES)
    for viewer, side in ((LEAD, "force"), (HMI, "inspectorate")):
        commit_number(asking(NOW, viewer), "R1", side_commitment(planned.plan_hash, side, NUMBERS[side]))
    for viewer, side in ((HMI, "inspectorate"), (LEAD, "force")):
        reveal_number(asking(NOW, viewer), "R1", NUMBERS[side])
    draw_round(asking(NOW, HMI), "R1")
    assert verify_round(asking(NOW, LEAD), "R1").faults == 0
    return [
        (file.case_source, file.case_ref, file.set, file.rank, file.reached, file.held)
        for file in SampledFile.objects.order_by("pk")
    ]


@pytest.mark.long
def test_374_files_are_drawn_from_the_made_up_force_drawn_the_same_again_and_find_the_bias_put_in(
    stores: Stores, tmp_path: Path
):
    first = stores.new()
    with first():
        made = write_synthetic(tmp_path / "force", scale="small")
        receive_files(asking(), first.config, list(made.paths))
        for name, role in (("lead-force", "audit_lead"), ("lead-hmi", "lead_inspector")):
            accounts.enrol_account(name, [role])
    first.wrapper.close()
    second = stores.copy(first)
    with second():
        again = inspect(second)
    with first():
        sample = inspect(first)
        assert sample == again
        assert Counter(set_ for _, _, set_, *_ in sample) == {"paired": 132, "inspector_only": 242}
        reach = {(reached, held) for *_, reached, held in sample}
        assert len(reach) > 5
        assert all(2 <= reached <= held for reached, held in reach)

        # Graders of known bias grade by the truth of the made-up force; the paired files find the bias again.
        frame, plan = frame_and_plan(round_records.round_named("R1"))
        grades = grades_by_the_truth(frame.cases)
        whole = [grades[case.key] for case in frame.cases]
        truth = sum(force - inspectors for force, inspectors in whole) / len(whole)
        assert 0.05 < truth < 0.5
        draws = [draw_sample(frame, plan, hashlib.sha256(f"made-up {n}".encode()).hexdigest()) for n in range(DRAWS)]
        found = [gap_by(one, frame.strata, grades) for one in draws]
        held = sum(one.interval.holds(truth) for one in found)
        assert 0.90 <= held / DRAWS <= 0.99
        assert abs(sum(one.value for one in found) / DRAWS - truth) < 0.01

        # Officers of the force itself as graders: those who had a part in a file never get it.
        officers = [one.officer for one in known_roster(None)[0]][:12]
        for number, officer in enumerate(dict.fromkeys(officers)):
            accounts.enrol_account(f"a{number}", ["auditor"], officer=officer)
        name_graders(asking(NOW, LEAD), "R1", {f"a{number}": "" for number in range(len(set(officers)))})
        allotted = allot_round(asking(NOW, LEAD), "R1", replaces=True)
        assert allotted.allotted == Allotted.objects.filter(side="force").count() == 132
        assert verify_round(asking(NOW, LEAD), "R1").faults == 0

"""An inspection of 374 files, 132 of them paired, drawn from the made-up force: the same again, and anyone can repeat it."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest
from tests.made.stores import NOW, Store, Stores, asking

from duecare.access.viewer import Viewer
from duecare.audit.choice import Choice
from duecare.audit.seed import commitment
from duecare.steps.allot_round import allot_round
from duecare.steps.draw_round import draw_round, verify_round
from duecare.steps.name_graders import name_graders
from duecare.steps.open_round import Opening, open_round
from duecare.steps.plan_round import Sizes, plan_round
from duecare.steps.receive import receive
from duecare.steps.round_numbers import commit_number, reveal_number
from duecare.store import accounts
from duecare.store.models import Allotted, SampledFile
from duecare.store.officers import roster
from duecare.synthetic.write import synthesise

pytestmark = pytest.mark.usefixtures("read_in_process")

LEAD = Viewer(account="lead-force", roles=frozenset({"audit_lead"}), channel="command")
HMI = Viewer(account="lead-hmi", roles=frozenset({"lead_inspector"}), channel="command")
NUMBERS = {"force": "7" * 64, "inspectorate": "8" * 64}
SCHEMES = {"force": "case-files-2017", "inspectorate": "case-files-2017"}
KINDS = frozenset({"child_concern", "domestic_abuse", "crime", "missing", "s47_enquiry"})
SIZES = Sizes({"paired": 132, "inspector_only": 242})


def inspect(store: Store) -> list[tuple[str, str, str, int, int, int]]:
    """Plan, commit, reveal and draw in this store; the sample."""
    open_round(asking(NOW, LEAD), Opening("R1", "Made-up", "inspection", "child-protection-2024", SCHEMES))
    planned = plan_round(asking(NOW, LEAD), "R1", Choice(kinds=KINDS), SIZES)
    for viewer, side in ((LEAD, "force"), (HMI, "inspectorate")):
        commit_number(asking(NOW, viewer), "R1", commitment(planned.plan_hash, side, NUMBERS[side]))
    for viewer, side in ((HMI, "inspectorate"), (LEAD, "force")):
        reveal_number(asking(NOW, viewer), "R1", NUMBERS[side])
    draw_round(asking(NOW, HMI), "R1")
    assert verify_round(asking(NOW, LEAD), "R1").faults == 0
    return [
        (file.case_source, file.case_ref, file.set, file.rank, file.reached, file.held)
        for file in SampledFile.objects.order_by("pk")
    ]


def test_374_files_are_drawn_from_the_made_up_force_and_drawn_the_same_again(stores: Stores, tmp_path: Path):
    first = stores.new()
    with first():
        made = synthesise(tmp_path / "force", scale="small")
        receive(asking(), first.config, list(made.paths))
        for name, role in (("lead-force", "audit_lead"), ("lead-hmi", "lead_inspector")):
            accounts.enrol(name, [role])
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

        # Officers of the force itself as graders: those who had a part in a file never get it.
        officers = [one.officer for one in roster(None)[0]][:12]
        for number, officer in enumerate(dict.fromkeys(officers)):
            accounts.enrol(f"a{number}", ["auditor"], officer=officer)
        name_graders(asking(NOW, LEAD), "R1", {f"a{number}": "" for number in range(len(set(officers)))})
        allotted = allot_round(asking(NOW, LEAD), "R1", replaces=True)
        assert allotted.allotted == Allotted.objects.filter(side="force").count() == 132
        assert verify_round(asking(NOW, LEAD), "R1").faults == 0

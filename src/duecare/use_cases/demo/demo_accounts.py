"""Made-up accounts for a demo: one for each role and a second statistician, placed where there is something to see."""

from __future__ import annotations

from duecare.access.act import Act
from duecare.access.role import ROLES
from duecare.access.scope import Scope
from duecare.access.thing import ACCOUNTS
from duecare.authorisation.authorise import authorise, log_write
from duecare.authorisation.request import Request
from duecare.config import Config
from duecare.duty.roster import Roster
from duecare.rulebook.force_policy import read_policy
from duecare.store import accounts
from duecare.store.database.transaction import transaction
from duecare.store.facts import delivery_records
from duecare.store.facts.officer_roster import roster
from duecare.store.findings import assessment_runs, worklist_lines
from duecare.vocabulary.refusals import Refusal

EVERYTHING = Scope(everything=True)


def leave_alone_what_is_in_use(request: Request) -> None:
    """Is this store empty but for the account that asks? A demo is built in no other.

    Raises:  CFG-001 when deliveries have come into it, or others are enrolled.
    """
    came, others = delivery_records.page_of_deliveries(1, 1)[1], accounts.count_others(request.viewer.account)
    if came or others:
        found = f"a store in use, with {came} deliveries and {others} other accounts: name an empty one"
        raise Refusal("CFG-001", where="DUECARE_DATABASE_URL", found=found)


def enrol_made_up(request: Request, config: Config) -> int:
    """Enrol one made-up account for each role, and a second statistician; how many?

    Shape:   placed in the area, team and posts of the first line of the worklist, so that each opens on something.
    Raises:  ACC-003 when the viewer may not; STO-001 outside a demo.
    """
    authorise(request, Act.ENROL, ACCOUNTS)
    if not accounts.is_demo():
        raise Refusal("STO-001", found="no demo")
    officers, posts = roster(None)
    named = {officer.officer.casefold(): officer for officer in officers}
    run = assessment_runs.run_in_force()
    lines = (
        worklist_lines.work_lines(run.pk, EVERYTHING, unallocated=False, area="", first=0, most=400)[0] if run else []
    )
    first = next((line for line in lines if line.where.area), None)
    area = first.where.area if first else ""
    held_here = [line for line in lines if line.officer and line.where.team and line.case_kind != "offender"]
    theirs = next((line for line in held_here if line.where.area == area), held_here[0] if held_here else None)
    busiest, team = (theirs.officer, theirs.where.team) if theirs else ("", "")
    manager = next(
        (line.manager for line in (worklist_lines.visit_lines(run.pk, EVERYTHING) if run else []) if line.manager), ""
    )
    held = Roster(officers, posts)
    grace = read_policy(config.policy).absence_grace

    def holder(kind: str, where: str) -> str:
        return held.holder(kind, where, request.now, grace) or ""

    places = {
        "investigator": (busiest, "", ""),
        "offender_manager": (manager, "", ""),
        "supervisor": (held.supervisor_of(busiest, request.now) or "", team, ""),
        "custody_officer": ("", "", ""),
        "custody_inspector": (holder("custody_inspector", area), "", ""),
        "mash": (holder("mash_lead", area), "", area),
        "detective_inspector": (holder("detective_inspector", area), "", area),
        "bcu_lead": (holder("bcu_lead", area), "", area),
        "chief_officer": (holder("chief_officer_lead", ""), "", ""),
        "auditor": ("AUD1", "", ""),  # of nobody's cases: a grader of the force is named by number
    }
    with transaction():
        for role in ROLES:
            if role.name == "public":
                continue
            officer, its_team, its_area = places.get(role.name, ("", "", ""))
            known = named.get(officer.casefold())
            accounts.enrol(
                role.name.replace("_", "-"),
                [role.name],
                display_name=f"{known.name}, {role.display}" if known and known.name else role.display,
                officer=officer,
                teams=[its_team]
                if its_team
                else ([known.team] if known and known.team and role.name == "supervisor" else []),
                areas=[its_area] if its_area else [],
                password=None,
            )
        # A release is checked by two who did not draft it: a second statistician, beside the lead inspector.
        accounts.enrol("statistician-2", ["statistician"], display_name="Statistician, the second", password=None)
        log_write(request, Act.ENROL, outcome="done: made-up accounts enrolled")
    return len(ROLES)

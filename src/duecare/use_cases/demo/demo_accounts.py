"""Made-up accounts for a demo: one for each role and a second statistician, placed where there is something to see."""

from __future__ import annotations

from duecare.access.act import Act
from duecare.access.may_open import Scope
from duecare.access.roles import ROLES
from duecare.access.thing import ACCOUNTS
from duecare.authorisation.authorise import authorise, log_write
from duecare.authorisation.request import Request
from duecare.config import Config
from duecare.duty.roster import Roster
from duecare.rulebook.force_policy import read_policy
from duecare.store import accounts
from duecare.store.database.transaction import transaction
from duecare.store.facts import delivery_records
from duecare.store.facts.officer_roster import known_roster
from duecare.store.findings import assessment_runs, worklist_lines
from duecare.vocabulary.refusals import Refusal

EVERYTHING = Scope(everything=True)


def leave_alone_what_is_in_use(request: Request) -> None:
    """Refuse a store that is in use: a demo is built only in one that is empty but for the account that asks.

    Raises:  CFG-001 when deliveries have come into it, or others are enrolled.
    """
    delivery_count, others = delivery_records.page_of_deliveries(1, 1)[1], accounts.count_others(request.viewer.account)
    if delivery_count or others:
        use_found = f"a store in use, with {delivery_count} deliveries and {others} other accounts: name an empty one"
        raise Refusal("CFG-001", where="DUECARE_DATABASE_URL", found=use_found)


def enrol_made_up(request: Request, config: Config) -> int:
    """Enrol one made-up account for each role, and a second statistician; the number enrolled.

    Shape:   placed in the area, team and posts of the first line of the worklist, so that each opens on something.
    Raises:  ACC-003 when the viewer may not; STO-001 outside a demo.
    """
    authorise(request, Act.ENROL, ACCOUNTS)
    if not accounts.is_demo():
        raise Refusal("STO-001", found="no demo")
    officers, posts = known_roster(None)
    named_officers = {officer.officer.casefold(): officer for officer in officers}
    assess_run = assessment_runs.run_in_force()
    lines = (
        worklist_lines.work_lines(
            assess_run.id, EVERYTHING, unallocated=False, area_name="", first_row=0, most_rows=400
        )[0]
        if assess_run
        else []
    )
    first_line = next((worklist_line for worklist_line in lines if worklist_line.where.area), None)
    force_area = first_line.where.area if first_line else ""
    held_here = [
        worklist_line
        for worklist_line in lines
        if worklist_line.officer and worklist_line.where.team and worklist_line.case_kind != "offender"
    ]
    theirs = next(
        (worklist_line for worklist_line in held_here if worklist_line.where.area == force_area),
        held_here[0] if held_here else None,
    )
    busiest, their_team = (theirs.officer, theirs.where.team) if theirs else ("", "")
    manager = next(
        (
            worklist_line.manager
            for worklist_line in (worklist_lines.visit_lines(assess_run.id, EVERYTHING) if assess_run else [])
            if worklist_line.manager
        ),
        "",
    )
    held_roster = Roster(officers, posts)
    grace = read_policy(config.policy).absence_grace

    def post_holder(post_kind: str, where: str) -> str:
        return held_roster.holder(post_kind, where, request.now, grace) or ""

    places = {
        "investigator": (busiest, "", ""),
        "offender_manager": (manager, "", ""),
        "supervisor": (held_roster.supervisor_of(busiest, request.now) or "", their_team, ""),
        "custody_officer": ("", "", ""),
        "custody_inspector": (post_holder("custody_inspector", force_area), "", ""),
        "mash": (post_holder("mash_lead", force_area), "", force_area),
        "detective_inspector": (post_holder("detective_inspector", force_area), "", force_area),
        "bcu_lead": (post_holder("bcu_lead", force_area), "", force_area),
        "chief_officer": (post_holder("chief_officer_lead", ""), "", ""),
        "auditor": ("AUD1", "", ""),  # of nobody's cases: a grader of the force is named by number
    }
    with transaction():
        for role_row in ROLES:
            if role_row.name == "public":
                continue
            officer, its_team, its_area = places.get(role_row.name, ("", "", ""))
            known_officer = named_officers.get(officer.casefold())
            accounts.enrol_account(
                role_row.name.replace("_", "-"),
                [role_row.name],
                display_name=f"{known_officer.name}, {role_row.display}"
                if known_officer and known_officer.name
                else role_row.display,
                officer=officer,
                teams=[its_team]
                if its_team
                else (
                    [known_officer.team]
                    if known_officer and known_officer.team and role_row.name == "supervisor"
                    else []
                ),
                areas=[its_area] if its_area else [],
                password=None,
            )
        # A release is checked by two who did not draft it: a second statistician, beside the lead inspector.
        accounts.enrol_account(
            "statistician-2", ["statistician"], display_name="Statistician, the second", password=None
        )
        log_write(request, Act.ENROL, outcome="done: made-up accounts enrolled")
    return len(ROLES)

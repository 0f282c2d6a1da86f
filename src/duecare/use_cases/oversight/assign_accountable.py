"""Name which post is accountable for a duty, a borough or a recommendation, from a day."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from duecare.access.act import Act
from duecare.access.thing import ACCOUNTABLE
from duecare.authorisation.authorise import authorise, log_write
from duecare.authorisation.request import Request
from duecare.duty.accountable import Charge, Over, plain_key
from duecare.rulebook.all_duties import all_duties
from duecare.store.database.transaction import transaction
from duecare.store.facts.officer_roster import known_roster
from duecare.store.oversight import accountable_posts as kept
from duecare.store.oversight import recommendation_facts
from duecare.use_cases.oversight.view_accountability import AREA_POST, areas_of
from duecare.vocabulary.refusals import Refusal

FORCE_POST = "chief_officer_lead"


def name_accountable(
    request: Request, over: Over, key: str, *, post_kind: str, post_area: str, from_on: date, reason: str = ""
) -> Charge:
    """From this day on the holder of this post is accountable for this.

    Shape:   what was named before stays; what is named from an earlier day than it holds until the later one comes.
    Raises:  ACC-003 when the viewer may not; DUT-030 for a duty or an area that is not there, or for a post of which
             no source has told: nothing is named.
    """
    authorise(request, Act.NAME_ACCOUNTABLE, ACCOUNTABLE)
    charge = Charge(over, key.strip(), post_kind.strip(), post_area.strip(), from_on, "", request.now, reason.strip())
    _refuse_unknown(charge)
    with transaction():
        charge = replace(charge, named_by=request.viewer.account)
        kept.keep_charges([charge])
        log_write(request, Act.NAME_ACCOUNTABLE, outcome=f"done: {over.value} {charge.key}"[:200])
    return charge


def name_every(request: Request, from_on: date) -> Sequence[Charge]:
    """From this day on the chief officer is accountable for every duty, and the lead of each borough for that borough.

    Shape:   only what nobody was ever named for; the usual beginning, to be altered one by one.
    Raises:  ACC-003 when the viewer may not.
    """
    authorise(request, Act.NAME_ACCOUNTABLE, ACCOUNTABLE)
    named_keys = {(charge.over, plain_key(charge.over, charge.key)) for charge in kept.named_charges()}
    own_account = request.viewer.account
    wanted_charges = [
        Charge(Over.DUTY, duty_rule.id, FORCE_POST, "", from_on, own_account, request.now) for duty_rule in all_duties()
    ]
    wanted_charges += [
        Charge(Over.AREA, force_area, AREA_POST, force_area, from_on, own_account, request.now)
        for force_area in areas_of(post_row.area for post_row in known_roster(None)[1])
    ]
    new_charges = [
        charge for charge in wanted_charges if (charge.over, plain_key(charge.over, charge.key)) not in named_keys
    ]
    with transaction():
        kept.keep_charges(new_charges)
        log_write(request, Act.NAME_ACCOUNTABLE, outcome=f"done: {len(new_charges)} named")
    return new_charges


def _refuse_unknown(charge: Charge) -> None:
    posts = known_roster(None)[1]
    areas = {plain_key(Over.AREA, post_area_name) for post_area_name in areas_of(post_row.area for post_row in posts)}
    faults = []
    if charge.over is Over.RECOMMENDATION and not recommendation_facts.facts_of(charge.key):
        faults.append("no such recommendation is in the register")
    if charge.over is Over.DUTY and charge.key not in {duty_rule.id for duty_rule in all_duties()}:
        faults.append("no such duty is in the rulebook")
    if charge.over is Over.AREA and plain_key(Over.AREA, charge.key) not in areas:
        faults.append("no source has sent such an area")
    if not any(
        (post_row.kind.casefold(), plain_key(Over.AREA, post_row.area))
        == (charge.post_kind.casefold(), plain_key(Over.AREA, charge.post_area))
        for post_row in posts
    ):
        faults.append("no source has sent a post of this kind for this area")
    if faults:
        raise Refusal("DUT-030", faults=tuple(faults))

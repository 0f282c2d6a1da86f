"""Putting evidence beside a recommendation: a round, a figure, facts, a document, or a count of cases revisited."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Final

from duecare.access.act import Act
from duecare.access.may_open import scope
from duecare.authorisation.authorise import log_write
from duecare.authorisation.request import Request
from duecare.figure.catalogue.all_figures import figure_catalogue
from duecare.figure.reporting_period import period_named
from duecare.recommendation.recommendation_fact import Deed
from duecare.recommendation.revisit_claim import said_clear
from duecare.record.pole import CaseKey
from duecare.store.audit import round_records
from duecare.store.database.transaction import transaction
from duecare.store.facts.fact_lookup import events_known, events_of
from duecare.store.ledger.opaque_ids import CASE_KIND, LedgerRef
from duecare.store.oversight import recommendation_facts
from duecare.use_cases.recommendations.recommendation_access import (
    answers_for,
    next_fact,
    open_recommendation,
    refuse_reason,
    speaks_for,
)
from duecare.use_cases.recommendations.revisit_claims import REVISITS
from duecare.visibility.case_scope import cases_in_scope
from duecare.vocabulary.refusals import Refusal

MOST_FACTS: Final = 50


def add_round(request: Request, number: str, round_name: str, words: str = "", seen_facts: int | None = None) -> None:
    """Put a round that was drawn here beside it: its report is the evidence.

    Raises:  ACC-003 unless it is theirs to answer; RCM-002; RCM-004, RCM-010 as it stands; RCM-005 where there is no such
             round.
    """
    named_record = round_records.round_named(round_name)
    faults = (
        [] if named_record is not None and named_record.drawn_at is not None else ["no round of this name was drawn"]
    )
    _keep_evidence(
        request, number, {"kind": "round", "round": round_name, "words": words.strip()}, faults, (), seen_facts
    )


def add_figure(
    request: Request, number: str, figure: str, period: str, words: str = "", seen_facts: int | None = None
) -> None:
    """Put a figure of the catalogue, of a quarter or month, beside it.

    Raises:  as `add_round`; RCM-005 where there is no such figure or period.
    """
    faults = [] if figure in figure_catalogue() else ["no figure has this name"]
    try:
        period = period_named(period).name
    except ValueError as error:
        faults.append(f"the period is {error}")
    evidence_content = {"kind": "figure", "figure": figure, "period": period, "words": words.strip()}
    _keep_evidence(request, number, evidence_content, faults, (), seen_facts)


def add_facts(
    request: Request, number: str, facts: Sequence[str], words: str = "", seen_facts: int | None = None
) -> None:
    """Put facts beside it, each written `source:event_id`, of cases that the viewer may open.

    Raises:  as `add_round`; RCM-005 where a fact is not there, or is not theirs to open.
    """
    event_keys = [
        (source, event_id) for source, _, event_id in (fact_text.strip().partition(":") for fact_text in facts)
    ]
    faults = [] if event_keys else ["no fact is named"]
    faults += [f"more than {MOST_FACTS} facts are named"] if len(event_keys) > MOST_FACTS else []
    events = events_known(event_keys[:MOST_FACTS], None)
    cases = {event.case for event in events if event.case is not None}
    scoped_cases = cases_in_scope(scope(request.viewer), cases, request.now)
    open_to = {(event.source, event.event_id) for event in events if event.case in scoped_cases}
    if not set(event_keys) <= open_to:
        faults.append("a fact is named that there is not, or that is not yours to open")
    evidence_content = {
        "kind": "facts",
        "facts": [f"{source}:{event_id}" for source, event_id in event_keys],
        "words": words.strip(),
    }
    _keep_evidence(
        request,
        number,
        evidence_content,
        faults,
        {(CASE_KIND, case_key.source, case_key.case_ref) for case_key in scoped_cases},
        seen_facts,
    )


def add_document(request: Request, number: str, words: str, link_url: str = "", seen_facts: int | None = None) -> None:
    """Put a document beside it, by what it is and where it stands.

    Raises:  as `add_round`; RCM-005 where nothing is said of it.
    """
    faults = [] if words.strip() else ["the description of the document is missing"]
    _keep_evidence(
        request, number, {"kind": "document", "words": words.strip(), "url": link_url.strip()}, faults, (), seen_facts
    )


def add_revisits(
    request: Request,
    number: str,
    *,
    of_rounds: Sequence[str] = (),
    cases: Iterable[CaseKey] = (),
    first_day: date | None = None,
    last_day: date | None = None,
    seen_facts: int | None = None,
) -> int:
    """Claim that these cases were revisited and none showed further harm, from `first_day` to `last_day`; how many.

    Shape:   every file of the rounds, and the cases named. The number is counted from the facts, never typed: a case of which
             no revisit says that it found no further harm is refused.
    Raises:  as `add_round`; RCM-005 with how many are not clear.
    """
    wanted_cases = sorted(round_records.cases_of_rounds(of_rounds) | set(cases))
    event_keys = events_of(wanted_cases)
    clear = said_clear(events_known(event_keys, None)) & set(wanted_cases)
    faults = [] if wanted_cases else ["no case is named"]
    faults += [
        f"there is no round {round_name}" for round_name in of_rounds if round_records.round_named(round_name) is None
    ]
    if len(clear) < len(wanted_cases):
        faults.append(
            f"of {len(wanted_cases)} cases, {len(wanted_cases) - len(clear)} have no revisit that found no further harm"
        )
    if first_day and last_day and last_day < first_day:
        faults.append("the period ends before it begins")
    named_days = {"from": first_day, "to": last_day}
    evidence_content: dict[str, object] = {
        "kind": REVISITS,
        "claimed": len(wanted_cases),
        "cases": [list(case_key) for case_key in wanted_cases],
        **{day_name: given_day.isoformat() for day_name, given_day in named_days.items() if given_day},
    }
    _keep_evidence(
        request,
        number,
        evidence_content,
        faults,
        {(CASE_KIND, case_key.source, case_key.case_ref) for case_key in wanted_cases},
        seen_facts,
    )
    return len(wanted_cases)


def _keep_evidence(
    request: Request,
    number: str,
    deed_content: Mapping[str, object],
    faults: list[str],
    names: Iterable[LedgerRef],
    seen_facts: int | None,
) -> None:
    party = speaks_for(request, Act.ANSWER_RECOMMENDATION)
    recommendation = open_recommendation(request, Act.ANSWER_RECOMMENDATION, number)
    if not answers_for(request, party, recommendation):
        refuse_reason(request, Act.ANSWER_RECOMMENDATION, f"recommendation {number} is not theirs to answer")
    deed_fact = next_fact(request, party, recommendation, Deed.EVIDENCED, deed_content, seen_facts)
    if faults:
        raise Refusal("RCM-005", where=f"recommendation {number}", faults=tuple(faults))
    with transaction():
        recommendation_facts.keep_facts([deed_fact])
        log_write(
            request,
            Act.ANSWER_RECOMMENDATION,
            names=names,
            outcome=f"done: recommendation {number} evidence, {deed_content['kind']}",
        )

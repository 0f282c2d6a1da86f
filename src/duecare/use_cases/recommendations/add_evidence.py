"""Putting evidence beside a recommendation: a round, a figure, facts, a document, or a count of cases revisited."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Final

from duecare.access.act import Act
from duecare.access.scope import scope
from duecare.authorisation.authorise import log_write
from duecare.authorisation.request import Request
from duecare.figure.catalogue.all_figures import figure_catalogue
from duecare.figure.reporting_period import period_named
from duecare.recommendation.fact import Deed
from duecare.recommendation.revisits import said_clear
from duecare.record.pole import CaseKey
from duecare.store.audit import round_records
from duecare.store.database.transaction import transaction
from duecare.store.facts.fact_lookup import events_known, events_of
from duecare.store.ledger.opaque_ids import CASE, Name
from duecare.store.oversight import recommendation_facts
from duecare.use_cases.recommendations.recommendation_register import answers, held, next_fact, refuse, speaks_for
from duecare.use_cases.recommendations.revisit_claims import REVISITS
from duecare.visibility.case_scope import admitted_cases
from duecare.vocabulary.refusals import Refusal

MOST_FACTS: Final = 50


def add_round(request: Request, number: str, round_name: str, words: str = "", seen: int | None = None) -> None:
    """Put a round that was drawn here beside it: its report is the evidence.

    Raises:  ACC-003 unless it is theirs to answer; RCM-002; RCM-004, RCM-010 as it stands; RCM-005 where there is no such
             round.
    """
    own = round_records.round_named(round_name)
    faults = [] if own is not None and own.drawn_at is not None else ["there is no round of this name that was drawn"]
    _keep(request, number, {"kind": "round", "round": round_name, "words": words.strip()}, faults, (), seen)


def add_figure(
    request: Request, number: str, figure: str, period: str, words: str = "", seen: int | None = None
) -> None:
    """Put a figure of the catalogue, of a quarter or month, beside it.

    Raises:  as `add_round`; RCM-005 where there is no such figure or period.
    """
    faults = [] if figure in figure_catalogue() else ["there is no figure of this name"]
    try:
        period = period_named(period).name
    except ValueError as wrong:
        faults.append(f"the period is {wrong}")
    said = {"kind": "figure", "figure": figure, "period": period, "words": words.strip()}
    _keep(request, number, said, faults, (), seen)


def add_facts(request: Request, number: str, facts: Sequence[str], words: str = "", seen: int | None = None) -> None:
    """Put facts beside it, each written `source:event_id`, of cases that the viewer may open.

    Raises:  as `add_round`; RCM-005 where a fact is not there, or is not theirs to open.
    """
    keys = [(source, key) for source, _, key in (one.strip().partition(":") for one in facts)]
    faults = [] if keys else ["no fact is named"]
    faults += [f"more than {MOST_FACTS} facts are named"] if len(keys) > MOST_FACTS else []
    events = events_known(keys[:MOST_FACTS], None)
    cases = {event.case for event in events if event.case is not None}
    mine = admitted_cases(scope(request.viewer), cases, request.now)
    open_to = {(event.source, event.event_id) for event in events if event.case in mine}
    if not set(keys) <= open_to:
        faults.append("a fact is named that there is not, or that is not yours to open")
    said = {"kind": "facts", "facts": [f"{source}:{key}" for source, key in keys], "words": words.strip()}
    _keep(request, number, said, faults, {(CASE, case.source, case.case_ref) for case in mine}, seen)


def add_document(request: Request, number: str, words: str, url: str = "", seen: int | None = None) -> None:
    """Put a document beside it, by what it is and where it stands.

    Raises:  as `add_round`; RCM-005 where nothing is said of it.
    """
    faults = [] if words.strip() else ["what the document is, is not said"]
    _keep(request, number, {"kind": "document", "words": words.strip(), "url": url.strip()}, faults, (), seen)


def add_revisits(
    request: Request,
    number: str,
    *,
    of_rounds: Sequence[str] = (),
    cases: Iterable[CaseKey] = (),
    first: date | None = None,
    last: date | None = None,
    seen: int | None = None,
) -> int:
    """Claim that these cases were revisited and that none showed further harm, from `first` to `last`; how many?

    Shape:   every file of the rounds, and the cases named. The number is counted from the facts, never typed: a case of which
             no revisit says that it found no further harm is refused.
    Raises:  as `add_round`; RCM-005 with how many are not clear.
    """
    wanted = sorted(round_records.cases_of_rounds(of_rounds) | set(cases))
    keys = events_of(wanted)
    clear = said_clear(events_known(keys, None)) & set(wanted)
    faults = [] if wanted else ["no case is named"]
    faults += [f"there is no round {name}" for name in of_rounds if round_records.round_named(name) is None]
    if len(clear) < len(wanted):
        faults.append(f"of {len(wanted)} cases, {len(wanted) - len(clear)} have no revisit that found no further harm")
    if first and last and last < first:
        faults.append("the period ends before it begins")
    days = {"from": first, "to": last}
    said: dict[str, object] = {
        "kind": REVISITS,
        "claimed": len(wanted),
        "cases": [list(key) for key in wanted],
        **{name: day.isoformat() for name, day in days.items() if day},
    }
    _keep(request, number, said, faults, {(CASE, case.source, case.case_ref) for case in wanted}, seen)
    return len(wanted)


def _keep(
    request: Request,
    number: str,
    said: Mapping[str, object],
    faults: list[str],
    names: Iterable[Name],
    seen: int | None,
) -> None:
    party = speaks_for(request, Act.ANSWER_RECOMMENDATION)
    one = held(request, Act.ANSWER_RECOMMENDATION, number)
    if not answers(request, party, one):
        refuse(request, Act.ANSWER_RECOMMENDATION, f"recommendation {number} is not theirs to answer")
    fact = next_fact(request, party, one, Deed.EVIDENCED, said, seen)
    if faults:
        raise Refusal("RCM-005", where=f"recommendation {number}", faults=tuple(faults))
    with transaction():
        recommendation_facts.keep([fact])
        log_write(
            request,
            Act.ANSWER_RECOMMENDATION,
            names=names,
            outcome=f"done: recommendation {number} evidence, {said['kind']}",
        )

"""A made-up register for a demo: recommendations in every state, two of them tried by their test on a counted quarter."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Final

from duecare.access.act import Act
from duecare.access.thing import RECOMMENDATIONS
from duecare.access.viewer import Viewer
from duecare.authorisation.authorise import authorise, log_write
from duecare.authorisation.request import Request
from duecare.config import Config
from duecare.figure.reporting_period import quarter_before, quarter_of
from duecare.recommendation.fact import Deed, Fact, Party
from duecare.recommendation.making import Making
from duecare.recommendation.registered import FigureTest, Level, Registered, SampleTest, as_said, hash_of
from duecare.rulebook.force_policy import Policy, read_policy
from duecare.store import accounts
from duecare.store.database.transaction import transaction
from duecare.store.figures import figure_snapshots
from duecare.store.oversight import recommendation_facts
from duecare.use_cases.figures.take_snapshot import take_snapshot
from duecare.use_cases.recommendations.figure_evidence import bound, title_of
from duecare.use_cases.recommendations.verify_recommendation import verify_recommendation
from duecare.vocabulary.moments import When, london_day
from duecare.vocabulary.refusals import Refusal

REPORT: Final = "Made-up inspection of Northmoor"
SEEN_IN_TIME: Final = FigureTest(Level(0.05, at_least=False), "late-local-see-the-child")
VISITED_IN_TIME: Final = FigureTest(Level(0.2, at_least=False), "visits-overdue")
FILES_MEET: Final = SampleTest(Level(0.7), 30)
_BY: Final = {
    Party.INSPECTORATE: "lead-inspector",
    Party.FORCE: "chief-officer",
    Party.MAYORS_OFFICE: "mayors-office",
    Party.EXPERT_GROUP: "expert",
}

Happened = tuple[datetime, Deed, Party, Mapping[str, object]]


def register_made_up(request: Request, config: Config) -> int:
    """Enter the made-up register, and try the tests of what was claimed before the last quarter; how many entries?

    Shape:   what was passed and what failed is not made up: it is as the made-up force's own figures have it.
    Raises:  ACC-003 when the viewer may not; STO-001 outside a demo.
    """
    authorise(request, Act.IMPORT_RECOMMENDATIONS, RECOMMENDATIONS)
    if not accounts.is_demo():
        raise Refusal("STO-001", found="no demo")
    quarter = quarter_before(quarter_of(request.now))
    counted = figure_snapshots.snapshot(quarter.name)
    if counted is None or counted.taken_at < quarter.ends:
        take_snapshot(request, config, quarter.name)
    policy = read_policy(config.policy)
    facts = [fact for history in _histories(request.now, quarter.starts, policy) for fact in history]
    with transaction():
        recommendation_facts.keep(facts)
        log_write(request, Act.IMPORT_RECOMMENDATIONS, outcome=f"done: {len(facts)} made-up facts of a register")
    inspects = replace(
        request, viewer=Viewer(_BY[Party.INSPECTORATE], frozenset({"lead_inspector"}), channel="command")
    )
    for number, test in (("NM-3", SEEN_IN_TIME), ("NM-4", VISITED_IN_TIME)):
        _try(inspects, config, number, hash_of(bound(test, policy)))
    return len({fact.number for fact in facts})


def _try(inspects: Request, config: Config, number: str, known_by: str) -> None:
    """Try its test; a force too small for it to be told leaves the claim as it stands, and the register says so."""
    try:
        verify_recommendation(inspects, config, number, known_by)
    except Refusal as refusal:
        if refusal.code != "RCM-009":
            raise


def _histories(now: datetime, counted_from: datetime, policy: Policy) -> Iterable[list[Fact]]:
    def ago(days: float, since: datetime = now) -> datetime:
        return since - timedelta(days=days)

    force, mayor = Party.FORCE, Party.MAYORS_OFFICE
    plan: tuple[Deed, Party, Mapping[str, object]] = (
        Deed.PLANNED,
        force,
        {"words": "The action plan for all of them."},
    )
    reply = {"answer": "will_act", "words": "The mayor’s office asks how it goes at each of its meetings."}
    replied: tuple[Deed, Party, Mapping[str, object]] = (Deed.REPLIED, mayor, reply)
    claimed: tuple[Deed, Party, Mapping[str, object]] = (Deed.CLAIMED, force, {"words": "It has been in place since."})
    old = ago(200, counted_from) + timedelta(hours=10)
    yield _history(
        _made("NM-1", "One officer answers for child protection in every borough", "immediate", ago(64)), ago(64)
    )
    yield _history(
        _made("NM-2", "Children are not kept in cells overnight", "six_months", ago(90)),
        ago(90),
        [(ago(80), *_accepted(FILES_MEET)), (ago(60), *plan), (ago(50), *replied),
         (ago(30), Deed.ACTED, force, {"words": "Each custody suite has the list of whom to ask for accommodation."})],
    )  # fmt: skip
    for number, title, test in (
        ("NM-3", "A child is seen in the hours set", SEEN_IN_TIME),
        ("NM-4", "Registered sex offenders are visited when a visit is due", VISITED_IN_TIME),
    ):
        yield _history(
            _made(number, title, "three_months", old),
            old,
            [(old + timedelta(days=20), *_accepted(bound(test, policy))), (old + timedelta(days=30), *plan),
             (old + timedelta(days=40), *replied),
             (old + timedelta(days=60), Deed.ACTED, force, {"words": "It is looked at every morning, borough by borough."}),
             (ago(20, counted_from), *claimed)],
        )  # fmt: skip
    yield _history(
        _made("NM-5", "What the child says stands in every file", "three_months", ago(110)),
        ago(110),
        [(ago(100), *_accepted(FILES_MEET)), (ago(90), *plan), (ago(80), *replied),
         (ago(40), Deed.ACTED, force, {"words": "Supervisors ask for it at the first review."}), (ago(10), *claimed)],
    )  # fmt: skip
    yield _history(
        _made("NM-6", "Files are reviewed by a supervisor", "six_months", ago(20), origin="round"),
        ago(20),
        [(ago(9), *_accepted(FILES_MEET))],
    )
    yield _history(
        _made("NM-7", "Training for front counters", "six_months", ago(300)),
        ago(300),
        [(ago(64), Deed.SUPERSEDED, Party.INSPECTORATE, {"by": "NM-1", "words": "It is part of the other now."})],
    )
    experts = Making(
        "EG-1", "Publish what victims and families said", "", "expert_group", "dated", london_day(ago(70)), "advice",
        mayor.value, london_day(now + timedelta(days=50)),
    )  # fmt: skip
    yield _history(experts, ago(70), [(ago(45), *replied)], Party.EXPERT_GROUP)
    own = Making(
        "MO-1", "Ask the boroughs outside of chance what they do differently", "", "mayors_office", "dated",
        london_day(ago(40)), "action", mayor.value, london_day(now - timedelta(days=5)),
    )  # fmt: skip
    yield _history(own, ago(40), [], mayor)


def _made(number: str, title: str, urgency: str, at: datetime, origin: str = "inspection") -> Making:
    return Making(
        number, title, "", origin, urgency, london_day(at), report=REPORT, owner_post="chief_officer_lead"
    )  # fmt: skip


def _accepted(test: Registered) -> tuple[Deed, Party, Mapping[str, object]]:
    title = title_of(test.figure) if isinstance(test, FigureTest) else ""
    return Deed.ACCEPTED, Party.FORCE, {"test": as_said(test), "test_hash": hash_of(test), "figure_title": title}


def _history(
    making: Making, at: datetime, then: list[Happened] | None = None, by: Party = Party.INSPECTORATE
) -> list[Fact]:
    happened: list[Happened] = [(at, Deed.MADE, by, making.as_said()), *(then or [])]
    return [
        Fact(making.number, place, deed, When.at(when), when, _BY[party], party, said)
        for place, (when, deed, party, said) in enumerate(happened, 1)
    ]

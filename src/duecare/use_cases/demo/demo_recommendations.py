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
from duecare.recommendation.new_recommendation import Making
from duecare.recommendation.recommendation_fact import Deed, Fact, Party
from duecare.recommendation.registered_test import FigureTest, Level, Registered, SampleTest, as_said, hash_of
from duecare.rulebook.force_policy import Policy, read_policy
from duecare.store import accounts
from duecare.store.database.transaction import transaction
from duecare.store.figures import figure_snapshots
from duecare.store.oversight import recommendation_facts
from duecare.use_cases.figures.take_snapshot import take_snapshot
from duecare.use_cases.recommendations.figure_evidence import bound_test, title_of
from duecare.use_cases.recommendations.verify_recommendation import verify_recommendation
from duecare.vocabulary.london_clock import london_day
from duecare.vocabulary.moments import When
from duecare.vocabulary.refusals import Refusal

REPORT: Final = "Made-up inspection of Northmoor"
SEEN_IN_TIME: Final = FigureTest(Level(0.05, at_least=False), "late-local-see-the-child")
VISITED_IN_TIME: Final = FigureTest(Level(0.2, at_least=False), "visits-overdue")
FILES_MEET: Final = SampleTest(Level(0.7), 30)
_PARTY_BY: Final = {
    Party.INSPECTORATE: "lead-inspector",
    Party.FORCE: "chief-officer",
    Party.MAYORS_OFFICE: "mayors-office",
    Party.EXPERT_GROUP: "expert",
}

Happened = tuple[datetime, Deed, Party, Mapping[str, object]]


def register_made_up(request: Request, config: Config) -> int:
    """Enter the made-up register, and try the tests of what was claimed before the last quarter; the number of entries.

    Shape:   what was passed and what failed is not made up: it is as the made-up force's own figures have it.
    Raises:  ACC-003 when the viewer may not; STO-001 outside a demo.
    """
    authorise(request, Act.IMPORT_RECOMMENDATIONS, RECOMMENDATIONS)
    if not accounts.is_demo():
        raise Refusal("STO-001", found="no demo")
    quarter = quarter_before(quarter_of(request.now))
    counted = figure_snapshots.latest_snapshot(quarter.name)
    if counted is None or counted.taken_at < quarter.ends:
        take_snapshot(request, config, quarter.name)
    policy = read_policy(config.policy)
    facts = [
        history_fact for history in _made_histories(request.now, quarter.starts, policy) for history_fact in history
    ]
    with transaction():
        recommendation_facts.keep_facts(facts)
        log_write(request, Act.IMPORT_RECOMMENDATIONS, outcome=f"done: {len(facts)} made-up facts of a register")
    inspects = replace(
        request, viewer=Viewer(_PARTY_BY[Party.INSPECTORATE], frozenset({"lead_inspector"}), channel="command")
    )
    for number, figure_test in (("NM-3", SEEN_IN_TIME), ("NM-4", VISITED_IN_TIME)):
        _verify_made_up(inspects, config, number, hash_of(bound_test(figure_test, policy)))
    return len({history_fact.number for history_fact in facts})


def _verify_made_up(inspects: Request, config: Config, number: str, known_by: str) -> None:
    """Try its test; a force too small for the result leaves the claim as it stands, and the register says so."""
    try:
        verify_recommendation(inspects, config, number, known_by)
    except Refusal as refusal:
        if refusal.code != "RCM-009":
            raise


def _made_histories(current_time: datetime, counted_from: datetime, policy: Policy) -> Iterable[list[Fact]]:
    def days_ago(day_count: float, since: datetime = current_time) -> datetime:
        return since - timedelta(days=day_count)

    force, mayor = Party.FORCE, Party.MAYORS_OFFICE
    plan_deed: tuple[Deed, Party, Mapping[str, object]] = (
        Deed.PLANNED,
        force,
        {"words": "The action plan for all of them."},
    )
    reply = {"answer": "will_act", "words": "The mayor’s office asks how it goes at each of its meetings."}
    replied: tuple[Deed, Party, Mapping[str, object]] = (Deed.REPLIED, mayor, reply)
    claimed: tuple[Deed, Party, Mapping[str, object]] = (Deed.CLAIMED, force, {"words": "It has been in place since."})
    old_moment = days_ago(200, counted_from) + timedelta(hours=10)
    yield _made_history(
        _made_recommendation(
            "NM-1", "One officer answers for child protection in every borough", "immediate", days_ago(64)
        ),
        days_ago(64),
    )
    yield _made_history(
        _made_recommendation("NM-2", "Children are not kept in cells overnight", "six_months", days_ago(90)),
        days_ago(90),
        [(days_ago(80), *_accepted_deed(FILES_MEET)), (days_ago(60), *plan_deed), (days_ago(50), *replied),
         (days_ago(30), Deed.ACTED, force, {"words": "Each custody suite has the list of whom to ask for accommodation."})],
    )  # fmt: skip
    for number, title, figure_test in (
        ("NM-3", "A child is seen in the hours set", SEEN_IN_TIME),
        ("NM-4", "Registered sex offenders are visited when a visit is due", VISITED_IN_TIME),
    ):
        yield _made_history(
            _made_recommendation(number, title, "three_months", old_moment),
            old_moment,
            [
                (old_moment + timedelta(days=20), *_accepted_deed(bound_test(figure_test, policy))),
                (old_moment + timedelta(days=30), *plan_deed),
                (old_moment + timedelta(days=40), *replied),
                (
                    old_moment + timedelta(days=60),
                    Deed.ACTED,
                    force,
                    {"words": "It is looked at every morning, borough by borough."},
                ),
                (days_ago(20, counted_from), *claimed),
            ],
        )
    yield _made_history(
        _made_recommendation("NM-5", "What the child says stands in every file", "three_months", days_ago(110)),
        days_ago(110),
        [
            (days_ago(100), *_accepted_deed(FILES_MEET)),
            (days_ago(90), *plan_deed),
            (days_ago(80), *replied),
            (days_ago(40), Deed.ACTED, force, {"words": "Supervisors ask for it at the first review."}),
            (days_ago(10), *claimed),
        ],
    )
    yield _made_history(
        _made_recommendation("NM-6", "Files are reviewed by a supervisor", "six_months", days_ago(20), origin="round"),
        days_ago(20),
        [(days_ago(9), *_accepted_deed(FILES_MEET))],
    )
    yield _made_history(
        _made_recommendation("NM-7", "Training for front counters", "six_months", days_ago(300)),
        days_ago(300),
        [(days_ago(64), Deed.SUPERSEDED, Party.INSPECTORATE, {"by": "NM-1", "words": "It is part of the other now."})],
    )
    experts = Making(
        "EG-1", "Publish what victims and families said", "", "expert_group", "dated", london_day(days_ago(70)), "advice",
        mayor.value, london_day(current_time + timedelta(days=50)),
    )  # fmt: skip
    yield _made_history(experts, days_ago(70), [(days_ago(45), *replied)], Party.EXPERT_GROUP)
    own_making = Making(
        "MO-1", "Ask the boroughs that differ by more than chance what they do differently", "", "mayors_office", "dated",
        london_day(days_ago(40)), "action", mayor.value, london_day(current_time - timedelta(days=5)),
    )  # fmt: skip
    yield _made_history(own_making, days_ago(40), [], mayor)


def _made_recommendation(
    number: str, title: str, urgency: str, made_at: datetime, origin: str = "inspection"
) -> Making:
    return Making(
        number, title, "", origin, urgency, london_day(made_at), report=REPORT, owner_post="chief_officer_lead"
    )  # fmt: skip


def _accepted_deed(figure_test: Registered) -> tuple[Deed, Party, Mapping[str, object]]:
    title = title_of(figure_test.figure) if isinstance(figure_test, FigureTest) else ""
    return (
        Deed.ACCEPTED,
        Party.FORCE,
        {"test": as_said(figure_test), "test_hash": hash_of(figure_test), "figure_title": title},
    )


def _made_history(
    making: Making, made_at: datetime, happened_then: list[Happened] | None = None, made_by: Party = Party.INSPECTORATE
) -> list[Fact]:
    happened: list[Happened] = [(made_at, Deed.MADE, made_by, making.as_said()), *(happened_then or [])]
    return [
        Fact(making.number, place, deed_done, When.at(happened_at), happened_at, _PARTY_BY[party], party, deed_said)
        for place, (happened_at, deed_done, party, deed_said) in enumerate(happened, 1)
    ]

"""A case sent back: each stage by the facts alone, and a later fact against "no further harm"."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from duecare.audit.referral import Stage, case_referrals
from duecare.record.pole import CaseKey, EventRecord, InvolvementRow, RecordKey
from duecare.vocabulary.moments import When

START = datetime(2026, 3, 2, 9, tzinfo=UTC)
CASE = CaseKey("crime", "C1")
CHILD, SAME_CHILD, ANOTHER = RecordKey("crime", "N1"), RecordKey("care", "9"), RecordKey("crime", "N2")
WHOSE = {CHILD: "child", SAME_CHILD: "child", ANOTHER: "another"}
NUMBERS = iter(range(10_000))


def event(kind, hours, *, case=CASE, child=None, written=None, **detail):
    at = START + timedelta(hours=hours)
    return EventRecord(
        "duecare",
        f"E{next(NUMBERS):05}",
        kind,
        When(at, at),
        at if written is None else START + timedelta(hours=written),
        case,
        detail=detail,
        ties=(InvolvementRow(child, "child"),) if child else (),
    )


SENT = event("case_referred_back", 0, child=CHILD)
ACKNOWLEDGED = event("referral_acknowledged", 3)
ACTIONED = event("referral_actioned", 20)
NO_HARM = event("case_revisited", 100, further_harm=False, charged_or_cautioned=False)
WHOLE = [SENT, ACKNOWLEDGED, ACTIONED, NO_HARM]
CONFIRMED = START + timedelta(hours=50)


def stage(events, confirmed=None, elsewhere=()):
    (found,) = case_referrals(events, elsewhere, WHOSE)
    return found.stage(confirmed)


@pytest.mark.parametrize(
    ("events", "confirmed", "expected"),
    [
        ([SENT], None, Stage.REFERRED),
        ([SENT, ACKNOWLEDGED], None, Stage.ACKNOWLEDGED),
        ([SENT, ACTIONED], CONFIRMED, Stage.REFERRED),  # acted on, never acknowledged: nobody has said it is theirs
        ([SENT, ACKNOWLEDGED, ACTIONED], None, Stage.ACTIONED),
        ([SENT, ACKNOWLEDGED, ACTIONED], CONFIRMED, Stage.SEEN),
        (WHOLE, None, Stage.ACTIONED),  # "no further harm" without anybody independent who says the child was seen
        (WHOLE, CONFIRMED, Stage.SAFE),
        ([*WHOLE[:3], event("case_revisited", 100)], CONFIRMED, Stage.SEEN),  # a revisit that does not say
        ([*WHOLE[:3], event("case_revisited", 100, further_harm="yes")], CONFIRMED, Stage.HARMED),
        ([*WHOLE, event("case_revisited", 120, further_harm=True)], CONFIRMED, Stage.HARMED),
    ],
)
def test_it_is_as_far_as_its_facts_say(events, confirmed, expected):
    assert stage(events, confirmed) is expected
    assert stage(list(reversed(events)), confirmed) is expected


@pytest.mark.parametrize(
    ("against", "expected"),
    [
        (event("suspect_contact", 200, child=CHILD), Stage.REOPENED),
        (event("suspect_contact", 90, child=CHILD, written=140), Stage.REOPENED),  # before it, known only after it
        (event("suspect_contact", 90, child=CHILD, written=91), Stage.SAFE),  # known when the revisit was made
        (event("suspect_contact", -5, child=CHILD, written=200), Stage.SAFE),  # before it was sent back: not further
        (event("concern_reported", 200, case=CaseKey("care", "K"), child=SAME_CHILD), Stage.REOPENED),
        (event("concern_reported", 200, case=CaseKey("care", "K"), child=ANOTHER), Stage.SAFE),
        (event("concern_reported", 200, child=ANOTHER), Stage.REOPENED),  # another child in the same case
        (event("child_seen", 200, child=CHILD), Stage.SAFE),
    ],
)
def test_a_later_fact_against_no_further_harm_reopens_it(against, expected):
    assert stage(WHOLE, CONFIRMED, [against]) is expected


def test_what_answers_belongs_to_the_last_time_it_was_sent_back_before():
    again = event("case_referred_back", 300, child=CHILD)

    first, second = case_referrals([*WHOLE, again, event("referral_acknowledged", 301)], (), WHOSE)

    assert first.stage(CONFIRMED) is Stage.SAFE
    assert second.stage(None) is Stage.ACKNOWLEDGED
    assert second.actioned is None


def test_the_child_is_seen_since_whichever_case_says_so():
    seen = event("child_seen", 30, case=CaseKey("care", "K"), child=SAME_CHILD)
    before = event("child_seen", -30, child=CHILD)

    (found,) = case_referrals(WHOLE, [seen, before], WHOSE)

    assert found.seen == (seen,)


def test_an_answer_in_the_same_second_is_an_answer():
    at_once = replace(event("referral_acknowledged", 0), event_id="A", source="a")

    assert stage([at_once, SENT]) is Stage.ACKNOWLEDGED


def test_what_was_never_sent_back_has_no_referral():
    assert case_referrals([ACKNOWLEDGED, ACTIONED, NO_HARM]) == ()

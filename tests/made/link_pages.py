"""Two records, what was said of them, and what taking it back would change, as their pages show them."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from tests.made.pages import CASE, NOW, OTHER, PERSON, record

from duecare.duty.finding import State
from duecare.person.judgement import Judgement, Verdict
from duecare.person.pair import Comparison, Pair
from duecare.person.standing_judgements import Standing
from duecare.record.pole import RecordKey
from duecare.use_cases.linkage.explain_link import EarlierJudgement, Why
from duecare.use_cases.linkage.judge_link import JudgementEffect
from duecare.use_cases.linkage.link_effects import FindingChanged, LinkChanged
from duecare.use_cases.linkage.past_disclosures import Disclosed

A, B = RecordKey("custody", "P1"), RecordKey("merlin", "MER/2016/P1")
ADDRESS = "/links/custody:P1/merlin:MER%252F2016%252FP1/"
COMPARED = (
    Comparison("given", "same", 8.2),
    Comparison("family", "slip", 5.1),
    Comparison("born", "same", 11.4),
    Comparison("home", "different", -2.2),
    Comparison("identifier", "unknown", 0.0),
    Comparison("contact", "unknown", 0.0),
    Comparison("sex", "different", -5.6),
    Comparison("household", "fits as well", -2.4),
)


def judgement(number: int, verdict: Verdict) -> Judgement:
    """What a supervisor said, so many hours ago."""
    return Judgement(
        f"{number:016x}", A, B, verdict, "made-up-supervisor", NOW - timedelta(hours=number), "The school knows both."
    )


TAKEN_BACK = replace(
    judgement(9, Verdict.UNSURE), undone_at=NOW, undone_by="made-up-inspector", undone_reason="The nurse knows her."
)


def why() -> Why:
    """Two records that a human held to be of one person, after another had said otherwise."""
    return Why(
        Pair(A, B, 1.4, 0.725, COMPARED, "another sex"),
        "same",
        (record("custody", restricted=True), record(key=B, given_names="Adah", protected_address=True)),
        (PERSON, PERSON),
        (
            EarlierJudgement(judgement(1, Verdict.SAME), Standing.IN_FORCE),
            EarlierJudgement(judgement(5, Verdict.DIFFERENT), Standing.SUPERSEDED),
            EarlierJudgement(TAKEN_BACK, Standing.UNDONE),
        ),
        "3.1",
        6.0,
    )


def judged() -> JudgementEffect:
    """What taking back a wrong link changes, and who was shown the two as one."""
    changed = LinkChanged(
        ((PERSON, (A, B)),),
        ((OTHER, (A,)), (PERSON, (B,))),
        {A: (PERSON, OTHER)},
        (
            FindingChanged("f1", "LOCAL-see-the-child", CASE, State.MET, State.OVERDUE),
            FindingChanged("f2", "LOCAL-see-the-child", CASE, None, State.OPEN),
            FindingChanged("f3", "NPCC-rso-visit", None, State.OPEN, None),
        ),
        is_whole=False,
    )
    shown = (
        Disclosed(812, NOW, "made-up-investigator", "consultation", "open person: page: person", ""),
        Disclosed(815, NOW, "made-up-data-officer", "disclosure", "export people: a conference", "Southfen Council"),
    )
    return JudgementEffect(judgement(1, Verdict.SAME), changed, ("0" * 16,), shown)


def hostile(bad: str) -> tuple[Why, JudgementEffect]:
    """The two with every word that somebody else wrote hostile."""
    found, done = why(), judged()
    said = replace(TAKEN_BACK, by=bad, reason=bad, undone_by=bad, undone_reason=bad)
    a, b = (replace(one, given_names=bad, family_name=bad, address=bad) for one in found.records)
    return (
        replace(
            found, pair=replace(found.pair, held=bad), records=(a, b), said=(EarlierJudgement(said, Standing.UNDONE),)
        ),
        replace(
            done,
            judgement=replace(done.judgement, by=bad, reason=bad),
            disclosed=tuple(replace(one, actor=bad, purpose=bad, recipient=bad) for one in done.disclosed or ()),
        ),
    )

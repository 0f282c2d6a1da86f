"""Figures about duties: the share late of each, the time until a child was seen, return interviews, overdue visits."""

from __future__ import annotations

from duecare.duty.declaration import Duty, Scope
from duecare.figure.counting import duty_lines as lines
from duecare.figure.figure_definition import FAIRNESS, WHERE, About, Definition, Dimension, Unit
from duecare.rulebook.all_duties import all_duties
from duecare.rulebook.local import SEE_THE_CHILD
from duecare.rulebook.national.dfe_missing_2014 import RETURN_INTERVIEW
from duecare.rulebook.national.npcc_rso import VISIT
from duecare.rulebook.short_names import duty_words

DUTY_CUTS = WHERE | {Dimension.MONTH, Dimension.CASE_KIND}
SCOPE_WORDS = {Scope.CASE: "a case", Scope.CHILD: "a child", Scope.EPISODE: "an episode", Scope.PERSON: "a person"}

SEEN_AFTER = Definition(
    id="seen-after",
    title="Time until a child was seen",
    question="How long after a concern was reported was the child seen or spoken to?",
    numerator="children seen or spoken to by the end of the period",
    denominator="children of whom a concern or crime was reported in the period; where nobody has seen them, the time counts"
    " as longer than all others",
    unknown="what is known does not tell whether, or when, the child was seen",
    counts_as="a child in a case",
    unit=Unit.HOURS,
    about=About.PRACTICE,
    source=f"the duty {SEE_THE_CHILD.id}",
    owner="detective_inspector",
    by=DUTY_CUTS | FAIRNESS,
    less_is_better=True,
    theme="Time to be seen",
)
INTERVIEWED = Definition(
    id="return-interview-within-72-hours",
    title="Return interviews within 72 hours",
    question="Of the children who came back after being missing, how many had an independent interview within 72 hours?",
    numerator="children whose independent return interview was held in time",
    denominator="children whose return interview fell due in the period; an interview that was declined is not counted",
    unknown="what is known does not tell, such as an interview of which nobody says whether it was independent",
    counts_as="a child's return",
    unit=Unit.SHARE,
    about=About.PRACTICE,
    source=f"{RETURN_INTERVIEW.source.title}; the duty {RETURN_INTERVIEW.id}",
    owner="chief_officer_lead",
    by=DUTY_CUTS | FAIRNESS,
    less_is_better=False,
    theme="Missing children",
)
VISITS = Definition(
    id="visits-overdue",
    title="Visits to registered sex offenders that are overdue",
    question="Of the registered sex offenders to whom a visit is owed, how many visits were overdue at the end?",
    numerator="offenders of whom a visit was overdue at the end of the period, and could still be made",
    denominator="offenders to whom a visit was owed then: registered, and not in prison",
    unknown="what is known does not tell when the visit was due",
    counts_as="a registered sex offender",
    unit=Unit.SHARE,
    about=About.PRACTICE,
    source=f"the duty {VISIT.id}",
    owner="chief_officer_lead",
    by=frozenset({Dimension.AREA, Dimension.BCU, Dimension.TEAM, Dimension.RISK}),
    less_is_better=True,
    theme="Visits",
)


def duty_figures() -> tuple[tuple[Definition, lines.Lines, str], ...]:
    """The figures about duties, with the lines of each and the duty they are of.

    Shape:   first those that stand for themselves, then the share late of each duty.
    """
    return (
        (SEEN_AFTER, lines.hours_of(SEE_THE_CHILD.id), SEE_THE_CHILD.id),
        (INTERVIEWED, lines.in_time_of(RETURN_INTERVIEW.id), RETURN_INTERVIEW.id),
        (VISITS, lines.visits_backlog, VISIT.id),
        *((share_late(rule_duty), lines.late_of(rule_duty.id), rule_duty.id) for rule_duty in all_duties()),
    )


def share_late(rule_duty: Duty) -> Definition:
    """The share late of one duty.

    Shape:   of a local standard that the force has not adopted there is nothing to count.
    """
    words = duty_words(rule_duty.id)
    return Definition(
        id=f"late-{rule_duty.id}".lower(),
        title=f"Late: {words[:1].lower()}{words[1:]}",
        question=f"How often was this not done in time? {rule_duty.says}",
        numerator="times that it was done late, or not at all by the end of the period",
        denominator="times that it fell due in the period, and what is known tells whether it was done in time; not those"
        " that were excused, or to which it did not apply",
        unknown="what is known does not tell whether it was done in time; the reason stands in the line",
        counts_as=f"a time that it was owed to {SCOPE_WORDS[rule_duty.scope]}",
        unit=Unit.SHARE,
        about=About.PRACTICE,
        source=f"{rule_duty.source.title}, {rule_duty.source.provision}".rstrip(", "),
        owner=rule_duty.owed_by,
        by=DUTY_CUTS,
        less_is_better=True,
        theme="Late",
    )

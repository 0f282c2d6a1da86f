"""The pack for an oversight meeting: an agenda made from stored records, and what changed since the last one."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime

from duecare.recommendation.oversight_register import Action, Meeting, Question, Register
from duecare.report.report_paper import Paper, Section, Table
from duecare.vocabulary.london_clock import in_london, london_day

NOTICE = (
    "For people who oversee the force. It contains figures only, and names nobody. Small counts of children are hidden."
)
NONE_KEPT = "There are no stored figures yet. To store those of a quarter, run: duecare figure snapshot"


@dataclass(frozen=True, slots=True)
class RecommendationLine:
    """A recommendation as it stands now, and as it stood at the last meeting.

    Shape:   `before` is empty where there was no meeting before, or it had not been made then.
    """

    number: str
    title: str
    owner: str
    state: str
    before: str
    due_on: date | None
    is_overdue: bool


@dataclass(frozen=True, slots=True)
class FigureLine:
    """A figure of the latest quarter kept, and of the one before, in words fit for this reader."""

    title: str
    now: str
    before: str


@dataclass(frozen=True, slots=True)
class Outside:
    """A borough outside the limits of chance: in which figure, and how."""

    figure: str
    area: str
    words: str


@dataclass(frozen=True, slots=True)
class PackFacts:
    """Everything a pack is made from.

    Shape:   `vacant` are (what nobody answers for, why); `period` is the quarter of the figures, empty where none is kept.
    """

    meeting: Meeting
    before: Meeting | None
    register: Register
    on: date
    vacant: tuple[tuple[str, str], ...]
    recommendations: tuple[RecommendationLine, ...]
    figures: tuple[FigureLine, ...] = ()
    outside: tuple[Outside, ...] = ()
    period: str = ""


def meeting_pack(facts: PackFacts) -> Paper:
    """The pack for this meeting.

    Shape:   the agenda first, with how much there is under each head; a head with nothing under it says so.
    """
    heads = tuple(_agenda_sections(facts))
    agenda = Table(
        "Agenda",
        ("Item", "What", "How many"),
        tuple((item_number, section.heading, how_many) for item_number, (section, how_many) in enumerate(heads, 1)),
    )
    agenda_section = Section("Agenda", tuple(_opening_sentences(facts)), (agenda,))
    title = f"{facts.meeting.called.words}, {_day_words(facts.meeting.held_on)}"
    return Paper(title, NOTICE, (agenda_section, *(section for section, _ in heads)))


def _opening_sentences(facts: PackFacts) -> Iterator[str]:
    yield f"For the meeting of {_day_words(facts.meeting.held_on)}, with the position on {_day_words(facts.on)}."
    if facts.before is None:
        yield "This is the first meeting of this body."
    else:
        yield f"The last meeting was on {_day_words(facts.before.held_on)}. Changes are counted from then."


def _agenda_sections(facts: PackFacts) -> Iterator[tuple[Section, int]]:
    yield _actions_section(facts)
    yield _vacant_section(facts)
    yield _recommendations_section(facts)
    yield _outside_section(facts)
    yield _figures_section(facts)
    yield _questions_section(facts)


def _actions_section(facts: PackFacts) -> tuple[Section, int]:
    this_meeting = (facts.meeting.held_on, facts.meeting.number)
    earlier = {
        meeting.number for meeting in facts.register.meetings if (meeting.held_on, meeting.number) < this_meeting
    }
    agreed = [action for action in facts.register.actions if action.agreed.meeting in earlier]
    shown_actions = [action for action in agreed if action.done is None or _is_since(facts, action.done.at)]
    table_rows = tuple(_action_row(action, facts.on) for action in shown_actions)
    late_count = sum(action.is_overdue(facts.on) for action in shown_actions)
    summary_words = f"Open, or done since the last meeting: {len(shown_actions):,}. Overdue: {late_count:,}."
    table = Table("Actions", ("Action", "Who acts", "Due by", "Status"), table_rows)
    return Section("Actions of earlier meetings", (summary_words,), (table,) if table_rows else ()), len(table_rows)


def _is_since(facts: PackFacts, moment_at: datetime) -> bool:
    return facts.before is None or london_day(moment_at) >= facts.before.held_on


def _action_row(action: Action, on_day: date) -> tuple[str, ...]:
    stands = "done" if action.done else "overdue" if action.is_overdue(on_day) else "open"
    if action.done:
        stands += f" {_day_words(london_day(action.done.at))}: {action.done.words}"
    return action.agreed.words, action.agreed.owner.replace("_", " "), _day_words(action.agreed.due_on), stands


def _vacant_section(facts: PackFacts) -> tuple[Section, int]:
    summary_words = (
        "Somebody is accountable for every duty and borough."
        if not facts.vacant
        else f"Nobody is accountable today for: {len(facts.vacant):,}."
    )
    table = Table("Vacant", ("What", "Why"), facts.vacant)
    return Section("What nobody is accountable for", (summary_words,), (table,) if facts.vacant else ()), len(
        facts.vacant
    )


def _recommendations_section(facts: PackFacts) -> tuple[Section, int]:
    recommendations = facts.recommendations
    moved = sum(
        bool(recommendation.before) and recommendation.before != recommendation.state
        for recommendation in recommendations
    )
    late_count = sum(recommendation.is_overdue for recommendation in recommendations)
    summary_words = (
        f"In the register: {len(recommendations):,}. Overdue: {late_count:,}. Changed since the last "
        f"meeting: {moved:,}."
    )
    table_rows = tuple(
        (
            recommendation.number,
            recommendation.title,
            recommendation.owner,
            recommendation.state,
            recommendation.before or "–",
            _day_words(recommendation.due_on),
            "yes" if recommendation.is_overdue else "no",
        )
        for recommendation in sorted(
            recommendations, key=lambda recommendation: (not recommendation.is_overdue, recommendation.number)
        )
    )
    columns = ("Number", "What", "Owner", "Status", "At the last meeting", "Due", "Overdue")
    return Section(
        "Recommendations", (summary_words,), (Table("Recommendations", columns, table_rows),) if table_rows else ()
    ), len(table_rows)


def _outside_section(facts: PackFacts) -> tuple[Section, int]:
    if not facts.period:
        return Section("Boroughs that differ more than chance explains", (NONE_KEPT,)), 0
    table_rows = tuple((outside_area.figure, outside_area.area, outside_area.words) for outside_area in facts.outside)
    summary_words = (
        "No borough differs more than chance could explain. Differences between them are no reason for praise or blame."
        if not table_rows
        else "A borough outside the limits is a question to ask, not an answer. The others differ no more than chance explains."
    )
    table = Table("Outside the limits", ("Figure", "Borough", "How"), table_rows)
    return Section(
        "Boroughs that differ more than chance explains", (summary_words,), (table,) if table_rows else ()
    ), len(table_rows)


def _figures_section(facts: PackFacts) -> tuple[Section, int]:
    if not facts.period:
        return Section("Figures", (NONE_KEPT,)), 0
    table_rows = tuple(
        (pack_figure.title, pack_figure.now, pack_figure.before or "not stored") for pack_figure in facts.figures
    )
    table = Table(f"Figures of {facts.period}", ("Figure", facts.period, "Quarter before"), table_rows)
    return Section("Figures", (f"The figures of {facts.period}, with those of the quarter before.",), (table,)), len(
        table_rows
    )


def _questions_section(facts: PackFacts) -> tuple[Section, int]:
    shown_questions = [
        question
        for question in facts.register.questions
        if question.is_open or _is_since(facts, question.answers[-1].at)
    ]
    table_rows = tuple(_question_row(question) for question in shown_questions)
    summary_words = f"Waiting for an answer: {sum(question.is_open for question in shown_questions):,}."
    table = Table("Questions", ("Number", "Asked", "Question", "Answer"), table_rows)
    return Section("Questions and answers", (summary_words,), (table,) if table_rows else ()), len(table_rows)


def _question_row(question: Question) -> tuple[str | int, ...]:
    answer = " ".join(answer_entry.words for answer_entry in question.answers) or "no answer yet"
    return question.asked.number, _moment_words(question.asked.at), question.asked.words, answer


def _moment_words(moment_at: datetime) -> str:
    return _day_words(in_london(moment_at).date())


def _day_words(calendar_day: date | None) -> str:
    return "no day set" if calendar_day is None else f"{calendar_day.day} {calendar_day:%B %Y}"

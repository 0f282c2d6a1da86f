"""A register of recommendations kept elsewhere, as rows of a file: read against stored facts, or set aside with the reason."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Final

from duecare.audit.grading.csv_rows import TORN_ROW, CsvRow, header_faults, lines_of
from duecare.recommendation.new_recommendation import Making, fault_of_text, maker_of
from duecare.recommendation.recommendation_at_moment import fold_recommendation
from duecare.recommendation.recommendation_fact import Deed, Fact, Origin, Party
from duecare.recommendation.recommendation_state import may_follow
from duecare.record.version import SetAside
from duecare.vocabulary.guard import spreadsheet_unguarded
from duecare.vocabulary.london_clock import london_day, read_time
from duecare.vocabulary.moments import When
from duecare.vocabulary.refusals import Refusal

COLUMNS: Final[Mapping[str, str]] = {
    "number": "the recommendation's own number in its register",
    "event": "what happened: one of the words below",
    "on": "the day, or the moment, on which that was so",
    "title": "on the row `made`: its topic in a line",
    "words": "on the row `made`: what it recommends; on others: the comment on the status. Never a person's name",
    "kind": "recommendation, action or advice; recommendation where empty",
    "origin": "inspection, round, expert_group or mayors_office",
    "addressed_to": "force or mayors_office; force where empty",
    "class": "immediate, three_months, six_months or dated",
    "due_on": "the day, where the class is dated",
    "published_on": "the day of publication; the day of the row where empty",
    "report": "the report it is in",
    "source_url": "where it can be read; several apart by spaces",
    "owner_post": "the kind of post that owns it",
    "owner_area": "the area of that post",
    "owner_officer": "the officer's number",
    "by": "on the row `reply`: force or mayors_office",
    "superseded_by": "on the row `superseded`: the number of what took its place",
}
REQUIRED: Final = ("number", "event", "on")
EVENTS: Final[Mapping[str, Deed]] = {
    "made": Deed.MADE,
    "awaiting_review": Deed.REPORTED_OPEN,
    "new": Deed.REPORTED_OPEN,
    "open": Deed.REPORTED_OPEN,
    "being_progressed": Deed.REPORTED_IN_HAND,
    "in_hand": Deed.REPORTED_IN_HAND,
    "complete": Deed.REPORTED_DONE,
    "closed": Deed.REPORTED_DONE,
    "action_plan": Deed.PLANNED,
    "reply": Deed.REPLIED,
    "owner": Deed.OWNER_NAMED,
    "superseded": Deed.SUPERSEDED,
}
_Fault = tuple[str, str, str]


@dataclass(frozen=True, slots=True)
class ReadRegister:
    """The rows taken as facts, those already stored, and those set aside with reasons.

    Shape:   rows in = accepted + unchanged + set aside. `accepted` in order of recommendation and sequence.
    """

    accepted: tuple[Fact, ...]
    unchanged: int
    set_aside: tuple[SetAside, ...]

    def as_json(self) -> dict[str, object]:
        """What an import prints."""
        return {
            "rows_in": len(self.accepted) + self.unchanged + len(self.set_aside),
            "accepted": len(self.accepted),
            "unchanged": self.unchanged,
            "set_aside": len(self.set_aside),
            "recommendations": len({recommendation_fact.number for recommendation_fact in self.accepted}),
            "reasons": [
                f"row {row_fault.row}, {row_fault.column}: {row_fault.reason}. {row_fault.remedy}"
                for row_fault in self.set_aside
            ],
        }


def rows_of_register(file_bytes: bytes) -> tuple[CsvRow, ...]:
    """The rows of this file.

    Raises:  RCM-001 if it is no such file; nothing of it is taken.
    """
    header, csv_lines = lines_of(file_bytes, "RCM-001")
    optional = [column_name for column_name in COLUMNS if column_name not in REQUIRED]
    faults = header_faults(header, REQUIRED, optional, "registers of recommendations")
    if faults:
        raise Refusal("RCM-001", where="the header", faults=faults)
    return csv_lines


def read_register(
    register_rows: Iterable[CsvRow],
    facts_by_number: Mapping[str, tuple[Fact, ...]],
    actor_name: str,
    noted_at: datetime,
    file_name: str = "",
) -> ReadRegister:
    """Read these rows into facts, beside those already stored.

    Shape:   `facts_by_number` by number. Rows of one recommendation are taken in the order of their times, those of one
             time in the order of the file, `made` first. A row that could not follow what is known by then is set aside,
             and so is one older than what is stored.
    """
    known_facts = {number: list(facts) for number, facts in facts_by_number.items()}
    accepted: list[Fact] = []
    aside: list[SetAside] = []
    unchanged = 0
    numbered = [(row_number, register_row) for row_number, register_row in enumerate(register_rows, 2) if register_row]
    for row_number, register_row in sorted(numbered, key=_in_turn):
        texts = {
            column_name: spreadsheet_unguarded(str(register_row.get(column_name) or "").strip())
            for column_name in COLUMNS
        }
        before = known_facts.get(texts["number"], [])
        row_fault = (
            ("row", "it has more or fewer cells than the header", "Quote cells that hold commas")
            if register_row.get(TORN_ROW)
            else None
        )
        read_fact = row_fault or _read_row(texts, before, actor_name, noted_at)
        if isinstance(read_fact, Fact):
            if any(_says_the_same(read_fact, earlier_fact) for earlier_fact in before):
                unchanged += 1
                continue
            known_facts.setdefault(read_fact.number, before).append(read_fact)
            accepted.append(read_fact)
            continue
        column, reason, remedy = read_fact
        original = tuple(
            (column_name, column_text) for column_name, column_text in register_row.items() if column_name != TORN_ROW
        )
        aside.append(SetAside(file_name, row_number, column, reason, f"{remedy}.", original))
    return ReadRegister(
        tuple(sorted(accepted, key=lambda read_fact: (read_fact.number, read_fact.sequence))),
        unchanged,
        tuple(sorted(aside, key=lambda row_fault: row_fault.row)),
    )


def _read_row(texts: Mapping[str, str], before: list[Fact], actor_name: str, noted_at: datetime) -> Fact | _Fault:
    row_deed = EVENTS.get(_plain_word(texts["event"]))
    if row_deed is None:
        return "event", "it is none of " + ", ".join(EVENTS), "Say what the row tells, in one of these words"
    days_by_column: dict[str, date | None] = {}
    column = "on"
    try:
        row_time = read_time(texts["on"]).when
        for column in ("due_on", "published_on"):
            days_by_column[column] = date.fromisoformat(texts[column]) if texts[column] else None
    except ValueError:
        return column, "a day or moment cannot be read", "Write days as 2016-11-25"
    if row_time.earliest > noted_at:
        return "on", "it is yet to come", "Take it in when it has happened"
    for column_name, column_text in texts.items():
        if fault := fault_of_text(column_name, column_text):
            return column_name, fault, "Shorten or mend it"
    fields: dict[str, object]
    party: Party | None = Party.FORCE
    if row_deed is Deed.MADE:
        making = _read_making(texts, days_by_column, row_time)
        if faults := making.faults(None):
            return "made", "; ".join(faults), "Mend what is named"
        fields, party = making.as_said(), maker_of(Origin(making.origin))
    else:
        fields = {
            field_name: texts[field_name]
            for field_name in ("words", "owner_post", "owner_area", "owner_officer", "superseded_by")
            if texts[field_name]
        }
        fields |= {"status": _plain_word(texts["event"])} | (
            {"url": texts["source_url"]} if texts["source_url"] else {}
        )
        party = _read_party(texts["by"]) if row_deed is Deed.REPLIED else party
        if row_deed is Deed.SUPERSEDED:
            fields["by"] = texts["superseded_by"]
    if party is None:
        return "by", "neither force nor mayors_office", "Say who replied"
    row_fact = Fact(texts["number"], len(before) + 1, row_deed, row_time, noted_at, actor_name, party, fields)
    return (
        row_fact
        if any(_says_the_same(row_fact, earlier_fact) for earlier_fact in before)
        else _followed_fact(row_fact, before)
    )


def _followed_fact(row_fact: Fact, before: list[Fact]) -> Fact | _Fault:
    if not before:
        return (
            row_fact
            if row_fact.deed is Deed.MADE
            else ("number", "no row says that it was made", "Give its row `made` too")
        )
    recommendation = fold_recommendation(before, datetime.max.replace(tzinfo=UTC))
    assert recommendation is not None
    if before[-1].happened_at.earliest > row_fact.happened_at.earliest:
        return "on", "it is older than what is held of this recommendation", "Facts are only added at the end"
    if not may_follow(row_fact.deed, recommendation.state, has_test=recommendation.test is not None):
        reason = (
            "its test is registered here"
            if recommendation.test is not None
            else f"its state is {recommendation.state.value}"
        )
        return "event", f"this cannot follow: {reason}", "Record it through the register's own pages or commands"
    return row_fact


def _read_making(texts: Mapping[str, str], days_by_column: Mapping[str, date | None], row_time: When) -> Making:
    return Making(
        number=texts["number"],
        title=texts["title"],
        words=texts["words"],
        kind=_plain_word(texts["kind"]) or "recommendation",
        origin=_plain_word(texts["origin"]),
        addressed_to=_plain_word(texts["addressed_to"]) or "force",
        urgency=_plain_word(texts["class"]),
        due_on=days_by_column["due_on"],
        published_on=days_by_column["published_on"] or london_day(row_time.earliest),
        report=texts["report"],
        source_url=texts["source_url"],
        owner_post=texts["owner_post"],
        owner_area=texts["owner_area"],
        owner_officer=texts["owner_officer"],
    )


def _says_the_same(first_fact: Fact, second_fact: Fact) -> bool:
    return (first_fact.deed, first_fact.happened_at, dict(first_fact.said)) == (
        second_fact.deed,
        second_fact.happened_at,
        dict(second_fact.said),
    )


def _in_turn(numbered: tuple[int, CsvRow]) -> tuple[datetime, bool, int]:
    row_number, register_row = numbered
    return _row_time(register_row).earliest, _plain_word(str(register_row.get("event") or "")) != "made", row_number


def _row_time(register_row: CsvRow) -> When:
    try:
        return read_time(spreadsheet_unguarded(str(register_row.get("on") or ""))).when
    except ValueError:
        return When.at(datetime.min.replace(tzinfo=UTC))


def _read_party(party_text: str) -> Party | None:
    return {"force": Party.FORCE, "mayors_office": Party.MAYORS_OFFICE}.get(_plain_word(party_text))


def _plain_word(word_text: str) -> str:
    return "_".join(word_text.replace("_", " ").replace("-", " ").casefold().split())

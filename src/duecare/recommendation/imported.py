"""A register of recommendations kept elsewhere, as rows of a file: read against what is held, or set aside with the reason."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Final

from duecare.audit.grading.csv_rows import TORN, Row, header_faults, lines_of
from duecare.recommendation.fact import Deed, Fact, Origin, Party
from duecare.recommendation.folded import fold
from duecare.recommendation.making import Making, fault_of_text, maker_of
from duecare.recommendation.state import may_follow
from duecare.record.version import SetAside
from duecare.vocabulary.guard import spreadsheet_unguarded
from duecare.vocabulary.moments import When, london_day, read_time
from duecare.vocabulary.refusals import Refusal

COLUMNS: Final[Mapping[str, str]] = {
    "number": "the recommendation's own number in its register",
    "event": "what the row tells: one of the words below",
    "on": "the day, or the moment, on which that was so",
    "title": "on the row `made`: its topic in a line",
    "words": "on the row `made`: what it recommends; on others: the comment beside the status; never a person's name",
    "kind": "recommendation, action or advice; recommendation where empty",
    "origin": "inspection, round, expert_group or mayors_office",
    "addressed_to": "force or mayors_office; force where empty",
    "class": "immediate, three_months, six_months or dated",
    "due_on": "the day, where the class is dated",
    "published_on": "the day of publication; the day of the row where empty",
    "report": "the report in which it stands",
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
    """Which rows were taken as facts, which said only what is held, and which were set aside, and why?

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
            "recommendations": len({fact.number for fact in self.accepted}),
            "reasons": [f"row {one.row}, {one.column}: {one.reason}. {one.remedy}" for one in self.set_aside],
        }


def rows_of_register(held: bytes) -> tuple[Row, ...]:
    """The rows of this file.

    Raises:  RCM-001 if it is no such file; nothing of it is taken.
    """
    header, rows = lines_of(held, "RCM-001")
    optional = [name for name in COLUMNS if name not in REQUIRED]
    faults = header_faults(header, REQUIRED, optional, "registers of recommendations")
    if faults:
        raise Refusal("RCM-001", where="the header", faults=faults)
    return rows


def read_register(
    rows: Iterable[Row], held: Mapping[str, tuple[Fact, ...]], by: str, noted_at: datetime, file: str = ""
) -> ReadRegister:
    """Which of these rows become facts, beside those that are held?

    Shape:   `held` by number. Rows of one recommendation are taken in the order of their times, those of one time in the order
             of the file, `made` first; a row that could not follow what is known by then is set aside, as is one older than
             what is held.
    """
    known = {number: list(facts) for number, facts in held.items()}
    accepted: list[Fact] = []
    aside: list[SetAside] = []
    unchanged = 0
    numbered = [(at, row) for at, row in enumerate(rows, 2) if row]
    for at, row in sorted(numbered, key=_in_turn):
        texts = {name: spreadsheet_unguarded(str(row.get(name) or "").strip()) for name in COLUMNS}
        before = known.get(texts["number"], [])
        read = (
            ("row", "it has more or fewer cells than the header", "Quote cells that hold commas")
            if row.get(TORN)
            else None
        )
        fact = read or _read(texts, before, by, noted_at)
        if isinstance(fact, Fact):
            if any(_says_the_same(fact, one) for one in before):
                unchanged += 1
                continue
            known.setdefault(fact.number, before).append(fact)
            accepted.append(fact)
            continue
        column, reason, remedy = fact
        original = tuple((name, text) for name, text in row.items() if name != TORN)
        aside.append(SetAside(file, at, column, reason, f"{remedy}.", original))
    return ReadRegister(
        tuple(sorted(accepted, key=lambda fact: (fact.number, fact.sequence))),
        unchanged,
        tuple(sorted(aside, key=lambda one: one.row)),
    )


def _read(texts: Mapping[str, str], before: list[Fact], by: str, noted_at: datetime) -> Fact | _Fault:
    deed = EVENTS.get(_word(texts["event"]))
    if deed is None:
        return "event", "it is none of " + ", ".join(EVENTS), "Say what the row tells, in one of these words"
    days: dict[str, date | None] = {}
    column = "on"
    try:
        when = read_time(texts["on"]).when
        for column in ("due_on", "published_on"):
            days[column] = date.fromisoformat(texts[column]) if texts[column] else None
    except ValueError:
        return column, "a day or moment cannot be read", "Write days as 2016-11-25"
    if when.earliest > noted_at:
        return "on", "it is yet to come", "Take it in when it has happened"
    for name, text in texts.items():
        if fault := fault_of_text(name, text):
            return name, fault, "Shorten or mend it"
    said: dict[str, object]
    party: Party | None = Party.FORCE
    if deed is Deed.MADE:
        making = _making(texts, days, when)
        if faults := making.faults(None):
            return "made", "; ".join(faults), "Mend what is named"
        said, party = making.as_said(), maker_of(Origin(making.origin))
    else:
        said = {
            name: texts[name]
            for name in ("words", "owner_post", "owner_area", "owner_officer", "superseded_by")
            if texts[name]
        }
        said |= {"status": _word(texts["event"])} | ({"url": texts["source_url"]} if texts["source_url"] else {})
        party = _party(texts["by"]) if deed is Deed.REPLIED else party
        if deed is Deed.SUPERSEDED:
            said["by"] = texts["superseded_by"]
    if party is None:
        return "by", "neither force nor mayors_office", "Say who replied"
    fact = Fact(texts["number"], len(before) + 1, deed, when, noted_at, by, party, said)
    return fact if any(_says_the_same(fact, one) for one in before) else _followed(fact, before)


def _followed(fact: Fact, before: list[Fact]) -> Fact | _Fault:
    if not before:
        return fact if fact.deed is Deed.MADE else ("number", "no row says that it was made", "Give its row `made` too")
    one = fold(before, datetime.max.replace(tzinfo=UTC))
    assert one is not None
    if before[-1].happened_at.earliest > fact.happened_at.earliest:
        return "on", "it is older than what is held of this recommendation", "Facts are only added at the end"
    if not may_follow(fact.deed, one.state, has_test=one.test is not None):
        why = "its test is registered here" if one.test is not None else f"its state is {one.state.value}"
        return "event", f"this cannot follow: {why}", "Record it through the register's own pages or commands"
    return fact


def _making(texts: Mapping[str, str], days: Mapping[str, date | None], when: When) -> Making:
    return Making(
        number=texts["number"],
        title=texts["title"],
        words=texts["words"],
        kind=_word(texts["kind"]) or "recommendation",
        origin=_word(texts["origin"]),
        addressed_to=_word(texts["addressed_to"]) or "force",
        urgency=_word(texts["class"]),
        due_on=days["due_on"],
        published_on=days["published_on"] or london_day(when.earliest),
        report=texts["report"],
        source_url=texts["source_url"],
        owner_post=texts["owner_post"],
        owner_area=texts["owner_area"],
        owner_officer=texts["owner_officer"],
    )


def _says_the_same(one: Fact, other: Fact) -> bool:
    return (one.deed, one.happened_at, dict(one.said)) == (other.deed, other.happened_at, dict(other.said))


def _in_turn(numbered: tuple[int, Row]) -> tuple[datetime, bool, int]:
    at, row = numbered
    return _time(row).earliest, _word(str(row.get("event") or "")) != "made", at


def _time(row: Row) -> When:
    try:
        return read_time(spreadsheet_unguarded(str(row.get("on") or ""))).when
    except ValueError:
        return When.at(datetime.min.replace(tzinfo=UTC))


def _party(text: str) -> Party | None:
    return {"force": Party.FORCE, "mayors_office": Party.MAYORS_OFFICE}.get(_word(text))


def _word(text: str) -> str:
    return "_".join(text.replace("_", " ").replace("-", " ").casefold().split())

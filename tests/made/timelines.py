"""Timelines written as small tables of text, judged, and held against what the same text expects.

    A: born 2010-05-01
    happened         | written          | what           | who     | with
    2016-03-01 09:00 | 2016-03-01 09:30 | crime_recorded | A child | officer=S1
    as of 2016-03-02 09:00
    -> open | due=2016-03-02 09:00

Times are what clocks in London showed. A blank `written` is as happened. `with` holds fields of the event (risk, outcome,
officer, area, case, source); anything else goes into its detail, `{...}` as JSON. `case=-` is an event of no case.
`-> none`: no finding.
`A: born 2010-05-01 sex F`, `case M1: area=E1; kind=exploitation`, `officer X: accreditations=one two` say more of them.
`name=value` is exact, `name~value` is within; a line that begins with `+` goes on with the one before.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from functools import cache
from pathlib import Path

from duecare.duty.assess import assess_duties
from duecare.duty.declaration import Duty, Scope
from duecare.duty.explain import explain_finding
from duecare.duty.finding import Finding
from duecare.duty.roster import Roster
from duecare.record.pole import (
    CaseKey,
    CaseRecord,
    EventRecord,
    InvolvementRow,
    OfficerRecord,
    PersonRecord,
    PostRecord,
    RecordKey,
)
from duecare.rulebook.all_duties import all_duties
from duecare.rulebook.force_policy import Policy, read_policy
from duecare.timeline.weave import weave_case, weave_person
from duecare.vocabulary.london_clock import in_london, read_time
from duecare.vocabulary.partial_date import read_partial_date

SAMPLE = Path(__file__).parents[2] / "policy" / "force.sample.toml"
FIELDS = ("risk", "outcome", "officer", "area", "team")


@cache
def policy() -> Policy:
    return read_policy(SAMPLE)


def at(text: str) -> datetime:
    return read_time(text).when.latest


@dataclass
class Scene:
    """Everything a timeline is woven from."""

    events: list[EventRecord] = field(default_factory=list)
    persons: dict[RecordKey, PersonRecord] = field(default_factory=dict)
    whose: dict[RecordKey, str] = field(default_factory=dict)
    cases: dict[CaseKey, CaseRecord] = field(default_factory=dict)
    officers: list[OfficerRecord] = field(default_factory=list)
    posts: list[PostRecord] = field(default_factory=list)

    def findings(
        self, as_of: datetime, only: Iterable[Duty] | None = None, terms: Policy | None = None
    ) -> tuple[Finding, ...]:
        """Every finding of every case and person in the scene."""
        chosen = tuple(only if only is not None else all_duties())
        roster = Roster(tuple(self.officers), tuple(self.posts))
        terms = terms or policy()
        found: list[Finding] = []
        keys = {event.case for event in self.events if event.case}
        for key in sorted(keys):
            events = [event for event in self.events if event.case == key]
            timeline = weave_case(key, self.cases.get(key), events, self.persons, self.whose)
            found.extend(assess_duties(timeline, [d for d in chosen if d.scope is Scope.CASE], roster, as_of, terms))
        tied = {tie.record for event in self.events for tie in event.ties}
        people: dict[str, set[RecordKey]] = {}
        for record in tied:
            people.setdefault(self.whose.get(record, str(record)), set()).add(record)
        for person, records in sorted(people.items()):
            mine = {e.case for e in self.events if e.case and any(tie.record in records for tie in e.ties)}
            events = [e for e in self.events if e.case in mine or any(tie.record in records for tie in e.ties)]
            timeline = weave_person(person, records, events, self.cases, self.persons, self.whose)
            found.extend(
                assess_duties(timeline, [d for d in chosen if d.scope is not Scope.CASE], roster, as_of, terms)
            )
        return tuple(found)


def scene(text: str) -> tuple[Scene, list[tuple[datetime, list[str]]]]:
    """The scene that this text shows, and what it expects as of which moments."""
    made, expected = Scene(), []
    for line in filter(None, (line.strip() for line in text.splitlines())):
        if line.startswith("as of "):
            expected.append((at(line.removeprefix("as of ")), []))
        elif line.startswith("->"):
            expected[-1][1].append(line.removeprefix("->").strip())
        elif line.startswith("+"):
            expected[-1][1][-1] += f" | {line.removeprefix('+').strip()}"
        elif "|" in line:
            if not line.startswith("happened"):
                made.events.append(_event(line, len(made.events) + 1))
        else:
            _declare(made, line)
    return made, expected


def check(text: str, duty_id: str, only: Iterable[Duty] | None = None) -> None:
    """Judge the scene and hold each finding of the duty against the line that expects it, in order of its start."""
    made, expected = scene(text)
    assert expected, "nothing is expected"
    chosen = {d.id: d for d in (only if only is not None else all_duties())}
    assert duty_id in chosen, f"no duty has this id: {duty_id}"
    for as_of, lines in expected:
        found = [f for f in made.findings(as_of, only) if f.duty == duty_id]
        hold(found, lines, as_of)
        for finding in found:
            assert Finding.from_json(json.loads(json.dumps(finding.as_json()))) == finding
            assert all(explain_finding(finding, chosen[finding.duty]))


def hold(found: Iterable[Finding], lines: list[str], as_of: datetime) -> None:
    """Hold findings against the lines that expect them, in order of their start."""
    found = sorted(found, key=lambda f: (f.started_at, f.source, f.case_ref or "", f.subject or "", f.occurrence))
    shown = [_shown(finding) for finding in found]
    wanted = [] if lines == ["none"] else lines
    assert len(shown) == len(wanted), f"as of {in_london(as_of)}: {json.dumps(shown, indent=1)}"
    for line, one in zip(wanted, shown, strict=True):
        state, *rest = (part.strip() for part in line.split("|"))
        assert one["state"] == state, f"as of {in_london(as_of)}: {json.dumps(one, indent=1)}"
        for part in rest:
            name, holds, value = part.partition("~" if "~" in part.split("=")[0] else "=")
            good = value in one[name] if holds == "~" else one[name] == value
            assert good, f"as of {in_london(as_of)}: {name} {holds} {value}: {json.dumps(one, indent=1)}"


def _shown(finding: Finding) -> dict[str, str]:
    said = finding.as_json()
    said["started"], said["due"], said["met"] = _time(finding.started_at), _time(finding.due_at), _time(finding.met_at)
    said["ended"], said["late"] = _time(finding.ended_at), finding.late_by_hours
    said["evidence"] = " ".join(f"{e.role}:{e.event_id}" for e in finding.evidence)
    said["told"] = " ".join(f"{t.role}:{t.person or 'vacant'}@{_time(t.at)}" for t in finding.told)
    return {name: "-" if value is None else str(value) for name, value in said.items()}


def _time(moment: datetime | None) -> str | None:
    if moment is None:
        return None
    return f"{in_london(moment):%Y-%m-%d %H:%M:%S}".removesuffix(":00")


def _event(line: str, number: int) -> EventRecord:
    happened, written, what, who, with_ = [*(part.strip() for part in line.split("|")), "", "", ""][:5]
    said = dict(part.strip().split("=", 1) for part in with_.split(";") if part.strip())
    source = said.pop("source", "merlin")
    case = said.pop("case", "M1")
    when = read_time(happened).when
    detail: dict[str, object] = {}
    for name in [name for name in said if name not in (*FIELDS, "id")]:
        value = said.pop(name)
        detail[name] = json.loads(value) if value.startswith("{") else {"true": True, "false": False}.get(value, value)
    return EventRecord(
        source=source,
        event_id=said.pop("id", f"e{number}"),
        kind=what,
        happened_at=when,
        written_at=at(written) if written else when.latest,
        case=None if case == "-" else CaseKey(source, case),
        detail=detail,
        ties=tuple(InvolvementRow(key(name), role) for name, role in sorted(_ties(who))) if who else (),
        **said,
    )


def _ties(who: str) -> list[list[str]]:
    return [part.split() for part in who.split(",")]


def key(name: str) -> RecordKey:
    source, _, record = name.rpartition(":")
    return RecordKey(source or "merlin", record)


def _declare(made: Scene, line: str) -> None:
    name, _, rest = line.partition(":")
    words = rest.split()
    match name.split()[0]:
        case "case":
            found = CaseKey("merlin", name.split()[1])
            said = dict(part.strip().split("=", 1) for part in rest.split(";") if part.strip())
            closed = read_time(said["closed"]).when if "closed" in said else None
            kind = said.get("kind", "child_concern")
            made.cases[found] = CaseRecord(found, kind, said.get("area", ""), closed_at=closed)
        case "officer":
            said = dict(part.strip().split("=", 1) for part in rest.split(";") if part.strip())
            times = {n: at(said[n]) for n in ("absent_from", "absent_to") if n in said}
            made.officers.append(
                OfficerRecord(
                    "people",
                    name.split()[1],
                    supervisor=said.get("supervisor", ""),
                    accreditations=tuple(said.get("accreditations", "").split()),
                    absent_from_text=said.get("absent_from", ""),
                    **times,
                )
            )
        case "post":
            said = dict(part.strip().split("=", 1) for part in rest.split(";") if part.strip())
            made.posts.append(
                PostRecord("people", name.split()[1], said["kind"], said.get("area", ""), said.get("holder", ""))
            )
        case "same":
            for record in words:
                made.whose[key(record)] = name.split()[1]
        case _:
            assert words[0] == "born", line
            sex = words[3] if words[2:3] == ["sex"] else ""
            made.persons[key(name)] = PersonRecord(key(name), born=read_partial_date(words[1]), sex=sex)

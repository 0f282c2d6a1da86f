"""The bundle of a file to be graded: the case as known at the draw, and apart from it what was written later."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import Enum

import orjson

from duecare.access.act import Act
from duecare.access.thing import FileThing
from duecare.audit.grading.file_judgement import EventKey, Said, said_of
from duecare.audit.grading.grade_scheme import Scheme, grade_schemes
from duecare.audit.grading.grade_sealing import key_fingerprint, reveal_draft
from duecare.audit.grading.grading_method import Method, grading_methods, is_investigation
from duecare.authorisation.authorise import authorise, log_read
from duecare.authorisation.request import Request
from duecare.record.pole import CaseKey, CaseRecord, EventRecord
from duecare.store.audit import case_referrals, file_allocations, grade_drafts, sealed_grades, side_keys
from duecare.store.audit.file_allocations import OwnFile
from duecare.store.facts.fact_lookup import Facts, facts_of_case, sealed_cases
from duecare.store.ledger.opaque_ids import Name
from duecare.use_cases.deliveries.receive_delivery import OWN_SOURCE
from duecare.visibility.case_scope import names_of_case
from duecare.visibility.display_names import label_of
from duecare.visibility.page_types import TimelineRow
from duecare.visibility.sealed_filter import Shut, marked_as_now, sealed_people
from duecare.visibility.timeline import as_of_then, timeline_rows
from duecare.vocabulary.refusals import Refusal


class Written(Enum):
    """What was done to this event after the draw?"""

    BEFORE = "before"
    NEW = "new"
    CHANGED = "changed"
    WITHDRAWN = "withdrawn"


class Draft(Enum):
    """What of the viewer's own words is there to go on with?"""

    NONE = "none"
    READ = "read"
    ELSEWHERE = "elsewhere"


@dataclass(frozen=True, slots=True)
class BundleRow:
    """One event of a bundle: by which number it is pointed at, and how long after it happened it was written.

    Shape:   numbers count up from 1 for what was known at the draw, from A1 for what was written later. `came_after`: the
             source says that it was written before the draw, and it was received here only afterwards.
    """

    number: str
    row: TimelineRow
    late: timedelta
    written: Written = Written.BEFORE
    came_after: bool = False

    @property
    def key(self) -> EventKey:
        """By which key is it pointed at in what is sealed?"""
        return self.row.event.source, self.row.event.event_id


@dataclass(frozen=True, slots=True)
class Bundle:
    """What does the grader of this file see beside the form, and what have they written so far?

    Shape:   `timeline` from the first event on, as known at the draw or, asked so, at an earlier moment `known_at`;
             `after` in the order of writing, without what Duecare itself wrote. Never a finding. `seal` is empty until it
             is submitted; `said` is what the viewer's own key opens, and empty where there is nothing. `sent_back_at` is when
             the viewer themselves last sent the case back; `has_suspect` says whether anybody is tied into it as one.
    """

    file: OwnFile
    case: CaseRecord | None
    people: tuple[tuple[str, tuple[str, ...]], ...]
    timeline: tuple[BundleRow, ...]
    after: tuple[BundleRow, ...]
    known_at: datetime
    method: Method
    scheme: Scheme
    is_investigation: bool
    said: Said
    draft: Draft
    key: str
    seal: str = ""
    submitted_at: datetime | None = None
    is_opened: bool = False
    sent_back_at: datetime | None = None
    has_suspect: bool = True

    @property
    def events(self) -> dict[str, EventKey]:
        """Which event has which number?"""
        return {one.number: one.key for one in (*self.timeline, *self.after)}


def read_bundle(
    request: Request, round_name: str, key: CaseKey, *, own_key: bytes | None = None, known_at: datetime | None = None
) -> Bundle:
    """What is there to be graded in this file of this round?

    Shape:   as known at the draw; at `known_at`, where that is earlier: what was known when.
    Raises:  ACC-001 unless the file is allotted to the viewer, who grades for the side that it is allotted for; AUD-002
             where the round goes by a method or a scheme that is not known here.
    """
    file = file_to_grade(request, round_name, key)
    try:
        bundle, names = bundle_of(file, request.now, own_key=own_key, known_at=known_at)
    except Refusal:
        log_read(request, Act.GRADE_FILE)
        raise
    log_read(request, Act.GRADE_FILE, names)
    return bundle


def file_to_grade(request: Request, round_name: str, key: CaseKey) -> OwnFile:
    """This file, if the viewer may grade it; a refusal is in the ledger before it is given.

    Raises:  ACC-001 where it is not theirs, there is none, or its case has been sealed since it was drawn.
    """
    viewer = request.viewer
    file = file_allocations.own_file(viewer.account, viewer.side, round_name, key) if viewer.side else None
    if file is not None and key in sealed_cases():
        file = None
    graders = frozenset({viewer.account}) if file else frozenset[str]()
    authorise(request, Act.GRADE_FILE, FileThing(round_name, f"{key.source}:{key.case_ref}", graders))
    assert file is not None
    return file


def bundle_of(
    file: OwnFile, now: datetime, *, own_key: bytes | None = None, known_at: datetime | None = None
) -> tuple[Bundle, set[Name]]:
    """The bundle of a file that may be graded, with the names under which the ledger speaks of those in it."""
    method, scheme = grading_methods().get(file.method), grade_schemes().get(file.scheme)
    if method is None or scheme is None:
        raise Refusal("AUD-002", where=file.round, found="a method or a scheme of grades that is not known here")
    drawn, today = facts_of_case(file.key, file.known_at), facts_of_case(file.key, None)
    shut = Shut(people=frozenset(sealed_people() & {*drawn.whose.values(), *today.whose.values()}))
    then, since = shut.facts(marked_as_now(drawn)), shut.facts(marked_as_now(today))
    after = _after(then, since, file, now)
    shown, moment = then, file.known_at
    if known_at is not None and known_at < file.known_at:
        shown, moment = shut.facts(marked_as_now(facts_of_case(file.key, known_at))), known_at
    numbers = {(e.source, e.event_id): number for number, e in enumerate(_in_order(then, file.known_at), 1)}
    timeline = tuple(
        BundleRow(
            str(numbers.get((row.event.source, row.event.event_id), "–")),
            _unlinked(row),
            lateness(row.event),
            came_after=row.received_at > file.known_at,
        )
        for row in reversed(timeline_rows(shown.events, shown, moment))
    )
    roles = {tie.role for event in then.events for tie in event.ties}
    case = as_of_then(shown.cases.get(file.key), moment)
    held = sealed_grades.seals_in_force([file.id], file.side).get(file.id)
    said, draft = _draft(file, own_key)
    side_key = side_keys.key_in_force(file.side)
    bundle = Bundle(
        file=file,
        case=case,
        people=_people(shown, moment),
        timeline=timeline,
        after=after,
        known_at=moment,
        method=method,
        scheme=scheme,
        is_investigation=is_investigation(case.kind if case else "", roles),
        said=said,
        draft=draft,
        key=key_fingerprint(side_key.public) if side_key else "",
        seal=held.seal if held else "",
        submitted_at=held.submitted_at if held else None,
        is_opened=bool(held and held.is_opened),
        sent_back_at=case_referrals.sent_by(file.key, file.round, file.account),
        has_suspect="suspect" in roles,
    )
    return bundle, names_of_case(file.key, then) | names_of_case(file.key, since)


def draft_name(file: OwnFile) -> str:
    """What a draft is concealed as, so that it is no other file's nor anyone else's."""
    return orjson.dumps(["duecare draft 1", file.round, *file.key, file.account]).decode()


def lateness(event: EventRecord) -> timedelta:
    """How long after it happened was this written? Nothing, where it was written at once or announced beforehand.

    Unknown: an event known only to the day counts from that day's end.
    """
    return max(event.written_at - event.happened_at.latest, timedelta())


def _after(then: Facts, since: Facts, file: OwnFile, now: datetime) -> tuple[BundleRow, ...]:
    # That a grader sent the case back would tell the other side what they think of it.
    since = replace(since, events=tuple(e for e in since.events if e.source != OWN_SOURCE or e in then.events))
    before = {(e.source, e.event_id): e for e in then.events}
    today = {(e.source, e.event_id): e for e in since.events}
    found: list[tuple[TimelineRow, Written]] = []
    for row in timeline_rows(since.events, since, now):
        was = before.get((row.event.source, row.event.event_id))
        if was != row.event:
            found.append((row, Written.NEW if was is None else Written.CHANGED))
    gone = [event for key, event in before.items() if key not in today]
    found += [(row, Written.WITHDRAWN) for row in timeline_rows(gone, then, file.known_at)]
    found.sort(key=lambda one: (one[0].event.written_at, one[0].event.source, one[0].event.event_id))
    return tuple(
        BundleRow(f"A{number}", _unlinked(row), lateness(row.event), written)
        for number, (row, written) in enumerate(found, 1)
    )


def _in_order(facts: Facts, as_of: datetime) -> list[EventRecord]:
    return [row.event for row in reversed(timeline_rows(facts.events, facts, as_of))]


def _unlinked(row: TimelineRow) -> TimelineRow:
    """This row without the ids of its people: a grader opens nobody's page."""
    return replace(row, people=tuple(("", label, role) for _, label, role in row.people))


def _people(facts: Facts, as_of: datetime) -> tuple[tuple[str, tuple[str, ...]], ...]:
    roles: dict[str, set[str]] = {}
    labels: dict[str, str] = {}
    for event in facts.events:
        if event.happened_at.earliest <= as_of:
            for tie in event.ties:
                person = facts.whose[tie.record]
                roles.setdefault(person, set()).add(tie.role)
                label = label_of(tie.record, facts)
                labels[person] = min(label, labels.get(person, label))
    return tuple(sorted((labels[person], tuple(sorted(held))) for person, held in roles.items()))


def _draft(file: OwnFile, own_key: bytes | None) -> tuple[Said, Draft]:
    concealed = grade_drafts.draft_of(file)
    if concealed is None:
        return Said(), Draft.NONE
    content = reveal_draft(concealed, own_key, draft_name(file)) if own_key else None
    if content is None:
        return Said(), Draft.ELSEWHERE
    return said_of(orjson.loads(content)), Draft.READ

"""The bundle of a file to be graded: the case as known at the draw, and apart from it what was written later."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import Enum

import orjson

from duecare.access.act import Act
from duecare.access.thing import FileThing
from duecare.audit.grading.file_judgement import EventKey, GradingForm, said_of
from duecare.audit.grading.grade_encryption import key_fingerprint, reveal_draft
from duecare.audit.grading.grade_scheme import Scheme, grade_schemes
from duecare.audit.grading.grading_method import Method, grading_methods, is_investigation
from duecare.authorisation.authorise import authorise, log_read
from duecare.authorisation.request import Request
from duecare.record.pole import CaseKey, CaseRecord, EventRecord
from duecare.store.audit import case_referrals, file_allocations, grade_drafts, sealed_grades, side_keys
from duecare.store.audit.file_allocations import OwnFile
from duecare.store.facts.fact_lookup import Facts, facts_of_case, sealed_cases
from duecare.store.ledger.opaque_ids import LedgerRef
from duecare.use_cases.deliveries.receive_delivery import OWN_SOURCE
from duecare.visibility.allocated_file import FileVisibility
from duecare.visibility.case_scope import ledger_refs_of_case
from duecare.visibility.display_names import label_of
from duecare.visibility.sealed_filter import marked_as_now
from duecare.visibility.timeline import as_of_then
from duecare.visibility.visible import VisibleTimelineRow
from duecare.vocabulary.refusals import Refusal


class Written(Enum):
    """What was done to an event after the draw."""

    BEFORE = "before"
    NEW = "new"
    CHANGED = "changed"
    WITHDRAWN = "withdrawn"


class Draft(Enum):
    """What of the viewer's own words there is to continue from."""

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
    row: VisibleTimelineRow
    late: timedelta
    written: Written = Written.BEFORE
    came_after: bool = False

    @property
    def key(self) -> EventKey:
        """The key by which what is sealed points at it."""
        return self.row.event.source, self.row.event.event_id


@dataclass(frozen=True, slots=True)
class Bundle:
    """What the grader of a file sees beside the form, and what they have written so far.

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
    said: GradingForm
    draft: Draft
    key: str
    seal: str = ""
    submitted_at: datetime | None = None
    is_opened: bool = False
    sent_back_at: datetime | None = None
    has_suspect: bool = True

    @property
    def events(self) -> dict[str, EventKey]:
        """The key of each event, by its number."""
        return {bundle_row.number: bundle_row.key for bundle_row in (*self.timeline, *self.after)}


def read_bundle(
    request: Request,
    round_name: str,
    case_key: CaseKey,
    *,
    own_key: bytes | None = None,
    known_at: datetime | None = None,
) -> Bundle:
    """The bundle of this file of this round, for its grader.

    Shape:   as known at the draw; at `known_at`, where that is earlier: what was known when.
    Raises:  ACC-001 unless the file is allotted to the viewer, who grades for the side that it is allotted for; AUD-002
             where the round follows a method or a scheme that is not known here.
    """
    sampled_file = file_to_grade(request, round_name, case_key)
    try:
        bundle, names = bundle_of(sampled_file, request.now, own_key=own_key, known_at=known_at)
    except Refusal:
        log_read(request, Act.GRADE_FILE)
        raise
    log_read(request, Act.GRADE_FILE, names)
    return bundle


def file_to_grade(request: Request, round_name: str, case_key: CaseKey) -> OwnFile:
    """This file, if the viewer may grade it; a refusal is in the ledger before it is given.

    Raises:  ACC-001 where it is not theirs, there is none, or its case has been sealed since it was drawn.
    """
    viewer = request.viewer
    sampled_file = file_allocations.own_file(viewer.account, viewer.side, round_name, case_key) if viewer.side else None
    if sampled_file is not None and case_key in sealed_cases():
        sampled_file = None
    graders = frozenset({viewer.account}) if sampled_file else frozenset[str]()
    authorise(request, Act.GRADE_FILE, FileThing(round_name, f"{case_key.source}:{case_key.case_ref}", graders))
    assert sampled_file is not None
    return sampled_file


def bundle_of(
    sampled_file: OwnFile, current_time: datetime, *, own_key: bytes | None = None, known_at: datetime | None = None
) -> tuple[Bundle, set[LedgerRef]]:
    """The bundle of a file that may be graded, with the names under which the ledger speaks of those in it."""
    method, scheme = grading_methods().get(sampled_file.method), grade_schemes().get(sampled_file.scheme)
    if method is None or scheme is None:
        raise Refusal(
            "AUD-002", where=sampled_file.round, found="a method or a scheme of grades that is not known here"
        )
    drawn, today = facts_of_case(sampled_file.key, sampled_file.known_at), facts_of_case(sampled_file.key, None)
    visible = FileVisibility.of_facts(drawn, today)
    facts_then, since = visible.facts_shown(marked_as_now(drawn)), visible.facts_shown(marked_as_now(today))
    after = _rows_after(visible, facts_then, since, sampled_file, current_time)
    facts_shown, moment = facts_then, sampled_file.known_at
    if known_at is not None and known_at < sampled_file.known_at:
        facts_shown, moment = visible.facts_shown(marked_as_now(facts_of_case(sampled_file.key, known_at))), known_at
    numbers = {
        (event.source, event.event_id): number
        for number, event in enumerate(_in_order(visible, facts_then, sampled_file.known_at), 1)
    }
    timeline = tuple(
        BundleRow(
            str(numbers.get((timeline_row.event.source, timeline_row.event.event_id), "–")),
            timeline_row,
            written_lateness(timeline_row.event),
            came_after=timeline_row.received_at > sampled_file.known_at,
        )
        for timeline_row in reversed(visible.timeline_shown(facts_shown.events, facts_shown, moment))
    )
    roles = {involvement.role for event in facts_then.events for involvement in event.ties}
    case_shown = as_of_then(facts_shown.cases.get(sampled_file.key), moment)
    grade_seal = sealed_grades.seals_in_force([sampled_file.id], sampled_file.side).get(sampled_file.id)
    draft_said, draft = _own_draft(sampled_file, own_key)
    side_key = side_keys.key_in_force(sampled_file.side)
    bundle = Bundle(
        file=sampled_file,
        case=case_shown,
        people=_people_roles(facts_shown, moment),
        timeline=timeline,
        after=after,
        known_at=moment,
        method=method,
        scheme=scheme,
        is_investigation=is_investigation(case_shown.kind if case_shown else "", roles),
        said=draft_said,
        draft=draft,
        key=key_fingerprint(side_key.public) if side_key else "",
        seal=grade_seal.seal if grade_seal else "",
        submitted_at=grade_seal.submitted_at if grade_seal else None,
        is_opened=bool(grade_seal and grade_seal.is_opened),
        sent_back_at=case_referrals.sent_by(sampled_file.key, sampled_file.round, sampled_file.account),
        has_suspect="suspect" in roles,
    )
    return bundle, ledger_refs_of_case(sampled_file.key, facts_then) | ledger_refs_of_case(sampled_file.key, since)


def draft_name(sampled_file: OwnFile) -> str:
    """What a draft is concealed as, so that it is no other file's nor anyone else's."""
    return orjson.dumps(["duecare draft 1", sampled_file.round, *sampled_file.key, sampled_file.account]).decode()


def written_lateness(event: EventRecord) -> timedelta:
    """How long after it happened this was written; zero where it was written at once or announced beforehand.

    Unknown: an event known only to the day counts from that day's end.
    """
    return max(event.written_at - event.happened_at.latest, timedelta())


def _rows_after(
    visible: FileVisibility, facts_then: Facts, since: Facts, sampled_file: OwnFile, current_time: datetime
) -> tuple[BundleRow, ...]:
    # That a grader sent the case back would tell the other side what they think of it.
    since = replace(
        since, events=tuple(event for event in since.events if event.source != OWN_SOURCE or event in facts_then.events)
    )
    before = {(event.source, event.event_id): event for event in facts_then.events}
    today = {(event.source, event.event_id): event for event in since.events}
    rows_after: list[tuple[VisibleTimelineRow, Written]] = []
    for timeline_row in visible.timeline_shown(since.events, since, current_time):
        event_before = before.get((timeline_row.event.source, timeline_row.event.event_id))
        if event_before != timeline_row.event:
            rows_after.append((timeline_row, Written.NEW if event_before is None else Written.CHANGED))
    withdrawn_events = [event for event_key, event in before.items() if event_key not in today]
    rows_after += [
        (timeline_row, Written.WITHDRAWN)
        for timeline_row in visible.timeline_shown(withdrawn_events, facts_then, sampled_file.known_at)
    ]
    rows_after.sort(
        key=lambda row_after: (row_after[0].event.written_at, row_after[0].event.source, row_after[0].event.event_id)
    )
    return tuple(
        BundleRow(f"A{number}", timeline_row, written_lateness(timeline_row.event), written)
        for number, (timeline_row, written) in enumerate(rows_after, 1)
    )


def _in_order(visible: FileVisibility, facts: Facts, as_of: datetime) -> list[EventRecord]:
    return [timeline_row.event for timeline_row in reversed(visible.timeline_shown(facts.events, facts, as_of))]


def _people_roles(facts: Facts, as_of: datetime) -> tuple[tuple[str, tuple[str, ...]], ...]:
    roles: dict[str, set[str]] = {}
    labels: dict[str, str] = {}
    for event in facts.events:
        if event.happened_at.earliest <= as_of:
            for involvement in event.ties:
                person = facts.whose[involvement.record]
                roles.setdefault(person, set()).add(involvement.role)
                label = label_of(involvement.record, facts)
                labels[person] = min(label, labels.get(person, label))
    return tuple(sorted((labels[person], tuple(sorted(person_roles))) for person, person_roles in roles.items()))


def _own_draft(sampled_file: OwnFile, own_key: bytes | None) -> tuple[GradingForm, Draft]:
    concealed = grade_drafts.draft_of(sampled_file)
    if concealed is None:
        return GradingForm(), Draft.NONE
    content = reveal_draft(concealed, own_key, draft_name(sampled_file)) if own_key else None
    if content is None:
        return GradingForm(), Draft.ELSEWHERE
    return said_of(orjson.loads(content)), Draft.READ

"""What differs between the findings at two moments, each as known then, and by what."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from datetime import datetime

from duecare.access.act import Act
from duecare.access.thing import FINDINGS
from duecare.assessment.all_findings import every_finding
from duecare.assessment.explain_change import Change, ChangeCause, explain_differences, is_same
from duecare.assessment.facts_at import Item, Unit, Which
from duecare.assessment.policy_history import policy_at
from duecare.assessment.rules_in_force import AssessmentContext
from duecare.assessment.selected_duties import only_duties
from duecare.authorisation.authorise import authorise, check_ledger_writable, log_read, refuse_as_absent
from duecare.authorisation.request import Request
from duecare.config import Config
from duecare.duty.finding import Finding
from duecare.record.pole import CaseKey, RecordKey
from duecare.rulebook.force_policy import Policy
from duecare.store.facts.fact_lookup import facts_of_case, keys_of_case_ref
from duecare.store.linkage.linked_people import id_in_force, linked_as, runs_kept, whose_are
from duecare.use_cases.findings.findings_in_scope import Wanted
from duecare.visibility.case_scope import case_thing, ledger_refs_of_case, ledger_refs_of_findings
from duecare.visibility.view import Visibility, visibility_for_lists
from duecare.visibility.visible import VisibleFinding

TellProgress = Callable[[str, int], None]


@dataclass(frozen=True, slots=True)
class Moment:
    """A moment: where the clock stands, and what is known (what was written by `known_at`)."""

    as_of: datetime
    known_at: datetime


@dataclass(frozen=True, slots=True)
class Side:
    """By what one of the two moments was assessed.

    Shape:   `linked_at` and `policy_since` None: what was in force then is not kept, and today's stands in.
    """

    moment: Moment
    rulebook: str
    linked_at: datetime | None
    policy_since: datetime | None


@dataclass(frozen=True, slots=True)
class ChangeShown(Change):
    """A change with its finding as the viewer may see it at both moments, and those causes that they may see."""

    before: VisibleFinding | None
    after: VisibleFinding | None


@dataclass(frozen=True, slots=True)
class Changed:
    """What differs between the two, and by what; `hidden` is how many rows by which it does are not shown.

    Shape:   what is sealed is not even counted as hidden.
    """

    then: Side
    now: Side
    changes: tuple[ChangeShown, ...]
    hidden: int
    notes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Sides:
    """Both moments ready to be assessed."""

    then: AssessmentContext
    now: AssessmentContext
    links_then: int | None
    links_now: int | None
    said: tuple[Side, Side]


def list_changes(
    request: Request,
    config: Config,
    wanted_findings: Wanted,
    moment_then: Moment,
    moment_now: Moment,
    *,
    policy_then: Policy | None = None,
    tell_progress: TellProgress = lambda _step_name, _count: None,
) -> Changed:
    """The findings that differ between two moments, cut to what the viewer may open now, with the causes.

    Shape:   with a case or person, only that is assessed; else everything twice, and what differs again by itself. Ordered
             as findings are. `policy_then` stands in place of the policy kept from then.
    Raises:  ACC-003 when the viewer may not list findings.
    """
    authorise(request, Act.READ_FINDINGS, FINDINGS)
    check_ledger_writable(request, Act.READ_FINDINGS)
    sides = _two_sides(config, moment_then, moment_now, policy_then)
    visible = visibility_for_lists(request, config)
    is_there = wanted_findings.person is None or visible.answers_to(wanted_findings.person)
    units = list(_changed_units(wanted_findings, sides, tell_progress)) if is_there else []
    cases = visible.cases_in_scope({changed_unit for changed_unit in units if isinstance(changed_unit, CaseKey)})
    people = visible.people_in_scope({changed_unit for changed_unit in units if isinstance(changed_unit, str)})
    changes_found: list[Change] = []
    for units_done, changed_unit in enumerate(units, 1):
        if changed_unit in cases or changed_unit in people:
            changes_found += _wanted_changes(_unit_differences(changed_unit, sides), wanted_findings, changed_unit)
        tell_progress("what differs", units_done)
    return _changes_shown(visible, changes_found, sides, Act.READ_FINDINGS)


def changed_in_case(
    request: Request, config: Config, source: str, case_ref: str, moment_then: Moment, moment_now: Moment
) -> Changed:
    """The findings of this case that differ between two moments, with the causes.

    Raises:  ACC-001 where the viewer may not open it, and where there is none: the answer is the same.
    """
    case_key = CaseKey(source, case_ref)
    facts = facts_of_case(case_key, None)
    names = ledger_refs_of_case(case_key, facts)
    authorise(request, Act.OPEN_CASE, case_thing(case_key, facts, request.now), names if facts.events else ())
    if not facts.events and case_key not in facts.cases:
        refuse_as_absent(request, Act.OPEN_CASE)
    sides = _two_sides(config, moment_then, moment_now, None)
    return _changes_shown(
        visibility_for_lists(request, config), _unit_differences(case_key, sides), sides, Act.OPEN_CASE
    )


def _two_sides(config: Config, moment_then: Moment, moment_now: Moment, policy_then: Policy | None) -> _Sides:
    policies = policy_at(config, moment_then.as_of), policy_at(config, moment_now.as_of)
    if policy_then is not None:
        policies = replace(policies[0], policy=policy_then), policies[1]
    link_runs = runs_kept()
    contexts, links, side_notes = [], [], []
    for moment, policy in zip((moment_then, moment_now), policies, strict=True):
        context = replace(AssessmentContext.at(config, moment.as_of, moment.known_at), policy=policy.policy)
        link_run = next((link_run for link_run in reversed(link_runs) if link_run[1] <= moment.known_at), None)
        contexts.append(context)
        links.append(link_run[0] if link_run else None)
        side_notes.append(Side(moment, context.rulebook, link_run[1] if link_run else None, policy.since))
    # Where the linkage of the earlier moment is gone, that of the later stands in: then links explain nothing.
    return _Sides(contexts[0], contexts[1], links[0] or links[1], links[1], (side_notes[0], side_notes[1]))


def _unit_differences(changed_unit: Unit, sides: _Sides) -> list[Change]:
    return explain_differences(changed_unit, sides.then, sides.now, sides.links_then, sides.links_now)


def _changed_units(wanted_findings: Wanted, sides: _Sides, tell_progress: TellProgress) -> Iterable[Unit]:
    if wanted_findings.case is not None:
        yield from keys_of_case_ref(wanted_findings.case)
        return
    if wanted_findings.person is not None:
        person = id_in_force(wanted_findings.person)
        yield from [person] if person else []
        return
    before = _findings_by_key(sides.then, sides.links_then, wanted_findings)
    tell_progress("what was", len(before))
    after = _findings_by_key(sides.now, sides.links_now, wanted_findings)
    tell_progress("what is", len(after))
    units: dict[Unit, None] = {}
    for finding_key in before.keys() | after.keys():
        if not is_same(before.get(finding_key), after.get(finding_key)):
            finding = after.get(finding_key) or before[finding_key]
            changed_unit = finding.case or (id_in_force(finding.person) if finding.person else None)
            if changed_unit is not None:
                units[changed_unit] = None
    yield from sorted(units, key=str)


def _findings_by_key(context: AssessmentContext, links: int | None, wanted_findings: Wanted) -> dict[Which, Finding]:
    with linked_as(links):
        findings_found = every_finding(only_duties(context, wanted_findings.duty, wanted_findings.ref))
        return {
            (finding.finding, finding.source, finding.case_ref): finding
            for finding in findings_found
            if wanted_findings.admits(finding)
        }


def _wanted_changes(changes: Iterable[Change], wanted_findings: Wanted, changed_unit: Unit) -> list[Change]:
    sides = ((change, (change.before, change.after)) for change in changes)
    return [
        change
        for change, both_findings in sides
        if any(finding is not None and wanted_findings.admits(finding) for finding in both_findings)
        and (isinstance(changed_unit, CaseKey) or wanted_findings.person is not None or change.finding.case is None)
    ]


def _changes_shown(everywhere: Visibility, changes: list[Change], sides: _Sides, read_act: Act) -> Changed:
    """These changes without what the viewer may not see; the ledger line is written first."""
    both_findings = [finding for change in changes for finding in (change.before, change.after) if finding is not None]
    visible = everywhere.for_findings(both_findings)
    closed = _records_of(everywhere, changes)
    named_cases = {
        case_key
        for change in changes
        for cause in change.causes
        for changed_item in cause.items
        for case_key in _cases_of_item(changed_item)
    }
    opens = visible.cases_in_scope(named_cases | {finding.case for finding in both_findings if finding.case})
    changes_shown: list[ChangeShown] = []
    hidden = 0
    for change in changes:
        before, after = visible.finding_shown(change.before), visible.finding_shown(change.after)
        is_shown = (before is not None or change.before is None) and (after is not None or change.after is None)
        if not is_shown or (change.finding.case is not None and change.finding.case not in opens):
            continue
        if is_same(before, after):
            continue
        unsealed = tuple(
            _cause_shown(cause, lambda changed_item: not _is_sealed(changed_item, everywhere, closed))
            for cause in change.causes
        )
        causes = tuple(
            _cause_shown(cause, lambda changed_item: _may_show(changed_item, opens, visible)) for cause in unsealed
        )
        hidden += sum(len(cause.items) for cause in unsealed) - sum(len(cause.items) for cause in causes)
        changes_shown.append(
            ChangeShown(
                before,
                after,
                causes,
                causes[change.causes.index(change.cause)],
                tuple(
                    record_key
                    for record_key in change.records
                    if record_key not in closed and not visible.pointer_only.hides_record(record_key)
                ),
            )
        )
    log_read(visible.request, read_act, ledger_refs_of_findings(change.finding for change in changes_shown))
    return Changed(*sides.said, tuple(sorted(changes_shown, key=_change_order)), hidden, _side_notes(sides))


def _records_of(everywhere: Visibility, changes: Iterable[Change]) -> frozenset[RecordKey]:
    """The records, of all that these changes name, of people who do not exist for the viewer."""
    named_records = {record_key for change in changes for record_key in change.records}
    items = (changed_item for change in changes for cause in change.causes for changed_item in cause.items)
    named_records |= {
        RecordKey(changed_item.key[0], changed_item.key[1]) for changed_item in items if changed_item.sheet == "persons"
    }
    return frozenset(
        record_key
        for record_key, person in whose_are(named_records).items()
        if everywhere.sealed.hides_record(record_key, person)
    )


def _cause_shown(cause: ChangeCause, keeps: Callable[[Item], bool]) -> ChangeCause:
    return replace(cause, items=tuple(changed_item for changed_item in cause.items if keeps(changed_item)))


def _is_sealed(changed_item: Item, everywhere: Visibility, closed: frozenset[RecordKey]) -> bool:
    if changed_item.sheet == "persons":
        return RecordKey(changed_item.key[0], changed_item.key[1]) in closed
    return bool(_cases_of_item(changed_item) & everywhere.sealed.cases) or (
        changed_item.sheet == "events" and changed_item.key[:2] in everywhere.sealed.events
    )


def _may_show(changed_item: Item, opens: set[CaseKey], visible: Visibility) -> bool:
    if _cases_of_item(changed_item) - opens or (changed_item.key[0], changed_item.key[1]) in visible.sealed.events:
        return False
    return changed_item.sheet in {"officers", "posts"} or changed_item.key[0] not in visible.pointer_only.sources


def _cases_of_item(changed_item: Item) -> set[CaseKey]:
    changed_rows = [changed_row for changed_row in (changed_item.before, changed_item.after) if changed_row is not None]
    named_cases = (
        getattr(changed_row, "case", None) if changed_item.sheet == "events" else None for changed_row in changed_rows
    )
    own_cases = {CaseKey(changed_item.key[0], changed_item.key[1])} if changed_item.sheet == "cases" else set()
    return own_cases | {case_key for case_key in named_cases if case_key is not None}


def _change_order(change: ChangeShown) -> tuple[bool, float, str, str, str]:
    finding = change.finding
    due_moment = finding.due_at
    return (
        due_moment is None,
        due_moment.timestamp() if due_moment else 0.0,
        finding.source,
        finding.case_ref or "",
        finding.finding,
    )


def _side_notes(sides: _Sides) -> tuple[str, ...]:
    """Limits of this comparison: what is shown as today because it is not stored from then."""
    notes_then, notes_now = sides.said
    notes = []
    if notes_then.linked_at is None or notes_now.linked_at is None:
        notes.append(
            "People are as linked today where the linkage in force then is no longer kept: only the one in force and the"
            " one before it are."
        )
    if notes_then.policy_since is None:
        notes.append(
            "No policy is kept from the earlier moment: the force's own standards are those of today at both. Copies are"
            " kept from the first assessment that used each."
        )
    notes.append(
        "Rules that change by date are those in force when each duty began; the program's rulebook is today's."
    )
    return tuple(notes)

"""What differs between the findings at two moments, each as known then, and by what."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from datetime import datetime

from duecare.access.act import Act
from duecare.access.thing import FINDINGS
from duecare.assessment.all_findings import every_finding
from duecare.assessment.explain_change import Caused, Change, explain_differences, is_same
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

Tell = Callable[[str, int], None]


@dataclass(frozen=True, slots=True)
class Moment:
    """At which moment does the clock stand, and what is known: what was written by `known_at`?"""

    as_of: datetime
    known_at: datetime


@dataclass(frozen=True, slots=True)
class Side:
    """By what one of the two moments was reckoned.

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
    """Both moments ready to be reckoned."""

    then: AssessmentContext
    now: AssessmentContext
    links_then: int | None
    links_now: int | None
    said: tuple[Side, Side]


def changed(
    request: Request,
    config: Config,
    wanted: Wanted,
    then: Moment,
    now: Moment,
    *,
    policy_then: Policy | None = None,
    tell: Tell = lambda _what, _count: None,
) -> Changed:
    """Which findings differ between the two moments, cut to what the viewer may open now, and by what?

    Shape:   with a case or person, only that is reckoned; else everything twice, and what differs anew by itself. Ordered
             as findings are. `policy_then` stands in the place of the policy kept from then.
    Raises:  ACC-003 when the viewer may not list findings.
    """
    authorise(request, Act.READ_FINDINGS, FINDINGS)
    check_ledger_writable(request, Act.READ_FINDINGS)
    sides = _sides(config, then, now, policy_then)
    visible = visibility_for_lists(request, config)
    units = list(_units(wanted, sides, tell))
    cases = visible.cases_in_scope({unit for unit in units if isinstance(unit, CaseKey)})
    people = visible.people_in_scope({unit for unit in units if isinstance(unit, str)})
    found: list[Change] = []
    for done, unit in enumerate(units, 1):
        if unit in cases or unit in people:
            found += _wanted(_differences(unit, sides), wanted, unit)
        tell("what differs", done)
    return _shown(visible, found, sides, Act.READ_FINDINGS)


def changed_in_case(request: Request, config: Config, source: str, case_ref: str, then: Moment, now: Moment) -> Changed:
    """Which findings of this case differ between the two moments, and by what?

    Raises:  ACC-001 where the viewer may not open it, and where there is none: the answer is the same.
    """
    key = CaseKey(source, case_ref)
    facts = facts_of_case(key, None)
    names = ledger_refs_of_case(key, facts)
    authorise(request, Act.OPEN_CASE, case_thing(key, facts, request.now), names if facts.events else ())
    if not facts.events and key not in facts.cases:
        refuse_as_absent(request, Act.OPEN_CASE)
    sides = _sides(config, then, now, None)
    return _shown(visibility_for_lists(request, config), _differences(key, sides), sides, Act.OPEN_CASE)


def _sides(config: Config, then: Moment, now: Moment, policy_then: Policy | None) -> _Sides:
    policies = policy_at(config, then.as_of), policy_at(config, now.as_of)
    if policy_then is not None:
        policies = replace(policies[0], policy=policy_then), policies[1]
    runs = runs_kept()
    reckonings, links, said = [], [], []
    for moment, policy in zip((then, now), policies, strict=True):
        by = replace(AssessmentContext.at(config, moment.as_of, moment.known_at), policy=policy.policy)
        run = next((run for run in reversed(runs) if run[1] <= moment.known_at), None)
        reckonings.append(by)
        links.append(run[0] if run else None)
        said.append(Side(moment, by.rulebook, run[1] if run else None, policy.since))
    # Where the linkage of the earlier moment is gone, that of the later stands in: then links explain nothing.
    return _Sides(reckonings[0], reckonings[1], links[0] or links[1], links[1], (said[0], said[1]))


def _differences(unit: Unit, sides: _Sides) -> list[Change]:
    return explain_differences(unit, sides.then, sides.now, sides.links_then, sides.links_now)


def _units(wanted: Wanted, sides: _Sides, tell: Tell) -> Iterable[Unit]:
    if wanted.case is not None:
        yield from keys_of_case_ref(wanted.case)
        return
    if wanted.person is not None:
        person = id_in_force(wanted.person)
        yield from [person] if person else []
        return
    before = _everything(sides.then, sides.links_then, wanted)
    tell("what was", len(before))
    after = _everything(sides.now, sides.links_now, wanted)
    tell("what is", len(after))
    units: dict[Unit, None] = {}
    for which in before.keys() | after.keys():
        if not is_same(before.get(which), after.get(which)):
            finding = after.get(which) or before[which]
            unit = finding.case or (id_in_force(finding.person) if finding.person else None)
            if unit is not None:
                units[unit] = None
    yield from sorted(units, key=str)


def _everything(by: AssessmentContext, links: int | None, wanted: Wanted) -> dict[Which, Finding]:
    with linked_as(links):
        found = every_finding(only_duties(by, wanted.duty, wanted.ref))
        return {(f.finding, f.source, f.case_ref): f for f in found if wanted.admits(f)}


def _wanted(changes: Iterable[Change], wanted: Wanted, unit: Unit) -> list[Change]:
    sides = ((change, (change.before, change.after)) for change in changes)
    return [
        change
        for change, both in sides
        if any(finding is not None and wanted.admits(finding) for finding in both)
        and (isinstance(unit, CaseKey) or wanted.person is not None or change.finding.case is None)
    ]


def _shown(everywhere: Visibility, changes: list[Change], sides: _Sides, act: Act) -> Changed:
    """These changes without what the viewer may not see; the ledger line is written first."""
    both = [finding for change in changes for finding in (change.before, change.after) if finding is not None]
    visible = everywhere.for_findings(both)
    closed = _records_of(everywhere, changes)
    named = {case for change in changes for cause in change.causes for item in cause.items for case in _cases(item)}
    opens = visible.cases_in_scope(named | {finding.case for finding in both if finding.case})
    shown: list[ChangeShown] = []
    hidden = 0
    for change in changes:
        before, after = visible.finding_shown(change.before), visible.finding_shown(change.after)
        is_shown = (before is not None or change.before is None) and (after is not None or change.after is None)
        if not is_shown or (change.finding.case is not None and change.finding.case not in opens):
            continue
        if is_same(before, after):
            continue
        unsealed = tuple(
            _cause(cause, lambda item: not _is_sealed(item, everywhere, closed)) for cause in change.causes
        )
        causes = tuple(_cause(cause, lambda item: _may_show(item, opens, visible)) for cause in unsealed)
        hidden += sum(len(cause.items) for cause in unsealed) - sum(len(cause.items) for cause in causes)
        shown.append(
            ChangeShown(
                before,
                after,
                causes,
                causes[change.causes.index(change.cause)],
                tuple(
                    key for key in change.records if key not in closed and not visible.pointer_only.hides_record(key)
                ),
            )
        )
    log_read(visible.request, act, ledger_refs_of_findings(change.finding for change in shown))
    return Changed(*sides.said, tuple(sorted(shown, key=_order)), hidden, _notes(sides))


def _records_of(everywhere: Visibility, changes: Iterable[Change]) -> frozenset[RecordKey]:
    """The records, of all that these changes name, of people who do not exist for the viewer."""
    named = {key for change in changes for key in change.records}
    items = (item for change in changes for cause in change.causes for item in cause.items)
    named |= {RecordKey(item.key[0], item.key[1]) for item in items if item.sheet == "persons"}
    return frozenset(key for key, person in whose_are(named).items() if everywhere.sealed.hides_record(key, person))


def _cause(cause: Caused, keeps: Callable[[Item], bool]) -> Caused:
    return replace(cause, items=tuple(item for item in cause.items if keeps(item)))


def _is_sealed(item: Item, everywhere: Visibility, closed: frozenset[RecordKey]) -> bool:
    if item.sheet == "persons":
        return RecordKey(item.key[0], item.key[1]) in closed
    return bool(_cases(item) & everywhere.sealed.cases) or (
        item.sheet == "events" and item.key[:2] in everywhere.sealed.events
    )


def _may_show(item: Item, opens: set[CaseKey], visible: Visibility) -> bool:
    if _cases(item) - opens or (item.key[0], item.key[1]) in visible.sealed.events:
        return False
    return item.sheet in {"officers", "posts"} or item.key[0] not in visible.pointer_only.sources


def _cases(item: Item) -> set[CaseKey]:
    rows = [row for row in (item.before, item.after) if row is not None]
    named = (getattr(row, "case", None) if item.sheet == "events" else None for row in rows)
    own = {CaseKey(item.key[0], item.key[1])} if item.sheet == "cases" else set()
    return own | {case for case in named if case is not None}


def _order(change: ChangeShown) -> tuple[bool, float, str, str, str]:
    finding = change.finding
    due = finding.due_at
    return (due is None, due.timestamp() if due else 0.0, finding.source, finding.case_ref or "", finding.finding)


def _notes(sides: _Sides) -> tuple[str, ...]:
    """What could not be had as it was then, said plainly."""
    then, now = sides.said
    notes = []
    if then.linked_at is None or now.linked_at is None:
        notes.append(
            "People are as linked today where the linkage in force then is no longer kept: only the one in force and the"
            " one before it are."
        )
    if then.policy_since is None:
        notes.append(
            "No policy is kept from the earlier moment: the force's own standards are those of today at both. Copies are"
            " kept from the first assessment that used each."
        )
    notes.append(
        "Rules that change by date are those in force when each duty began; the program's rulebook is today's."
    )
    return tuple(notes)

"""Assessments and their findings, as kept."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from functools import reduce
from operator import or_

import orjson
from django.db.models import Case, Max, Q, When

from duecare.duty.finding import Finding, State, Told
from duecare.record.pole import CaseKey
from duecare.store.database.sql_rows import insert_rows, select_rows, split_chunks
from duecare.store.database.transaction import transaction
from duecare.store.linkage.linkage_runs import LinkState
from duecare.store.models import AssessRun, FindingRow, Pointer, TurningMoment, VisitRow, WorkRow
from duecare.vocabulary.areas import plain_area

ASSESS = "assess"
LIVE_CONDITION = '("is_late_now" OR "is_open_now")'  # word for word as its index has it

FINDING = (
    "run_id",
    "finding",
    "duty",
    "ref",
    "state",
    "authority",
    "source",
    "case_source",
    "case_ref",
    "person",
    "area",
    "due_at",
    "body",
    "is_late_now",
    "is_open_now",
    "told_later",
)


@dataclass(frozen=True, slots=True)
class AssessmentRun:
    """One assessment of everything: by which rules, what was known, and which deliveries and linkage it counts.

    Shape:   `as_of` is the moment up to which its findings were assessed; `known_at` is None where nothing is left out.
    """

    id: int
    as_of: datetime
    known_at: datetime | None
    rulebook: str
    links: LinkState
    upto_delivery: int


def run_in_force() -> AssessmentRun | None:
    """The assessment in force."""
    pointer = Pointer.objects.filter(name=ASSESS).first()
    table_row = AssessRun.objects.filter(pk=pointer.run).defer("by_duty").first() if pointer else None
    return _read_run(table_row) if table_row is not None else None


def begin_run(
    recorded_at: datetime,
    as_of: datetime,
    known_at: datetime | None,
    rulebook: str,
    links: LinkState,
    upto_delivery: int,
) -> AssessmentRun:
    """Begin an assessment beside the one in force."""
    return _read_run(
        AssessRun.objects.create(
            at=recorded_at,
            as_of=as_of,
            known_at=known_at,
            rulebook=rulebook,
            link_run=links.run,
            link_moves=links.moves,
            upto_delivery=upto_delivery,
        )
    )


def keep_findings(assess_run: AssessmentRun, findings: Iterable[Finding]) -> None:
    """Keep these findings under an assessment."""
    insert_rows("finding", FINDING, (_finding_values(assess_run.id, finding) for finding in findings))


def keep_totals(
    assess_run: AssessmentRun, finding_count: int, overdue_count: int, by_duty: Mapping[str, Mapping[str, int]]
) -> None:
    """Keep how many findings this assessment made, how many of them are overdue, and how many of each duty and state."""
    AssessRun.objects.filter(pk=assess_run.id).update(
        findings=finding_count,
        overdue=overdue_count,
        by_duty={duty_name: dict(states) for duty_name, states in by_duty.items()},
    )


def put_in_force(assess_run: AssessmentRun) -> None:
    """Move the pointer to this assessment."""
    Pointer.objects.update_or_create(name=ASSESS, defaults={"run": assess_run.id})


def lock_run(assess_run: AssessmentRun) -> bool:
    """Hold this assessment against others who would replace what it found; False when it is gone. In a transaction."""
    return AssessRun.objects.select_for_update().filter(pk=assess_run.id).first() is not None


def looked_at(assess_run: AssessmentRun, recorded_at: datetime) -> None:
    """Note up to which moment the findings of this assessment have been brought."""
    with transaction():
        AssessRun.objects.filter(pk=assess_run.id).update(as_of=recorded_at)


def due_between(after: datetime, until: datetime) -> tuple[set[CaseKey], set[str]]:
    """The cases, and people outside any case, that have a finding due from the one moment up to the other, both included."""
    assess_run = run_in_force()
    if assess_run is None:
        return set(), set()
    table_rows = FindingRow.objects.filter(
        run=assess_run.id, due_at__gte=int(after.timestamp()), due_at__lte=int(until.timestamp())
    ).values_list("case_source", "case_ref", "person")
    cases, people = set(), set()
    for source, case_ref, person in table_rows:
        if source and case_ref:
            cases.add(CaseKey(source, case_ref))
        elif person:
            people.add(person)
    return cases, people


def of_duty_due(
    run_number: int, duty_name: str, first_moment: datetime | None, last_moment: datetime | None, area_name: str
) -> tuple[set[CaseKey], set[str]]:
    """The cases, and people outside any case, that have a finding of this duty due in that span, in this area.

    Shape:   `first_moment` None is from the beginning, `last_moment` None without end; `area_name` as areas are compared, and
             empty for every one.
    """
    table_rows = FindingRow.objects.filter(run_id=run_number, duty=duty_name, due_at__isnull=False)
    if last_moment is not None:
        table_rows = table_rows.filter(due_at__lte=int(last_moment.timestamp()))
    if first_moment is not None:
        table_rows = table_rows.filter(due_at__gte=int(first_moment.timestamp()))
    if area_name:
        area_names = set(table_rows.values_list("area", flat=True).distinct())
        table_rows = table_rows.filter(
            area__in=[named_area for named_area in area_names if plain_area(named_area or "") == area_name]
        )
    cases, people = set(), set()
    for source, case_ref, person in table_rows.values_list("case_source", "case_ref", "person").distinct():
        if source and case_ref:
            cases.add(CaseKey(source, case_ref))
        elif person:
            people.add(person)
    return cases, people


def people_with_findings(run_number: int, people: Iterable[str]) -> set[str]:
    """Those of these people about whom a finding is kept."""
    people_found: set[str] = set()
    for key_chunk in split_chunks(sorted(set(people))):
        people_found |= {
            person
            for person in FindingRow.objects.filter(run_id=run_number, person__in=key_chunk).values_list(
                "person", flat=True
            )
            if person
        }
    return people_found


def record_reached(assess_run: AssessmentRun, upto_delivery: int, links: LinkState) -> AssessmentRun:
    """Note up to which delivery, and with which linkage, the findings of this assessment have been brought; it as it is now."""
    AssessRun.objects.filter(pk=assess_run.id).update(
        upto_delivery=upto_delivery, link_run=links.run, link_moves=links.moves
    )
    return replace(assess_run, upto_delivery=upto_delivery, links=links)


def old_runs() -> list[int]:
    """Assessments that are not in force."""
    pointer = Pointer.objects.filter(name=ASSESS).first()
    return list(AssessRun.objects.exclude(pk=pointer.run if pointer else 0).values_list("pk", flat=True))


def drop_run(run_number: int) -> None:
    """Take away an assessment that is not in force."""
    FindingRow.objects.filter(run_id=run_number)._raw_delete("default")
    WorkRow.objects.filter(run_id=run_number)._raw_delete("default")
    VisitRow.objects.filter(run_id=run_number)._raw_delete("default")
    TurningMoment.objects.filter(run_id=run_number)._raw_delete("default")
    AssessRun.objects.filter(pk=run_number).delete()


def findings_where(run_number: int, as_of: datetime | None = None, **columns: object) -> list[Finding]:
    """The findings of an assessment whose columns have these values (or are among them, with `__in`).

    Shape:   as at `as_of`, else as they were assessed. Columns are compared as they were assessed.
    """
    table_rows = FindingRow.objects.filter(run_id=run_number, **columns).order_by(
        "due_at", "source", "case_ref", "finding"
    )
    return [read_finding(*table_row, as_of) for table_row in table_rows.values_list("body", "told_later")]


def read_finding(
    body_bytes: bytes | memoryview, told_later: bytes | memoryview | None, as_of: datetime | None
) -> Finding:
    """The finding of a row, as at this moment, else as it was assessed."""
    finding = Finding.from_json(orjson.loads(bytes(body_bytes)))
    if told_later:
        steps = tuple(Told.from_json(told_step) for told_step in orjson.loads(bytes(told_later)))
        finding = replace(finding, told_later=steps)
    return finding if as_of is None else finding.as_of(as_of)


def that_figures_count(run_number: int, since: datetime, until: datetime, whole: Iterable[str]) -> Iterator[Finding]:
    """The findings that fell due in this span, those of which it is not known when, and all of these duties."""
    due_in_period = Q(due_at__gte=int(since.timestamp()), due_at__lt=int(until.timestamp())) | Q(due_at=None)
    table_rows = FindingRow.objects.filter(due_in_period | Q(duty__in=list(whole)), run_id=run_number)
    for body_bytes in table_rows.values_list("body", flat=True).iterator():
        yield Finding.from_json(orjson.loads(bytes(body_bytes)))


def findings_of(
    run_number: int, cases: Iterable[CaseKey], people: Iterable[str], as_of: datetime | None = None
) -> dict[CaseKey | str, list[Finding]]:
    """The findings of each of these cases, and of each of these people outside any case; as `findings_where`."""
    findings_found: dict[CaseKey | str, list[Finding]] = {}
    by_source: dict[str, list[str]] = {}
    for case_key in cases:
        by_source.setdefault(case_key.source, []).append(case_key.case_ref)
    for source, case_refs in by_source.items():
        for key_chunk in split_chunks(sorted(set(case_refs))):
            for listed_finding in findings_where(run_number, as_of, case_source=source, case_ref__in=key_chunk):
                findings_found.setdefault(CaseKey(source, listed_finding.case_ref or ""), []).append(listed_finding)
    for key_chunk in split_chunks(sorted(set(people))):
        for listed_finding in findings_where(run_number, as_of, person__in=key_chunk, case_ref=None):
            findings_found.setdefault(listed_finding.person or "", []).append(listed_finding)
    return findings_found


def cases_ever_late(run_number: int) -> dict[CaseKey, bool]:
    """The cases that have findings, and whether any duty of each was not met in time."""
    was_late = Case(When(state__in=[State.OVERDUE.value, State.MET_LATE.value], then=1), default=0)
    findings = FindingRow.objects.filter(run_id=run_number, case_ref__isnull=False)
    table_rows = findings.values_list("case_source", "case_ref").annotate(is_late=Max(was_late))
    return {
        CaseKey(source, case_ref): bool(is_late)
        for source, case_ref, is_late in table_rows
        if source is not None and case_ref is not None
    }


def counts_by_duty(
    run_number: int, as_of: datetime, cases: Iterable[CaseKey] = (), people: Iterable[str] = ()
) -> dict[str, tuple[int, int]]:
    """How many findings of each duty are late, and open, as at this moment, leaving out those of these cases and people.

    Shape:   (late, open); a duty with findings of which neither can be said is there with two zeros.
    """
    return dict.fromkeys(_duty_names(run_number), (0, 0)) | _count_findings(run_number, "duty", as_of, cases, people)


def counts_by_area(
    run_number: int, as_of: datetime, cases: Iterable[CaseKey] = (), people: Iterable[str] = ()
) -> dict[str, tuple[int, int]]:
    """How many findings of each area are late, and open, as at this moment, leaving out those of these cases and people.

    Shape:   (late, open) by area as areas are compared; an area in which nothing is live is not there.
    """
    area_counts: dict[str, tuple[int, int]] = {}
    for area_name, (late_count, still_open) in _count_findings(run_number, "area", as_of, cases, people).items():
        before = area_counts.get(plain_area(area_name), (0, 0))
        area_counts[plain_area(area_name)] = (before[0] + late_count, before[1] + still_open)
    return area_counts


def _count_findings(
    run_number: int, column: str, as_of: datetime, cases: Iterable[CaseKey], people: Iterable[str]
) -> dict[str, tuple[int, int]]:
    as_of_seconds = int(as_of.timestamp())
    # Raw: with the condition word for word as the index has it, or every finding of the run would be read.
    counted = select_rows(
        f'SELECT "{column}", sum(CASE WHEN "is_late_now" OR "due_at" < %s THEN 1 ELSE 0 END), count(*) FROM "finding"'
        f' WHERE "run_id" = %s AND {LIVE_CONDITION} GROUP BY 1',
        [as_of_seconds, run_number],
    )
    counts_found = {
        value or "": (int(late_count), int(live_count) - int(late_count)) for value, late_count, live_count in counted
    }
    case_filters = [Q(case_source=case_key.source, case_ref=case_key.case_ref) for case_key in cases]
    left_out = [reduce(or_, key_chunk) for key_chunk in split_chunks(case_filters, 100)]
    left_out += [Q(person__in=key_chunk) for key_chunk in split_chunks(people)]
    live_findings = FindingRow.objects.filter(Q(is_late_now=True) | Q(is_open_now=True), run_id=run_number)
    left_out_rows = {
        table_row
        for left_filter in left_out
        for table_row in live_findings.filter(left_filter).values_list("pk", column, "is_late_now", "due_at")
    }
    for _, value, was_late, due_at in left_out_rows:
        is_late = was_late or due_at < as_of_seconds
        late_count, still_open = counts_found[value or ""]
        counts_found[value or ""] = (late_count - is_late, still_open - (not is_late))
    return counts_found


def _duty_names(run_number: int) -> Iterator[str]:
    """The duties of which anything is kept: each found by the index from the one before it, not by reading every row."""
    duty_name = ""
    while True:
        # Raw: asked for every duty on each front page, where the ORM takes 18 times as long (0042).
        table_rows = select_rows(
            'SELECT min("duty") FROM "finding" WHERE "run_id" = %s AND "duty" > %s', [run_number, duty_name]
        )
        if table_rows[0][0] is None:
            return
        duty_name = str(table_rows[0][0])
        yield duty_name


def _read_run(table_row: AssessRun) -> AssessmentRun:
    return AssessmentRun(
        id=table_row.pk,
        as_of=table_row.as_of,
        known_at=table_row.known_at,
        rulebook=table_row.rulebook,
        links=LinkState(table_row.link_run, table_row.link_moves),
        upto_delivery=table_row.upto_delivery,
    )


def _finding_values(run_number: int, finding: Finding) -> Sequence[object]:
    is_live = finding.ended_at is None and finding.adopted is not False
    return (
        run_number,
        finding.finding,
        finding.duty,
        finding.ref,
        finding.state.value,
        finding.authority.value,
        finding.source,
        finding.case.source if finding.case else None,
        finding.case.case_ref if finding.case else None,
        finding.person,
        finding.area,
        int(finding.due_at.timestamp()) if finding.due_at else None,
        orjson.dumps(finding.as_json()),
        is_live and finding.state is State.OVERDUE,
        is_live and finding.state is State.OPEN,
        orjson.dumps([told_step.as_json() for told_step in finding.told_later]) if finding.told_later else None,
    )

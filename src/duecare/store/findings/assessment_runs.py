"""Assessments and their findings, as kept."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import datetime
from functools import reduce
from operator import or_

import orjson
from django.db.models import Q

from duecare.duty.finding import Finding, State, Told
from duecare.record.pole import CaseKey
from duecare.store.database.sql_rows import chunks, insert, select
from duecare.store.database.transaction import transaction
from duecare.store.linkage.linkage_runs import LinkState
from duecare.store.models import AssessRun, FindingRow, Pointer, TurningMoment, VisitRow, WorkRow
from duecare.vocabulary.areas import plain_area

ASSESS = "assess"
LIVE = '("is_late_now" OR "is_open_now")'  # word for word as its index has it

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


def run_in_force() -> AssessRun | None:
    """The assessment in force."""
    pointer = Pointer.objects.filter(name=ASSESS).first()
    return AssessRun.objects.filter(pk=pointer.run).first() if pointer else None


def begin(
    at: datetime, as_of: datetime, known_at: datetime | None, rulebook: str, links: LinkState, upto: int
) -> AssessRun:
    """Begin an assessment beside the one in force."""
    return AssessRun.objects.create(
        at=at,
        as_of=as_of,
        known_at=known_at,
        rulebook=rulebook,
        link_run=links.run,
        link_moves=links.moves,
        upto_delivery=upto,
    )


def keep_findings(run: AssessRun, findings: Iterable[Finding]) -> None:
    """Keep these findings under an assessment."""
    insert("finding", FINDING, (_row(run.pk, finding) for finding in findings))


def put_in_force(run: AssessRun) -> None:
    """Move the pointer to this assessment."""
    run.save()
    Pointer.objects.update_or_create(name=ASSESS, defaults={"run": run.pk})


def hold(run: AssessRun) -> bool:
    """Hold this assessment against others who would replace what it found; False when it is gone. In a transaction."""
    return AssessRun.objects.select_for_update().filter(pk=run.pk).first() is not None


def looked_at(run: AssessRun, at: datetime) -> None:
    """Note up to which moment the findings of this assessment have been brought."""
    with transaction():
        AssessRun.objects.filter(pk=run.pk).update(as_of=at)
    run.as_of = at


def due_between(after: datetime, until: datetime) -> tuple[set[CaseKey], set[str]]:
    """Which cases, and which people outside any case, have a finding due after the one moment, up to the other?"""
    run = run_in_force()
    rows = FindingRow.objects.filter(
        run=run, due_at__gte=int(after.timestamp()), due_at__lte=int(until.timestamp())
    ).values_list("case_source", "case_ref", "person")
    cases, people = set(), set()
    for source, ref, person in rows:
        if source and ref:
            cases.add(CaseKey(source, ref))
        elif person:
            people.add(person)
    return cases, people


def of_duty_due(
    run: int, duty: str, first: datetime | None, last: datetime | None, area: str
) -> tuple[set[CaseKey], set[str]]:
    """Which cases, and which people outside any case, have a finding of this duty due in that span, in this area?

    Shape:   `first` None is from the beginning, `last` None without end; `area` as areas are compared, and empty for every one.
    """
    rows = FindingRow.objects.filter(run_id=run, duty=duty, due_at__isnull=False)
    if last is not None:
        rows = rows.filter(due_at__lte=int(last.timestamp()))
    if first is not None:
        rows = rows.filter(due_at__gte=int(first.timestamp()))
    if area:
        named = set(rows.values_list("area", flat=True).distinct())
        rows = rows.filter(area__in=[one for one in named if plain_area(one or "") == area])
    cases, people = set(), set()
    for source, ref, person in rows.values_list("case_source", "case_ref", "person").distinct():
        if source and ref:
            cases.add(CaseKey(source, ref))
        elif person:
            people.add(person)
    return cases, people


def people_with_findings(run: int, people: Iterable[str]) -> set[str]:
    """About which of these people is any finding kept?"""
    found: set[str] = set()
    for some in chunks(sorted(set(people))):
        found |= {
            person
            for person in FindingRow.objects.filter(run_id=run, person__in=some).values_list("person", flat=True)
            if person
        }
    return found


def links_of(run: AssessRun) -> LinkState:
    """By which linkage were people one when this assessment was last brought up?"""
    return LinkState(run.link_run, run.link_moves)


def reached(run: AssessRun, upto: int, links: LinkState) -> None:
    """Note up to which delivery, and with which linkage, the findings of this assessment have been brought."""
    AssessRun.objects.filter(pk=run.pk).update(upto_delivery=upto, link_run=links.run, link_moves=links.moves)
    run.upto_delivery, run.link_run, run.link_moves = upto, links.run, links.moves


def old_runs() -> list[int]:
    """Assessments that are not in force."""
    pointer = Pointer.objects.filter(name=ASSESS).first()
    return list(AssessRun.objects.exclude(pk=pointer.run if pointer else 0).values_list("pk", flat=True))


def drop_run(run: int) -> None:
    """Take away an assessment that is not in force."""
    FindingRow.objects.filter(run_id=run)._raw_delete("default")
    WorkRow.objects.filter(run_id=run)._raw_delete("default")
    VisitRow.objects.filter(run_id=run)._raw_delete("default")
    TurningMoment.objects.filter(run_id=run)._raw_delete("default")
    AssessRun.objects.filter(pk=run).delete()


def findings_where(run: int, as_of: datetime | None = None, **columns: object) -> list[Finding]:
    """The findings of an assessment whose columns have these values (or are among them, with `__in`).

    Shape:   as at `as_of`, else as they were assessed. Columns are compared as they were assessed.
    """
    rows = FindingRow.objects.filter(run_id=run, **columns).order_by("due_at", "source", "case_ref", "finding")
    return [read_finding(*row, as_of) for row in rows.values_list("body", "told_later")]


def read_finding(body: bytes | memoryview, told_later: bytes | memoryview | None, as_of: datetime | None) -> Finding:
    """The finding of a row, as at this moment, else as it was assessed."""
    finding = Finding.from_json(orjson.loads(bytes(body)))
    if told_later:
        steps = tuple(Told.from_json(step) for step in orjson.loads(bytes(told_later)))
        finding = replace(finding, told_later=steps)
    return finding if as_of is None else finding.as_of(as_of)


def that_figures_count(run: int, since: datetime, until: datetime, whole: Iterable[str]) -> Iterator[Finding]:
    """The findings that fell due in this span, those of which it is not known when, and all of these duties."""
    mine = Q(due_at__gte=int(since.timestamp()), due_at__lt=int(until.timestamp())) | Q(due_at=None)
    rows = FindingRow.objects.filter(mine | Q(duty__in=list(whole)), run_id=run)
    for body in rows.values_list("body", flat=True).iterator():
        yield Finding.from_json(orjson.loads(bytes(body)))


def findings_of(
    run: int, cases: Iterable[CaseKey], people: Iterable[str], as_of: datetime | None = None
) -> dict[CaseKey | str, list[Finding]]:
    """The findings of each of these cases, and of each of these people outside any case; as `findings_where`."""
    found: dict[CaseKey | str, list[Finding]] = {}
    by_source: dict[str, list[str]] = {}
    for case in cases:
        by_source.setdefault(case.source, []).append(case.case_ref)
    for source, refs in by_source.items():
        for some in chunks(sorted(set(refs))):
            for one in findings_where(run, as_of, case_source=source, case_ref__in=some):
                found.setdefault(CaseKey(source, one.case_ref or ""), []).append(one)
    for some in chunks(sorted(set(people))):
        for one in findings_where(run, as_of, person__in=some, case_ref=None):
            found.setdefault(one.person or "", []).append(one)
    return found


def cases_ever_late(run: int) -> dict[CaseKey, bool]:
    """Which cases have findings, and was any duty of each not met in time?"""
    rows = select(
        'SELECT "case_source", "case_ref", max(CASE WHEN "state" IN (%s, %s) THEN 1 ELSE 0 END) FROM "finding"'
        ' WHERE "run_id" = %s AND "case_ref" IS NOT NULL GROUP BY 1, 2',
        [State.OVERDUE.value, State.MET_LATE.value, run],
    )
    return {CaseKey(source, ref): bool(is_late) for source, ref, is_late in rows}


def counts_by_duty(
    run: int, as_of: datetime, cases: Iterable[CaseKey] = (), people: Iterable[str] = ()
) -> dict[str, tuple[int, int]]:
    """How many findings of each duty are late, and open, as at this moment, leaving out those of these cases and people.

    Shape:   (late, open); a duty with findings of which neither can be said is there with two noughts.
    """
    return dict.fromkeys(_duties(run), (0, 0)) | _counts(run, "duty", as_of, cases, people)


def counts_by_area(
    run: int, as_of: datetime, cases: Iterable[CaseKey] = (), people: Iterable[str] = ()
) -> dict[str, tuple[int, int]]:
    """How many findings of each area are late, and open, as at this moment, leaving out those of these cases and people.

    Shape:   (late, open) by area as areas are compared; an area in which nothing is live is not there.
    """
    found: dict[str, tuple[int, int]] = {}
    for area, (late, still_open) in _counts(run, "area", as_of, cases, people).items():
        before = found.get(plain_area(area), (0, 0))
        found[plain_area(area)] = (before[0] + late, before[1] + still_open)
    return found


def _counts(
    run: int, column: str, as_of: datetime, cases: Iterable[CaseKey], people: Iterable[str]
) -> dict[str, tuple[int, int]]:
    at = int(as_of.timestamp())
    counted = select(
        f'SELECT "{column}", sum(CASE WHEN "is_late_now" OR "due_at" < %s THEN 1 ELSE 0 END), count(*) FROM "finding"'
        f' WHERE "run_id" = %s AND {LIVE} GROUP BY 1',
        [at, run],
    )
    found = {value or "": (int(late), int(live) - int(late)) for value, late, live in counted}
    wanted = [Q(case_source=case.source, case_ref=case.case_ref) for case in cases]
    left_out = [reduce(or_, some) for some in chunks(wanted, 100)]
    left_out += [Q(person__in=some) for some in chunks(people)]
    live = FindingRow.objects.filter(Q(is_late_now=True) | Q(is_open_now=True), run_id=run)
    gone = {row for some in left_out for row in live.filter(some).values_list("pk", column, "is_late_now", "due_at")}
    for _, value, was_late, due_at in gone:
        is_late = was_late or due_at < at
        late, still_open = found[value or ""]
        found[value or ""] = (late - is_late, still_open - (not is_late))
    return found


def _duties(run: int) -> Iterator[str]:
    """Of which duties is anything kept? Each found by the index from the one before it, not by reading every row."""
    duty = ""
    while True:
        rows = select('SELECT min("duty") FROM "finding" WHERE "run_id" = %s AND "duty" > %s', [run, duty])
        if rows[0][0] is None:
            return
        duty = str(rows[0][0])
        yield duty


def _row(run: int, finding: Finding) -> Sequence[object]:
    is_live = finding.ended_at is None and finding.adopted is not False
    return (
        run,
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
        orjson.dumps([step.as_json() for step in finding.told_later]) if finding.told_later else None,
    )

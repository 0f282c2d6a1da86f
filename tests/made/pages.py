"""Values as the steps hand them to pages: made-up, true to life, and each with something awkward in it."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING

from duecare.duty.accountable import Accountable, Charge, Over, SignOff, Vacant
from duecare.duty.declaration import Duty
from duecare.duty.finding import Authority, Evidence, Finding, State, Told
from duecare.record.pole import CaseKey, CaseRecord, EventRecord, PersonRecord, RecordKey
from duecare.rulebook.all_duties import all_duties
from duecare.rulebook.local_standard import numbers_of
from duecare.visibility.accountability_pages import AccountableShown, Answerable
from duecare.visibility.page_types import (
    CasePage,
    CustodyBoard,
    CustodyLine,
    DeliveriesPage,
    DeliveryPage,
    DeliveryShown,
    Explained,
    FindingsPage,
    Freshness,
    FrontPage,
    PersonPage,
    SetAsideShown,
    VisitLine,
    VisitsBoard,
    WorklistPage,
)
from duecare.visibility.visible import LinkShown, TimelineRow
from duecare.vocabulary.london_clock import when_on_day
from duecare.vocabulary.moments import When
from duecare.vocabulary.partial_date import PartialDate
from duecare.worklist.item import Danger, DangerKind, Step
from duecare.worklist.item import Item as Line

if TYPE_CHECKING:
    from duecare.use_cases.findings.compare_moments import Changed
    from duecare.use_cases.findings.try_standard import WhatIf

NOW = datetime(2016, 3, 10, 9, 0, tzinfo=UTC)
PERSON = "a1b2c3d4e5f60718"
OTHER = "0f0e0d0c0b0a0908"
CASE = CaseKey("merlin", "MER/2016/0001")
SAYS = "An investigator is allocated within 24 hours where a child may be at risk."


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


def finding(**changes: object) -> Finding:
    values: dict[str, object] = {
        "finding": "00112233445566ff",
        "duty": "LOCAL-allocate-investigator",
        "ref": "AL1",
        "authority": Authority.LOCAL,
        "case_ref": CASE.case_ref,
        "source": CASE.source,
        "person": None,
        "subject": None,
        "area": "Northmoor",
        "owed_by": "supervisor",
        "adopted": True,
        "started_at": at("2016-03-01T09:00"),
        "due_at": at("2016-03-02T09:00"),
        "due_on": None,
        "met_at": None,
        "ended_at": None,
        "recorded_at": None,
        "recorded_late": False,
        "state": State.OVERDUE,
        "reason": None,
        "late_by_hours": 192.0,
        "rule_version": "c0ffee" * 10,
        "evidence": (
            Evidence("started", "merlin", "E1", "concern_reported", at("2016-03-01T09:00"), at("2016-03-01T10:00")),
        ),
        "told": (
            Told("supervisor", "S100", at("2016-03-02T09:00")),
            Told("detective_inspector", None, at("2016-03-03T09:00")),
        ),
    }
    return Finding(**{**values, **changes})  # type: ignore[arg-type]


def every_state() -> tuple[Finding, ...]:
    met = at("2016-03-02T08:00")
    late = at("2016-03-18T09:00")
    return (
        finding(),
        finding(finding="1" * 16, state=State.MET, met_at=met, late_by_hours=None),
        finding(
            finding="2" * 16,
            state=State.MET_LATE,
            met_at=late,
            late_by_hours=384.0,
            recorded_late=True,
            recorded_at=late,
        ),
        finding(finding="3" * 16, state=State.OPEN, due_at=NOW + timedelta(minutes=40), late_by_hours=None),
        finding(
            finding="4" * 16,
            state=State.EXCUSED,
            reason="postponed: the detainee was asleep",
            ref="CU1",
            duty="PACE-s40-review",
            authority=Authority.STATUTE,
            adopted=None,
        ),
        finding(finding="5" * 16, state=State.NOT_APPLICABLE, reason="the person was 18", adopted=None),
        finding(
            finding="6" * 16,
            state=State.CANNOT_TELL,
            due_at=None,
            reason="the age is not known",
            late_by_hours=None,
            adopted=False,
        ),
        finding(
            finding="7" * 16,
            state=State.OVERDUE,
            ended_at=at("2016-03-05T09:00"),
            due_on=date(2016, 3, 2),
            late_by_hours=72.0,
        ),
    )


def explained(one: Finding) -> Explained:
    return Explained(one, SAYS, "Northmoor policy, section 3", ("It started on 1 March 2016.", "24 hours are allowed."))


def event(**changes: object) -> EventRecord:
    values: dict[str, object] = {
        "source": "merlin",
        "event_id": "E1",
        "kind": "concern_reported",
        "happened_at": When.at(at("2016-03-01T09:00")),
        "written_at": at("2016-03-01T10:00"),
        "case": CASE,
        "area": "Northmoor",
        "risk": "amber",
        "detail": {"concern": "online", "crime": "unknown"},
        "text": "School rang.",
    }
    return EventRecord(**{**values, **changes})  # type: ignore[arg-type]


def row(**changes: object) -> TimelineRow:
    return TimelineRow(
        event(**changes),
        ((PERSON, "Ada EXAMPLE", "child"), (OTHER, "Bob EXAMPLE", "suspect")),
        at("2016-03-02T02:30"),
        1,
        "events.csv",
        7,
    )


def fresh(*, is_stale: bool = False) -> tuple[Freshness, ...]:
    told = NOW - timedelta(hours=30 if is_stale else 4)
    return (
        Freshness("merlin", told, told, is_stale),
        Freshness("custody", NOW, NOW, False),
        Freshness("cin", told, told, False, is_slow=True),
    )


def front() -> FrontPage:
    return FrontPage(
        late=(("LOCAL-allocate-investigator", SAYS, 12, 3), ("PACE-s40-review", "A review is held.", 1, 0)),
        people=5000,
        cases=1234,
        deliveries=5,
        fresh=fresh(),
        as_of=NOW,
        unreported_duties=frozenset({"PACE-s40-review"}),
        vacant=accountable().vacant,
    )


def accountable() -> AccountableShown:
    charge = Charge(Over.DUTY, "PACE-s40-review", "chief_officer_lead", "", date(2016, 1, 1), "chief", NOW)
    signed = SignOff(Over.DUTY, charge.key, "C1", "Seen with the custody inspectors.", NOW, 1, 0, NOW)
    area = Charge(Over.AREA, "Northmoor East", "bcu_lead", "Northmoor East", date(2016, 1, 1), "chief", NOW)
    return AccountableShown(
        NOW.date(),
        (
            Answerable(
                Accountable(Over.DUTY, charge.key, charge, "C1", True), "", "C. Madeup", 1, 0, signed, mine=True
            ),
            Answerable(Accountable(Over.DUTY, "LOCAL-see-the-child", None, vacant=Vacant.NOT_NAMED), "", "", 12, 3),
            Answerable(Accountable(Over.AREA, area.key, area, vacant=Vacant.ABSENT), ""),
            Answerable(Accountable(Over.AREA, "Northmoor <West>", area, "S2", False), ""),
        ),
    )


def item(step: Step = Step.LATENESS, **changes: object) -> Line:
    values: dict[str, object] = {
        "case": CASE,
        "person": None,
        "case_kind": "child_concern",
        "area": "Northmoor",
        "team": "CAIT North",
        "officer": "",
        "step": step,
        "is_unallocated": True,
        "danger": None,
        "findings": every_state()[:1],
    }
    return Line(**{**values, **changes})  # type: ignore[arg-type]


def worklist(*, is_stale: bool = False, items: tuple[Line, ...] | None = None) -> WorklistPage:
    shown = (
        item(Step.DANGER_NOW, danger=Danger(DangerKind.SUSPECT_CONTACT, NOW - timedelta(hours=30))),
        item(Step.STATUTORY_LIMIT, case=None, person=PERSON, findings=every_state()[3:7], is_unallocated=False),
        item(officer="I200", is_unallocated=False, findings=every_state()),
    )
    return WorklistPage(
        items=shown if items is None else items,
        total=120,
        page=1,
        pages=3,
        counts={"all": 120, "unallocated": 17},
        areas=("Northmoor", "Southfen"),
        fresh=fresh(is_stale=is_stale),
        as_of=NOW,
    )


def record(source: str = "merlin", **changes: object) -> PersonRecord:
    values: dict[str, object] = {
        "key": RecordKey(source, "P1"),
        "given_names": "Ada",
        "family_name": "Example",
        "born": PartialDate(date(2004, 5, 1), date(2004, 5, 1)),
        "sex": "F",
        "address": "1 Example Street",
        "postcode": "ZZ1 1ZZ",
        "phones": ("07700 900123",),
        "written_at": at("2016-03-01T10:00"),
    }
    return PersonRecord(**{**values, **changes})  # type: ignore[arg-type]


def person(**changes: object) -> PersonPage:
    values: dict[str, object] = {
        "person": PERSON,
        "label": "Ada EXAMPLE",
        "aliases": ("feedfacefeedface",),
        "names": ("Ada EXAMPLE", "Addie"),
        "born": ("2004-05-01",),
        "age_words": "Aged 11",
        "records": (record(), record("custody", protected_address=True, restricted=True)),
        "warnings": (
            ("Warning: child protection plan", at("2016-02-01T09:00"), "merlin"),
            ("1 duty is overdue", None, ""),
        ),
        "timeline": (
            row(kind="offender_registered", happened_at=when_on_day(date(2016, 3, 1))),
            row(),
            TimelineRow(event(kind="visit", source="visor"), (), NOW, 2, "visits.csv", 3, is_hidden=True),
        ),
        "findings": tuple(explained(one) for one in every_state()),
        "links": (LinkShown("merlin:P1", "custody:P1", 12.5, 0.9998, (("given names", "exact"),), "", "same"),),
        "cases": ((CASE, CaseRecord(CASE, "offender"), ("offender", "child")),),
        "as_of": NOW,
        "known_at": None,
    }
    return PersonPage(**{**values, **changes})  # type: ignore[arg-type]


def case(**changes: object) -> CasePage:
    values: dict[str, object] = {
        "key": CASE,
        "case": CaseRecord(CASE, "child_concern", "Northmoor", When.at(at("2016-03-01T09:00")), restricted=True),
        "people": ((PERSON, "Ada EXAMPLE", ("child",)), (OTHER, "Bob EXAMPLE", ("suspect",))),
        "owner": "",
        "danger_words": "the suspect is reported to be in contact with the child",
        "timeline": (row(), row(event_id="E2", kind="suspect_contact", text="")),
        "findings": tuple(explained(one) for one in every_state()),
        "as_of": NOW,
        "known_at": None,
    }
    return CasePage(**{**values, **changes})  # type: ignore[arg-type]


def findings(**changes: object) -> FindingsPage:
    values: dict[str, object] = {
        "findings": every_state(),
        "first": 50,
        "after": 100,
        "total": None,
        "areas": ("Northmoor", "Southfen"),
        "fresh": fresh(),
        "as_of": NOW,
    }
    return FindingsPage(**{**values, **changes})  # type: ignore[arg-type]


def changed() -> Changed:
    """One change by each cause, and one whose cause is not shown."""
    from duecare.assessment.explain_change import Change, ChangeCause, Why
    from duecare.assessment.facts_at import Item
    from duecare.use_cases.findings.compare_moments import Changed, Moment, Side

    before, after = finding(state=State.OPEN, late_by_hours=None, told=()), finding()
    allocated = event(event_id="E7", kind="investigator_allocated", happened_at=When.at(at("2016-03-02T08:00")))
    told = at("2016-03-05T09:00")
    items = {
        Why.NEW_FACT: (Item("events", ("merlin", "E7"), None, allocated, told),),
        Why.LATE_FACT: (Item("events", ("merlin", "E8"), None, event(event_id="E8", text="CANARY"), told),) * 2,
        Why.CHANGED_FACT: (Item("events", ("merlin", "E9"), event(), allocated, told, at("2016-03-01T10:00")),),
        Why.WITHDRAWN_FACT: (Item("events", ("merlin", "E6"), allocated, None, told),),
    }
    causes = [ChangeCause(why, items.get(why, ()), together=why is Why.LATE_FACT) for why in Why] + [
        ChangeCause(Why.NEW_FACT)
    ]
    changes = [Change(before, after, (cause,), cause, (RecordKey("merlin", "P1"),)) for cause in causes]
    moments = Moment(at("2016-03-02T00:00"), at("2016-03-02T00:00")), Moment(NOW, NOW)
    sides = [Side(moment, "ab" * 32, None, None) for moment in moments]
    first = Change(None, after, (causes[0],), causes[0])
    return Changed(sides[0], sides[1], (first, *changes), 1, ("People are as linked today.",))


def standards() -> tuple[tuple[Duty, dict[tuple[str, str], float]], ...]:
    return tuple((one, numbers_of(one)) for one in all_duties() if one.local and numbers_of(one))


def what_if() -> WhatIf:
    from duecare.use_cases.findings.try_standard import Counts, TrialResult, WhatIf

    before = Counts({"met": 1200, "met_late": 30, "overdue": 4, "cannot_tell": 7})
    after = Counts({"met": 900, "met_late": 300, "overdue": 34, "cannot_tell": 7})
    numbers = {("hours", "child"): 24.0, ("hours", "otherwise"): 72.0}
    areas = {"": (Counts({"met": 2}), Counts({"met": 2})), "Northmoor": (before, after)}
    tried = TrialResult(all_duties()[0], (numbers, {**numbers, ("hours", "child"): 12.0}), (before, after), areas)
    return WhatIf(NOW - timedelta(days=365), NOW, (tried,))


def delivery_shown(**changes: object) -> DeliveryShown:
    values: dict[str, object] = {
        "id": 3,
        "number": 2,
        "name": "merlin-2016-03-01",
        "source": "merlin",
        "sequence": 41,
        "scope": "changes",
        "status": "accepted",
        "extracted_at": at("2016-03-01T02:00"),
        "received_at": at("2016-03-01T02:30"),
        "rows_in": 10,
        "accepted": 7,
        "set_aside": 1,
        "stale": 1,
        "unchanged": 1,
        "refused": 0,
        "reasons": (),
        "notes": ("events.csv is delimited by ;",),
    }
    return DeliveryShown(**{**values, **changes})  # type: ignore[arg-type]


def deliveries() -> DeliveriesPage:
    refused = delivery_shown(id=4, number=None, status="refused", sequence=None, extracted_at=None)
    return DeliveriesPage((delivery_shown(), refused), total=60, page=2, pages=3, fresh=fresh())


def delivery() -> DeliveryPage:
    return DeliveryPage(
        delivery_shown(),
        (SetAsideShown("events.csv", 9, "happened_at", "no such day in the calendar", "give the day as YYYY-MM-DD"),),
        (("written_at", "missing; versioned by receipt", 4),),
    )


def visits(chosen: tuple[str, str] | None = None) -> VisitsBoard:
    line = VisitLine(
        PERSON, "Cal EXAMPLE", "Northmoor", "high", "", NOW - timedelta(days=9), None, 2, "9 days overdue", None
    )
    cells = {
        risk: {"due": 1, "attempted": 0, "seen": 4, "overdue": 2, "cannot_tell": 0}
        for risk in ("very_high", "high", "medium", "low", "unknown")
    }
    return VisitsBoard(cells, chosen, (line, line) if chosen else (), fresh(), NOW)


def custody(*, is_fresh: bool = True, chosen: str = "in_custody") -> CustodyBoard:
    line = CustodyLine(
        PERSON,
        "Ada EXAMPLE",
        "Aged 14",
        "Northmoor",
        CaseKey("custody", "CU1"),
        NOW - timedelta(hours=5),
        "cell",
        "",
        "requested",
        NOW + timedelta(minutes=40),
        "",
        (finding(duty="PACE-s40-review", ref="CU1", state=State.OPEN, due_at=NOW + timedelta(minutes=40)),),
    )
    counts = dict.fromkeys(
        ("in_custody", "review_overdue", "review_due_hour", "no_adult", "accommodation_asked", "in_cell", "overnight"),
        1,
    )
    return CustodyBoard(counts, chosen, (line,), is_fresh, fresh(is_stale=not is_fresh), NOW)

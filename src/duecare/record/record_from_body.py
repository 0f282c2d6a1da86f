"""From the stored canonical body of a version back to its record."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import UTC, date, datetime
from typing import Any

import orjson

from duecare.record.pole import (
    NO_DETAIL,
    CaseKey,
    CaseRecord,
    EventRecord,
    InvolvementRow,
    OfficerRecord,
    PersonRecord,
    PostRecord,
    RecordKey,
)
from duecare.record.version import KEY_SEPARATOR
from duecare.vocabulary.london_clock import when_on_day
from duecare.vocabulary.moments import When, whole_second
from duecare.vocabulary.partial_date import PartialDate, read_partial_date
from duecare.vocabulary.unknown import Unknown

NO_BIRTH_DATE = Unknown("no date of birth given")


def person_of(source: str, record_id: str, body_bytes: bytes, written_at: int) -> PersonRecord:
    """The person record in this body."""
    payload = orjson.loads(body_bytes)
    return PersonRecord(
        key=RecordKey(source, record_id),
        given_names=payload.get("given_names", ""),
        family_name=payload.get("family_name", ""),
        also_known_as=_texts_of(payload, "also_known_as"),
        online_names=_texts_of(payload, "online_names"),
        born=_birth_date_of(payload),
        due_on=date.fromisoformat(payload["due_on"]) if payload.get("due_on") else None,
        sex=payload.get("sex", ""),
        ethnicity=payload.get("ethnicity", ""),
        ethnicity_scheme=payload.get("ethnicity_scheme", ""),
        ethnicity_by=payload.get("ethnicity_by", ""),
        disability=payload.get("disability", ""),
        language=payload.get("language", ""),
        communication_needs=payload.get("communication_needs", ""),
        address=payload.get("address", ""),
        postcode=payload.get("postcode", ""),
        uprn=payload.get("uprn", ""),
        address_from=payload.get("address_from", ""),
        protected_address=bool(payload.get("protected_address")),
        phones=_texts_of(payload, "phone"),
        emails=_texts_of(payload, "email"),
        pnc_id=payload.get("pnc_id", ""),
        cro_number=payload.get("cro_number", ""),
        nhs_number=payload.get("nhs_number", ""),
        upn=payload.get("upn", ""),
        other_ids=_texts_of(payload, "other_ids"),
        school=payload.get("school", ""),
        restricted=bool(payload.get("restricted")),
        sealed=bool(payload.get("sealed")),
        written_at=utc_moment(written_at),
    )


def event_of(
    source: str, event_id: str, body_bytes: bytes, written_at: int, participations: tuple[InvolvementRow, ...]
) -> EventRecord:
    """The event record in this body, with its set of ties."""
    payload = orjson.loads(body_bytes)
    case_ref = payload.get("case_ref")
    return EventRecord(
        source=source,
        event_id=event_id,
        kind=payload["kind"],
        happened_at=time_of(payload["happened_at"]),
        written_at=utc_moment(written_at),
        case=CaseKey(payload.get("case_source") or source, case_ref) if case_ref else None,
        area=payload.get("area", ""),
        team=payload.get("team", ""),
        officer=payload.get("officer", ""),
        address=payload.get("address", ""),
        postcode=payload.get("postcode", ""),
        uprn=payload.get("uprn", ""),
        risk=payload.get("risk", ""),
        outcome=payload.get("outcome", ""),
        detail=payload.get("detail") or NO_DETAIL,
        text=payload.get("text", ""),
        ties=participations,
    )


def ties_of(body_bytes: bytes) -> tuple[InvolvementRow, ...]:
    """The ties in this body of an event's set."""
    return tuple(
        sorted(
            (
                InvolvementRow(RecordKey(source, record_id), role_name)
                for source, record_id, role_name in orjson.loads(body_bytes).get("ties", [])
            ),
            key=lambda participation: (participation.record, participation.role),
        )
    )


def case_of(source: str, case_ref: str, body_bytes: bytes) -> CaseRecord:
    """The case record in this body."""
    payload = orjson.loads(body_bytes)
    return CaseRecord(
        key=CaseKey(source, case_ref),
        kind=payload["kind"],
        area=payload.get("area", ""),
        opened_at=time_of(payload["opened_at"]) if payload.get("opened_at") else None,
        closed_at=time_of(payload["closed_at"]) if payload.get("closed_at") else None,
        restricted=bool(payload.get("restricted")),
        sealed=bool(payload.get("sealed")),
    )


def officer_of(source: str, row_key: str, body_bytes: bytes, written_at: int) -> OfficerRecord:
    """The officer record in this body."""
    payload = orjson.loads(body_bytes)
    return OfficerRecord(
        source=source,
        officer=payload.get("officer") or row_key.split(KEY_SEPARATOR, maxsplit=1)[0],
        name=payload.get("name", ""),
        rank=payload.get("rank", ""),
        force=payload.get("force", ""),
        team=payload.get("team", ""),
        supervisor=payload.get("supervisor", ""),
        accreditations=_texts_of(payload, "accreditations"),
        from_=_start_time(payload.get("from")),
        to=_end_time(payload.get("to")),
        absent_from=_start_time(payload.get("absent_from")),
        absent_to=_end_time(payload.get("absent_to")),
        absent_from_text=payload.get("absent_from", ""),
        written_at=utc_moment(written_at),
    )


def post_of(source: str, row_key: str, body_bytes: bytes, written_at: int) -> PostRecord:
    """The post record in this body."""
    payload = orjson.loads(body_bytes)
    return PostRecord(
        source=source,
        post=payload.get("post") or row_key.split(KEY_SEPARATOR, maxsplit=1)[0],
        kind=payload["kind"],
        area=payload.get("area", ""),
        holder=payload.get("holder", ""),
        from_=_start_time(payload.get("from")),
        to=_end_time(payload.get("to")),
        dedicated=bool(payload.get("dedicated")),
        on_call=bool(payload.get("on_call")),
        written_at=utc_moment(written_at),
    )


def utc_moment(seconds: int) -> datetime:
    """The instant of these whole seconds since 1970."""
    return datetime.fromtimestamp(seconds, UTC)


def time_of(time_text: str) -> When:
    """The time that a canonical body writes as UTC ISO text, or as a day alone."""
    if len(time_text) == len("2016-03-01"):
        return when_on_day(date.fromisoformat(time_text))
    return When.at(whole_second(datetime.fromisoformat(time_text)))


def _texts_of(payload: dict[str, object], field_name: str) -> tuple[str, ...]:
    value = payload.get(field_name) or ()
    assert isinstance(value, Iterable)
    return tuple(str(entry) for entry in value)


def _birth_date_of(payload: Mapping[str, Any]) -> PartialDate | Unknown:
    if birth_text := payload.get("date_of_birth"):
        return read_partial_date(birth_text)
    reason = payload.get("unknown", {}).get("date_of_birth")
    return Unknown(f"date of birth as written cannot be read: {reason}") if reason else NO_BIRTH_DATE


def _start_time(time_text: str | None) -> datetime | None:
    return time_of(time_text).earliest if time_text else None


def _end_time(time_text: str | None) -> datetime | None:
    return time_of(time_text).latest if time_text else None

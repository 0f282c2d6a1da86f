"""From the canonical body in which a version is kept back to the record it tells of."""

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
    OfficerRecord,
    PersonRecord,
    PostRecord,
    RecordKey,
    Tie,
)
from duecare.record.version import KEY_SEPARATOR
from duecare.vocabulary.moments import When, whole_second
from duecare.vocabulary.partial import PartialDate, read_partial_date
from duecare.vocabulary.unknown import Unknown

NO_BIRTH_DATE = Unknown("no date of birth given")


def person_of(source: str, record_id: str, body: bytes, written_at: int) -> PersonRecord:
    """Which person record is this body?"""
    said = orjson.loads(body)
    return PersonRecord(
        key=RecordKey(source, record_id),
        given_names=said.get("given_names", ""),
        family_name=said.get("family_name", ""),
        also_known_as=_many(said, "also_known_as"),
        online_names=_many(said, "online_names"),
        born=_born(said),
        due_on=date.fromisoformat(said["due_on"]) if said.get("due_on") else None,
        sex=said.get("sex", ""),
        ethnicity=said.get("ethnicity", ""),
        ethnicity_scheme=said.get("ethnicity_scheme", ""),
        ethnicity_by=said.get("ethnicity_by", ""),
        disability=said.get("disability", ""),
        language=said.get("language", ""),
        communication_needs=said.get("communication_needs", ""),
        address=said.get("address", ""),
        postcode=said.get("postcode", ""),
        uprn=said.get("uprn", ""),
        address_from=said.get("address_from", ""),
        protected_address=bool(said.get("protected_address")),
        phones=_many(said, "phone"),
        emails=_many(said, "email"),
        pnc_id=said.get("pnc_id", ""),
        cro_number=said.get("cro_number", ""),
        nhs_number=said.get("nhs_number", ""),
        upn=said.get("upn", ""),
        other_ids=_many(said, "other_ids"),
        school=said.get("school", ""),
        restricted=bool(said.get("restricted")),
        sealed=bool(said.get("sealed")),
        written_at=moment(written_at),
    )


def event_of(source: str, event_id: str, body: bytes, written_at: int, ties: tuple[Tie, ...]) -> EventRecord:
    """Which event record is this body, with its set of ties?"""
    said = orjson.loads(body)
    ref = said.get("case_ref")
    return EventRecord(
        source=source,
        event_id=event_id,
        kind=said["kind"],
        happened_at=when(said["happened_at"]),
        written_at=moment(written_at),
        case=CaseKey(said.get("case_source") or source, ref) if ref else None,
        area=said.get("area", ""),
        team=said.get("team", ""),
        officer=said.get("officer", ""),
        address=said.get("address", ""),
        postcode=said.get("postcode", ""),
        uprn=said.get("uprn", ""),
        risk=said.get("risk", ""),
        outcome=said.get("outcome", ""),
        detail=said.get("detail") or NO_DETAIL,
        text=said.get("text", ""),
        ties=ties,
    )


def ties_of(body: bytes) -> tuple[Tie, ...]:
    """Who is tied to the event whose set of ties this is?"""
    return tuple(
        sorted(
            (Tie(RecordKey(source, record_id), role) for source, record_id, role in orjson.loads(body).get("ties", [])),
            key=lambda tie: (tie.record, tie.role),
        )
    )


def case_of(source: str, case_ref: str, body: bytes) -> CaseRecord:
    """Which case record is this body?"""
    said = orjson.loads(body)
    return CaseRecord(
        key=CaseKey(source, case_ref),
        kind=said["kind"],
        area=said.get("area", ""),
        opened_at=when(said["opened_at"]) if said.get("opened_at") else None,
        closed_at=when(said["closed_at"]) if said.get("closed_at") else None,
        restricted=bool(said.get("restricted")),
        sealed=bool(said.get("sealed")),
    )


def officer_of(source: str, key: str, body: bytes, written_at: int) -> OfficerRecord:
    """Which officer record is this body?"""
    said = orjson.loads(body)
    return OfficerRecord(
        source=source,
        officer=said.get("officer") or key.split(KEY_SEPARATOR, maxsplit=1)[0],
        name=said.get("name", ""),
        rank=said.get("rank", ""),
        force=said.get("force", ""),
        team=said.get("team", ""),
        supervisor=said.get("supervisor", ""),
        accreditations=_many(said, "accreditations"),
        from_=_start(said.get("from")),
        to=_end(said.get("to")),
        absent_from=_start(said.get("absent_from")),
        absent_to=_end(said.get("absent_to")),
        absent_from_text=said.get("absent_from", ""),
        written_at=moment(written_at),
    )


def post_of(source: str, key: str, body: bytes, written_at: int) -> PostRecord:
    """Which post record is this body?"""
    said = orjson.loads(body)
    return PostRecord(
        source=source,
        post=said.get("post") or key.split(KEY_SEPARATOR, maxsplit=1)[0],
        kind=said["kind"],
        area=said.get("area", ""),
        holder=said.get("holder", ""),
        from_=_start(said.get("from")),
        to=_end(said.get("to")),
        dedicated=bool(said.get("dedicated")),
        on_call=bool(said.get("on_call")),
        written_at=moment(written_at),
    )


def moment(seconds: int) -> datetime:
    """The instant of these whole seconds since 1970."""
    return datetime.fromtimestamp(seconds, UTC)


def when(text: str) -> When:
    """The time that a canonical body writes as UTC ISO text, or as a day alone."""
    if len(text) == len("2016-03-01"):
        return When.on(date.fromisoformat(text))
    return When.at(whole_second(datetime.fromisoformat(text)))


def _many(said: dict[str, object], name: str) -> tuple[str, ...]:
    value = said.get(name) or ()
    assert isinstance(value, Iterable)
    return tuple(str(one) for one in value)


def _born(said: Mapping[str, Any]) -> PartialDate | Unknown:
    if text := said.get("date_of_birth"):
        return read_partial_date(text)
    reason = said.get("unknown", {}).get("date_of_birth")
    return Unknown(f"date of birth as written cannot be read: {reason}") if reason else NO_BIRTH_DATE


def _start(text: str | None) -> datetime | None:
    return when(text).earliest if text else None


def _end(text: str | None) -> datetime | None:
    return when(text).latest if text else None

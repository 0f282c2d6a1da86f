"""One line of the ledger: who did what, when, why and to which ids; its exact bytes and its leaf."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Final

import rfc8785

from duecare.vocabulary.moments import iso_text, whole_second
from duecare.vocabulary.refusals import Refusal

IDS_HELD_IN_ENTRY: Final = 10_000
OUTCOME_DONE: Final = "done"
LARGEST_NUMBER: Final = 2**53 - 1


class Act(StrEnum):
    """The processing operation.

    Source:  Data Protection Act 2018 s.62(1), https://www.legislation.gov.uk/ukpga/2018/12/section/62
    """

    COLLECTION = "collection"
    ALTERATION = "alteration"
    CONSULTATION = "consultation"
    DISCLOSURE = "disclosure"
    COMBINATION = "combination"
    ERASURE = "erasure"


@dataclass(frozen=True, slots=True)
class Entry:
    """Who did what, when, why, for whom, with what outcome, and to which opaque ids.

    Shape:   `ids` sorted and without repeats, or, when there are more than 10,000, empty with `ids_hash` the SHA-256 of
             the sorted list that is kept beside; `count` is how many. `number` counts from 1.
    Units:   UTC, whole seconds.
    """

    number: int
    at: datetime
    actor: str
    act: Act
    purpose: str
    recipient: str
    outcome: str
    ids: tuple[str, ...]
    ids_hash: str
    count: int

    @classmethod
    def of(
        cls,
        number: int,
        at: datetime,
        actor: str,
        act: Act,
        purpose: str,
        ids: Iterable[str] = (),
        *,
        recipient: str = "",
        outcome: str = OUTCOME_DONE,
    ) -> Entry:
        """The entry to be written for this act.

        Shape:   `ids` in any order, repeats allowed; random ids of our own, never a source's keys or personal data.
        Raises:  LED-002 if who, why, the outcome or the time is missing, or a text cannot be written as UTF-8.
        """
        distinct_ids = sorted_ids(ids)
        missing = [
            field_name
            for field_name, value in (("actor", actor), ("purpose", purpose), ("outcome", outcome))
            if not value
        ]
        if missing:
            raise Refusal("LED-002", where=f"entry {number}", found=f"nothing given for {', '.join(missing)}")
        if not 1 <= number <= LARGEST_NUMBER:
            raise Refusal("LED-002", where=f"entry {number}", found="a number outside 1 to 2^53 - 1")
        if at.tzinfo is None:
            raise Refusal("LED-002", where=f"entry {number}", found="a time without an offset")
        stored_beside = len(distinct_ids) > IDS_HELD_IN_ENTRY
        entry = cls(
            number=number,
            at=whole_second(at),
            actor=actor,
            act=Act(act),
            purpose=purpose,
            recipient=recipient,
            outcome=outcome,
            ids=() if stored_beside else distinct_ids,
            ids_hash=hash_ids(distinct_ids) if stored_beside else "",
            count=len(distinct_ids),
        )
        try:
            canonical_bytes(entry)
        except rfc8785.CanonicalizationError as error:
            raise Refusal("LED-002", where=f"entry {number}", found="text that is not UTF-8") from error
        return entry


@dataclass(frozen=True, slots=True)
class Unreadable:
    """A row of the ledger that no longer reads as an entry, and why.

    Shape:   `number` as read, or None where even that is no number.
    """

    number: int | None
    reason: str


def sorted_ids(opaque_ids: Iterable[str]) -> tuple[str, ...]:
    """The order in which the ids of an act are written: by code point, each once."""
    return tuple(sorted(set(opaque_ids)))


def hash_ids(opaque_ids: Sequence[str]) -> str:
    """What stands in an entry for a long list of ids: SHA-256, in hex, of the sorted list as RFC 8785 JSON."""
    return hashlib.sha256(rfc8785.dumps(list(opaque_ids))).hexdigest()


def canonical_bytes(entry: Entry) -> bytes:
    """The bytes that are hashed for this entry.

    Shape:   RFC 8785 JSON of number, at, actor, act, purpose, recipient, outcome, ids or ids_hash, count.
    Source:  https://www.rfc-editor.org/rfc/rfc8785
    """
    fields: dict[str, object] = {
        "number": entry.number,
        "at": iso_text(entry.at),
        "actor": entry.actor,
        "act": str(entry.act),
        "purpose": entry.purpose,
        "recipient": entry.recipient,
        "outcome": entry.outcome,
        "count": entry.count,
    }
    if entry.ids_hash:
        fields["ids_hash"] = entry.ids_hash
    else:
        fields["ids"] = list(entry.ids)
    return rfc8785.dumps(fields)  # type: ignore[arg-type]


def leaf_hash(entry: Entry) -> bytes:
    """The leaf of this entry: SHA-256 of a zero byte and its canonical bytes.

    Source:  https://www.rfc-editor.org/rfc/rfc6962#section-2.1
    """
    return hashlib.sha256(b"\x00" + canonical_bytes(entry)).digest()


def as_row(entry: Entry) -> dict[str, object]:
    """This entry as one row of a table, in the columns that `read_row` reads back."""
    return {
        "number": entry.number,
        "at": iso_text(entry.at),
        "actor": entry.actor,
        "act": str(entry.act),
        "purpose": entry.purpose,
        "recipient": entry.recipient,
        "outcome": entry.outcome,
        "ids": _ids_text(entry.ids),
        "ids_hash": entry.ids_hash,
        "count": entry.count,
    }


def read_row(stored_row: Mapping[str, object]) -> Entry | Unreadable:
    """Read this stored row; never raises: whatever someone has done to the row, verification goes on.

    Shape:   the columns of `as_row`; `written_at` a text or an aware time, `opaque_ids` a JSON text or a list.
    Unknown: a value that no entry can hold makes the row Unreadable, with the column's name and never its content.
    """
    number = stored_row.get("number")
    if not isinstance(number, int) or isinstance(number, bool):
        return Unreadable(None, "number is not a whole number")
    try:
        ledger_act = Act(str(stored_row.get("act")))
    except ValueError:
        return Unreadable(number, "act is none of the six")
    written_at = _read_time(stored_row.get("at"))
    if written_at is None:
        return Unreadable(number, "at is not a time")
    opaque_ids = _read_ids(stored_row.get("ids"))
    if opaque_ids is None:
        return Unreadable(number, "ids is not a list of texts")
    count = stored_row.get("count")
    if not isinstance(count, int) or isinstance(count, bool):
        return Unreadable(number, "count is not a whole number")
    texts = {
        text_column: stored_row.get(text_column)
        for text_column in ("actor", "purpose", "recipient", "outcome", "ids_hash")
    }
    for column, value in texts.items():
        if not isinstance(value, str):
            return Unreadable(number, f"{column} is not text")
    if opaque_ids and texts["ids_hash"]:
        return Unreadable(number, "ids and ids_hash are both given")
    return Entry(
        number=number,
        at=written_at,
        actor=str(texts["actor"]),
        act=ledger_act,
        purpose=str(texts["purpose"]),
        recipient=str(texts["recipient"]),
        outcome=str(texts["outcome"]),
        ids=opaque_ids,
        ids_hash=str(texts["ids_hash"]),
        count=count,
    )


def read_leaf(stored: object) -> bytes:
    """The leaf stored beside a row; where what is stored is no bytes, an empty leaf, which agrees with no entry."""
    return bytes(stored) if isinstance(stored, bytes | bytearray | memoryview) else b""


def _read_time(value: object) -> datetime | None:
    if isinstance(value, datetime):
        # `at` was written in whole seconds: a fraction put in later must not be cut away unseen.
        return value if value.tzinfo is not None and not value.microsecond else None
    try:
        moment = datetime.fromisoformat(value) if isinstance(value, str) else None
        # The text must be the one we write: another spelling of the same instant is another row.
        return moment if moment is not None and moment.tzinfo is not None and iso_text(moment) == value else None
    except (ValueError, OverflowError):
        return None


def _read_ids(value: object) -> tuple[str, ...] | None:
    json_text = value if isinstance(value, str) else None
    if json_text is not None:
        try:
            value = json.loads(json_text)
        except (ValueError, RecursionError):
            return None
    if not isinstance(value, (list, tuple)) or not all(isinstance(opaque_id, str) for opaque_id in value):
        return None
    opaque_ids = tuple(value)
    # As with times: another spelling of the same list is another row.
    return opaque_ids if json_text is None or _ids_text(opaque_ids) == json_text else None


def _ids_text(opaque_ids: Sequence[str]) -> str:
    return json.dumps(list(opaque_ids), ensure_ascii=False, separators=(",", ":"))

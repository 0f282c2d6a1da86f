"""The fields that the detail of each kind of event may have."""

from __future__ import annotations

import pytest

from duecare.vocabulary.event_details import (
    DAY,
    DETAIL_FIELDS,
    LIST,
    NUMBER,
    OBJECT,
    PERIOD,
    TEXT,
    TIME,
    YES_NO,
    has_unknown_field,
)
from duecare.vocabulary.kinds import EVENT_KINDS

TYPES = {DAY, LIST, NUMBER, OBJECT, PERIOD, TEXT, TIME, YES_NO}


def test_only_kinds_of_event_that_exist_have_fields_and_each_field_says_what_may_stand_in_it() -> None:
    assert set(DETAIL_FIELDS) <= EVENT_KINDS
    for fields in DETAIL_FIELDS.values():
        assert fields
        for allowed in fields.values():
            assert allowed in TYPES if isinstance(allowed, str) else len(allowed) == len(set(allowed)) > 1


@pytest.mark.parametrize(
    ("kind", "detail", "is_unknown"),
    [
        ("child_seen", {}, False),
        ("child_seen", {"alone": True}, False),
        ("child_seen", {"alone": True, "voice": False}, False),
        ("child_seen", {"alone": True, "Voice": False}, True),
        ("child_seen", {"voices": True}, True),
        ("bailed", {"until": "2026-01-01", "conditions": [], "court_at": "2026-01-02"}, False),
        ("bail_extended", {"court_at": "2026-01-02"}, True),
        ("arrested", {}, False),
        ("arrested", {"alone": True}, True),
        ("no such kind", {"alone": True}, True),
        ("no such kind", {}, False),
    ],
)
def test_a_field_that_a_kind_of_event_does_not_have_is_found(
    kind: str, detail: dict[str, object], is_unknown: bool
) -> None:
    assert has_unknown_field(kind, detail) is is_unknown


@pytest.mark.parametrize("detail", [None, "", "alone", ["voices"], 1])
def test_detail_that_is_no_object_has_no_field(detail: object) -> None:
    assert not has_unknown_field("child_seen", detail)

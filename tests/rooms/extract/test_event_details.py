"""A detail that its kind of event does not have is noted as a defect, and its row is kept as it came."""

from __future__ import annotations

from typing import Any

import pytest

from duecare.vocabulary.event_details import DETAIL_FIELDS, UNKNOWN_FIELD, has_unknown_field
from duecare.vocabulary.kinds import EVENT_KINDS

HEADER = "event_id,kind,happened_at,written_at,detail\n"
TIMES = "2016-03-01T09:00:00+00:00,2016-03-01T09:00:00+00:00"


def test_an_unknown_field_is_noted_and_the_row_is_kept(desk: Any) -> None:
    heard = desk.hear(events=f'{HEADER}E1,child_seen,{TIMES},"{{""alone"":true,""shoe_size"":4}}"\n')

    assert heard.asides == []
    assert heard.body("events", "E1")["detail"] == {"alone": True, "shoe_size": 4}
    assert heard.notes() == [("detail", UNKNOWN_FIELD, 2)]


def test_a_known_field_is_not_noted(desk: Any) -> None:
    heard = desk.hear(events=f'{HEADER}E1,child_seen,{TIMES},"{{""alone"":true}}"\n')

    assert heard.notes() == []


def test_a_kind_without_fields_has_none(desk: Any) -> None:
    heard = desk.hear(events=f'{HEADER}E1,child_declined,{TIMES},"{{""alone"":true}}"\n')

    assert heard.notes() == [("detail", UNKNOWN_FIELD, 2)]


@pytest.mark.parametrize("kind", sorted(EVENT_KINDS))
def test_each_field_listed_is_known_for_its_kind(kind: str) -> None:
    assert not has_unknown_field(kind, dict.fromkeys(DETAIL_FIELDS.get(kind, {}), ""))
    assert has_unknown_field(kind, {"shoe_size": 4})

"""Entries of meetings as kept: numbered as they come, as known at a moment, never altered."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from django.db import DatabaseError, transaction

from duecare.recommendation.oversight_register import Body, Deed, Entry
from duecare.store.models import OversightEntry
from duecare.store.oversight.meeting_records import keep_entry, register_entries

pytestmark = pytest.mark.django_db

NOON = datetime(2026, 3, 1, 12, tzinfo=UTC)
MICRO = timedelta(microseconds=1)


def entry(words: str = "x", at: datetime = NOON, deed: Deed = Deed.QUESTION, **told: Any) -> Entry:
    return Entry(0, deed, at, "clerk", words, **told)


@pytest.mark.parametrize("deed", list(Deed))
def test_an_entry_is_read_back_the_same_with_its_number(deed: Deed):
    whole = entry(
        "Zoë asks", NOON + MICRO, deed, body=Body.EXPERTS, meeting=3, of=4, owner="P1", due_on=date(2027, 1, 31)
    )

    kept = keep_entry(whole)

    assert replace(kept, number=0) == whole
    assert kept.number > 0
    assert register_entries() == (kept,)


def test_an_entry_of_no_body_meeting_or_day_has_none():
    (read,) = (keep_entry(entry()), *register_entries())[1:]

    assert (read.body, read.meeting, read.of, read.owner, read.due_on) == (None, 0, 0, "", None)


def test_entries_come_in_the_order_in_which_they_were_kept_each_with_a_number_of_its_own():
    kept = [keep_entry(entry(words, NOON - timedelta(hours=place))) for place, words in enumerate("abc")]

    assert list(register_entries()) == kept
    assert [one.number for one in kept] == sorted({one.number for one in kept})
    assert len({one.number for one in kept}) == 3


@pytest.mark.parametrize(("known_at", "words"), [(NOON - MICRO, ""), (NOON, "b"), (NOON + MICRO, "ab"), (None, "abc")])
def test_what_was_known_at_a_moment_is_what_had_been_entered_by_then(known_at: datetime | None, words: str):
    for one in (entry("a", NOON + MICRO), entry("b"), entry("c", NOON + timedelta(days=1))):
        keep_entry(one)

    assert "".join(one.words for one in register_entries(known_at)) == words


def test_the_database_refuses_to_alter_or_take_away_an_entry():
    kept = keep_entry(entry())

    for deed in (
        lambda: OversightEntry.objects.update(words="y"),
        lambda: OversightEntry.objects.all()._raw_delete("default"),
    ):
        with pytest.raises(DatabaseError), transaction.atomic():
            deed()

    assert register_entries() == (kept,)

"""Judgements as kept: only added to, taken back once, read in the order in which they were kept."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from django.db import DatabaseError, connection, transaction

from duecare.person.judgement import Judgement, Verdict
from duecare.record.pole import RecordKey
from duecare.store.link_review import link_judgements as kept
from duecare.store.linkage.linked_people import standing_judgements
from duecare.store.models import Judgement as JudgementRow

pytestmark = pytest.mark.django_db

NOON = datetime(2026, 11, 26, 12, tzinfo=UTC)
A, B = RecordKey("merlin", "a"), RecordKey("cris", "b")


def keep(name: str = "j1", verdict: Verdict = Verdict.SAME, at: datetime = NOON) -> Judgement:
    return kept.keep_judgement(Judgement(name, A, B, verdict, "made-up-supervisor", at, "the school knows both"))


def test_what_is_kept_is_read_again_in_the_order_in_which_it_was_kept():
    first, second = keep("z"), keep("a", Verdict.DIFFERENT, NOON - timedelta(days=1))

    assert standing_judgements() == [first, second]
    assert first.number < second.number


def test_it_is_taken_back_once():
    keep()

    assert kept.take_back("j1", recorded_at=NOON, account_name="made-up-inspector", reason="sisters")
    assert not kept.take_back("j1", recorded_at=NOON, account_name="another", reason="no sisters")
    assert not kept.take_back("none", recorded_at=NOON, account_name="another", reason="no sisters")
    (said,) = standing_judgements()
    assert (said.undone_at, said.undone_by, said.undone_reason) == (NOON, "made-up-inspector", "sisters")


@pytest.mark.parametrize(
    "deed",
    [
        lambda: JudgementRow.objects.update(verdict="different"),
        lambda: JudgementRow.objects.update(reason="another reason"),
        lambda: JudgementRow.objects.update(undone_at=None, by="another"),
        lambda: JudgementRow.objects.all()._raw_delete("default"),
    ],
)
def test_the_database_refuses_to_alter_or_take_away_what_was_said(deed):
    before = keep()

    with pytest.raises(DatabaseError), transaction.atomic():
        deed()

    assert standing_judgements() == [before]


@pytest.mark.parametrize("again", [{"undone_at": None}, {"undone_reason": "another"}, {"undone_by": "another"}])
def test_the_database_refuses_to_alter_that_it_was_taken_back(again):
    keep()
    kept.take_back("j1", recorded_at=NOON, account_name="made-up-inspector", reason="sisters")
    before = standing_judgements()

    with pytest.raises(DatabaseError), transaction.atomic():
        JudgementRow.objects.update(**again)

    assert standing_judgements() == before


def test_the_guards_stand_under_their_names():
    sql = (
        "SELECT tgname FROM pg_trigger WHERE tgname LIKE 'only_added_judgement%'"
        if connection.vendor == "postgresql"
        else "SELECT name FROM sqlite_master WHERE type = 'trigger' AND name LIKE 'only_added_judgement%'"
    )
    with connection.cursor() as cursor:
        cursor.execute(sql)
        found = {name for (name,) in cursor.fetchall()}

    assert {"only_added_judgement_delete", "only_added_judgement_said", "only_added_judgement_undone"} <= found

"""What was ever seen outside: published or shown before its time, each version once, in the order in which it first was."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from hashlib import sha256
from typing import Any

import pytest
from django.db import DatabaseError, connection, transaction

from duecare.disclosure import Earlier
from duecare.report.release.release_lifecycle import Version
from duecare.store.models import ReleaseShown
from duecare.store.releases.disclosed_history import (
    DisclosedHistory,
    ShownTo,
    hold_all,
    keep_shown,
    seen_versions,
    shown_to,
)
from duecare.store.releases.release_records import keep_version, kept_version, publish_version

pytestmark = pytest.mark.django_db

NOON = datetime(2026, 3, 1, 12, tzinfo=UTC)
EMPTY = sha256(b"").hexdigest()


def at(hours: float) -> datetime:
    return NOON + timedelta(hours=hours)


def keep(slug: str, number: int = 1, content_hash: str = "") -> int:
    """A version, kept; its key."""
    version = Version(number, content_hash or f"{slug}-{number}", at(99), (), "", "", "author", NOON)
    inside: dict[str, Any] = {"release": f"{slug} {number}", "tables": [], "truth": [[["m", [["area", "x"]]], number]]}
    keep_version(
        slug, "2026-Q3", version, title="t", content=b"c", inside=inside, summary={}, words=[], history_hash=""
    )
    return kept_version(slug, number).id


def test_nothing_was_seen_where_nothing_was_shown_or_published():
    keep("a")

    assert seen_versions() == DisclosedHistory((), EMPTY)
    assert seen_versions().earlier() == ()
    assert shown_to("a") == ()


def test_versions_come_in_the_order_in_which_they_were_first_seen():
    first, second, third = keep("a"), keep("b"), keep("c")
    publish_version("c", 1, at(1))
    publish_version("a", 1, at(9))
    keep_shown(second, "chief", at(5))
    keep_shown(first, "chief", at(3))
    keep_shown(first, "home", at(4))

    assert seen_versions().versions == (third, first, second)


def test_a_version_that_was_shown_and_then_published_counts_from_when_it_was_shown_and_one_shown_later_from_its_publication():
    first, second, third = keep("a"), keep("b"), keep("c")
    keep_shown(first, "chief", at(1))
    publish_version("a", 1, at(9))
    keep_shown(second, "chief", at(5))
    publish_version("c", 1, at(4))
    keep_shown(third, "chief", at(6))

    assert seen_versions().versions == (first, third, second)


def test_of_two_seen_at_one_moment_the_one_kept_first_comes_first():
    first, second = keep("a"), keep("b")
    keep_shown(second, "chief", at(1))
    keep_shown(first, "chief", at(1))

    assert seen_versions().versions == (first, second)


def test_the_hash_is_that_of_the_names_in_their_order_and_changes_with_each():
    first, second = keep("a"), keep("a", 2)
    hashes = [seen_versions().hash]
    keep_shown(first, "chief", at(1))
    hashes.append(seen_versions().hash)
    assert hashes[-1] == sha256(b"a 1 a-1").hexdigest()
    keep_shown(second, "chief", at(2))
    hashes.append(seen_versions().hash)
    assert hashes[-1] == sha256(b"a 1 a-1\na 2 a-2").hexdigest()
    keep_shown(second, "home", at(3))

    assert seen_versions().hash == hashes[-1]
    assert len(set(hashes)) == 3


def test_a_version_is_no_reader_of_itself():
    first, second = keep("a"), keep("b")
    keep_shown(first, "chief", at(1))
    publish_version("b", 1, at(2))

    assert seen_versions(besides=first) == DisclosedHistory((second,), sha256(b"b 1 b-1").hexdigest())
    assert seen_versions(besides=10**9) == seen_versions(besides=None) == seen_versions()


def test_what_clearance_must_know_of_each_is_read_in_the_same_order():
    first, second = keep("a"), keep("b", 2)
    keep_shown(second, "chief", at(1))
    publish_version("a", 1, at(2))

    earlier = seen_versions().earlier()

    assert [type(one) for one in earlier] == [Earlier, Earlier]
    assert [(one.release, list(one.truth.values())) for one in earlier] == [("b 2", [2]), ("a 1", [1])]
    assert first != second


def test_a_look_is_noted_once_for_each_account_and_version_when_it_was_first():
    first, second = keep("a"), keep("a", 2)
    keep_shown(first, "chief", at(2))
    keep_shown(first, "chief", at(1))
    keep_shown(first, "home", at(2))
    keep_shown(second, "chief", at(1))
    keep_shown(keep("b"), "chief", at(0))

    assert shown_to("a") == (ShownTo("chief", 2, at(1)), ShownTo("chief", 1, at(2)), ShownTo("home", 1, at(2)))
    assert shown_to("b") == (ShownTo("chief", 1, at(0)),)
    assert shown_to("c") == ()


def test_the_database_refuses_to_alter_or_take_away_a_look():
    keep_shown(keep("a"), "chief", at(1))

    for deed in (
        lambda: ReleaseShown.objects.update(account="x"),
        lambda: ReleaseShown.objects.all()._raw_delete("default"),
    ):
        with pytest.raises(DatabaseError), transaction.atomic():
            deed()

    assert shown_to("a") == (ShownTo("chief", 1, at(1)),)


def test_every_release_is_held_at_once_where_a_database_can(django_assert_num_queries):
    keep("a")
    keep("b")
    with django_assert_num_queries(1) as asked:
        hold_all()

    assert ("FOR UPDATE" in asked.captured_queries[0]["sql"]) == (connection.vendor == "postgresql")
    assert "WHERE" not in asked.captured_queries[0]["sql"]

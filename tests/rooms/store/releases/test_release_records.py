"""Releases as kept: versions, checks, one answer, files, what went out and in which order."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from hashlib import sha256
from typing import Any

import pytest
from django.db import DatabaseError, IntegrityError, connection, transaction

from duecare.report.release.release_lifecycle import Access, Check, Life, Version
from duecare.store.models import (
    Release,
    ReleaseAnswer,
    ReleaseCheck,
    ReleaseFile,
    ReleasePublished,
    ReleaseVersion,
)
from duecare.store.releases.release_records import (
    Answer,
    Out,
    answer_to,
    files_of,
    is_published,
    keep_answer,
    keep_check,
    keep_files,
    keep_version,
    kept_version,
    life_of,
    lock_release,
    may_be_due,
    publish_version,
    published_content,
    published_file,
    published_file_names,
    published_releases,
    release_lives,
)

pytestmark = pytest.mark.django_db

NOON = datetime(2026, 3, 1, 12, tzinfo=UTC)
DUE = NOON + timedelta(days=2)
MICRO = timedelta(microseconds=1)


def version(number: int = 1, **told: Any) -> Version:
    said = {
        "content_hash": f"{number:064d}",
        "publish_at": DUE,
        "access": (Access("chief", NOON), Access("home", NOON + timedelta(days=1))),
        "corrects": "",
        "why": "",
        "drafted_by": "author",
        "drafted_at": NOON + timedelta(minutes=number),
        **told,
    }
    return Version(number, **said)


def keep(slug: str = "q3", number: int = 1, *, period: str = "2026-Q3", title: str = "A title", **told: Any) -> Version:
    made = version(number, **told)
    keep_version(
        slug, period, made, title=title, content=f"{slug} {number}".encode(), inside={"a": [1]}, summary={"b": 2},
        words=["w"], history_hash="h" * 64,
    )  # fmt: skip
    return made


def check(account: str, hours: float, *, passed: bool = True, seal: str = "s" * 64, words: str = "") -> Check:
    return Check(account, NOON + timedelta(hours=hours), seal, passed, words)


# --- versions ----------------------------------------------------------------------------------------------


def test_a_version_is_read_back_the_same_and_opens_its_release():
    made = keep(corrects="q2", why="a fault", publish_at=DUE + MICRO)

    assert life_of("q3") == Life("q3", (made,))
    row = kept_version("q3", 1)
    assert (row.content, row.inside, row.summary, row.words) == (b"q3 1", {"a": [1]}, {"b": 2}, ("w",))
    assert (row.history_hash, row.content_hash) == ("h" * 64, made.content_hash)
    release = Release.objects.get()
    assert (release.slug, release.period, release.opened_at, release.opened_by) == (
        "q3", "2026-Q3", made.drafted_at, "author",
    )  # fmt: skip
    assert ReleaseVersion.objects.get().title == "A title"


def test_further_versions_leave_the_release_as_it_was_opened_and_come_in_order():
    second, first = keep(number=2, drafted_by="another"), keep(number=1)

    assert life_of("q3").versions == (first, second)
    release = Release.objects.get()
    assert (release.opened_by, release.opened_at) == ("another", second.drafted_at)


def test_the_seal_of_a_version_is_the_same_once_it_is_kept():
    made = keep(access=(Access("chief", NOON.replace(microsecond=5)),))

    assert life_of("q3").versions[0].seal == made.seal
    assert life_of("q3").versions[0].access == (Access("chief", NOON),)


def test_nobody_on_the_list_is_nobody():
    keep(access=())

    assert life_of("q3").versions[0].access == ()


def test_of_a_release_that_is_not_there_nothing_is_known():
    keep()

    assert life_of("q4") is None
    assert answer_to("q4") is None
    assert published_content("q4") is None
    assert published_file("q4", "a.csv") is None
    assert (published_file_names("q4"), files_of("q4", 1), is_published("q4")) == ((), {}, False)
    with pytest.raises(ReleaseVersion.DoesNotExist):
        kept_version("q3", 2)
    with pytest.raises(ReleaseVersion.DoesNotExist):
        kept_version("q4", 1)


def test_releases_come_the_latest_opened_first_each_with_its_own():
    keep("old", drafted_at=NOON)
    keep("new", drafted_at=NOON + timedelta(days=1))
    keep("same", drafted_at=NOON + timedelta(days=1))
    keep_check("old", 1, check("one", 1))
    keep("old", 2, drafted_at=NOON + timedelta(days=9))
    publish_version("new", 1, DUE)

    lives = release_lives()

    assert [life.slug for life in lives] == ["same", "new", "old"]
    assert [len(life.versions) for life in lives] == [1, 1, 2]
    assert [len(life.checks) for life in lives] == [0, 0, 1]
    assert [life.published_at for life in lives] == [None, DUE, None]


# --- checks and the answer ---------------------------------------------------------------------------------


def test_checks_are_read_back_in_the_order_in_which_they_were_made():
    keep()
    keep(number=2)
    later, earlier = check("one", 5, words="sound"), check("two", 3, passed=False, words="a fault")
    keep_check("q3", 1, later)
    keep_check("q3", 2, earlier)
    keep_check("q3", 1, check("three", 5))

    assert life_of("q3").checks == (earlier, later, check("three", 5))


def test_one_person_checks_a_version_once():
    keep()
    keep(number=2)
    keep_check("q3", 1, check("one", 1))
    keep_check("q3", 2, check("one", 2))

    with pytest.raises(IntegrityError), transaction.atomic():
        keep_check("q3", 1, check("one", 3))
    assert len(life_of("q3").checks) == 2


def test_the_force_answers_a_release_once():
    keep()
    keep(number=2)
    keep("q4")
    answer = Answer("chief", "It is right.", 2, NOON + MICRO)
    keep_answer("q3", answer)

    assert (answer_to("q3"), answer_to("q4")) == (answer, None)
    with pytest.raises(IntegrityError), transaction.atomic():
        keep_answer("q3", Answer("chief", "No.", 1, NOON))
    assert answer_to("q3") == answer


# --- files and publication ---------------------------------------------------------------------------------


def test_files_are_kept_once_and_read_back_the_same():
    keep()
    keep(number=2)
    keep_files("q3", 1, {"a.csv": b"one\r\n", "b.pdf": bytes(range(256))})
    keep_files("q3", 1, {"a.csv": b"changed", "c.txt": b""})

    assert files_of("q3", 1) == {"a.csv": b"one\r\n", "b.pdf": bytes(range(256)), "c.txt": b""}
    assert files_of("q3", 2) == {}
    assert set(ReleaseFile.objects.values_list("name", "sha256")) == {
        (name, sha256(body).hexdigest()) for name, body in files_of("q3", 1).items()
    }


def test_only_what_is_out_is_read_from_outside():
    keep()
    keep(number=2)
    keep_files("q3", 1, {"a.csv": b"first"})
    keep_files("q3", 2, {"b.csv": b"seconds", "a.csv": b"second"})
    assert (published_content("q3"), published_file("q3", "a.csv"), published_file_names("q3")) == (None, None, ())

    publish_version("q3", 2, DUE)

    assert published_content("q3") == (b"q3 2", version(2).content_hash)
    assert published_file("q3", "a.csv") == (b"second", sha256(b"second").hexdigest())
    assert published_file("q3", "c.csv") is None
    assert published_file_names("q3") == (("a.csv", 6), ("b.csv", 7))
    assert is_published("q3")
    assert life_of("q3").published_at == DUE


def test_releases_are_numbered_as_they_go_out_and_listed_the_latest_first():
    for slug in ("one", "two", "three"):
        keep(
            slug,
            title=slug.title(),
            period=slug,
            corrects="two" if slug == "three" else "",
            why="w" * (slug == "three"),
        )
    keep_answer("one", Answer("chief", "x", 1, NOON))
    for slug, hours in (("two", 3), ("one", 2), ("three", 1)):
        publish_version(slug, 1, DUE + timedelta(hours=hours))

    assert list(ReleasePublished.objects.order_by("number").values_list("release__slug", "number")) == [
        ("two", 1), ("one", 2), ("three", 3),
    ]  # fmt: skip
    known_by = version(1).content_hash
    assert published_releases() == (
        Out("three", "Three", "three", DUE + timedelta(hours=1), "two", "w", known_by, None),
        Out("one", "One", "one", DUE + timedelta(hours=2), "", "", known_by, NOON),
        Out("two", "Two", "two", DUE + timedelta(hours=3), "", "", known_by, None, corrected_by="three"),
    )


def test_of_several_corrections_the_latest_is_named():
    for slug, corrects in (("one", ""), ("two", "one"), ("three", "one")):
        keep(slug, corrects=corrects)
        publish_version(slug, 1, DUE)

    assert [(out.slug, out.corrected_by) for out in published_releases()] == [
        ("three", ""),
        ("two", ""),
        ("one", "three"),
    ]


def test_a_correction_that_is_not_out_corrects_nothing():
    keep("one")
    publish_version("one", 1, DUE)
    keep("two", corrects="one")

    assert [out.corrected_by for out in published_releases()] == [""]


def test_a_release_goes_out_once():
    keep()
    keep(number=2)
    publish_version("q3", 1, DUE)

    with pytest.raises(IntegrityError), transaction.atomic():
        publish_version("q3", 2, DUE)
    assert published_content("q3")[0] == b"q3 1"


@pytest.mark.parametrize(("now", "due"), [(DUE - MICRO, ()), (DUE, ("q3",)), (DUE + MICRO, ("q3",))])
def test_a_release_may_be_due_from_the_time_of_any_of_its_versions(now: datetime, due: tuple[str, ...]):
    keep(publish_at=DUE)
    keep(number=2, publish_at=DUE + timedelta(days=30))

    assert tuple(life.slug for life in may_be_due(now)) == due


def test_releases_that_may_be_due_come_in_the_order_in_which_they_were_opened_and_each_once():
    keep("late", drafted_at=NOON + timedelta(hours=3))
    keep("early", drafted_at=NOON)
    keep("early", 2, drafted_at=NOON + timedelta(hours=9))
    keep("out", drafted_at=NOON - timedelta(hours=3))
    publish_version("out", 1, DUE)

    lives = may_be_due(DUE)

    assert [life.slug for life in lives] == ["early", "late"]
    assert [len(life.versions) for life in lives] == [2, 1]


def test_a_release_is_locked_where_a_database_can(django_assert_num_queries):
    keep()
    with django_assert_num_queries(1) as asked:
        lock_release("q3")

    assert ("FOR UPDATE" in asked.captured_queries[0]["sql"]) == (connection.vendor == "postgresql")
    assert "q3" in asked.captured_queries[0]["sql"]


# --- only ever added ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("table", "change"),
    [
        (Release, {"period": "x"}),
        (ReleaseVersion, {"title": "x"}),
        (ReleaseVersion, {"content": b"x"}),
        (ReleaseCheck, {"passed": False}),
        (ReleaseAnswer, {"words": "x"}),
        (ReleaseFile, {"body": b"x"}),
        (ReleasePublished, {"at": NOON}),
    ],
)
def test_the_database_refuses_to_alter_or_take_away_anything_of_a_release(table: Any, change: dict[str, Any]):
    keep()
    keep_check("q3", 1, check("one", 1))
    keep_answer("q3", Answer("chief", "x", 1, NOON))
    keep_files("q3", 1, {"a": b"a"})
    publish_version("q3", 1, DUE)
    before = list(table.objects.values())

    for deed in (lambda: table.objects.update(**change), lambda: table.objects.all()._raw_delete("default")):
        with pytest.raises(DatabaseError), transaction.atomic():
            deed()

    assert list(table.objects.values()) == before

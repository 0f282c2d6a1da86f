"""Which version of a row stands at a moment."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import permutations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.made.timelines import at

from duecare.timeline.version_at_moment import as_known


@dataclass(frozen=True)
class Version:
    version_at: datetime
    sha256: bytes
    withdrawn: bool = False


OLD = Version(at("2020-01-01 10:00"), b"a")
NEW = Version(at("2020-01-02 10:00"), b"b")
TIE = Version(at("2020-01-02 10:00"), b"c")
GONE = Version(at("2020-01-03 10:00"), b"a", withdrawn=True)
BACK = Version(at("2020-01-04 10:00"), b"a")


@pytest.mark.parametrize(
    ("known_at", "stands"),
    [
        ("2019-12-31 10:00", None),
        ("2020-01-01 10:00", OLD),
        ("2020-01-02 10:00", TIE),
        ("2020-01-03 10:00", None),
        ("2020-01-04 10:00", BACK),
        (None, BACK),
    ],
)
def test_the_newest_written_by_then_stands_whatever_the_order_of_arrival(known_at, stands):
    for versions in permutations((OLD, NEW, TIE, GONE, BACK)):
        assert as_known(versions, at(known_at) if known_at else None) == stands


def test_of_nothing_written_nothing_stands():
    assert as_known([], None) is None
    assert as_known([], at("2020-01-01 10:00")) is None


def test_a_version_written_at_that_very_second_is_known():
    assert as_known([OLD], OLD.version_at) == OLD
    assert as_known([OLD], OLD.version_at - timedelta(seconds=1)) is None


VERSIONS = st.builds(
    Version,
    st.integers(0, 4).map(lambda days: OLD.version_at + timedelta(days=days)),
    st.sampled_from([b"a", b"b", b"c"]),
    st.booleans(),
)


@given(
    st.lists(VERSIONS, max_size=6, unique_by=lambda one: (one.version_at, one.sha256)), st.integers(-1, 5) | st.none()
)
def test_what_stands_is_the_last_of_what_was_written_in_the_order_of_time_and_hash(versions, days):
    """Against writing them one over the other."""
    known_at = None if days is None else OLD.version_at + timedelta(days=days)
    page = None
    for version in sorted(versions, key=lambda one: (one.version_at, one.sha256)):
        if known_at is None or version.version_at <= known_at:
            page = None if version.withdrawn else version

    assert as_known(versions, known_at) == page

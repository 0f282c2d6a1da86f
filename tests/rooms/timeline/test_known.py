"""Which version of a row stands at a moment."""

from dataclasses import dataclass
from datetime import datetime
from itertools import permutations

import pytest
from tests.made.timelines import at

from duecare.timeline.known import as_known


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

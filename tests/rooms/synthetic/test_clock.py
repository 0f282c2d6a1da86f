"""Times are written as London clocks or with their offset, over both clock changes too."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from duecare.synthetic.clock import london_day_text, london_text, to_seconds, utc_text, wall_seconds
from duecare.vocabulary.london_clock import read_time

LONDON = ZoneInfo("Europe/London")


def test_every_hour_of_four_years_is_written_as_the_time_zone_database_says() -> None:
    moment = datetime(2015, 1, 1, tzinfo=UTC)
    while moment < datetime(2019, 1, 1, tzinfo=UTC):
        local = moment.astimezone(LONDON)
        assert london_text(to_seconds(moment)) == local.replace(tzinfo=None).isoformat()
        assert london_day_text(to_seconds(moment)) == local.date().isoformat()
        assert utc_text(to_seconds(moment)) == moment.isoformat()
        moment += timedelta(hours=1)


def test_what_is_written_with_an_offset_is_read_as_the_same_instant() -> None:
    second = to_seconds(datetime(2025, 7, 1, 9, 0, 1, tzinfo=UTC))

    assert to_seconds(read_time(utc_text(second)).when.earliest) == second
    assert to_seconds(read_time(london_text(second)).when.earliest) == second


def test_a_wall_clock_time_is_read_as_the_exchange_reads_it() -> None:
    for text in ("2016-03-01T09:00", "2025-07-01T10:00", "2025-10-26T01:30", "2025-10-26T02:50", "2025-03-30T10:00"):
        assert wall_seconds(text) == to_seconds(read_time(text).when.earliest)

"""How up to date each source is: what is out of date is named on every page that relies on it."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from duecare.visibility.page_types import Freshness
from duecare.vocabulary.london_clock import in_london
from duecare.web.site.formatting.labels import source_words
from duecare.web.site.formatting.times import ago_words, day_words, moment_words


def stale_lines(fresh: Iterable[Freshness], now: datetime) -> tuple[str, ...]:
    """The sources that are out of date and since when, one line each.

    Unknown: where a source's deliveries give no time of extraction, the time of receipt is shown, as such.
    """
    fresh = tuple(fresh)
    lines = [
        f"Anything recorded after {moment_words(known_at)} is not included here yet. The next full assessment will"
        " include it."
        for known_at in sorted({source.known_at for source in fresh if source.known_at is not None})
    ]
    for source in fresh:
        name = source_words(source.source)
        received = ago_words(source.received_at, now)
        if not source.is_counted:
            lines.append(f"{name}: the delivery received {received} is not yet included in what is owed here.")
        if not source.is_stale:
            continue
        if source.extracted_at is None:
            lines.append(
                f"{name}: out of date. Last received {received}, on {moment_words(source.received_at)}. The delivery "
                "does not give the time it was extracted."
            )
        else:
            lines.append(
                f"{name}: out of date. Last extracted {ago_words(source.extracted_at, now)}, on "
                f"{moment_words(source.extracted_at)}."
            )
    return tuple(lines)


def slow_words(source: Freshness) -> str:
    """How often a source that is not sent every night is updated, and when it was last received."""
    often = "once a year" if source.source == "cin" else "less often than every night"
    received = day_words(in_london(source.received_at).date())
    return f"{source_words(source.source)}: updated {often}. Last received {received}."

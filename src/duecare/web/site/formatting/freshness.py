"""How fresh is what the sources last told us? What is stale is said on every page that rests on it."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from duecare.visibility.page_types import Freshness
from duecare.web.site.formatting.times import ago_words, moment_words


def stale_lines(fresh: Iterable[Freshness], now: datetime) -> tuple[str, ...]:
    """Which sources are stale, and since when? One plain line for each.

    Unknown: where a source's deliveries name no time, the time of receipt is said, as such.
    """
    fresh = tuple(fresh)
    lines = [
        f"What was written after {moment_words(known_at)} is left out of what is shown as owed here: the last full assessment"
        " was made as known then. It is counted again after the next one."
        for known_at in sorted({source.known_at for source in fresh if source.known_at is not None})
    ]
    for source in fresh:
        if not source.is_counted:
            lines.append(
                f"{source.source}: what was last received, {ago_words(source.received_at, now)}, is not yet counted in what "
                "is shown as owed here."
            )
        if not source.is_stale:
            continue
        if source.extracted_at is None:
            lines.append(
                f"{source.source}: stale. Last received {ago_words(source.received_at, now)}, on "
                f"{moment_words(source.received_at)}; the delivery does not say when it was extracted."
            )
        else:
            lines.append(
                f"{source.source}: stale. Last extracted {ago_words(source.extracted_at, now)}, on "
                f"{moment_words(source.extracted_at)}."
            )
    return tuple(lines)

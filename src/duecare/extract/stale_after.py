"""After how many hours without a delivery a source is stale, where its mapping sets nothing: a night's extract and two hours."""

from __future__ import annotations

from typing import Final

STALE_AFTER_HOURS: Final = 26
MOST_STALE_AFTER_HOURS: Final = 24 * 1000

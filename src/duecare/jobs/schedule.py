"""How often the periodic job runs."""

from __future__ import annotations

from typing import Final

EVERY_SECONDS: Final = 30.0

"""Who asks for a step, why, by which door, and what time it is."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from duecare.access.viewer import Channel, Viewer


@dataclass(frozen=True, slots=True)
class Request:
    """Who asks, for what purpose, at what moment?

    Shape:   `now` is the true moment: no option moves the clock for what is recorded.
    """

    viewer: Viewer
    purpose: str
    now: datetime
    channel: Channel = "web"

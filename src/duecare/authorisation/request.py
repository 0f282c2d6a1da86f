"""The request that every use case takes: who asks, for what purpose, on the web or command line, at which moment."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from duecare.access.viewer import Channel, Viewer


@dataclass(frozen=True, slots=True)
class Request:
    """Who asks, for what purpose, and at what moment.

    Shape:   `now` is the true moment: no option moves the clock for what is recorded.
    """

    viewer: Viewer
    purpose: str
    now: datetime
    channel: Channel = "web"

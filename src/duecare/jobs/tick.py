"""The periodic job: link what came, refresh findings, bring the search index up to date, publish what is due."""

from __future__ import annotations

from dataclasses import dataclass

from duecare.assessment.refresh_affected import refresh_affected
from duecare.assessment.refresh_due import refresh_due_in_force
from duecare.authorisation.request import Request
from duecare.config import Config
from duecare.use_cases.linkage.link_affected import link_affected
from duecare.use_cases.people.update_search_index import update_search_index
from duecare.use_cases.releases.publish_release import CLOCK, publish_due
from duecare.vocabulary import clock

PURPOSE = "periodic refresh"


@dataclass(frozen=True, slots=True)
class TickResult:
    """What one run of the periodic job did.

    Shape:   `refreshed` counts cases and people assessed again; `published` and `refused` name releases, the refused each
             with the code of its refusal. Nothing sends notices or expires yet.
    """

    refreshed: int
    published: tuple[str, ...]
    refused: tuple[tuple[str, str], ...]
    sent: int = 0
    expired: int = 0

    def as_json(self) -> dict[str, object]:
        """This result as the exchange words it."""
        return {
            "sent": self.sent,
            "refreshed": self.refreshed,
            "published": list(self.published),
            "expired": self.expired,
            "refused": [{"release": release_slug, "code": refusal_code} for release_slug, refusal_code in self.refused],
        }


def run_tick(request: Request, config: Config) -> TickResult:
    """Do everything periodic that is due; safe to repeat, and to run in two processes at once.

    Shape:   each part works out what is left to do from what is stored, and finishes in short transactions of its own: a
             run that was stopped half-way is completed by the next.
    """
    link_affected(request, config)
    update_search_index()
    affected = refresh_affected(request)
    refreshed = affected.cases + affected.people + refresh_due_in_force(request)
    released = publish_due(request, config)
    return TickResult(refreshed, released.published, released.refused)


def clock_request() -> Request:
    """A request of the clock's own, for what no person asked for."""
    return Request(CLOCK, PURPOSE, clock.current_moment(), "job")

"""Update the search index to what has been received and linked, or build it again."""

from __future__ import annotations

from duecare.access.act import Act
from duecare.access.thing import PEOPLE
from duecare.authorisation.authorise import authorise, log_write
from duecare.authorisation.request import Request
from duecare.ledger import Act as LedgerAct
from duecare.store.database.transaction import transaction
from duecare.store.search import search_index


def update_search_index(tell_progress: search_index.ProgressReport = lambda _step_name, _count: None) -> None:
    """Have search find what has come since. The index is worked out from facts: the ledger is not concerned."""
    search_index.update_index(report_progress=tell_progress)


def rebuild_search_index(
    request: Request, tell_progress: search_index.ProgressReport = lambda _step_name, _count: None
) -> None:
    """Build the search index again from the facts; it ends as it would have been kept.

    Raises:  ACC-003 when the viewer may not link.
    """
    authorise(request, Act.LINK, PEOPLE)
    search_index.rebuild_index(report_progress=tell_progress)
    with transaction():
        log_write(request, Act.LINK, outcome="the search index rebuilt", logged_as=LedgerAct.ALTERATION)

"""The side for which somebody acts: their own, and no other."""

from __future__ import annotations

from duecare.access.act import Act
from duecare.authorisation.authorise import log_write
from duecare.authorisation.request import Request
from duecare.store.database.transaction import transaction
from duecare.vocabulary.refusals import Refusal

OTHER = {"force": "inspectorate", "inspectorate": "force"}


def side_of(request: Request, act: Act, wanted_side: str = "") -> str:
    """The side for which they do this. `wanted_side`, where it is given, must be that side.

    Raises:  ACC-003, and a line in the ledger, where they are of no side, of both, or of another than wanted.
    """
    side = request.viewer.side
    if not side or (wanted_side and wanted_side != side):
        with transaction():
            log_write(
                request,
                act,
                outcome=f"refused ACC-003: of the side {side or 'none'}, for {wanted_side or 'a side'}"[:200],
            )
        raise Refusal("ACC-003")
    return side

"""Taking a file out of a sample: for a reason agreed before the draw, and replaced by the next of its stratum's order."""

from __future__ import annotations

from datetime import datetime

from duecare.access.act import Act
from duecare.audit.rounds.sample_draw import CONFLICTED
from duecare.audit.rounds.sample_sets import GRADED_BY
from duecare.authorisation.authorise import log_write
from duecare.authorisation.request import Request
from duecare.store.audit import round_records
from duecare.store.database.transaction import transaction
from duecare.store.ledger.opaque_ids import CASE
from duecare.store.models import Round, SampledFile
from duecare.use_cases.audit.draw_sample import sample_of
from duecare.use_cases.audit.round_lead import drawn, leads, round_to_change
from duecare.vocabulary.refusals import Refusal


def take_out(request: Request, name: str, number: int, reason: str) -> int:
    """Take the file of this number out of the sample; the number of the file that stands in its place.

    Shape:   a file is spoken of by its number: no case is named to whoever leads a round.
    Raises:  ACC-003 when the viewer leads no side; AUD-021, AUD-022 where there is no such round or it is not drawn;
             AUD-028 where the sample has no such file; AUD-011 where it cannot be replaced, or the viewer's own side has
             graded it or does not grade it.
    """
    side = leads(request)
    with transaction():
        of = round_to_change(name)
        drawn(of)
        out = next((file for file in round_records.files_of(of) if file.pk == number), None)
        if out is None:
            raise Refusal("AUD-028", where=f"round {name}", found=f"no file {number}")
        if side not in GRADED_BY[out.set]:
            raise Refusal("AUD-011", where=f"file {number}", found="a file that your side does not grade")
        if reason == CONFLICTED:
            raise Refusal("AUD-011", where=f"file {number}", found="a reason that allotting alone finds")
        if round_records.is_submitted(out, side):
            raise Refusal("AUD-011", where=f"file {number}", found="a file that your side has graded")
        new = replace(of, out, reason, request.now)
        log_write(
            request,
            Act.LEAD_ROUND,
            names={(CASE, one.case_source, one.case_ref) for one in (out, new)},
            outcome=f"done: round {name}, file {number} taken out ({reason}), replaced by {new.pk}",
        )
    return new.pk


def replace(of: Round, out: SampledFile, reason: str, now: datetime) -> SampledFile:
    """Put the next file of its stratum's order in the place of this one.

    Raises:  AUD-011 where the reason is none of those agreed, or no file of its stratum is left; the file is named by
             its number.
    """
    key = (out.case_source, out.case_ref)
    standing = {(file.case_source, file.case_ref) for file in round_records.files_of(of)}
    try:
        sample = sample_of(of, and_out=(key, reason))
    except Refusal as wrong:
        raise Refusal("AUD-011", where=f"file {out.pk}", found=wrong.found) from None
    (new,) = (one for one in sample.drawn if one.case.key not in standing)
    return round_records.keep_replacement(out, new, reason, now)

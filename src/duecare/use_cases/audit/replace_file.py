"""Taking a file out of a sample: for a reason agreed before the draw, and replaced by the next of its stratum's order."""

from __future__ import annotations

from datetime import datetime

from duecare.access.act import Act
from duecare.audit.rounds.file_replacement import CONFLICTED
from duecare.audit.rounds.sample_sets import GRADED_BY
from duecare.authorisation.authorise import log_write
from duecare.authorisation.request import Request
from duecare.store.audit import round_records
from duecare.store.audit.audit_round import AuditRound, RoundFile
from duecare.store.database.transaction import transaction
from duecare.store.ledger.opaque_ids import CASE_KIND
from duecare.use_cases.audit.draw_sample import sample_of
from duecare.use_cases.audit.round_lead import leading_side, require_drawn, round_to_change
from duecare.vocabulary.refusals import Refusal


def take_out(request: Request, round_name: str, number: int, reason: str) -> int:
    """Take the file of this number out of the sample; the number of the file that stands in its place.

    Shape:   a file is spoken of by its number: no case is named to whoever leads a round.
    Raises:  ACC-003 when the viewer leads no side; AUD-021, AUD-022 where there is no such round or it is not drawn;
             AUD-028 where the sample has no such file; AUD-011 where it cannot be replaced, or the viewer's own side has
             graded it or does not grade it.
    """
    audit_side = leading_side(request)
    with transaction():
        audit_round = round_to_change(round_name)
        require_drawn(audit_round)
        file_out = next(
            (listed_file for listed_file in round_records.files_of(audit_round) if listed_file.id == number), None
        )
        if file_out is None:
            raise Refusal("AUD-028", where=f"round {round_name}", found=f"no file {number}")
        if audit_side not in GRADED_BY[file_out.set]:
            raise Refusal("AUD-011", where=f"file {number}", found="a file that your side does not grade")
        if reason == CONFLICTED:
            raise Refusal("AUD-011", where=f"file {number}", found="a reason that only allotting can give")
        if round_records.is_submitted(file_out, audit_side):
            raise Refusal("AUD-011", where=f"file {number}", found="a file that your side has graded")
        file_in = replace_file(audit_round, file_out, reason, request.now)
        log_write(
            request,
            Act.LEAD_ROUND,
            names={(CASE_KIND, *changed_file.case) for changed_file in (file_out, file_in)},
            outcome=f"done: round {round_name}, file {number} taken out ({reason}), replaced by {file_in.id}",
        )
    return file_in.id


def replace_file(audit_round: AuditRound, file_out: RoundFile, reason: str, current_time: datetime) -> RoundFile:
    """Put the next file of its stratum's order in place of this one.

    Raises:  AUD-011 where the reason is none of those agreed, or no file of its stratum is left; the file is named by
             its number.
    """
    standing = {listed_file.case for listed_file in round_records.files_of(audit_round)}
    try:
        sample = sample_of(audit_round, and_out=(file_out.case, reason))
    except Refusal as error:
        raise Refusal("AUD-011", where=f"file {file_out.id}", found=error.found) from None
    (file_in,) = (drawn_file for drawn_file in sample.drawn if drawn_file.case.key not in standing)
    return round_records.keep_replacement(file_out, file_in, reason, current_time)

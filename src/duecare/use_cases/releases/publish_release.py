"""What two people checked is published when its time has come, by the clock."""

from __future__ import annotations

from dataclasses import dataclass, replace

from duecare.access.act import Act
from duecare.access.viewer import Viewer
from duecare.authorisation.authorise import log_write
from duecare.authorisation.request import Request
from duecare.config import Config
from duecare.disclosure import from_kept
from duecare.ledger import Act as LedgerAct
from duecare.ledger import leaf_hash, read_or_make_key, sign_anchor
from duecare.report.release.publication import PUBLIC, RECEIPT, Receipt, as_bytes, outcome_of, proof_of_last
from duecare.report.release.release_clearance import clears_the_same
from duecare.report.release.release_lifecycle import Life
from duecare.report.release.release_serialisation import read_released
from duecare.report.render.bundle import MANIFEST
from duecare.store.database.transaction import transaction
from duecare.store.ledger import ledger_entries
from duecare.store.releases import disclosed_history, release_records
from duecare.use_cases.releases.draft_release import policy_of
from duecare.vocabulary.refusals import Refusal

CLOCK = Viewer("the clock", frozenset(), channel="job")
TIME_HAS_COME = "its time has come"


@dataclass(frozen=True, slots=True)
class WentOut:
    """The releases that went out now, and those that could not, by the code of the refusal."""

    published: tuple[str, ...] = ()
    refused: tuple[tuple[str, str], ...] = ()


def publish_due(request: Request, config: Config) -> WentOut:
    """Publish what two people checked and is due; it may be asked for again at any time.

    Shape:   nobody's right is asked: two checks and the time decide, so that the line of the ledger that everybody gets is
             the clock's; that somebody had it look has a line of its own. Each is cleared once more, against everything that was
             seen outside by now; what would not be cleared in the very form that was checked stays where it is.
    """
    published, refused = [], []
    for release_life in release_records.may_be_due(request.now):
        if not release_life.is_due(request.now):
            continue
        try:
            if _publish_life(request, config, release_life):
                published.append(release_life.slug)
        except Refusal as refusal:
            if refusal.kind.family != "REP":
                raise
            refused.append((release_life.slug, refusal.code))
    return WentOut(tuple(published), tuple(refused))


def _publish_life(request: Request, config: Config, release_life: Life) -> bool:
    kept_version = release_records.kept_version(release_life.slug, release_life.latest.number)
    read_released(kept_version.content, kept_version.content_hash)
    disclosed = disclosed_history.seen_versions(besides=kept_version.id)
    kept_content = from_kept(kept_version.inside)
    if not clears_the_same(kept_content, disclosed.earlier(), policy_of(config)):
        raise Refusal("REP-029", where=release_life.slug, found="it would be cleared in another form today")
    files = release_records.files_of(release_life.slug, release_life.latest.number)
    if not files:
        raise Refusal("REP-029", where=release_life.slug, found="no files: they are made at the second check")
    with transaction():
        disclosed_history.hold_all()
        release_now = release_records.life_of(release_life.slug)
        if release_now is None or not release_now.is_due(request.now) or release_now.latest != release_life.latest:
            return False
        if disclosed_history.seen_versions(besides=kept_version.id) != disclosed:
            return False  # the next time it is asked for, it is cleared against that too
        release_records.publish_version(release_life.slug, release_life.latest.number, request.now)
        if request.viewer != CLOCK:
            log_write(request, Act.READ_RELEASES, outcome=f"done: had the clock look, and {release_life.slug} was due")
        receipt = _write_down(
            request, config, outcome_of(release_life.slug, release_life.latest.content_hash, files[MANIFEST])
        )
        release_records.keep_files(release_life.slug, release_life.latest.number, {RECEIPT: as_bytes(receipt)})
    return True


def _write_down(request: Request, config: Config, outcome: str) -> Receipt:
    """The line of the publication in the ledger, and the receipt that proves it to anybody."""
    before = ledger_entries.locked_range()
    by_the_clock = replace(request, viewer=CLOCK, purpose=TIME_HAS_COME)
    log_write(by_the_clock, Act.READ_RELEASES, recipient=PUBLIC, logged_as=LedgerAct.DISCLOSURE, outcome=outcome)
    (entry,) = ledger_entries.latest_entries(1)
    after = before.append(leaf_hash(entry))
    anchor_signed = sign_anchor(after.size, after.root, request.now, read_or_make_key(config.ledger_key))
    return Receipt(entry, proof_of_last(before), anchor_signed)

"""What is checked and whose time has come goes out: by the clock, or when somebody looks after its time."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from datetime import datetime

from duecare.access.act import Act
from duecare.access.viewer import Viewer
from duecare.config import Config
from duecare.ledger import Act as LedgerAct
from duecare.report.disclosure import from_kept
from duecare.report.release import clears_the_same, read_released
from duecare.report.release_life import Life
from duecare.steps.asking import Asking
from duecare.steps.draft_release import RULE, policy_of
from duecare.steps.shape import record
from duecare.store import release_history, releases
from duecare.store.transaction import transaction
from duecare.vocabulary.refusals import Refusal

PUBLIC = "the public"
CLOCK = "the clock"


@dataclass(frozen=True, slots=True)
class WentOut:
    """Which releases went out now, and which could not, by the code of the refusal?"""

    published: tuple[str, ...] = ()
    refused: tuple[tuple[str, str], ...] = ()


def publish_due(asking: Asking, config: Config) -> WentOut:
    """Publish what two people checked and whose time has come; it may be asked for again at any time.

    Shape:   nobody's right is asked: two checks and the time decide. Each is cleared once more, against everything that was
             seen outside by now; what would not be cleared in the very form that was checked stays where it is.
    """
    published, refused = [], []
    for life in releases.may_be_due(asking.now):
        if not life.is_due(asking.now):
            continue
        try:
            if _publish(asking, config, life, clear_again=True):
                published.append(life.slug)
        except Refusal as refusal:
            if refusal.kind.family != "REP":
                raise
            refused.append((life.slug, refusal.code))
    return WentOut(tuple(published), tuple(refused))


def publish_when_looked_at(config: Config, now: datetime) -> None:
    """The same when anybody looks, for what was cleared against all that was seen outside by today, by today's rule.

    Shape:   what must be cleared anew waits for the clock.
    """
    for life in releases.may_be_due(now):
        if life.is_due(now):
            asking = Asking(Viewer(CLOCK, frozenset(), channel="job"), "its time has come", now, "job")
            _publish(asking, config, life, clear_again=False)


def _publish(asking: Asking, config: Config, life: Life, *, clear_again: bool) -> bool:
    row = releases.version_row(life.slug, life.latest.number)
    read_released(bytes(row.content), row.content_hash)
    seen = release_history.seen(besides=row.pk)
    is_the_same = row.history_hash == seen.hash and row.summary.get(RULE) == asdict(policy_of(config))
    if not is_the_same and not clear_again:
        return False
    if clear_again:
        kept = from_kept(row.inside)
        if not clears_the_same(kept, seen.earlier(), policy_of(config)):
            raise Refusal("REP-029", where=life.slug, found="it would be cleared in another form today")
    if not releases.files_of(life.slug, life.latest.number):
        raise Refusal("REP-029", where=life.slug, found="no files: they are made at the second check")
    with transaction():
        release_history.hold_all()
        now = releases.life_of(life.slug)
        if now is None or not now.is_due(asking.now) or now.latest != life.latest:
            return False
        if release_history.seen(besides=row.pk) != seen:
            return False  # the next time it is asked for, it is cleared against that too
        releases.publish(life.slug, life.latest.number, asking.now)
        record(
            asking, Act.READ_RELEASES, recipient=PUBLIC, logged_as=LedgerAct.DISCLOSURE,
            outcome=f"done: published {life.slug}, {life.latest.content_hash}",
        )  # fmt: skip
    return True

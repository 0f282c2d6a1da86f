"""Releases before their time: which there are, what one says, who checked it; open to authors, checkers and those named."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass

from duecare.access.act import Act
from duecare.access.thing import RELEASES
from duecare.authorisation.authorise import authorise, log_read, log_write
from duecare.authorisation.request import Request
from duecare.report.release.release_lifecycle import Life
from duecare.report.release.release_serialisation import read_released
from duecare.report.release.released_figures import Released
from duecare.store.database.transaction import transaction
from duecare.store.releases import disclosed_history, release_records
from duecare.store.releases.disclosed_history import ShownTo
from duecare.store.releases.release_records import Answer, KeptVersion
from duecare.vocabulary.refusals import Refusal


@dataclass(frozen=True, slots=True)
class DraftPage:
    """One release as those see it who may see it before its time.

    Shape:   `summary`, `words` and `shown_to` are None and empty for those who neither draft nor check; `may_check` and
             `may_answer` say what this viewer may still do.
    """

    life: Life
    released: Released
    answer: Answer | None
    summary: Mapping[str, object] | None
    words: tuple[str, ...]
    may_draft: bool
    may_check: bool
    may_answer: bool
    shown_to: tuple[ShownTo, ...] = ()


def read_drafts(request: Request) -> tuple[Life, ...]:
    """The releases that this viewer may see, the latest first; others are not mentioned.

    Raises:  ACC-003 when the viewer may see none.
    """
    authorise(request, Act.READ_DRAFTS, RELEASES)
    lives_found = tuple(
        release_life for release_life in release_records.release_lives() if _is_open(request, release_life)
    )
    log_read(request, Act.READ_DRAFTS)
    return lives_found


def read_draft(request: Request, release_slug: str) -> DraftPage:
    """What this release says, and how far it has come; each look is in the ledger.

    Shape:   to whom neither drafts nor checks it is shown only while it was cleared against all that was seen outside; from
             then on it counts as seen itself, in the clearance of whatever comes after.
    Raises:  ACC-003 when the viewer may see none; REP-022 where there is none that is open to them; REP-021 where what is
             kept is not what was cleared; REP-060 where something else was seen outside since it was cleared.
    """
    authorise(request, Act.READ_DRAFTS, RELEASES)
    with refuse_while(request, Act.READ_DRAFTS, release_slug):
        release_life = open_to(request, release_slug)
    kept_version = release_records.kept_version(release_slug, release_life.latest.number)
    released = read_released(kept_version.content, kept_version.content_hash)
    viewer_acts = request.viewer.acts
    inside = _works_on(request)
    answer = release_records.answer_to(release_slug)
    draft_page = DraftPage(
        release_life,
        released,
        answer,
        dict(kept_version.summary) if inside else None,
        kept_version.words if inside else (),
        Act.DRAFT_RELEASE in viewer_acts and release_life.published_at is None,
        Act.CHECK_RELEASE in viewer_acts and _may_check(request, release_life),
        Act.ANSWER_RELEASE in viewer_acts and answer is None and release_life.published_at is None,
        disclosed_history.shown_to(release_slug) if inside else (),
    )
    with refuse_while(request, Act.READ_DRAFTS, release_slug), transaction():
        if not inside and release_life.published_at is None:
            _log_shown_draft(request, kept_version, release_life)
        log_write(request, Act.READ_DRAFTS, outcome=f"done: {release_slug} version {release_life.latest.number}")
    return draft_page


def _log_shown_draft(request: Request, kept_version: KeptVersion, release_life: Life) -> None:
    """Note that it was shown to one on its list, unless it was drafted again meanwhile or not cleared against all seen."""
    disclosed_history.hold_all()
    release_now = release_records.life_of(release_life.slug)
    is_the_latest = release_now is not None and release_now.latest.number == release_life.latest.number
    if not is_the_latest or disclosed_history.seen_versions(besides=kept_version.id).hash != kept_version.history_hash:
        raise Refusal("REP-060", where=release_life.slug)
    disclosed_history.keep_shown(kept_version.id, request.viewer.account, request.now)


def open_to(request: Request, release_slug: str) -> Life:
    """This release, where it is open to the viewer.

    Raises:  REP-022 where it is not, whether it is there or not.
    """
    release_life = release_records.life_of(release_slug)
    if release_life is None or not _is_open(request, release_life):
        raise Refusal("REP-022")
    return release_life


@contextmanager
def refuse_while(request: Request, read_act: Act, release_slug: str) -> Iterator[None]:
    """A refusal inside is written down before it is given."""
    try:
        yield
    except Refusal as refusal:
        with transaction():
            log_write(request, read_act, outcome=f"refused {refusal.code}: {release_slug}"[:200])
        raise


def _is_open(request: Request, release_life: Life) -> bool:
    if release_life.published_at is not None:
        return True
    return release_life.is_open_to(request.viewer.account, request.now, drafts_or_checks=_works_on(request))


def _works_on(request: Request) -> bool:
    return bool({Act.DRAFT_RELEASE, Act.CHECK_RELEASE} & request.viewer.acts)


def _may_check(request: Request, release_life: Life) -> bool:
    try:
        release_life.refuse_check(request.viewer.account, release_life.latest.seal)
    except Refusal:
        return False
    return True

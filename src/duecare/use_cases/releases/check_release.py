"""A release checked by somebody who did not draft it; at the second check its files are made."""

from __future__ import annotations

from duecare.access.act import Act
from duecare.access.thing import RELEASES
from duecare.authorisation.authorise import authorise, log_write
from duecare.authorisation.request import Request
from duecare.config import Config
from duecare.duty.roster import plain_number
from duecare.report.release.release_lifecycle import MOST_WORDS, Check, Life, Stage
from duecare.report.release.release_serialisation import read_released
from duecare.report.render.bundle import files_of
from duecare.rulebook.force_policy import read_policy
from duecare.store import accounts
from duecare.store.database.transaction import transaction
from duecare.store.releases import release_records
from duecare.use_cases.releases.draft_release import ANCHOR
from duecare.use_cases.releases.view_drafts import refusing
from duecare.vocabulary.refusals import Refusal


def check_release(request: Request, config: Config, slug: str, seal: str, *, passed: bool, words: str = "") -> Life:
    """Record what this person found of the version with this seal; how far has the release come?

    Raises:  ACC-003 when the viewer may not; REP-022 where there is none; REP-023 for an author, or who has checked it, by
             this account or another of theirs; REP-024 where it was changed since it was read; REP-026 once it is out;
             REP-027 where a refusal says nothing.
    """
    authorise(request, Act.CHECK_RELEASE, RELEASES)
    life = release_records.life_of(slug)
    with refusing(request, Act.CHECK_RELEASE, slug):
        if life is None:
            raise Refusal("REP-022")
        life.refuse_check(request.viewer.account, seal)
        _refuse_second_self(request, life)
    if (not passed and not words.strip()) or len(words) > MOST_WORDS:
        raise Refusal("REP-027", where=slug, found="no reason, or one that is too long")
    row = release_records.version_row(slug, life.latest.number)
    released = read_released(bytes(row.content), row.content_hash)
    publisher, anchor = read_policy(config.policy).force or "the force", str(row.summary.get(ANCHOR, ""))
    check = Check(request.viewer.account, request.now, seal, passed, words.strip())
    # Made before the transaction, which others wait for, unless another check has come in meanwhile.
    files = files_of(released, publisher, anchor) if _after(life, check).stage is Stage.CHECKED else {}
    with transaction():
        release_records.hold(slug)
        now = release_records.life_of(slug)
        assert now is not None, "nothing of a release is ever taken away"
        now.refuse_check(request.viewer.account, seal)
        _refuse_second_self(request, now)
        release_records.keep_check(slug, now.latest.number, check)
        then = _after(now, check)
        if then.stage is Stage.CHECKED:
            release_records.keep_files(slug, now.latest.number, files or files_of(released, publisher, anchor))
        found = "passed" if passed else "not passed"
        log_write(request, Act.CHECK_RELEASE, outcome=f"done: {slug} version {now.latest.number} {found}, {seal}")
    return then


def _after(life: Life, check: Check) -> Life:
    return Life(life.slug, life.versions, (*life.checks, check), life.published_at)


def _refuse_second_self(request: Request, life: Life) -> None:
    own = plain_number(request.viewer.officer)
    others = {*life.authors, *(one.account for one in life.standing)}
    held = [known for name in others if (known := accounts.account_named(name)) is not None]
    if own and any(plain_number(known.officer) == own for known in held):
        raise Refusal("REP-023", where=life.slug, found="another account of the same officer")

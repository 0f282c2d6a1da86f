"""Records the check of a release, by no author and no second account of theirs; at the second check its files are made.

That no author checks is decided in `report/release/release_lifecycle` (`refuse_check`).
"""

from __future__ import annotations

from duecare.access.act import Act
from duecare.access.thing import RELEASES
from duecare.authorisation.authorise import authorise, log_write
from duecare.authorisation.request import Request
from duecare.config import Config
from duecare.duty.roster import plain_number
from duecare.report.release.release_lifecycle import Check, Life, Stage
from duecare.report.release.release_serialisation import read_released
from duecare.report.render.bundle import files_of
from duecare.rulebook.force_policy import read_policy
from duecare.store import accounts
from duecare.store.database.transaction import transaction
from duecare.store.releases import release_records
from duecare.use_cases.releases.draft_release import ANCHOR
from duecare.use_cases.releases.view_drafts import refuse_while
from duecare.vocabulary.refusals import Refusal
from duecare.vocabulary.text_lengths import RELEASE_TEXT


def check_release(
    request: Request, config: Config, release_slug: str, seal_text: str, *, passed: bool, words: str = ""
) -> Life:
    """Record what this person found of the version with this seal; how far the release has come.

    Raises:  ACC-003 when the viewer may not; REP-022 where there is none; REP-023 for an author, or who has checked it, by
             this account or another of theirs; REP-024 where it was changed since it was read; REP-026 once it is out;
             REP-027 where a refusal says nothing.
    """
    authorise(request, Act.CHECK_RELEASE, RELEASES)
    release_life = release_records.life_of(release_slug)
    with refuse_while(request, Act.CHECK_RELEASE, release_slug):
        if release_life is None:
            raise Refusal("REP-022")
        release_life.refuse_check(request.viewer.account, seal_text)
        _refuse_second_self(request, release_life)
    if (not passed and not words.strip()) or len(words) > RELEASE_TEXT:
        raise Refusal("REP-027", where=release_slug, found="no reason, or one that is too long")
    kept_version = release_records.kept_version(release_slug, release_life.latest.number)
    released = read_released(kept_version.content, kept_version.content_hash)
    publisher, anchor = read_policy(config.policy).force or "the force", str(kept_version.summary.get(ANCHOR, ""))
    check = Check(request.viewer.account, request.now, seal_text, passed, words.strip())
    # Made before the transaction, which others wait for, unless another check has come in meanwhile.
    files = files_of(released, publisher, anchor) if _life_after(release_life, check).stage is Stage.CHECKED else {}
    with transaction():
        release_records.lock_release(release_slug)
        release_now = release_records.life_of(release_slug)
        assert release_now is not None, "nothing in a release is ever removed"
        release_now.refuse_check(request.viewer.account, seal_text)
        _refuse_second_self(request, release_now)
        release_records.keep_check(release_slug, release_now.latest.number, check)
        release_then = _life_after(release_now, check)
        if release_then.stage is Stage.CHECKED:
            release_records.keep_files(
                release_slug, release_now.latest.number, files or files_of(released, publisher, anchor)
            )
        check_result = "passed" if passed else "not passed"
        log_write(
            request,
            Act.CHECK_RELEASE,
            outcome=f"done: {release_slug} version {release_now.latest.number} {check_result}, {seal_text}",
        )
    return release_then


def _life_after(release_life: Life, check: Check) -> Life:
    return Life(release_life.slug, release_life.versions, (*release_life.checks, check), release_life.published_at)


def _refuse_second_self(request: Request, release_life: Life) -> None:
    own_number = plain_number(request.viewer.officer)
    others = {*release_life.authors, *(standing_access.account for standing_access in release_life.standing)}
    known_accounts = [
        known_account for account_name in others if (known_account := accounts.account_named(account_name)) is not None
    ]
    if own_number and any(plain_number(known_account.officer) == own_number for known_account in known_accounts):
        raise Refusal("REP-023", where=release_life.slug, found="another account of the same officer")

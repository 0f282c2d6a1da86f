"""A release drafted, or drafted again: cleared against everything released, and kept as another version with its hash."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime

from duecare.access.act import Act
from duecare.access.thing import RELEASES
from duecare.authorisation.authorise import authorise, log_read, log_write
from duecare.authorisation.request import Request
from duecare.config import Config
from duecare.disclosure import DisclosurePolicy, as_kept, read_disclosure
from duecare.ledger import read_or_make_key, sign_anchor, to_text
from duecare.report.draft_report import Draft
from duecare.report.release.release_clearance import Clearance, cleared
from duecare.report.release.release_lifecycle import Access, Version, draft_faults
from duecare.report.release.release_serialisation import as_bytes, hash_of
from duecare.report.verification.verify_release import LEDGER_HEAD
from duecare.store import accounts
from duecare.store.database.transaction import transaction
from duecare.store.figures import figure_snapshots
from duecare.store.ledger import ledger_entries
from duecare.store.releases import disclosed_history, release_records
from duecare.store.releases.disclosed_history import DisclosedHistory
from duecare.store.releases.release_records import Out
from duecare.use_cases.releases.quarter_inputs import Asked, drafted_quarter
from duecare.vocabulary.moments import iso_text
from duecare.vocabulary.refusals import Refusal

ANCHOR = "anchor"
BOUNDS = "bounds"
RULE_NAME = "rule"
"""The rule by which it was cleared: where the rule has changed it is cleared again before it goes out."""


@dataclass(frozen=True, slots=True)
class DraftAsked:
    """What the author asks for.

    Shape:   `slug` is its name in addresses; `words` are the author's own paragraphs, in which no number stands that the
             release does not print; a correction names in `corrects` the release that it corrects, and says `why`.
    """

    slug: str
    period: str
    publish_at: datetime
    access: tuple[Access, ...] = ()
    words: tuple[str, ...] = ()
    corrects: str = ""
    why: str = ""


def draft_release(request: Request, config: Config, draft_wanted: DraftAsked) -> Version:
    """Draft this release, or draft it again; the version that it is now.

    Shape:   every draft is another version: what was checked before is checked again. It is cleared against everything
             that was seen outside: what was published, and what anybody on a list was shown before its time.
    Raises:  ACC-003 when the viewer may not; REP-011 or REP-012 where it cannot be cleared; REP-026 once it is out;
             REP-027 where what was typed cannot stand; REP-060 where something was seen outside meanwhile; as
             `quarter_facts`.
    """
    authorise(request, Act.DRAFT_RELEASE, RELEASES)
    if release_records.is_published(draft_wanted.slug):
        raise Refusal("REP-026", where=draft_wanted.slug)
    _refuse_strange_correction(draft_wanted)
    disclosed = disclosed_history.seen_versions()
    clearance, anchor = clear_draft(request, config, draft_wanted, disclosed)
    faults = [
        *draft_faults(
            clearance.released, (*draft_wanted.words, draft_wanted.why), release_slug=draft_wanted.slug, moment_now=request.now,
            publish_at=draft_wanted.publish_at, access=draft_wanted.access,
        ),
        *(f"there is no account called {access_given.account}" for access_given in draft_wanted.access
          if accounts.account_named(access_given.account) is None),
    ]  # fmt: skip
    if faults:
        raise Refusal("REP-027", where=draft_wanted.slug, faults=tuple(faults))
    content = as_bytes(clearance.released)
    also_kept = {ANCHOR: anchor, RULE_NAME: asdict(policy_of(config))}
    with transaction():
        disclosed_history.hold_all()
        if disclosed_history.seen_versions() != disclosed:
            raise Refusal("REP-060", where=draft_wanted.slug)
        release_life = release_records.life_of(draft_wanted.slug)
        if release_life is not None and release_life.published_at is not None:
            raise Refusal("REP-026", where=draft_wanted.slug)
        version = Version(
            release_life.latest.number + 1 if release_life else 1,
            hash_of(content),
            draft_wanted.publish_at,
            draft_wanted.access,
            draft_wanted.corrects,
            draft_wanted.why,
            request.viewer.account,
            request.now,
        )
        release_records.keep_version(
            draft_wanted.slug, draft_wanted.period, version, title=clearance.released.title, content=content,
            inside=as_kept(clearance.earlier), summary=_clearance_summary(clearance) | also_kept, words=draft_wanted.words,
            history_hash=disclosed.hash,
        )  # fmt: skip
        log_write(
            request, Act.DRAFT_RELEASE, outcome=f"done: {draft_wanted.slug} version {version.number}, {version.seal}"
        )
    return version


def clear_draft(
    request: Request, config: Config, draft_wanted: DraftAsked, disclosed: DisclosedHistory
) -> tuple[Clearance, str]:
    """What may be released of what is asked for, after what was seen, with the signed head of the ledger that it prints.

    Shape:   for a step that has asked, and writes its own line.
    """
    ledger_head = ledger_entries.kept_range()
    if ledger_head is None:
        raise Refusal("LED-001", found="the tree's own row cannot be read")
    signed = sign_anchor(ledger_head.size, ledger_head.root, request.now, read_or_make_key(config.ledger_key))
    anchor_words = f"{ledger_head.size:,} entries, root {ledger_head.root.hex()}, signed {iso_text(request.now)}"
    draft: Callable[[tuple[str, str]], Draft] = drafted_quarter(
        config,
        Asked(draft_wanted.slug, draft_wanted.period, draft_wanted.words, draft_wanted.corrects, draft_wanted.why),
        request.now,
    )
    return cleared(draft((LEDGER_HEAD, anchor_words)), disclosed.earlier(), policy_of(config)), to_text(signed)


def policy_of(config: Config) -> DisclosurePolicy:
    """The rule by which this force publishes."""
    return read_disclosure(config.policy)


def _refuse_strange_correction(draft_wanted: DraftAsked) -> None:
    faults: list[str] = []
    if draft_wanted.corrects and not release_records.is_published(draft_wanted.corrects):
        faults.append("it corrects a release that is not out")
    if draft_wanted.corrects and not draft_wanted.why.strip():
        faults.append("it does not say what it corrects, and why")
    if draft_wanted.corrects and any(
        published_release.corrects == draft_wanted.corrects and published_release.slug != draft_wanted.slug
        for published_release in release_records.published_releases()
    ):
        faults.append("a correction of that release is out already: correct the correction")
    if faults:
        raise Refusal("REP-027", where=draft_wanted.slug, faults=tuple(faults))


def _clearance_summary(clearance: Clearance) -> dict[str, object]:
    summary_found = clearance.summary
    return {
        "cells": summary_found.cells,
        "hidden": summary_found.small + summary_found.hidden_for_others,
        "rounded": summary_found.rounded,
        "lost": summary_found.lost,
        BOUNDS: [[bound.cell.text, bound.low, bound.high] for bound in clearance.bounds],
    }


def read_access(lines: Sequence[str], read_moment: Callable[[str], datetime]) -> tuple[Access, ...]:
    """Those who may see it before its time, from lines of an account and a time.

    Raises:  REP-027 for a line of another form.
    """
    access_found, faults = [], []
    for access_line in filter(None, map(str.strip, lines)):
        account, _, time_text = access_line.partition(" ")
        try:
            access_found.append(Access(account, read_moment(time_text.strip())))
        except ValueError:
            faults.append(f"on the list, {account[:40]!r} has no time that can be read after it")
    if faults:
        raise Refusal("REP-027", faults=tuple(faults))
    return tuple(access_found)


@dataclass(frozen=True, slots=True)
class Offered:
    """What may be drafted: the periods that have figures, and the releases that are out and may be corrected."""

    periods: tuple[str, ...]
    published: tuple[Out, ...]


def to_draft(request: Request) -> Offered:
    """What there is to draft from.

    Raises:  ACC-003 when the viewer may not draft.
    """
    authorise(request, Act.DRAFT_RELEASE, RELEASES)
    draft_offered = Offered(
        tuple(figure_snapshots.latest_of_each_period()),
        tuple(
            published_release
            for published_release in release_records.published_releases()
            if not published_release.corrected_by
        ),
    )
    log_read(request, Act.DRAFT_RELEASE)
    return draft_offered

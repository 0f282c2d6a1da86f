"""A made-up force's first report, for a demo: drafted, checked by two others and published, through the steps of service."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from duecare.access.viewer import Viewer
from duecare.authorisation.request import Request
from duecare.config import Config
from duecare.figure.reporting_period import period_named, quarter_before, quarter_of
from duecare.report.release.release_lifecycle import Access
from duecare.store import accounts
from duecare.store.figures import figure_snapshots
from duecare.use_cases.figures.take_snapshot import take_snapshot
from duecare.use_cases.releases.answer_release import answer_release
from duecare.use_cases.releases.check_release import check_release
from duecare.use_cases.releases.draft_release import DraftAsked, draft_release
from duecare.use_cases.releases.publish_release import publish_due
from duecare.vocabulary.refusals import Refusal

WORDS = (
    (
        "This is the first of the quarterly reports that were asked for. It says what was owed to children at risk, what was done"
        " in time and what was not, and where nobody can tell."
    ),
)


def publish_made_up(request: Request, config: Config) -> str:
    """Publish the report of the last quarter that has ended, of which figures are taken if none are kept; its name.

    Shape:   drafted by one statistician, checked by the other and by the lead inspector, answered by the chief officer.
    Raises:  STO-001 outside a demo; as the steps.
    """
    if not accounts.is_demo():
        raise Refusal("STO-001", found="no demo")
    kept = [
        one for one in figure_snapshots.latest_of_each_period() if "Q" in one and period_named(one).ends <= request.now
    ]
    quarter = kept[0] if kept else quarter_before(quarter_of(request.now)).name
    if not kept:
        take_snapshot(request, config, quarter)
    slug, at = quarter.lower(), request.now + timedelta(seconds=1)
    wanted = DraftAsked(slug, quarter, at, (Access("chief-officer", at - timedelta(days=1)),), WORDS)
    version = draft_release(_as(request, "statistician", "statistician"), config, wanted)
    answer_release(
        _as(request, "chief-officer", "chief_officer"), slug, "The force finds nothing in it that is not so."
    )
    for account, role in (("statistician-2", "statistician"), ("lead-inspector", "lead_inspector")):
        check_release(_as(request, account, role), config, slug, version.seal, passed=True)
    publish_due(replace(request, now=at), config)
    return slug


def _as(request: Request, account: str, role: str) -> Request:
    return replace(request, viewer=Viewer(account, frozenset({role}), channel="command"))

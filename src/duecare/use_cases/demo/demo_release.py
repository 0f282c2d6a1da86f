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
    kept_quarters = [
        quarter_name
        for quarter_name in figure_snapshots.latest_of_each_period()
        if "Q" in quarter_name and period_named(quarter_name).ends <= request.now
    ]
    quarter = kept_quarters[0] if kept_quarters else quarter_before(quarter_of(request.now)).name
    if not kept_quarters:
        take_snapshot(request, config, quarter)
    release_slug, drafted_at = quarter.lower(), request.now + timedelta(seconds=1)
    draft_wanted = DraftAsked(
        release_slug, quarter, drafted_at, (Access("chief-officer", drafted_at - timedelta(days=1)),), WORDS
    )
    version = draft_release(_request_as(request, "statistician", "statistician"), config, draft_wanted)
    answer_release(
        _request_as(request, "chief-officer", "chief_officer"),
        release_slug,
        "The force finds nothing in it that is not so.",
    )
    for account, role_name in (("statistician-2", "statistician"), ("lead-inspector", "lead_inspector")):
        check_release(_request_as(request, account, role_name), config, release_slug, version.seal, passed=True)
    publish_due(replace(request, now=drafted_at), config)
    return release_slug


def _request_as(request: Request, account: str, role_name: str) -> Request:
    return replace(request, viewer=Viewer(account, frozenset({role_name}), channel="command"))

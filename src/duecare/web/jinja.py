"""The environment in which pages are made: every value escaped, GOV.UK components, our words as filters.

Each subject's presenters give their own `FILTERS` and `GLOBALS`.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any, Final
from urllib.parse import urlencode

from django.urls import reverse
from jinja2 import ChoiceLoader, Environment, PackageLoader, PrefixLoader

from duecare.vocabulary import clock
from duecare.vocabulary.moments import iso_text
from duecare.web.audit import agreement_presenters, grading_presenters, round_presenters
from duecare.web.casework import presenters as casework
from duecare.web.figures import presenters as figures
from duecare.web.linkage.presenters import links
from duecare.web.people import presenters as people
from duecare.web.recommendations import presenters as recommendations
from duecare.web.referrals import presenters as referrals
from duecare.web.releases import presenters as releases
from duecare.web.site.formatting import charts, freshness, labels, numbers, pagination, reasons, times, untrusted_text
from duecare.web.site.forms import form
from duecare.web.site.static_files import is_styled, static_url

SUBJECTS: Final = (
    casework,
    people,
    links,
    agreement_presenters,
    grading_presenters,
    round_presenters,
    figures,
    recommendations,
    referrals,
    releases,
)
"""Where the words of each subject are defined."""


def environment(**options: object) -> Environment:
    """The environment that Django's Jinja2 backend uses for our pages."""
    ours = options.pop("loader")
    options["loader"] = ChoiceLoader(
        [ours, PrefixLoader({"govuk_frontend_jinja": PackageLoader("govuk_frontend_jinja")})]  # type: ignore[list-item]
    )
    options["autoescape"] = True
    options["finalize"] = untrusted_text.shown_value
    made_environment = Environment(**options, trim_blocks=True, lstrip_blocks=True)  # type: ignore[arg-type]  # noqa: S701
    made_environment.add_extension("jinja2.ext.do")
    made_environment.filters.update(_SHARED_FILTERS)
    made_environment.globals.update(
        url=page_address, static=static_url, is_styled=is_styled, query=query_string, now=current_moment
    )
    made_environment.globals["page_links"] = pagination.page_links
    made_environment.globals["person_not_named"] = labels.PERSON_NOT_NAMED
    for subject in SUBJECTS:
        made_environment.filters.update(getattr(subject, "FILTERS", {}))
        made_environment.globals.update(getattr(subject, "GLOBALS", {}))
    return made_environment


def page_address(name: str, *args: object) -> str:
    """The address of a route, with its arguments written so that no key can change the path."""
    return reverse(name, args=args)


def query_string(**wanted: object) -> str:
    """A query string of the values that are set; empty when none is."""
    chosen = {name: value for name, value in wanted.items() if value}
    return f"?{urlencode(chosen)}" if chosen else ""


_SHARED_FILTERS: Final[Mapping[str, Callable[..., Any]]] = {
    **charts.FILTERS,
    "moment": times.moment_words,
    "minute": times.when_words,
    "when": times.when_words,
    "machine": times.machine_time,
    "day": times.day_words,
    "partial": times.partial_words,
    "ago": times.ago_words,
    "due": times.due_words,
    "iso": iso_text,
    "given": untrusted_text.as_given,
    "kind": labels.kind_words,
    "evidence_role": labels.evidence_role,
    "verdict": labels.verdict_words,
    "notice": labels.notice_words,
    "officer": labels.officer_words,
    "source": labels.source_words,
    "record": labels.record_words,
    "updated": times.updated_words,
    "slow_words": freshness.slow_words,
    "plain": reasons.plain_words,
    "sentence": reasons.with_capital,
    "case_kind": labels.case_words,
    "role": labels.role_words,
    "post": labels.post_words,
    "over_words": labels.over_words,
    "body_words": labels.body_words,
    "outcome": labels.outcome_words,
    "fair": labels.fair_words,
    "words": numbers.words_of,
    "number": numbers.number_words,
    "share": numbers.share_words,
    "percent": numbers.percent_words,
    "detail": numbers.detail_lines,
    "staleness": freshness.stale_lines,
    "duty": labels.duty_label,
    "field_errors": form.field_errors,
    "text_value": form.text_value,
    "part_values": form.part_values,
}


def current_moment() -> datetime:
    """The moment it is now, read at each call and never when the templates are loaded."""
    return clock.current_moment()

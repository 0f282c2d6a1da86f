"""The environment in which pages are made: every value escaped, GOV.UK components, our words as filters."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from urllib.parse import urlencode

from django.conf import settings
from django.urls import reverse
from jinja2 import ChoiceLoader, Environment, PackageLoader, PrefixLoader

from duecare.rulebook.short_names import duty_words
from duecare.vocabulary import clock
from duecare.vocabulary.moments import iso_text
from duecare.web.presenters import (
    agreement,
    changes,
    charts,
    figures,
    findings,
    freshness,
    grading,
    kinds,
    links,
    names,
    plain,
    recommendations,
    records,
    referrals,
    rounds,
    times,
    worklist,
)

BUILT = Path(__file__).parent / "static_built" / "duecare.css"


def environment(**options: object) -> Environment:
    """Which environment does Django's Jinja2 backend use for our pages?"""
    ours = options.pop("loader")
    options["loader"] = ChoiceLoader(
        [ours, PrefixLoader({"govuk_frontend_jinja": PackageLoader("govuk_frontend_jinja")})]  # type: ignore[list-item]
    )
    options["autoescape"] = True
    options["finalize"] = names.shown
    made = Environment(**options, trim_blocks=True, lstrip_blocks=True)  # type: ignore[arg-type]  # noqa: S701
    made.add_extension("jinja2.ext.do")
    made.filters.update(grading.FILTERS)
    made.filters.update(recommendations.FILTERS)
    made.globals.update(agreement.NAMES)
    made.filters.update(agreement.FILTERS)
    made.filters.update(charts.FILTERS)
    made.filters.update(figures.FILTERS)
    made.filters.update(links.FILTERS)
    made.globals.update(links.NAMES)
    made.globals.update(url=url, static=static, is_styled=BUILT.is_file, query=query, now=current_moment)
    made.filters.update(
        moment=times.moment_words,
        minute=times.minute_words,
        when=times.when_words,
        machine=times.machine_time,
        day=times.day_words,
        partial=times.partial_words,
        iso=iso_text,
        given=names.as_given,
        kind=kinds.kind_words,
        case_kind=kinds.case_words,
        role=kinds.role_words,
        post=kinds.post_words,
        over_words=kinds.over_words,
        body_words=kinds.body_words,
        outcome=kinds.outcome_words,
        fair=kinds.fair_words,
        finding_tag=findings.tag_of,
        causes=changes.causes_of,
        state_name=findings.state_name,
        finding_words=findings.state_words,
        limit=findings.limit_words,
        authority=findings.authority_words,
        recorded=findings.recorded_words,
        ago=times.ago_words,
        due=times.due_words,
        detail=plain.detail_lines,
        staleness=freshness.stale_lines,
        record_rows=records.record_rows,
        stage_tag=referrals.stage_tag,
        step_words=worklist.step_words,
        danger=worklist.danger_words,
        owner=worklist.owner_words,
        owed=worklist.owed_lines,
        duty=duty_words,
        round_tag=rounds.stage_tag,
        set_words=rounds.set_words,
        party=rounds.party_words,
        round_kind=rounds.round_kind,
        follow_up_words=rounds.follow_up_words,
        words=plain.words_of,
        number=plain.number,
        share=plain.share,
        percent=plain.percent,
    )
    return made


def url(name: str, *args: object) -> str:
    """The address of a route, with its arguments written so that no key can change the path."""
    return reverse(name, args=args)


def current_moment() -> datetime:
    """The moment it is now, as pages ask for it; read each time, and never when the templates are made ready."""
    return clock.current_moment()


def static(path: str) -> str:
    """Where is this built file served?"""
    return f"{settings.STATIC_URL}{path}"


def query(**wanted: object) -> str:
    """A query string of the values that are set; nothing at all when none is."""
    kept = {name: value for name, value in wanted.items() if value}
    return f"?{urlencode(kept)}" if kept else ""

"""Pages that compare: what changed in a case between two moments, and what a draft standard would have made of the past."""

from __future__ import annotations

from datetime import timedelta
from typing import Final
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.views.decorators.http import require_safe

from duecare.config import read_config
from duecare.rulebook.force_policy import draft_of
from duecare.rulebook.local_standard import numbers_of
from duecare.use_cases.findings import compare_moments, try_standard
from duecare.vocabulary.refusals import Refusal
from duecare.web.casework.forms import StandardForm
from duecare.web.site.page import show_page
from duecare.web.site.pages import errors
from duecare.web.site.query_params import SpanForm, moment_params, read_span
from duecare.web.site.request import request_of

A_WEEK: Final = timedelta(days=7)


@require_safe
def changes_page(http_request: HttpRequest, source: str, case_ref: str) -> HttpResponse:
    """What changed in one case between two moments, each as known then: from a week ago to now, unless others are named."""
    period = read_span(http_request)
    if period.fault:
        return errors.unreadable_request(http_request, period.fault)
    context = {"form": period.form, "here": http_request.path, "page": None, "source": source, "case_ref": case_ref}
    if period.form.is_bound and not period.form.is_valid():
        return show_page(http_request, "casework/changes.html", context, here="case", status=400)
    if period.form.is_bound:
        params = moment_params({"from": period.first, "to": period.last})
        return HttpResponseRedirect(f"{http_request.path}?{urlencode(params)}" if params else http_request.path)
    request = request_of(http_request, "page: what changed")
    until = period.last or request.now
    since = period.first or until - A_WEEK
    if since > until:
        return errors.unreadable_request(http_request, "“To” must not be before “From”.")
    earlier, later = compare_moments.Moment(since, since), compare_moments.Moment(until, until)
    context["page"] = compare_moments.changed_in_case(request, read_config(), source, case_ref, earlier, later)
    context["form"] = SpanForm(
        initial={"from": since, "to": period.last}, from_hint=period.form.fields["from"].help_text
    )
    return show_page(http_request, "casework/changes.html", context, here="case")


@require_safe
def try_standard_page(http_request: HttpRequest) -> HttpResponse:
    """A draft of the force's own standard, tried over past facts beside the standard in force."""
    period = read_span(http_request, from_hint="Leave blank for 365 days before the end.")
    if period.fault:
        return errors.unreadable_request(http_request, period.fault)
    request, config, query = request_of(http_request, "page: try a standard"), read_config(), http_request.GET
    asked, is_tried = query.get("duty", ""), query.get("try") == "yes"
    in_force = () if asked and is_tried else try_standard.standards_to_try(request, config)
    context: dict[str, object] = {"span": period.form, "here": http_request.path, "known": in_force, "page": None}
    if not asked:
        return show_page(http_request, "casework/try_standard.html", context, here="what_if")
    duty = try_standard.duty_to_try(asked)
    if duty is None:
        return errors.unreadable_request(http_request, "There is no such standard.")
    numbers = next((numbers for standard, numbers in in_force if standard.id == duty.id), numbers_of(duty))
    form = StandardForm(duty, numbers, query if is_tried else None)
    context |= {"duty": duty, "form": form}
    if not is_tried:
        return show_page(http_request, "casework/try_standard.html", context, here="what_if")
    is_span = not period.form.is_bound or period.form.is_valid()
    if form.is_valid() and is_span:
        try:
            draft = try_standard.Draft(draft_of({duty.id: form.numbers}, "the form"))
        except Refusal as refusal:
            form.add_refusal(refusal, next(iter(form.fields)))
        else:
            context["page"] = try_standard.what_if(
                request, config, draft, first_moment=period.first, last_moment=period.last, on_a_page=True
            )
            return show_page(http_request, "casework/try_standard.html", context, here="what_if")
    try_standard.standards_to_try(request, config)
    return show_page(http_request, "casework/try_standard.html", context, here="what_if", status=400)

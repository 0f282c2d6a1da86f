"""Casework pages: the front page, worklist, one case, the visits and custody boards, and findings."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from duecare.access.act import Act
from duecare.config import read_config
from duecare.use_cases.casework import (
    view_as_of,
    view_case,
    view_custody_board,
    view_front_page,
    view_offender_visits,
    view_worklist,
)
from duecare.use_cases.findings import list_findings
from duecare.visibility.officer_names import officer_names
from duecare.web.casework.forms import AreaForm, CustodyCountForm, FindingsForm, VisitsCellForm
from duecare.web.casework.presenters.board_headings import CUSTODY_COUNTS, VISIT_COLUMNS, VISIT_RISKS
from duecare.web.site.as_of import early_answer
from duecare.web.site.page import show_page
from duecare.web.site.pages import errors
from duecare.web.site.query_params import page_number, place_number, read_moments
from duecare.web.site.request import request_of


@require_safe
def front_page(http_request: HttpRequest) -> HttpResponse:
    """What the system is and refuses to do; for those who may, what is late now."""
    if not http_request.user.is_authenticated:
        return show_page(http_request, "site/welcome.html", here="front")
    request = request_of(http_request, "page: what is late now")
    if Act.READ_LATE_NOW not in request.viewer.acts:
        return show_page(http_request, "site/welcome.html", here="front")
    page = view_front_page.read_front(request, read_config())
    return show_page(http_request, "casework/front.html", {"page": page}, here="front")


@require_safe
def worklist_page(http_request: HttpRequest) -> HttpResponse:
    """The worklist: what to look at first and why, now or at another date."""
    moments = read_moments(http_request)
    if (answer := early_answer(http_request, moments)) is not None:
        return answer
    unallocated, area = http_request.GET.get("unallocated") == "yes", http_request.GET.get("area", "")
    request, number = request_of(http_request, "page: worklist"), page_number(http_request)
    if moments.is_now:
        page = view_worklist.read_worklist(request, unallocated=unallocated, force_area=area, page_number=number)
    else:
        page = view_as_of.worklist_then(
            request,
            unallocated=unallocated,
            force_area=area,
            page_number=number,
            as_of=moments.as_of,
            known_at=moments.known_at,
        )
    form = AreaForm(initial={"area": area, "unallocated": "yes" if unallocated else ""})
    form.offer_areas(page.areas)
    context = {"page": page, "given": moments, "unallocated": unallocated, "area": area, "form": form}
    context["officers"] = officer_names()
    return show_page(http_request, "casework/worklist.html", context, here="worklist")


@require_safe
def case_page(http_request: HttpRequest, source: str, case_ref: str) -> HttpResponse:
    """One case: who owns it, what is owed, who is in it and what happened."""
    moments = read_moments(http_request)
    if (answer := early_answer(http_request, moments)) is not None:
        return answer
    page = view_case.read_case(request_of(http_request, "page: case"), source, case_ref, **moments.at)
    return show_page(
        http_request, "casework/case.html", {"page": page, "given": moments, "officers": officer_names()}, here="case"
    )


@require_safe
def visits_page(http_request: HttpRequest) -> HttpResponse:
    """The visits board: due, attempted, seen and overdue, by risk; each number opens the people it counts."""
    moments = read_moments(http_request)
    if (answer := early_answer(http_request, moments)) is not None:
        return answer
    form = VisitsCellForm(http_request.GET)
    if not form.is_valid():
        return errors.unreadable_request(http_request, "There is no such cell on the visits board.")
    request, risk, column = request_of(http_request, "page: visits board"), *form.cleaned_data.values()
    if moments.is_now:
        page = view_offender_visits.read_visits(request, risk_level=risk, column=column)
    else:
        page = view_as_of.visits_then(request, risk, column, **moments.at)
    context = {"page": page, "given": moments, "risks": VISIT_RISKS, "columns": VISIT_COLUMNS}
    context["officers"] = officer_names()
    return show_page(http_request, "casework/visits.html", context, here="visits")


@require_safe
def custody_page(http_request: HttpRequest) -> HttpResponse:
    """The custody board: children in custody, who is with them, and which review is next."""
    moments = read_moments(http_request)
    if (answer := early_answer(http_request, moments)) is not None:
        return answer
    form = CustodyCountForm(http_request.GET)
    if not form.is_valid():
        return errors.unreadable_request(http_request, "There is no such count on the custody board.")
    request = request_of(http_request, "page: custody board")
    page = view_custody_board.read_custody(request, chosen=form.cleaned_data["show"], **moments.at)
    context = {"page": page, "given": moments, "names": CUSTODY_COUNTS}
    return show_page(http_request, "casework/custody.html", context, here="custody")


@require_safe
def findings_page(http_request: HttpRequest) -> HttpResponse:
    """The findings of an area or a duty: what is or was owed, met, late or not known, at any moment."""
    moments = read_moments(http_request)
    if (answer := early_answer(http_request, moments)) is not None:
        return answer
    form = FindingsForm(http_request.GET)
    if not form.is_valid():
        return errors.unreadable_request(http_request, form.error_links[0][1])
    suggested = http_request.GET.get("suggested") == "yes"
    page = list_findings.list_findings(
        request_of(http_request, "page: findings"),
        form.wanted,
        suggested=suggested,
        first_number=place_number(http_request),
        as_of=moments.as_of,
        known_at=moments.known_at,
    )
    form.offer_areas(page.areas)
    context = {"page": page, "given": moments, "params": form.params, "suggested": suggested, "form": form}
    context["officers"] = officer_names()
    return show_page(http_request, "casework/findings.html", context, here="findings")

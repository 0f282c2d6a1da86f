"""The page on which a draft of the force's own standard is tried over past facts, beside the standard in force."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse, QueryDict
from django.views.decorators.http import require_safe

from duecare.config import read_config
from duecare.duty.declaration import Duty
from duecare.rulebook.force_policy import draft_of
from duecare.rulebook.local_standard import numbers_of
from duecare.use_cases.findings import try_standard as step
from duecare.vocabulary.refusals import Refusal
from duecare.web.site.page import show_page
from duecare.web.site.pages import errors
from duecare.web.site.query_params import read_span
from duecare.web.site.request import request_of

Faults = list[tuple[str, str]]


@require_safe
def what_if(request: HttpRequest) -> HttpResponse:
    """Which standard is to be tried with which numbers, and what would they have made of the past?"""
    given = read_span(request)
    if given.fault:
        return errors.unreadable(request, given.fault)
    asking, config = request_of(request, "page: try a standard"), read_config()
    asked = request.GET.get("duty", "")
    known = step.standards_to_try(asking, config) if not asked or not _is_tried(request.GET) else ()
    shown: dict[str, object] = {"given": given, "here": request.path, "known": known, "duty": None, "page": None}
    if not asked:
        return show_page(request, "what_if.html", shown, here="what_if")
    found = step.duty_to_try(asked)
    if found is None:
        return errors.unreadable(request, "There is no such standard.")
    fields = {f"{unit}-{name}": (unit, name) for unit, name in numbers_of(found)}
    shown |= {"duty": found, "fields": _fields(request.GET, found, known)}
    if not _is_tried(request.GET):
        return show_page(request, "what_if.html", shown, here="what_if")
    said, faults = _read(request.GET, fields)
    faults += given.faults
    if not faults:
        try:
            draft = step.Draft(draft_of({found.id: said}, "the form"))
        except Refusal as refusal:
            faults = [(next(iter(fields)), fault[:1].upper() + fault[1:]) for fault in refusal.faults]
        else:
            first, last = given.moments["from"], given.moments["to"]
            shown["page"] = step.what_if(asking, config, draft, first=first, last=last, on_a_page=True)
            return show_page(request, "what_if.html", shown, here="what_if")
    step.standards_to_try(asking, config)
    return show_page(request, "what_if.html", {**shown, "faults": faults}, here="what_if", status=400)


def _is_tried(asked: QueryDict) -> bool:
    return asked.get("try") == "yes"


def _read(asked: QueryDict, fields: dict[str, tuple[str, str]]) -> tuple[dict[str, dict[str, float]], Faults]:
    said: dict[str, dict[str, float]] = {}
    faults: Faults = []
    for field, (unit, name) in fields.items():
        text = asked.get(field, "").strip()
        try:
            number = float(text)
        except ValueError:
            faults.append(
                (field, f"{name.replace('_', ' ').capitalize()} must be a number of {unit.replace('_', ' ')}")
            )
        else:
            said.setdefault(unit, {})[name] = number
    return said, faults


def _fields(
    asked: QueryDict, duty: Duty, known: tuple[tuple[Duty, step.Numbers], ...]
) -> list[tuple[str, str, str, str]]:
    """(field, words, unit, value) of each number: as typed, else as in force."""
    in_force = next((numbers for one, numbers in known if one.id == duty.id), numbers_of(duty))
    return [
        (
            f"{unit}-{name}",
            name.replace("_", " ").capitalize(),
            unit.replace("_", " "),
            asked.get(f"{unit}-{name}", f"{in_force[unit, name]:g}").strip(),
        )
        for unit, name in numbers_of(duty)
    ]

"""The addresses of the site: one list for each subject, tried in this order."""

from __future__ import annotations

from typing import Final

from django.urls import include, path

from duecare.web.site.pages import errors

SUBJECTS: Final = (
    "casework",
    "people",
    "linkage",
    "deliveries",
    "audit",
    "referrals",
    "recommendations",
    "figures",
    "releases",
    "oversight",
    "site",
)

urlpatterns = [path("", include(f"duecare.web.{subject}.urls")) for subject in SUBJECTS]

handler400 = errors.bad_request_page
handler403 = errors.forbidden_page
handler404 = errors.not_found_page
handler500 = errors.server_error_page

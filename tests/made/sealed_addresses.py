"""How G15 asks for every page of the product's own list where there is a sealed case, and where there is none."""

from __future__ import annotations

from collections.abc import Iterable

from tests.made.doubtful import SOURCE as DOUBTFUL
from tests.made.few_cases import AREA, SOURCE, person_of
from tests.made.sealed_worlds import ADDRESS, PHONE, names_of, people

PERIOD = "2026-Q4"
FIGURES = ("seen-after", "custody-in-a-cell", "visits-overdue")
CASES = ("QUIET", "SETTLED", "SEALED", "NEVER-WAS", "SEALEDCELL", "OPEN", "CUSTODY", "MISSING", "MANAGED")
LINKS = [
    (f"{SOURCE}:child-open", f"{SOURCE}:suspect"),
    (f"{SOURCE}:child-settled", f"{SOURCE}:twice"),
    (f"{SOURCE}:child-settled", f"{SOURCE}:never-was"),
    (f"{DOUBTFUL}:went", f"{DOUBTFUL}:came-back"),
]
SEARCHES = (
    "Hiddenia Obscuranto",
    "Veilia Cloakmore",
    PHONE,
    ADDRESS,
    "Doubtiabor Umbrageous",
    "Quietus Lambourne",
    "Zarathorn",
    " ".join(names_of("child-settled")),
    " ".join(names_of("offender-alone")),
    "Secretus",
)
FIRST = [*(person_of(record) for record in ("hidden", "named-otherwise", "child-settled")), "0" * 32]
Query = dict[str, str]
# How to ask for each page: the rest of its address, and what is sent where that is posted.
GET: dict[str, Iterable[str]] = {
    "front": ["/"],
    "worklist": [
        f"/worklist/{query}"
        for query in (
            "",
            "?page=2",
            "?page=3",
            "?page=99",
            "?unallocated=yes",
            f"?area={AREA}",
            "?area=Westfen",
            "?as_of=2026-11-25",
            "?known_at=2199-01-01",
            f"?known_at=2199-01-01&area={AREA}&page=2",
        )
    ],
    "findings": [
        f"/findings/{query}"
        for query in (
            "",
            "?state=any",
            "?state=any&first=3",
            "?state=any&first=40",
            "?state=met",
            "?state=open",
            f"?area={AREA}",
            "?state=any&area=Westfen",
            "?state=any&case=SEALED",
            "?state=any&case=QUIET",
            "?state=any&case=NEVER-WAS",
            "?state=any&suggested=yes",
            "?state=any&ref=RO1",
            "?state=any&known_at=2199-01-01",
        )
    ],
    "changed": [f"/changed/{SOURCE}/{ref}/?from=2026-11-01" for ref in ("SETTLED", "QUIET", "SEALED", "NEVER-WAS")],
    "search": ["/search/"],
    "note_person": ["/people/new/"],
    "note_birth": ["/people/born/hidden/", "/people/born/never-was/"],
    "person": [
        *(f"/people/{person}/" for person in FIRST),
        *(f"/people/{person}/" for person in people() if person not in FIRST),
        *(f"/people/{person}/?known_at=2199-01-01" for person in FIRST),
    ],
    "pairs": ["/links/"],
    "linkage_sample": ["/links/sample/"],
    "linkage": ["/linkage/"],
    "link": [f"/links/{one}/{other}/" for one, other in LINKS],
    "link_undo": ["/links/undo/none/"],
    "case": [
        *(f"/cases/{SOURCE}/{ref}/" for ref in CASES),
        *(f"/cases/{SOURCE}/{ref}/?known_at=2199-01-01" for ref in ("QUIET", "SEALED", "NEVER-WAS")),
    ],
    "custody": ["/custody/", "/custody/?show=in_cell", "/custody/?show=overnight", "/custody/?known_at=2199-01-01"],
    "visits": [
        f"/visits/{query}"
        for query in (
            "",
            "?risk=high&column=overdue",
            "?risk=high&column=attempted",
            "?risk=unknown&column=overdue",
            "?risk=unknown&column=cannot_tell",
            "?known_at=2199-01-01",
            "?risk=unknown&column=overdue&known_at=2199-01-01",
            "?risk=high&column=attempted&known_at=2199-01-01",
        )
    ],
    "boroughs": ["/oversight/"],
    "figures": ["/figures/", f"/figures/?period={PERIOD}"],
    "figure": [f"/figures/{figure}/" for figure in (*FIGURES, "none")],
    "figure_list": [f"/figures/{figure}/list/{{{figure}}}/" for figure in FIGURES],
    "meetings": ["/meetings/"],
    "accountable": ["/accountable/"],
    "referrals": ["/referrals/"],
    "referral": [f"/referrals/{SOURCE}/{ref}/" for ref in ("SETTLED", "SEALED", "NEVER-WAS")],
    "errors_found": [f"/errors-found/{SOURCE}/{ref}/" for ref in ("SETTLED", "SEALED", "NEVER-WAS")],
    "refer_back": [f"/refer-back/none/{SOURCE}/SEALED/"],
    "review": [f"/review/none/{SOURCE}/{ref}/" for ref in ("SEALED", "NEVER-WAS")],
    "grade": [f"/sample/none/{SOURCE}/{ref}/" for ref in ("SEALED", "NEVER-WAS")],
    "sample": ["/sample/"],
    "rounds": ["/rounds/"],
    "what_if": ["/what-if/", "/what-if/?duty=LOCAL-allocate-investigator&try=yes&hours-child=1&hours-otherwise=2"],
    "deliveries": ["/deliveries/"],
    "delivery": [f"/deliveries/{number}/" for number in (1, 2, 3, 99)],
    "recommendations": ["/recommendations/"],
    "agreements": ["/agreement/"],
    "totals": ["/totals/"],
    "releases": ["/releases/"],
    "published": ["/published/"],
    "system": ["/system/"],
    "help": ["/help/"],
}
POST: dict[str, Iterable[tuple[str, Query]]] = {
    "search": [
        *(("/search/", {"text": text}) for text in SEARCHES),
        ("/search/", {"text": "Obscuranto", "born": "2 February 2012"}),
        ("/search/", {"near": "NM4 4BB"}),
    ],
    "note_person": [
        ("/people/new/", {"given_names": "Hiddenia", "family_name": "Obscuranto", "born": "2012"}),
        ("/people/new/", {"family_name": "Umbrageous", "phone": PHONE}),
    ],
}
NOT_ASKED = {
    "published_real": "printed papers, the same in every store",
    "published_register": "as `recommendations`, of which there are none",
    "published_release": "there is no release",
    "published_whole": "there is no release",
    "published_file": "there is no release",
    "release": "there is no release",
    "release_draft": "a release rests on figures alone, which are compared",
    "recommendation": "there is none",
    "meeting": "there is none",
    "meeting_pack": "there is no meeting; a pack rests on figures alone, which are compared",
    "meeting_pack_file": "as `meeting_pack`",
    "round": "there is none: what a grader is given of a file is G19's",
    "agreement": "there is no round",
    "round_report": "there is no round",
    "round_report_file": "there is no round",
    "reconcile": "there is no round",
    "settle": "there is no round",
    "accessibility": "the same for everyone",
    "healthz": "the same for everyone",
}

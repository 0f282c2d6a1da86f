"""Every address of the site: its methods, the roles it serves, and whether answering it reads people or cases."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import Final

from django.urls import URLPattern, URLResolver, get_resolver

from duecare.access.act import Act
from duecare.access.roles import ROLES

ANYONE: Final = ("anyone",)
SIGNED_IN: Final = ("signed in",)


@dataclass(frozen=True, slots=True)
class Route:
    """Where is a page, how may it be asked, whom does it serve, and does it read people?

    Shape:   `roles` names roles of docs/reference/access.md, or is `anyone`, or `signed in` (any role).
    """

    url: str
    name: str
    methods: tuple[str, ...]
    roles: tuple[str, ...]
    is_read_of_people: bool


@dataclass(frozen=True, slots=True)
class _Rule:
    """Whom does a route serve: roles allowed an act, or anyone, or anyone signed in?"""

    serves: Act | tuple[str, ...]
    methods: tuple[str, ...] = ("GET", "HEAD")
    is_read_of_people: bool = False

    @property
    def roles(self) -> tuple[str, ...]:
        """The names of the roles served; policy's own table decides."""
        return _roles_allowed(self.serves) if isinstance(self.serves, Act) else self.serves


@cache
def _roles_allowed(act: Act) -> tuple[str, ...]:
    return tuple(role.name for role in ROLES if act in role.acts_by("web"))


_BOTH: Final = ("GET", "HEAD", "POST")
_SENT: Final = ("POST",)

RULES: Final[dict[str, _Rule]] = {
    "front": _Rule(ANYONE),
    "worklist": _Rule(Act.READ_WORKLIST, is_read_of_people=True),
    "search": _Rule(Act.SEARCH, methods=_BOTH, is_read_of_people=True),
    "findings": _Rule(Act.READ_FINDINGS, is_read_of_people=True),
    "changed": _Rule(Act.OPEN_CASE, is_read_of_people=True),
    "note_person": _Rule(Act.NOTE_PERSON, methods=_BOTH, is_read_of_people=True),
    "change_description": _Rule(Act.NOTE_PERSON, methods=("POST",), is_read_of_people=True),
    "record_person": _Rule(Act.NOTE_PERSON, methods=("POST",), is_read_of_people=True),
    "note_birth": _Rule(Act.NOTE_PERSON, methods=_BOTH, is_read_of_people=True),
    "person": _Rule(Act.OPEN_PERSON, is_read_of_people=True),
    "pairs": _Rule(Act.READ_PAIRS, methods=_BOTH, is_read_of_people=True),
    "pair_later": _Rule(Act.READ_PAIRS, methods=("POST",)),
    "pairs_again": _Rule(Act.READ_PAIRS, methods=("POST",)),
    "linkage_sample": _Rule(Act.READ_PAIRS, methods=_BOTH, is_read_of_people=True),
    "linkage": _Rule(Act.READ_FIGURES),
    "link_undo": _Rule(Act.JUDGE_LINK, methods=_BOTH, is_read_of_people=True),
    "link": _Rule(Act.OPEN_PERSON, methods=_BOTH, is_read_of_people=True),
    "case": _Rule(Act.OPEN_CASE, is_read_of_people=True),
    "custody": _Rule(Act.READ_CUSTODY, is_read_of_people=True),
    "visits": _Rule(Act.READ_VISITS, is_read_of_people=True),
    "boroughs": _Rule(Act.READ_OVERSIGHT),
    "figures": _Rule(Act.READ_FIGURES),
    "figure": _Rule(Act.READ_FIGURES),
    "figure_explain": _Rule(Act.READ_FIGURES, methods=_SENT),
    "figure_list": _Rule(Act.OPEN_FIGURE, is_read_of_people=True),
    "meetings": _Rule(Act.READ_OVERSIGHT),
    "meeting_arrange": _Rule(Act.READ_OVERSIGHT, methods=_SENT),
    "meeting_question": _Rule(Act.READ_OVERSIGHT, methods=_SENT),
    "meeting_answer": _Rule(Act.READ_OVERSIGHT, methods=_SENT),
    "meeting_action_done": _Rule(Act.READ_OVERSIGHT, methods=_SENT),
    "meeting": _Rule(Act.READ_OVERSIGHT),
    "meeting_minute": _Rule(Act.READ_OVERSIGHT, methods=_SENT),
    "meeting_action": _Rule(Act.READ_OVERSIGHT, methods=_SENT),
    "meeting_pack": _Rule(Act.READ_OVERSIGHT),
    "meeting_pack_file": _Rule(Act.READ_OVERSIGHT),
    "accountable": _Rule(Act.READ_ACCOUNTABLE),
    "accountable_sign_off": _Rule(Act.READ_ACCOUNTABLE, methods=_SENT),
    "accountable_assign": _Rule(Act.READ_ACCOUNTABLE, methods=_SENT),
    "referrals": _Rule(Act.READ_REFERRALS, is_read_of_people=True),
    "referral": _Rule(Act.READ_REFERRALS, is_read_of_people=True),
    "referral_acknowledge": _Rule(Act.READ_REFERRALS, methods=_SENT, is_read_of_people=True),
    "referral_act": _Rule(Act.READ_REFERRALS, methods=_SENT, is_read_of_people=True),
    "referral_revisit": _Rule(Act.READ_REFERRALS, methods=_SENT, is_read_of_people=True),
    "referral_confirm": _Rule(Act.READ_REFERRALS, methods=_SENT, is_read_of_people=True),
    "refer_back": _Rule(Act.REFER_BACK, methods=_BOTH, is_read_of_people=True),
    "review": _Rule(Act.REVIEW_FILE, methods=_BOTH, is_read_of_people=True),
    "review_invite": _Rule(Act.REVIEW_FILE, methods=_SENT, is_read_of_people=True),
    "review_final": _Rule(Act.REVIEW_FILE, methods=_SENT, is_read_of_people=True),
    "errors_found": _Rule(Act.ANSWER_ERROR, methods=_BOTH, is_read_of_people=True),
    "rounds": _Rule(Act.READ_ROUNDS, methods=_BOTH),
    "round": _Rule(Act.READ_ROUNDS),
    "round_plan": _Rule(Act.READ_ROUNDS, methods=_SENT),
    "round_commit": _Rule(Act.READ_ROUNDS, methods=_SENT),
    "round_reveal": _Rule(Act.READ_ROUNDS, methods=_SENT),
    "round_pulse": _Rule(Act.READ_ROUNDS, methods=_SENT),
    "round_draw": _Rule(Act.READ_ROUNDS, methods=_SENT),
    "round_graders": _Rule(Act.READ_ROUNDS, methods=_SENT),
    "round_allocate": _Rule(Act.READ_ROUNDS, methods=_SENT),
    "round_replace_file": _Rule(Act.READ_ROUNDS, methods=_SENT),
    "round_end": _Rule(Act.READ_ROUNDS, methods=_SENT),
    "round_cancel": _Rule(Act.READ_ROUNDS, methods=_SENT),
    "what_if": _Rule(Act.TRY_STANDARD),
    "deliveries": _Rule(Act.READ_DELIVERIES),
    "delivery": _Rule(Act.READ_DELIVERIES),
    "set_aside": _Rule(Act.EXPORT_SET_ASIDE, methods=("POST",), is_read_of_people=True),
    "agreements": _Rule(Act.COMPARE),
    "agreement": _Rule(Act.COMPARE),
    "round_report": _Rule(Act.COMPARE, is_read_of_people=True),
    "round_report_file": _Rule(Act.COMPARE, is_read_of_people=True),
    "reconcile": _Rule(Act.RECONCILE, is_read_of_people=True),
    "settle": _Rule(Act.RECONCILE, methods=_BOTH, is_read_of_people=True),
    "sample": _Rule(Act.READ_SAMPLE, is_read_of_people=True),
    "grade": _Rule(Act.GRADE_FILE, methods=_BOTH, is_read_of_people=True),
    "recommendations": _Rule(Act.READ_RECOMMENDATIONS, methods=_BOTH),
    "recommendation": _Rule(Act.READ_RECOMMENDATIONS, is_read_of_people=True),
    "recommendation_verify": _Rule(Act.READ_RECOMMENDATIONS, methods=_SENT, is_read_of_people=True),
    "recommendation_skip_round": _Rule(Act.READ_RECOMMENDATIONS, methods=_SENT, is_read_of_people=True),
    "recommendation_owner": _Rule(Act.READ_RECOMMENDATIONS, methods=_SENT, is_read_of_people=True),
    "recommendation_accept": _Rule(Act.READ_RECOMMENDATIONS, methods=_SENT, is_read_of_people=True),
    "recommendation_plan": _Rule(Act.READ_RECOMMENDATIONS, methods=_SENT, is_read_of_people=True),
    "recommendation_act": _Rule(Act.READ_RECOMMENDATIONS, methods=_SENT, is_read_of_people=True),
    "recommendation_evidence": _Rule(Act.READ_RECOMMENDATIONS, methods=_SENT, is_read_of_people=True),
    "recommendation_claim": _Rule(Act.READ_RECOMMENDATIONS, methods=_SENT, is_read_of_people=True),
    "recommendation_reply": _Rule(Act.READ_RECOMMENDATIONS, methods=_SENT, is_read_of_people=True),
    "recommendation_supersede": _Rule(Act.READ_RECOMMENDATIONS, methods=_SENT, is_read_of_people=True),
    "totals": _Rule(Act.READ_TOTALS),
    "published": _Rule(ANYONE),
    "published_real": _Rule(ANYONE),
    "published_register": _Rule(ANYONE),
    "published_release": _Rule(ANYONE),
    "published_whole": _Rule(ANYONE),
    "published_file": _Rule(ANYONE),
    "releases": _Rule(Act.READ_DRAFTS),
    "release_draft": _Rule(Act.DRAFT_RELEASE, methods=_BOTH),
    "release": _Rule(Act.READ_DRAFTS),
    "release_pass": _Rule(Act.READ_DRAFTS, methods=_SENT),
    "release_refuse": _Rule(Act.READ_DRAFTS, methods=_SENT),
    "release_comment": _Rule(Act.READ_DRAFTS, methods=_SENT),
    "system": _Rule(ANYONE),
    "help": _Rule(ANYONE),
    "accessibility": _Rule(ANYONE),
    "healthz": _Rule(ANYONE),
    "demo_sign_in": _Rule(ANYONE, methods=("POST",)),
    "account_login": _Rule(ANYONE, methods=_BOTH),
    "account_logout": _Rule(ANYONE, methods=_BOTH),
    "account_signup": _Rule(ANYONE, methods=_BOTH),
    "account_inactive": _Rule(ANYONE),
    "account_reauthenticate": _Rule(SIGNED_IN, methods=_BOTH),
    "account_change_password": _Rule(SIGNED_IN, methods=_BOTH),
    "account_set_password": _Rule(SIGNED_IN),
    "mfa_index": _Rule(SIGNED_IN),
    "mfa_authenticate": _Rule(ANYONE, methods=_BOTH),
    "mfa_reauthenticate": _Rule(SIGNED_IN, methods=_BOTH),
    "mfa_activate_totp": _Rule(SIGNED_IN, methods=_BOTH),
    "mfa_deactivate_totp": _Rule(SIGNED_IN, methods=_BOTH),
    "mfa_view_recovery_codes": _Rule(SIGNED_IN),
    "mfa_generate_recovery_codes": _Rule(SIGNED_IN, methods=_BOTH),
    "mfa_download_recovery_codes": _Rule(SIGNED_IN),
}


def all_routes() -> tuple[Route, ...]:
    """Every address of the site, in the order of the rules above.

    Raises:  KeyError for an address without a rule: a new page must name the roles it serves.
    """
    addresses = [(RULES[name], url, name) for url, name in _patterns_under(get_resolver().url_patterns, "/")]
    place = {name: number for number, name in enumerate(RULES)}
    return tuple(
        Route(url, name, rule.methods, rule.roles, rule.is_read_of_people)
        for rule, url, name in sorted(addresses, key=lambda address: place[address[2]])
    )


def is_for_anyone(name: str) -> bool:
    """May this route be opened without signing in? A name without a rule may not."""
    rule = RULES.get(name)
    return rule is not None and rule.roles == ANYONE


def serves_roles(name: str, roles: tuple[str, ...], *, is_signed_in: bool) -> bool:
    """Is this route one that these roles are served by? It decides what the navigation offers, not what is allowed."""
    rule = RULES[name]
    if rule.roles == ANYONE:
        return True
    return is_signed_in and (rule.roles == SIGNED_IN or bool(set(rule.roles) & set(roles)))


def _patterns_under(patterns: list[URLPattern | URLResolver], before: str) -> list[tuple[str, str]]:
    addresses: list[tuple[str, str]] = []
    for pattern in patterns:
        url = before + str(pattern.pattern)
        if isinstance(pattern, URLResolver):
            addresses += _patterns_under(pattern.url_patterns, url)
        else:
            addresses.append((url, pattern.name or ""))
    return addresses

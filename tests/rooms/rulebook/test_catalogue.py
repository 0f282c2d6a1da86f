"""The duties, their ids and references."""

import pytest

from duecare.duty.declaration import Scope, rule_version
from duecare.duty.finding import Authority
from duecare.rulebook.all_duties import duties, duty
from duecare.vocabulary.kinds import EVENT_KINDS, ROLES

WANTED = {
    "LOCAL-allocate-investigator": (("AL1",), Authority.LOCAL, Scope.CASE),
    "LOCAL-see-the-child": (("AL2",), Authority.LOCAL, Scope.CHILD),
    "CA1989-s46-72-hours": (("CP1",), Authority.STATUTE, Scope.EPISODE),
    "WT-icpc-15-working-days": (("CP4",), Authority.STATUTORY_GUIDANCE, Scope.CHILD),
    "DFE2014-return-interview": (("MI4",), Authority.STATUTORY_GUIDANCE, Scope.EPISODE),
    "PACE-s40-review": (("CU1", "CU2"), Authority.STATUTE, Scope.EPISODE),
    "PACE-s38-accommodation": (("CU8",), Authority.STATUTE, Scope.EPISODE),
    "NPCC-rso-visit": (("RO7", "RO8"), Authority.PROFESSIONAL_GUIDANCE, Scope.PERSON),
}


def test_the_first_duties_are_those_agreed_with_their_references():
    refs = {d.id: tuple(dict.fromkeys(ref for r in d.rules for ref, _ in r.turns)) for d in duties()}

    assert {d.id: (refs[d.id], d.authority, d.scope) for d in duties() if d.id in WANTED} == WANTED


@pytest.mark.parametrize("one", duties(), ids=lambda d: d.id)
def test_a_declaration_names_only_kinds_and_roles_that_exist(one):
    from duecare.duty.facts import duty_parts

    assert set(duty_parts(one)) <= EVENT_KINDS
    assert one.roles <= ROLES
    assert one.source.url.startswith("https://")
    assert duty(one.id) is one
    assert hash(one) == hash(one.id)


def test_every_declaration_and_rule_has_a_version_of_its_own():
    versions = [rule_version(d, rule) for d in duties() for rule in d.rules]

    assert len(set(versions)) == len(versions)
    assert len({d.version for d in duties()}) == len({d.id for d in duties()}) == len(duties())

"""Who is accountable: named by a chief officer, read with what is vacant, signed off by whoever answers, in the ledger."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.db import DatabaseError, connection, transaction
from tests.made.deliveries import Made, write
from tests.made.stores import NOW, asking

from duecare.access.viewer import Viewer
from duecare.duty.accountable import Over, Vacant
from duecare.recommendation.new_recommendation import Making
from duecare.store.models import LedgerEntry, SignedOff
from duecare.use_cases.casework.view_front_page import read_front
from duecare.use_cases.deliveries.receive_delivery import receive_files
from duecare.use_cases.oversight.assign_accountable import name_accountable, name_every
from duecare.use_cases.oversight.sign_off_accountable import sign_off
from duecare.use_cases.oversight.view_accountability import read_accountable
from duecare.use_cases.recommendations.make_recommendation import make_recommendation
from duecare.use_cases.recommendations.respond_to_recommendation import name_owner
from duecare.vocabulary.refusals import Refusal

CHIEF = Viewer(account="chief", roles=frozenset({"chief_officer"}), officer="c1")
LEAD = Viewer(account="lead", roles=frozenset({"bcu_lead"}), officer="S1")
MAYOR = Viewer(account="mayor", roles=frozenset({"mayors_office"}))
TODAY = NOW.date()

POSTS = [
    {
        "post": "ACC",
        "kind": "chief_officer_lead",
        "area": "",
        "holder": "C1",
        "from": "2015-01-01",
        "dedicated": "true",
    },
    {"post": "LE", "kind": "bcu_lead", "area": "Eastmoor", "holder": "S1", "from": "2015-01-01"},
    {"post": "LW", "kind": "bcu_lead", "area": "Westmoor", "holder": "", "from": "2015-01-01"},
]


@pytest.fixture
def force(store, tmp_path):
    made = Made(
        {"posts": POSTS, "officers": [{"officer": "C1", "name": "C. Madeup", "from": "2015-01-01"}]}, source="made"
    )
    (took,) = receive_files(asking(), store.config, [write(made, tmp_path / "made-1")], source="made")
    assert took.status == "accepted", took.reasons
    return store


def of(found, key):
    return next(one for one in found.every if one.who.key == key)


def test_what_nobody_was_named_for_is_vacant(force):
    found = read_accountable(asking(NOW, CHIEF), force.config)

    assert found.every == found.vacant
    assert {one.who.vacant for one in found.vacant} == {Vacant.NOT_NAMED}
    assert {"Eastmoor", "Westmoor", "PACE-s40-review"} <= {one.who.key for one in found.every}


def test_the_usual_beginning_names_the_chief_officer_for_duties_and_each_lead_for_a_borough(force):
    named = name_every(asking(NOW, CHIEF), date(2020, 1, 1))
    found = read_accountable(asking(NOW, MAYOR), force.config)

    assert {one.who.key: one.who.vacant for one in found.vacant} == {"Westmoor": Vacant.NO_HOLDER}
    duty = of(found, "PACE-s40-review")
    assert (duty.who.officer, duty.name, duty.who.dedicated, duty.late) == ("C1", "C. Madeup", True, None)
    assert len(named) == len(found.every)
    assert not name_every(asking(NOW, CHIEF), date(2021, 1, 1))
    assert of(read_accountable(asking(NOW, CHIEF), force.config, date(2019, 12, 31)), "Eastmoor").who.vacant


def test_the_front_page_of_who_oversees_begins_with_what_is_vacant(force):
    name_every(asking(NOW, CHIEF), date(2020, 1, 1))

    assert [one.who.key for one in read_front(asking(NOW, CHIEF), force.config).vacant] == ["Westmoor"]
    assert read_front(asking(NOW, Viewer(account="i", roles=frozenset({"investigator"}))), force.config).vacant == ()


def test_only_who_is_accountable_today_signs_off_and_it_is_kept_for_good(force):
    name_every(asking(NOW, CHIEF), date(2020, 1, 1))
    signed = sign_off(
        asking(NOW, LEAD), force.config, Over.AREA, "eastmoor", " Seen, and the two late ones allocated. "
    )

    assert (signed.key, signed.officer, signed.words) == ("Eastmoor", "S1", "Seen, and the two late ones allocated.")
    assert of(read_accountable(asking(NOW, CHIEF), force.config), "Eastmoor").signed == signed
    for deed in ('UPDATE "signed_off" SET "words" = \'x\'', 'DELETE FROM "accountable_named"'):
        with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(deed)


def test_who_owned_a_recommendation_before_was_accountable_for_it_then(force):
    lead = Viewer(account="insp", roles=frozenset({"lead_inspector"}))
    before = NOW - timedelta(days=30)
    making = Making("R1", "Custody", "", "inspection", "immediate", before.date(), owner_post="chief_officer_lead")
    make_recommendation(asking(before, lead), making)
    name_owner(asking(NOW, CHIEF), "R1", owner_post="bcu_lead", owner_area="Eastmoor")

    assert of(read_accountable(asking(NOW, CHIEF), force.config), "R1").who.officer == "S1"
    then = read_accountable(asking(NOW, CHIEF), force.config, TODAY - timedelta(days=10))
    assert of(then, "R1").who.officer == "C1"


@pytest.mark.one_engine
@pytest.mark.parametrize(
    ("viewer", "over", "key", "words"),
    [
        pytest.param(CHIEF, Over.AREA, "Eastmoor", "Seen.", id="another's borough"),
        pytest.param(LEAD, Over.AREA, "Westmoor", "Seen.", id="a vacancy"),
        pytest.param(LEAD, Over.AREA, "Nowhere", "Seen.", id="no such borough"),
        pytest.param(LEAD, Over.AREA, "Eastmoor", "  ", id="no words"),
        pytest.param(LEAD, Over.AREA, "Eastmoor", "x" * 2_001, id="too many words"),
        pytest.param(Viewer(account="l", roles=frozenset({"bcu_lead"})), Over.AREA, "Westmoor", "S", id="no number"),
    ],
)
def test_nobody_signs_off_for_another(force, viewer, over, key, words):
    name_every(asking(NOW, CHIEF), date(2020, 1, 1))

    with pytest.raises(Refusal) as refused:
        sign_off(asking(NOW, viewer), force.config, over, key, words)

    assert refused.value.code == "DUT-031"
    assert not SignedOff.objects.exists()


def test_whoever_owns_a_recommendation_is_accountable_for_it_until_another_is_named(force):
    lead = Viewer(account="lead", roles=frozenset({"lead_inspector"}))
    more = {"words": "Name a lead.", "origin": "inspection", "urgency": "immediate", "published_on": date(2016, 1, 4)}
    make_recommendation(asking(NOW, lead), Making("R1", "Governance", owner_post="chief_officer_lead", **more))
    make_recommendation(asking(NOW, lead), Making("R2", "Custody", **more))

    found = read_accountable(asking(NOW, CHIEF), force.config)
    assert (of(found, "R1").who.officer, of(found, "R1").says) == ("C1", "Governance")
    assert of(found, "R2").who.vacant is Vacant.NOT_NAMED

    name_accountable(
        asking(NOW, CHIEF), Over.RECOMMENDATION, "R1", post_kind="bcu_lead", post_area="Eastmoor", from_on=TODAY
    )
    found = read_accountable(asking(NOW, CHIEF), force.config)
    assert (of(found, "R1").who.officer, of(found, "R1").late) == ("S1", None)


@pytest.mark.one_engine
@pytest.mark.parametrize(
    ("over", "key", "post", "area"),
    [
        pytest.param(Over.DUTY, "no-such-duty", "chief_officer_lead", "", id="no such duty"),
        pytest.param(Over.AREA, "Nowhere", "chief_officer_lead", "", id="no such area"),
        pytest.param(Over.AREA, "Eastmoor", "bcu_lead", "Nowhere", id="no such post"),
        pytest.param(Over.RECOMMENDATION, "R9", "chief_officer_lead", "", id="no such recommendation"),
    ],
)
def test_what_is_not_there_cannot_be_named(force, over, key, post, area):
    with pytest.raises(Refusal) as refused:
        name_accountable(asking(NOW, CHIEF), over, key, post_kind=post, post_area=area, from_on=TODAY)

    assert refused.value.code == "DUT-030"


@pytest.mark.one_engine
@pytest.mark.parametrize("viewer", [LEAD, MAYOR])
def test_who_may_not_name_is_refused_and_it_is_written_down(force, viewer):
    with pytest.raises(Refusal) as refused:
        name_accountable(
            asking(NOW, viewer), Over.AREA, "Eastmoor", post_kind="bcu_lead", post_area="Eastmoor", from_on=TODAY
        )

    assert refused.value.code == "ACC-003"
    assert LedgerEntry.objects.order_by("-number").first() is not None


def test_a_holder_who_is_absent_leaves_it_vacant_until_they_are_back(force, tmp_path):
    name_every(asking(NOW, CHIEF), date(2020, 1, 1))
    gone, back = NOW - timedelta(days=3), NOW + timedelta(days=3)
    rows = [{"officer": "S1", "from": "2015-01-01", "absent_from": gone.isoformat(), "absent_to": back.isoformat()}]
    receive_files(
        asking(), force.config, [write(Made({"officers": rows}, source="made"), tmp_path / "made-2")], source="made"
    )

    found = read_accountable(asking(NOW, CHIEF), force.config)
    later = read_accountable(asking(NOW, CHIEF), force.config, TODAY + timedelta(days=4))

    assert of(found, "Eastmoor").who.vacant is Vacant.ABSENT
    assert of(later, "Eastmoor").who.officer == "S1"

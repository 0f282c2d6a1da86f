"""G19: no grader learns another's grade, or whether there is one, before their own are in; a submitted grade never changes."""

from __future__ import annotations

import itertools
import re
import subprocess
from collections import defaultdict
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from tests.guarantees.test_g1_reads_are_logged import ADDRESS, READS
from tests.made.few_cases import SOURCE
from tests.made.graded import GIVEN, GRADER, LEAD, PASSPHRASE, ROUND, SIDES, as_, graded, said
from tests.made.long_runs import mostly_long
from tests.made.stores import InProcess, Store, Stores
from tests.services import postgres

from duecare.audit.grading.file_judgement import Answer, GradingForm
from duecare.audit.grading.grade_encryption import make_own_key
from duecare.record.pole import CaseKey, RecordKey

pytestmark = pytest.mark.guarantee

NOW = datetime.now(UTC).replace(microsecond=0)
OTHER = {"force": "inspectorate", "inspectorate": "force"}
WORDS = "Thrice overlooked lamplighter"
# What changes with every request, whatever is asked: tokens against forms that are forged or sent twice, and cookies.
TOKEN = re.compile(rb'(name="(?:csrfmiddlewaretoken|form)" value=")[^"]+')
OWN_HEADERS = {"Set-Cookie", "X-Request-Id"}
# Besides what reads: what a lead does who would like to know.
ASKED = [
    ["audit", "open", ROUND, "--key", "{folder}/{side}.pem", "--passphrase-file", "{folder}/passphrase"],
    ["audit", "export-seals", ROUND, "--out", "{folder}/seals-{number}.json"],
    ["audit", "export-openings", ROUND, "--out", "{folder}/openings-{number}.json"],
    ["audit", "bundle", ROUND, f"{SOURCE}:OPEN"],
    ["audit", "bundle", ROUND, f"{SOURCE}:MISSING"],
]


@dataclass
class World:
    """One store with its round, as graders and leads see it; what is done in a variant is undone after it."""

    store: Store
    folder: Path
    clients: dict[str, Any] = field(default_factory=dict)

    def client(self, account: str) -> Any:
        """A browser in which this account is signed in."""
        from django.contrib.auth import get_user_model
        from django.test import Client

        if account not in self.clients:
            self.clients[account] = Client(raise_request_exception=False)
            self.clients[account].force_login(
                get_user_model().objects.get(username=account), backend="django.contrib.auth.backends.ModelBackend"
            )
            for case in GIVEN["force"] + GIVEN["inspectorate"]:
                self.clients[account].get(f"/sample/{ROUND}/{SOURCE}/{case}/")
        return self.clients[account]


def pages() -> list[tuple[str, str]]:
    """(method, address) of every page of the product's own list: those of rounds and cases filled in with this one's."""
    from duecare.web.site.routes import all_routes

    found: dict[tuple[str, str], None] = {}
    for route in all_routes():
        is_deed = route.methods == ("POST",) and "<" in route.url and route.name not in ADDRESS
        if route.url.startswith("/account/") or is_deed:
            continue  # what a deed does is asked for in ASKED, and by the pages of its own tests
        method = "get" if "GET" in route.methods else "post"
        ways = [_of_round(route.url, case) for case in ("OPEN", "SETTLED", "MISSING", "CUSTODY")]
        if "<" in ways[0]:
            assert route.name in ADDRESS, f"say in G1's ADDRESS how to ask for {route.url}"
            ways = [one.format_map(defaultdict(lambda: 1)) for one in ADDRESS[route.name]]
        found |= dict.fromkeys((method, one) for one in ways)
    return list(found)


def _of_round(url: str, case: str) -> str:
    """This address of the round, and of this case of it."""
    for name, value in {r"round_name|name": ROUND, "source": SOURCE, r"case_ref|ref": case, "form": "html"}.items():
        url = re.sub(rf"<(?:\w+:)?(?:{name})>", value, url)
    return url


def commands() -> list[list[str]]:
    """Every command that reads, and what a lead would try."""
    read = [[ROUND if word == "r1" else word for word in asked] for ways in READS.values() for asked in ways]
    return read + ASKED


def seen(world: World, side: str, patch: pytest.MonkeyPatch, *, of_rounds: bool = False) -> dict[str, bytes]:
    """Whatever this side's grader and lead can get hold of, each answer whole: status, headers, bytes.

    Shape:   `of_rounds` keeps to the pages and commands of rounds, for defects that show there.
    """
    from duecare.cli import main

    numbers = itertools.count()
    found: dict[str, bytes] = {}
    patch.setenv("DUECARE_HOME", str(world.store.home))
    for account in (GRADER[side], LEAD[side]):
        client = world.client(account)
        for method, address in pages():
            if of_rounds and ROUND not in address and "sample" not in address:
                continue
            answer = getattr(client, method)(address)
            headers = sorted(f"{name}: {value}" for name, value in answer.headers.items() if name not in OWN_HEADERS)
            body = TOKEN.sub(rb"\1", answer.content)
            found[f"{account} {method} {address}"] = repr((answer.status_code, headers)).encode() + body
        patch.setenv("DUECARE_USER", account)
        for asked in commands():
            if of_rounds and asked[0] != "audit":
                continue
            number = next(numbers)
            args = [
                word.format_map(defaultdict(lambda: 1, folder=world.folder, side=side, number=number)) for word in asked
            ]
            for as_json in ([], ["--json"]) if asked[0] == "audit" else (["--json"],):
                done = CliRunner().invoke(main, [*args, *as_json])
                written = b""
                for path in sorted(world.folder.glob(f"*-{number}.*")):
                    written += path.read_bytes()
                    path.unlink()
                found[f"{account} {' '.join(asked)} {as_json}"] = f"{done.exit_code} {done.output}".encode() + written
    return found


@contextmanager
def undone() -> Iterator[None]:
    """What is done inside never was."""
    from django.db.transaction import atomic, set_rollback

    with atomic():
        yield
        set_rollback(True)


def submit(side: str, case: str, hours: float, reason: str = "", **more: Any) -> None:
    from duecare.use_cases.audit.grade_file import submit_grade as step

    now = NOW + timedelta(hours=hours)
    step(as_(GRADER[side], now), ROUND, CaseKey(SOURCE, case), said(case, **more), reason=reason)


def draft(side: str, case: str, hours: float) -> None:
    from duecare.use_cases.audit.grade_file import save_draft

    now = NOW + timedelta(hours=hours)
    save_draft(as_(GRADER[side], now), ROUND, CaseKey(SOURCE, case), GradingForm(narrative=WORDS), make_own_key())


def _nothing(side: str) -> None:
    """The other side has not begun."""


def _drafts(side: str) -> None:
    draft(side, "OPEN", 0.1)


def _submitted(side: str) -> None:
    submit(side, "OPEN", 0.2, grade="inadequate", suspect="inadequate", narrative=WORDS)


def _otherwise(side: str) -> None:
    submit(side, "OPEN", 30.0, blaming_language=Answer("yes", WORDS * 40, ((SOURCE, "E0"),)))
    submit(side, "SETTLED", 31.0)
    submit(side, "OPEN", 40.0, reason=WORDS, grade="adequate")


def _all_in(side: str) -> None:
    for case in GIVEN[side]:
        submit(side, case, 0.5, grade="requires_improvement", narrative=WORDS)


# Safety comes before blindness: who leads the inspectors, and grades nothing, sees which cases were sent back by whom.
LEADS_REFERRALS = re.compile(r"lead-inspector (get /referrals/|audit referrals)")


def _sent_back(side: str) -> None:
    from django.conf import settings

    from duecare.extract import delivery
    from duecare.use_cases.referrals.refer_back import refer_back

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(delivery, "Child", InProcess)
        refer_back(
            as_(GRADER[side], NOW + timedelta(hours=0.3)), settings.CONFIG, ROUND, CaseKey(SOURCE, "OPEN"),
            danger=WORDS, child=RecordKey(SOURCE, "child-open"), must_act="supervisor",
        )  # fmt: skip


VARIANTS: tuple[Callable[[str], None], ...] = (_nothing, _drafts, _submitted, _otherwise, _all_in, _sent_back)


@pytest.fixture(scope="module")
def world(django_db_setup: None, django_db_blocker: Any, tmp_path_factory: pytest.TempPathFactory) -> Iterator[World]:
    """A round in which each side has submitted one of its files, begun another, and not yet looked at the third."""
    del django_db_setup
    folder = tmp_path_factory.mktemp("blind")
    with django_db_blocker.unblock():
        stores = Stores(folder)
        with graded(stores.new(), folder, NOW) as store:
            (folder / "passphrase").write_text(PASSPHRASE)
            (folder / "draft.toml").write_text("[standards.LOCAL-see-the-child]\nhours.red = 2\n")
            yield World(store, folder)
        stores.drop()


@pytest.fixture(autouse=True)
def in_the_store(world: World, django_db_blocker: Any, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """In the store, with a clock that stands: what differs then differs by what the other side did."""
    from duecare.vocabulary import clock

    monkeypatch.setattr(clock, "current_moment", lambda: NOW + timedelta(hours=50))
    with django_db_blocker.unblock(), world.store():
        yield


def own_side_begun(world: World, side: str) -> None:
    """This side's grader has submitted one file and begun another, in the browser that asks."""
    first, second = GIVEN[side][0], "SETTLED"
    submit(side, first, 1.0, narrative="Ours")
    world.client(GRADER[side]).post(f"/sample/{ROUND}/{SOURCE}/{second}/", {"narrative": "Ours, so far", "do": "save"})


def differences(
    world: World,
    side: str,
    patch: pytest.MonkeyPatch,
    variants: tuple[Callable[[str], None], ...],
    *,
    of_rounds: bool = False,
    only_rounds_in: frozenset[Callable[[str], None]] = frozenset(),
) -> tuple[int, list[str]]:
    """How many answers were compared, and which were not the same whatever the other side had done?

    Shape:   in the states of `only_rounds_in` the pages and commands of rounds alone are compared.
    """
    from django.conf import settings

    assert settings.CONFIG.home == world.store.home
    for account in (GRADER[side], LEAD[side]):
        world.client(account)
    wrong: list[str] = []
    compared = 0
    with undone():
        own_side_begun(world, side)
        with undone():
            base = seen(world, side, patch, of_rounds=of_rounds)
        for variant in variants:
            with undone():
                variant(OTHER[side])
                found = seen(world, side, patch, of_rounds=of_rounds or variant in only_rounds_in)
            compared += len(found)
            wrong += [
                f"{variant.__name__}: {where}"
                for where in found
                if found[where] != base[where] and not (variant is _sent_back and LEADS_REFERRALS.match(where))
            ]
    return compared, wrong


@pytest.mark.one_engine  # what pages and commands show is the same on either; that nothing is kept in the clear is tried on both
@pytest.mark.parametrize("side", mostly_long(SIDES, ["force"]))
def test_whatever_the_other_side_has_done_every_answer_is_the_same_bytes(
    world, side, monkeypatch, assured, is_whole_run, is_long_run
):
    # Every state with the pages of rounds; with all pages, in the whole run three for each side, in the long run six.
    own = SIDES.index(side)
    few = frozenset(VARIANTS[own::2]) if is_whole_run else frozenset(VARIANTS)
    only_rounds_in = frozenset() if is_long_run else few

    compared, wrong = differences(world, side, monkeypatch, VARIANTS, only_rounds_in=only_rounds_in)

    assert wrong == []
    assert compared > 300
    assured("G19", method=f"every page and command of the product's own lists, as grader and lead of the {side}, the other"
            " side's judgement absent, begun, submitted, otherwise, corrected, all in", n=compared,
            figure="0 bytes differ", pass_mark="0")  # fmt: skip


# The ledger grows by what anyone does, and who verifies it is told how much; what was done is not told.
LEDGER_SIZE = re.compile(r"(chief|data) (ledger (verify|head|show)|doctor) ")


@pytest.mark.long
@pytest.mark.one_engine
def test_nor_do_a_chief_officer_and_a_data_officer_see_what_the_inspectors_have_done(world, monkeypatch, assured):
    from duecare.store import accounts

    monkeypatch.setitem(GRADER, "force", "chief")
    monkeypatch.setitem(LEAD, "force", "data")
    with undone():
        accounts.enrol_account("chief", ["chief_officer"])
        for account in ("chief", "data"):
            world.client(account)
        with undone():
            base = seen(world, "force", monkeypatch)
        for variant in (_drafts, _all_in):
            with undone():
                variant("inspectorate")
                found = seen(world, "force", monkeypatch)
            wrong = [where for where in base if found[where] != base[where]]
            assert [where for where in wrong if not LEDGER_SIZE.match(where)] == [], variant.__name__
    assert sum(answer.startswith(b"(200") for answer in base.values()) > 20
    assured("G19", method="the same as chief officer and data officer of the force", n=2 * len(base),
            figure="0 bytes differ but the ledger's size", pass_mark="0")  # fmt: skip


def test_the_crawl_sees_what_a_grader_sees(world, monkeypatch):
    world.client("auditor")
    with undone():
        own_side_begun(world, "force")
        found = seen(world, "force", monkeypatch)

    assert b"Ours, so far" in found[f"auditor get /sample/{ROUND}/{SOURCE}/SETTLED/"]
    assert b"Submitted" in found["auditor get /sample/"]
    assert sum(answer.startswith(b"(200") for answer in found.values()) > 20


def test_the_ledger_shown_shows_nothing_of_a_blind_round_but_that_something_was_done(world, monkeypatch):
    from duecare.cli import main
    from duecare.store.models import SealedGrade

    monkeypatch.setenv("DUECARE_HOME", str(world.store.home))
    monkeypatch.setenv("DUECARE_USER", "data")
    with undone():
        _all_in("inspectorate")
        seals = list(SealedGrade.objects.values_list("seal", flat=True))
        said_ = [CliRunner().invoke(main, ["ledger", "show", *more]).output for more in ([], ["--json"])]

    assert seals
    for text in said_:
        assert "inspector" not in text
        assert not [seal for seal in seals if seal in text]
        assert text.count("a round is blind") >= 3


def test_the_ledger_shown_shows_nothing_of_what_any_lead_does_from_the_draw_on(world, tmp_path, monkeypatch):
    from duecare.cli import main
    from duecare.store import accounts
    from duecare.store.models import Allotted
    from duecare.use_cases.audit.make_side_key import make_side_key

    monkeypatch.setenv("DUECARE_HOME", str(world.store.home))
    monkeypatch.setenv("DUECARE_USER", "data")
    with undone():
        accounts.enrol_account("second-lead", ["lead_inspector"])
        Allotted.objects.all().delete()
        asking = as_("lead-inspector", NOW + timedelta(hours=2))
        asking = replace(asking, viewer=replace(asking.viewer, account="second-lead"))
        make_side_key(asking, "inspectorate", tmp_path / "second.pem", PASSPHRASE)
        text = CliRunner().invoke(main, ["ledger", "show"]).output

    assert "second-lead" not in text
    assert "a round is blind" in text


def test_the_digest_is_the_same_whether_the_other_side_has_submitted(world, monkeypatch):
    from duecare.cli import main

    monkeypatch.setenv("DUECARE_HOME", str(world.store.home))
    monkeypatch.setenv("DUECARE_USER", "data")
    digests = set()
    for variant in (_nothing, _drafts, _all_in):
        with undone():
            variant("inspectorate")
            digests.add(CliRunner().invoke(main, ["digest", "--json"]).stdout)

    assert len(digests) == 1
    assert '"grades"' in digests.pop()


def test_once_both_sides_have_opened_the_ledger_shown_is_whole(world, monkeypatch):
    from duecare.cli import main
    from duecare.use_cases.audit.open_own_grades import open_grades

    monkeypatch.setenv("DUECARE_HOME", str(world.store.home))
    monkeypatch.setenv("DUECARE_USER", "data")
    with undone():
        for side in SIDES:
            _all_in(side)
        for side in SIDES:
            pem = (world.folder / f"{side}.pem").read_bytes()
            open_grades(as_(LEAD[side], NOW + timedelta(hours=1)), ROUND, pem, PASSPHRASE)
        text = CliRunner().invoke(main, ["ledger", "show"]).output

    assert "inspector alteration" in text
    assert "withheld" not in text


def _all_sides_seals(patch: pytest.MonkeyPatch) -> None:
    """Defect: which files are submitted is asked of everyone's grades."""
    from duecare.store.audit import sealed_grades

    def seals(files: Any, side: str) -> dict[int, Any]:
        found = sealed_grades.SealedGrade.objects.filter(file_id__in=list(files), sealedgrade__isnull=True)
        return {one.file_id: sealed_grades._held_seal(one) for one in found.select_related(*sealed_grades._RELATED)}

    patch.setattr(sealed_grades, "seals_in_force", seals)


def _all_drafts(patch: pytest.MonkeyPatch) -> None:
    """Defect: whose draft it is makes no difference to whether one is shown as begun."""
    from duecare.store.audit import grade_drafts

    patch.setattr(
        grade_drafts,
        "drafted_files",
        lambda account: set(grade_drafts.DraftGrade.objects.values_list("file_id", flat=True)),
    )


def _lead_is_told_first(patch: pytest.MonkeyPatch) -> None:
    """Defect: the lead hears of the other side before their own is in."""
    from duecare.use_cases.audit import open_own_grades
    from duecare.vocabulary.refusals import Refusal

    real = open_own_grades.ready_sets

    def ready(held: Any, side: str) -> Any:
        if not open_own_grades.sealed_grades.lacking_grades(held, OTHER[side], ["paired"]):
            raise Refusal("AUD-034", found="files that your own side has not submitted; the other has")
        return real(held, side)

    patch.setattr(open_own_grades, "ready_sets", ready)


@pytest.mark.parametrize(
    ("defect", "variant"),
    [(_all_sides_seals, _submitted), (_all_drafts, _drafts), (_lead_is_told_first, _all_in)],
    ids=["seals of all", "drafts of all", "lead told first"],
)
def test_counter_a_leak_is_seen(world, monkeypatch, defect, variant):
    defect(monkeypatch)

    _, wrong = differences(world, "force", monkeypatch, (variant,), of_rounds=True)

    assert wrong != []
    assert {one.split(":")[0] for one in wrong} == {variant.__name__}


# --- the database has none of it ---------------------------------------------------------------------------


def held_bytes(world: World) -> bytes:
    """Whatever lies in the database: its files, or a whole dump, and every value of every table."""
    from django.db import connection

    found = []
    if connection.vendor == "postgresql":
        programs = postgres.programs()
        assert programs is not None
        dump = subprocess.run(
            [Path(programs) / "pg_dump", "--dbname", world.store.url], capture_output=True, check=True
        )
        found.append(dump.stdout)
    else:
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA wal_checkpoint(FULL)")
        found += [path.read_bytes() for path in sorted(world.store.home.glob("duecare.sqlite3*"))]
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f'SELECT * FROM "{table}"')
            for row in cursor.fetchall():
                found += [bytes(one) if isinstance(one, bytes | memoryview) else str(one).encode() for one in row]
    return b"\n".join(found)


def test_the_database_has_no_word_of_an_unopened_judgement(world, tmp_path, assured):
    from duecare.use_cases.audit.open_own_grades import open_grades

    for side in SIDES:
        draft(side, "OPEN", 0.1)
        for case in GIVEN[side]:
            submit(side, case, 0.5, grade="requires_improvement", narrative=f"{WORDS} {side}",
                   child_heard=Answer("no", "Unasked pomegranate"))  # fmt: skip
        submit(side, "OPEN", 0.6, reason="A pomegranate was overlooked", narrative=f"{WORDS} {side}")
    before = held_bytes(world)
    for words in (WORDS, "pomegranate", "requires_improvement", '"child_heard"'):
        assert words.encode() not in before, words
    assert b"few" in before
    assert b"Spring round" in before

    pem = (world.folder / "force.pem").read_bytes()
    open_grades(as_("audit-lead", NOW + timedelta(hours=1)), ROUND, pem, PASSPHRASE)
    after = held_bytes(world)

    assert f"{WORDS} force".encode() in after
    assert f"{WORDS} inspectorate".encode() not in after
    assert pem not in after
    assured("G19", method="the database searched for the words of unopened judgements: its files or its dump, and every"
            " value", n=len(before), figure="0 found", pass_mark="0")  # fmt: skip

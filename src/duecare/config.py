"""What a force sets from outside: where the store is, which policy is in force, who is asking."""

from __future__ import annotations

import getpass
import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import unquote, urlsplit

from duecare.server_log import LEVELS
from duecare.vocabulary.refusals import Refusal

SETTINGS: dict[str, str] = {
    "DUECARE_HOME": "The folder of the embedded store, its Parquet copy and its ledger key. Default: ./duecare-data",
    "DUECARE_DATABASE_URL": "postgresql://user:password@host:port/name of a PostgreSQL store. Default: none (SQLite).",
    "DUECARE_POLICY": "A force's own policy file. Default: the shipped policy/force.sample.toml",
    "DUECARE_SOURCES": "A folder with a force's own mappings, read before the shipped sources/. Default: none.",
    "DUECARE_USER": "The account commands act as. Default: the operating-system user.",
    "DUECARE_SECRET_KEY": "The key that signs sessions. Default: made once and kept in DUECARE_HOME.",
    "DUECARE_HOSTS": "Names under which the site is served, separated by commas. Default: localhost,127.0.0.1,[::1]",
    "DUECARE_LEDGER_KEY": "The file of the key that signs the ledger's anchors. Default: ledger-key.pem in DUECARE_HOME.",
    "DUECARE_LOG_LEVEL": "How much the server log says: debug, info, warning or error. Default: warning.",
    "DUECARE_RELOAD": "1 reads templates again whenever they change, for whoever changes them. Default: none.",
    "DUECARE_SHOW_SQL": "1 prints each SQL statement, without its values, to the server log. Default: none.",
    "DUECARE_BENCH_DATA": "A folder with public labelled data sets, for `make bench`. Default: none.",
}


@dataclass(frozen=True, slots=True)
class Config:
    """Where is everything, and who is asking?"""

    home: Path
    database_url: str
    policy: Path
    sources: tuple[Path, ...]
    user: str
    hosts: tuple[str, ...]
    secret_key: str
    ledger_key: Path
    log_level: str = "warning"
    shows_sql: bool = False
    reloads: bool = False

    @property
    def is_postgres(self) -> bool:
        """Is the store PostgreSQL rather than the embedded SQLite?"""
        return bool(self.database_url)


def shipped(folder: str) -> Path:
    """Where do the shipped `sources` or `policy` files lie: in the checkout, else in the installed package?"""
    for place in (Path(__file__).parents[2] / folder, Path(__file__).parent / "shipped" / folder):
        if place.is_dir():
            return place
    raise Refusal("CFG-001", where=f"shipped folder {folder}", found="nothing")


def read_config(environ: Mapping[str, str] | None = None) -> Config:
    """What do the settings of this process say?

    Raises:  CFG-001 when a setting names something that cannot be.
    """
    env = os.environ if environ is None else environ
    home = Path(env.get("DUECARE_HOME") or "duecare-data").expanduser().absolute()
    url = env.get("DUECARE_DATABASE_URL", "")
    if url and urlsplit(url).scheme not in {"postgresql", "postgres"}:
        raise Refusal("CFG-001", where="DUECARE_DATABASE_URL", found="an address that is not postgresql://")
    policy = Path(env["DUECARE_POLICY"]) if env.get("DUECARE_POLICY") else shipped("policy") / "force.sample.toml"
    if not policy.is_file():
        raise Refusal("CFG-002", where="DUECARE_POLICY", found="no such file")
    log_level = (env.get("DUECARE_LOG_LEVEL") or "warning").lower()
    if log_level not in LEVELS:
        raise Refusal("CFG-001", where="DUECARE_LOG_LEVEL", found=f"a level that is none of {', '.join(LEVELS)}")
    return Config(
        home=home,
        database_url=url,
        policy=policy,
        sources=source_folders(env),
        user=env.get("DUECARE_USER") or _system_user(),
        hosts=tuple((env.get("DUECARE_HOSTS") or "localhost,127.0.0.1,[::1],testserver").split(",")),
        secret_key=env.get("DUECARE_SECRET_KEY", ""),
        ledger_key=Path(env.get("DUECARE_LEDGER_KEY") or home / "ledger-key.pem"),
        log_level=log_level,
        shows_sql=env.get("DUECARE_SHOW_SQL", "") not in {"", "0"},
        reloads=env.get("DUECARE_RELOAD", "") not in {"", "0"},
    )


def source_folders(environ: Mapping[str, str] | None = None) -> tuple[Path, ...]:
    """In which folders do the descriptions of sources lie? A force's own comes before the shipped."""
    env = os.environ if environ is None else environ
    own = (Path(env["DUECARE_SOURCES"]),) if env.get("DUECARE_SOURCES") else ()
    return (*own, shipped("sources"))


def database_parts(url: str) -> dict[str, str]:
    """What are the parts of a postgresql:// address, as Django names them?"""
    parts = urlsplit(url)
    return {
        "NAME": parts.path.lstrip("/"),
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": parts.hostname or "",
        "PORT": str(parts.port or ""),
    }


def _system_user() -> str:
    try:
        return getpass.getuser()
    except (KeyError, OSError):
        return "unknown"

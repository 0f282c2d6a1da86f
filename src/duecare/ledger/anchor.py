"""Signed checkpoints of the ledger, to be held by someone else, and the key that signs them."""

from __future__ import annotations

import json
import os
import re
import tempfile
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Final

import rfc8785
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

from duecare.ledger.entry import LARGEST_NUMBER
from duecare.vocabulary.moments import instant, iso
from duecare.vocabulary.refusals import Refusal

WHAT: Final = "duecare ledger anchor 1"
_OPEN_TO_OTHERS: Final = 0o077
_HEX = re.compile(r"[0-9a-f]+")


@dataclass(frozen=True, slots=True)
class Anchor:
    """How many entries had the ledger, with which root, at what time, and who says so?

    Units:   UTC, whole seconds; `signature` is Ed25519 over the canonical JSON of the rest.
    """

    size: int
    root: bytes
    at: datetime
    signature: bytes


def sign(size: int, root: bytes, at: datetime, key: Ed25519PrivateKey) -> Anchor:
    """The anchor that says, signed: at this time the ledger had this size and this root."""
    at = instant(at)
    return Anchor(size, root, at, key.sign(_signed(size, root, at)))


def is_signed_by(anchor: Anchor, key: Ed25519PublicKey) -> bool:
    """Was this anchor signed by the owner of this key?"""
    try:
        key.verify(anchor.signature, _signed(anchor.size, anchor.root, anchor.at))
    except InvalidSignature:
        return False
    return True


def to_text(anchor: Anchor) -> str:
    """How is an anchor written in a file? One JSON object on one line."""
    shown = {
        "what": WHAT,
        "size": anchor.size,
        "root": anchor.root.hex(),
        "at": iso(anchor.at),
        "signature": anchor.signature.hex(),
    }
    return json.dumps(shown) + "\n"


def from_text(text: str) -> Anchor:
    """Which anchor does this file hold? Its signature is not yet looked at.

    Raises:  LED-005 if it is no anchor.
    """
    try:
        read = json.loads(text)
    except (ValueError, RecursionError) as wrong:
        raise Refusal("LED-005", found="no JSON") from wrong
    if not isinstance(read, dict) or read.get("what") != WHAT:
        raise Refusal("LED-005", found=f"no JSON object whose `what` is {WHAT!r}")
    size, at = read.get("size"), read.get("at")
    if not isinstance(size, int) or isinstance(size, bool) or not 0 <= size <= LARGEST_NUMBER:
        raise Refusal("LED-005", found="`size` is no number of entries")
    try:
        moment = instant(datetime.fromisoformat(str(at)))
    except (ValueError, OverflowError) as wrong:
        raise Refusal("LED-005", found="`at` is no time with an offset") from wrong
    return Anchor(size, _bytes(read, "root", 32), moment, _bytes(read, "signature", 64))


def make_key(path: Path) -> Ed25519PrivateKey:
    """A new signing key, kept in a new file that its owner alone can read.

    Raises:  LED-006 if the file is already there or cannot be made; an existing key is never overwritten.
    """
    key = Ed25519PrivateKey.generate()
    pem = key.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        # Written whole beside it, then linked: nobody ever reads half a key, and of two first starts one wins.
        handle, beside = tempfile.mkstemp(dir=path.parent, prefix=".key-")
        try:
            with os.fdopen(handle, "wb") as file:
                file.write(pem)
                file.flush()
                os.fsync(file.fileno())
            os.link(beside, path)
        finally:
            Path(beside).unlink()
    except OSError as wrong:
        raise Refusal("LED-006", where=str(path), found=wrong.strerror or "it cannot be made") from wrong
    return key


def read_key(path: Path) -> Ed25519PrivateKey:
    """The signing key kept in this file.

    Raises:  LED-006 if it is missing, open to others, or no Ed25519 key.
    """
    try:
        with path.open("rb") as file:
            if os.fstat(file.fileno()).st_mode & _OPEN_TO_OTHERS:
                raise Refusal("LED-006", where=str(path), found="a file that others than its owner can open")
            key = serialization.load_pem_private_key(file.read(), password=None)
    except OSError as wrong:
        raise Refusal("LED-006", where=str(path), found=wrong.strerror or "it cannot be read") from wrong
    except (ValueError, TypeError) as wrong:
        raise Refusal("LED-006", where=str(path), found="no private key in PEM form") from wrong
    if not isinstance(key, Ed25519PrivateKey):
        raise Refusal("LED-006", where=str(path), found="a key of another kind than Ed25519")
    return key


def read_or_make_key(path: Path) -> Ed25519PrivateKey:
    """The key kept in this file, made now if there is none yet.

    Raises:  LED-006 as `read_key`.
    """
    if not path.exists():
        try:
            return make_key(path)
        except Refusal:
            if not path.exists():
                raise
    return read_key(path)


def public_text(key: Ed25519PublicKey) -> str:
    """How is the public half handed to those who verify? As PEM."""
    return key.public_bytes(serialization.Encoding.PEM, serialization.PublicFormat.SubjectPublicKeyInfo).decode("ascii")


def read_public(text: str) -> Ed25519PublicKey:
    """Which public key is this PEM text?

    Raises:  LED-006 if it is no Ed25519 public key.
    """
    try:
        key = serialization.load_pem_public_key(text.encode("utf-8"))
    except ValueError as wrong:
        raise Refusal("LED-006", found="no public key in PEM form") from wrong
    if not isinstance(key, Ed25519PublicKey):
        raise Refusal("LED-006", found="a key of another kind than Ed25519")
    return key


def _signed(size: int, root: bytes, at: datetime) -> bytes:
    return rfc8785.dumps({"what": WHAT, "size": size, "root": root.hex(), "at": iso(at)})


def _bytes(read: dict[str, object], name: str, length: int) -> bytes:
    text = read.get(name)
    if not isinstance(text, str) or len(text) != 2 * length or not _HEX.fullmatch(text):
        raise Refusal("LED-005", found=f"`{name}` is not {length} bytes in hex")
    return bytes.fromhex(text)

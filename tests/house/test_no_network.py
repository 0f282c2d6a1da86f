"""The tests reach nothing past this machine: shown by trying."""

import socket

import pytest


def test_a_connection_to_another_machine_is_refused():
    with socket.socket() as probe, pytest.raises(PermissionError, match="reach the network"):
        probe.connect(("192.0.2.1", 80))


def test_another_machine_cannot_even_be_looked_up():
    with pytest.raises(PermissionError, match="reach the network"):
        socket.getaddrinfo("elsewhere.example", 80)


def test_this_machine_can_be_reached():
    with socket.socket() as door:
        door.bind(("127.0.0.1", 0))
        door.listen()

        with socket.create_connection(door.getsockname(), timeout=5) as caller:
            assert caller.getpeername() == door.getsockname()

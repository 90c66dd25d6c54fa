"""The JupyterLab that `./recupero notebooks` starts: alone on this machine, behind a token, safe to repeat."""

from __future__ import annotations

import json
import re
import socket
import urllib.error
import urllib.request
from pathlib import Path
from typing import Any, Iterator

import pytest
from conftest import NAMES, NOTEBOOKS, WORK
from sample_lake import recupero

HOME = WORK / "home"


class Server:
    def __init__(self, lake: Path) -> None:
        with socket.socket() as taken:
            taken.bind(("127.0.0.1", 0))
            self.port = int(taken.getsockname()[1])
        self._options = ["--home", str(HOME), "--lake", str(lake), "--port", str(self.port)]
        self.token = ""

    def up(self, *more: str) -> str:
        done = recupero("notebooks", *self._options, *more)
        told = re.search(r"lab\?token=(\w+)", done.stdout)
        self.token = told.group(1) if told else self.token
        return done.stdout + done.stderr

    def ask(self, path: str, method: str = "GET", body: Any = None, token: str | None = None) -> Any:
        request = urllib.request.Request(
            f"http://127.0.0.1:{self.port}/{path}",
            method=method,
            data=None if body is None else json.dumps(body).encode(),
            headers={"Authorization": f"token {self.token if token is None else token}", "Content-Type": "application/json"},
        )
        with urllib.request.urlopen(request, timeout=20) as answer:
            said = answer.read()
            return json.loads(said) if said else None


@pytest.fixture(scope="module")
def server(lake: Path) -> Iterator[Server]:
    HOME.mkdir(parents=True, exist_ok=True)
    recupero("notebooks", "down", "--home", str(HOME))  # of tests that were broken off
    it = Server(lake)
    try:
        it.said = it.up()
        yield it
    finally:
        recupero("notebooks", "down", "--home", str(HOME))


def test_it_shows_the_notebooks_to_whoever_has_the_token(server: Server) -> None:
    assert len(server.token) >= 32
    names = {entry["name"] for entry in server.ask("api/contents")["content"]}
    assert {f"{name}.ipynb" for name in NAMES} <= names
    with pytest.raises(urllib.error.HTTPError, match="403"):
        server.ask("api/contents", token="wrong")


def test_it_listens_on_this_machine_alone(server: Server) -> None:
    listening = []
    for name in ("tcp", "tcp6"):
        for line in Path(f"/proc/net/{name}").read_text().splitlines()[1:]:
            address, state = line.split()[1], line.split()[3]
            if state == "0A" and int(address.split(":")[1], 16) == server.port:
                listening.append(address.split(":")[0])
    assert listening == ["0100007F"]


def test_the_token_is_told_once_and_up_again_changes_nothing(server: Server) -> None:
    before = (HOME / "server.pid").read_text()
    again = server.up()
    assert "were up already" in again and "token=" not in again
    assert (HOME / "server.pid").read_text() == before
    for path in HOME.glob("*"):
        if path.is_file():
            assert server.token.encode() not in path.read_bytes(), path


def test_what_is_saved_has_no_outputs(server: Server) -> None:
    """A notebook with outputs, saved as the browser saves it."""
    output = {"output_type": "stream", "name": "stdout", "text": "debtor 1"}
    cell = {"cell_type": "code", "id": "a", "metadata": {}, "source": "1", "execution_count": 7, "outputs": [output]}
    content = {"nbformat": 4, "nbformat_minor": 5, "metadata": {}, "cells": [cell]}
    saved = NOTEBOOKS / "saved-by-a-test.ipynb"
    try:
        server.ask(f"api/contents/{saved.name}", "PUT", {"type": "notebook", "format": "json", "content": content})
        kept = json.loads(saved.read_text(encoding="utf-8"))["cells"][0]
        assert kept["source"] in ("1", ["1"])
        assert kept["outputs"] == [] and kept["execution_count"] is None
    finally:
        saved.unlink(missing_ok=True)


def test_a_lost_token_is_made_anew_and_the_old_one_is_void(server: Server) -> None:
    old = server.token
    server.up("--new-token")
    assert server.token != old
    server.ask("api/contents")
    with pytest.raises(urllib.error.HTTPError, match="403"):
        server.ask("api/contents", token=old)
    state = recupero("notebooks", "status", "--home", str(HOME)).stdout
    assert "up" in state and str(server.port) in state

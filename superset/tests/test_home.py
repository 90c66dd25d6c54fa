"""What `dashboards up` makes and keeps: secrets, one address, one server; safe to repeat."""

from __future__ import annotations

import os
import re
import resource
import signal
import socket
import stat
import subprocess
import time
from pathlib import Path
from typing import Any

import pytest
from conftest import ROOT, free_port, recupero

REQUIREMENTS = ROOT / "superset" / "requirements.txt"
CONSTRAINTS = ROOT / "superset" / "constraints.txt"


def mode(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


def pins(path: Path) -> dict[str, str]:
    lines = [line.split("#")[0].strip() for line in path.read_text(encoding="utf-8").splitlines()]
    found = dict(line.split("==") for line in lines if line)
    return {name.lower().replace("_", "-"): version for name, version in found.items()}


def test_everything_is_pinned_and_what_is_wanted_is_in_the_list() -> None:
    all_of_them = pins(CONSTRAINTS)
    for name, version in pins(REQUIREMENTS).items():
        assert all_of_them[name] == version
    assert len(all_of_them) > 100


def test_what_is_installed_fits_together(dashboards: Any) -> None:
    python = dashboards.home / "venv" / "bin" / "python"
    checked = subprocess.run([python, "-m", "pip", "check"], capture_output=True, text=True, check=False)
    # What the packages say of each other, held against what was tried: superset/README.md.
    assert checked.returncode == 0, checked.stdout


def test_passwords_are_told_once_and_kept_nowhere(dashboards: Any) -> None:
    users = {"admin", "scientist", "ana", "berta", "carlos", "nadie"}
    told = set(re.findall(r"^(\w+)\t\S{15,}$", dashboards.first_words, re.MULTILINE))
    assert told == users
    assert len(set(dashboards.passwords.values())) == len(users)
    for path in dashboards.home.glob("*"):
        if path.is_file():
            content = path.read_bytes()
            assert not any(password.encode() in content for password in dashboards.passwords.values()), path


def test_only_the_owner_reads_the_home(dashboards: Any) -> None:
    assert mode(dashboards.home) == 0o700
    for name in ("secrets.json", "superset.db"):
        assert mode(dashboards.home / name) == 0o600, name
    assert not any(mode(path) & 0o077 for path in (dashboards.home / "cache").rglob("*") if path.is_file())


def test_no_secret_is_in_the_repository(dashboards: Any) -> None:
    import json

    keys = [value for value in json.loads((dashboards.home / "secrets.json").read_text()).values() if isinstance(value, str)]
    assert keys
    files = subprocess.run(["git", "ls-files"], cwd=ROOT, capture_output=True, text=True, check=False).stdout.split()
    for name in files:
        content = (ROOT / name).read_bytes() if (ROOT / name).is_file() else b""
        assert not any(key.encode() in content for key in keys), name


def test_it_listens_on_this_machine_alone(dashboards: Any) -> None:
    listening = []
    for name in ("tcp", "tcp6"):
        for line in Path(f"/proc/net/{name}").read_text().splitlines()[1:]:
            address, state = line.split()[1], line.split()[3]
            host, port = address.split(":")
            if state == "0A" and int(port, 16) == dashboards.port:
                listening.append(host)
    assert listening == ["0100007F"]  # 127.0.0.1


def test_up_again_changes_nothing_and_is_quick(dashboards: Any) -> None:
    before = (dashboards.home / "server.pid").read_text(), (dashboards.home / "secrets.json").read_bytes()
    start = resource.getrusage(resource.RUSAGE_CHILDREN)
    said = dashboards.up()
    end = resource.getrusage(resource.RUSAGE_CHILDREN)
    # Of the processor, since a machine that does other things beside tests is slow by the clock.
    assert end.ru_utime + end.ru_stime - start.ru_utime - start.ru_stime < 15
    assert "were up already" in said
    assert "\t" not in said
    assert before == ((dashboards.home / "server.pid").read_text(), (dashboards.home / "secrets.json").read_bytes())


def test_a_lost_password_is_made_anew_and_the_old_one_is_void(dashboards: Any) -> None:
    old = dashboards.passwords["berta"]
    dashboards.up("--new-password", "berta")
    assert dashboards.passwords["berta"] != old
    dashboards.person("berta")
    new, dashboards.passwords["berta"] = dashboards.passwords["berta"], old
    with pytest.raises(AssertionError, match="Cannot log in"):
        dashboards.person("berta")
    dashboards.passwords["berta"] = new


def test_a_dead_server_is_told_and_started_again(dashboards: Any) -> None:
    pid = int((dashboards.home / "server.pid").read_text())
    os.kill(pid, signal.SIGKILL)
    wait_free(dashboards.port)
    said = recupero("dashboards", "status", "--home", str(dashboards.home), fails=True)
    assert "down" in said.stdout and "ended without being stopped" in said.stderr
    dashboards.up()
    assert "up" in recupero("dashboards", "status", "--home", str(dashboards.home)).stdout
    assert int((dashboards.home / "server.pid").read_text()) != pid


def test_a_port_in_use_is_refused_with_its_remedy_and_the_running_one_stays(dashboards: Any) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = str(taken.getsockname()[1])
        said = recupero(
            "dashboards", "up", "--home", str(dashboards.home), "--lake", str(dashboards.lake), "--port", port, fails=True
        )
    assert f"Cannot listen on 127.0.0.1:{port}" in said.stderr and "--port" in said.stderr
    dashboards.person("admin")


def test_a_lake_without_a_release_is_refused(dashboards: Any, tmp_path: Path) -> None:
    home = tmp_path / "home"
    said = recupero("dashboards", "up", "--home", str(home), "--lake", str(tmp_path), "--port", str(free_port()), fails=True)
    assert "no run has ended well there yet" in said.stderr
    assert not home.exists()


def test_all_that_is_wrong_with_the_access_file_is_told_at_once(dashboards: Any, tmp_path: Path) -> None:
    wrong = tmp_path / "access.yaml"
    wrong.write_text(
        "users:\n"
        "  - {user: a, role: anlyst, portfolios: [P1]}\n"
        "  - {user: b, role: analyst}\n"
        "  - {user: c, role: data_scientist, portfolio: [P1]}\n"
        "  - {user: recupero, role: analyst, portfolios: all}\n"
    )
    said = recupero(
        "dashboards", "up", "--home", str(dashboards.home), "--lake", str(dashboards.lake),
        "--port", str(dashboards.port), "--access", str(wrong), fails=True,
    ).stderr  # fmt: skip
    for line, words in ((2, "Did you mean analyst?"), (3, "no portfolios"), (4, "Did you mean portfolios?"), (5, "the owner's")):
        assert re.search(rf"access\.yaml:{line}: .*{re.escape(words)}", said), (line, said)
    dashboards.up()


def test_a_user_taken_out_is_shut_out_and_comes_back_with_the_same_password(dashboards: Any, tmp_path: Path) -> None:
    access = dashboards.home.parent / "access.yaml"
    whole = access.read_text()
    try:
        access.write_text("\n".join(line for line in whole.splitlines() if "carlos" not in line))
        dashboards.up()
        with pytest.raises(AssertionError, match="Cannot log in"):
            dashboards.person("carlos")
    finally:
        access.write_text(whole)
        dashboards.up()
    dashboards.person("carlos")


def wait_free(port: int) -> None:
    for _ in range(100):
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) != 0:
                return
        time.sleep(0.1)
    raise AssertionError(f"port {port} is still in use")

"""A new release appears by itself, and nothing ever shows some of one and some of another."""

from __future__ import annotations

import itertools
import os
import shutil
import threading
import time
from pathlib import Path
from typing import Any

import pytest
from conftest import recupero

LATEST = {"expressionType": "SIMPLE", "column": {"column_name": "as_of"}, "aggregate": "MAX", "label": "latest"}
#: The same question twice, as charts of two queries ask.
TWICE = [{"columns": [], "metrics": [LATEST], "row_limit": limit} for limit in (10, 20)]


def latest(person: Any, dataset: int, force: bool) -> list[Any]:
    answer = person.data(dataset, queries=TWICE, force=force)
    assert answer.status_code == 200, answer.text[:500]
    return [result["data"][0]["latest"] for result in answer.json()["result"]]


@pytest.fixture(scope="module")
def two(dashboards: Any, tmp_path_factory: Any) -> Any:
    """Publishes a second release; gives the files of the first and of the second, and what each shows."""
    folder = tmp_path_factory.mktemp("releases")
    serving = dashboards.lake / "serving" / "recupero.duckdb"
    admin = dashboards.person("admin")
    dataset = admin.datasets()["balance_es"]
    first = latest(admin, dataset, force=False)[0]
    shutil.copy(serving, folder / "first")
    recupero(
        "run", "--input", "data-samples/raw", "--config", "data-samples/recupero.yaml", "--lake", str(dashboards.lake),
        "--as-of", "2026-04-30", "--arrived-at", "2026-04-30T22:00:00-03:00", "--quiet",
    )  # fmt: skip
    shutil.copy(serving, folder / "second")
    yield admin, dataset, folder, serving, first
    put(folder / "second", serving)


def put(release: Path, serving: Path) -> None:
    """Puts a file in the place of the one in use, as a run does."""
    draft = serving.with_suffix(".draft")
    shutil.copy(release, draft)
    os.replace(draft, serving)


def test_a_new_release_appears_without_anything_being_started_or_cleared(two: Any) -> None:
    admin, dataset, _, _, first = two
    # What was asked before is in the cache, of the first release.
    for force in (False, True):
        assert latest(admin, dataset, force)[0] != first


def test_no_chart_mixes_two_releases(dashboards: Any, two: Any) -> None:
    admin, dataset, folder, serving, first = two
    put(folder / "second", serving)
    second = latest(admin, dataset, force=True)[0]
    over = threading.Event()

    def publish() -> None:
        for name in itertools.cycle(("first", "second")):
            if over.is_set():
                return
            put(folder / name, serving)
            time.sleep(0.02)

    people = [dashboards.person(name) for name in ("admin", "carlos")]
    seen: list[list[Any]] = []
    publisher = threading.Thread(target=publish)
    publisher.start()
    try:
        readers = [
            threading.Thread(target=lambda person=person, force=force: seen.extend(
                latest(person, dataset, force) for _ in range(25)
            ))
            for person in people for force in (False, True)
        ]  # fmt: skip
        for reader in readers:
            reader.start()
        for reader in readers:
            reader.join()
    finally:
        over.set()
        publisher.join()
    assert len(seen) == 100
    assert all(one == other for one, other in seen), [pair for pair in seen if pair[0] != pair[1]]
    assert {one for one, _ in seen} == {first, second}, "both releases were to be seen"


def test_going_back_shows_the_earlier_release_again(two: Any) -> None:
    admin, dataset, folder, serving, first = two
    put(folder / "first", serving)
    assert latest(admin, dataset, force=False)[0] == first


def test_a_file_that_is_gone_is_said_and_found_again(two: Any) -> None:
    admin, dataset, folder, serving, _ = two
    serving.unlink()
    answer = admin.data(dataset, queries=TWICE)
    assert answer.status_code >= 400
    assert "Cannot read the figures" in answer.text and "recupero run" in answer.text
    put(folder / "second", serving)
    latest(admin, dataset, force=True)

"""Dashboards go into a Superset that is there already, and out of it, and are the same."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path
from typing import Any

import pytest
import yaml
from conftest import recupero


def exported(person: Any) -> dict[str, Any]:
    answer = person.ask("GET", "/api/v1/assets/export/")
    assert answer.status_code == 200, answer.text[:300]
    bundle = zipfile.ZipFile(io.BytesIO(answer.content))
    files = {name.split("/", 1)[1]: bundle.read(name) for name in bundle.namelist()}
    return {name: yaml.safe_load(content) for name, content in files.items() if name != "metadata.yaml"}


def by_uuid(assets: dict[str, Any]) -> dict[tuple[str, str], Any]:
    return {(name.split("/")[0], content["uuid"]): content for name, content in assets.items()}


def test_out_and_in_and_out_again_is_the_same(dashboards: Any, tmp_path: Path) -> None:
    admin = dashboards.person("admin")
    before = exported(admin)
    assert len([name for name in before if name.startswith("dashboards/")]) >= 2
    for name, content in before.items():
        path = tmp_path / "assets" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(yaml.safe_dump(content, allow_unicode=True), encoding="utf-8")
    metadata = "version: 1.0.0\ntype: assets\ntimestamp: '2026-01-01T00:00:00+00:00'\n"
    (tmp_path / "assets" / "metadata.yaml").write_text(metadata)
    bring(dashboards, "--assets", str(tmp_path / "assets"))
    assert exported(admin) == before


def test_bringing_in_again_renews_and_duplicates_nothing(dashboards: Any) -> None:
    admin = dashboards.person("admin")
    before = by_uuid(exported(admin))
    chart = admin.charts()[0]
    changed = admin.ask("PUT", f"/api/v1/chart/{chart['id']}", json={"slice_name": "changed by hand"})
    assert changed.status_code == 200, changed.text[:300]
    assert by_uuid(exported(admin)) != before

    bring(dashboards)

    after = by_uuid(exported(admin))
    assert after.keys() == before.keys()
    assert [content["slice_name"] for (kind, _), content in after.items() if kind == "charts"] == [
        content["slice_name"] for (kind, _), content in before.items() if kind == "charts"
    ]


def test_bringing_in_leaves_roles_as_they_are(dashboards: Any) -> None:
    ana, admin = dashboards.person("ana"), dashboards.person("admin")
    rows = ana.rows(admin.datasets()["balance_es"], columns=["portfolio_id"], metrics=[])
    assert {row["portfolio_id"] for row in rows} == {"P1"}


@pytest.mark.parametrize(
    "user, password, url, said",
    [
        ("admin", "wrong", None, "Correct --user or the password"),
        ("ana", None, None, "may not import there"),
        ("admin", "x", "http://127.0.0.1:9", "Is it running"),
        ("admin", "x", "superset", "Give --url as https://"),
        ("admin", "", None, "RECUPERO_SUPERSET_PASSWORD"),
    ],
)
def test_what_is_wrong_is_said_with_its_remedy(
    dashboards: Any, user: str, password: str | None, url: str | None, said: str
) -> None:
    word = dashboards.passwords[user] if password is None else password
    done = recupero(
        "dashboards", "import", "--url", url or dashboards.url, "--user", user, "--lake", str(dashboards.lake),
        fails=True, RECUPERO_SUPERSET_PASSWORD=word,
    )  # fmt: skip
    assert said in done.stderr
    assert "\tat " not in done.stderr


def bring(dashboards: Any, *more: str) -> None:
    recupero(
        "dashboards", "import", "--url", dashboards.url, "--user", "admin", "--lake", str(dashboards.lake), *more,
        RECUPERO_SUPERSET_PASSWORD=dashboards.passwords["admin"],
    )  # fmt: skip

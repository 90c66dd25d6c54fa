"""Who may read what is written: its owner, or the group too where that is set."""

import os
import stat
import subprocess

import pytest
from sample_lake import ROOT, recupero

SETTINGS = "timezone: America/Santiago\n"


@pytest.fixture
def java(tmp_path):
    """A java that tells the mask it was started with."""
    script = tmp_path / "java"
    script.write_text('#!/bin/sh\n[ "$1" = -version ] && { echo \'openjdk version "17"\' >&2; exit; }\necho "$(umask) $RECUPERO_UMASK"\n')
    script.chmod(0o755)
    return {**os.environ, "RECUPERO_JAVA": str(script), "RECUPERO_FILES": "", "RECUPERO_CONFIG": ""}


@pytest.mark.parametrize(
    "settings, variable, mask",
    [("", "", "0077 077"), ("files: group\n", "", "0027 027"), ("files: 'group'  # the auditors\n", "", "0027 027"),
     ("files: owner\n", "group", "0027 027"), ("files: group\n", "owner", "0077 077"), ("# files: group\n", "", "0077 077")],
)  # fmt: skip
def test_the_setting_decides_who_reads(java, tmp_path, settings, variable, mask):
    config = tmp_path / "recupero.yaml"
    config.write_text(SETTINGS + settings)
    for said in (["--config", str(config)], [f"--config={config}"]):
        done = subprocess.run(
            [ROOT / "recupero", "kpi", *said], env={**java, "RECUPERO_FILES": variable}, capture_output=True, text=True, check=True
        )
        assert done.stdout.split("\n")[-2] == mask, done.stdout


def test_a_lake_and_a_report_are_for_their_owner(tmp_path):
    raw = tmp_path / "raw"
    raw.mkdir()
    (raw / "customers.csv").write_text("customer_id,name,person_type\nC1,Eva Rojas,consumer\nC2,Acme SpA,business\n")
    (raw / "invoices.csv").write_text(
        "invoice_id,customer_id,issue_date,due_date,amount,currency\n"
        "I1,C1,2026-01-05,2026-02-05,100,CLP\nI2,C2,2026-01-05,2026-02-05,200,CLP\n"
    )
    config = tmp_path / "recupero.yaml"
    config.write_text(SETTINGS)
    lake, reports = tmp_path / "lake", tmp_path / "reports"
    common = ["--config", str(config), "--lake", str(lake), "--quiet"]
    recupero("run", "--input", str(raw), "--as-of", "2026-03-31", *common)
    recupero("report", "--out", str(reports), "--lang", "en", *common)
    written = [lake, reports, *lake.rglob("*"), *reports.rglob("*")]
    assert {path.suffix for path in written} >= {".parquet", ".json", ".crc", ".duckdb", ".xlsx", ".html"}
    open_to_others = {str(path.relative_to(tmp_path)): oct(path.stat().st_mode) for path in written if stat.S_IMODE(path.stat().st_mode) & 0o077}
    assert open_to_others == {}
    page = next(reports.glob("*.html")).read_text(encoding="utf-8")
    assert "Acme SpA" in page and "Eva" not in page

"""What deploy/ hands to schedulers is what these schedulers take, and passes on how a run went."""

import os
import re
import shutil
import subprocess
from pathlib import Path

import kubernetes_validate
import pytest
import yaml
from prometheus_client.openmetrics.parser import text_string_to_metric_families as open_metrics
from prometheus_client.parser import text_string_to_metric_families as node_exporter

HOME = Path(__file__).parents[4]
DEPLOY = HOME / "deploy"
METRICS = HOME / "jobs/src/test/resources/watch/metrics.prom"

KUBERNETES = "1.34"


def documents(name):
    return list(yaml.safe_load_all((DEPLOY / "kubernetes" / name).read_text(encoding="utf-8")))


@pytest.fixture
def command(tmp_path):
    """A command that notes how it was called, and ends as it is told."""
    script = tmp_path / "recupero"
    script.write_text('#!/bin/sh\necho "$@" >> "$CALLS"\necho words >&2\nexit "$CODE"\n')
    script.chmod(0o755)
    return {
        **os.environ,
        "RECUPERO": str(script),
        "CALLS": str(tmp_path / "calls"),
        "RECUPERO_LOG_DIR": str(tmp_path / "logs"),
        "RECUPERO_TIMEZONE": "America/Santiago",
    }


def start(script, environment, *arguments, code=0):
    return subprocess.run(
        [str(DEPLOY / script), *arguments],
        env={**environment, "CODE": str(code)},
        capture_output=True,
        text=True,
    )


def test_the_night_is_a_run_and_then_a_report(command, tmp_path):
    command["RECUPERO_REPORTS"] = "out"
    command["RECUPERO_METRICS"] = "m.prom"
    assert start("nightly", command, "2026-03-31").returncode == 0
    assert (tmp_path / "calls").read_text().splitlines() == [
        "run --as-of 2026-03-31 --metrics m.prom --log-format text",
        "report --as-of 2026-03-31 --lang es --out out",
    ]


@pytest.mark.parametrize("code", [1, 2, 3, 4])
def test_a_run_that_did_not_end_well_has_no_report_and_its_code_is_passed_on(command, tmp_path, code):
    command["RECUPERO_REPORTS"] = "out"
    assert start("nightly", command, "2026-03-31", code=code).returncode == code
    assert len((tmp_path / "calls").read_text().splitlines()) == 1


def test_cron_mails_only_what_did_not_end_well(command, tmp_path):
    good = start("cron/nightly", command)
    assert (good.returncode, good.stdout, good.stderr) == (0, "", "")
    bad = start("cron/nightly", command, code=3)
    assert bad.returncode == 3
    assert "ended with 3" in bad.stderr and "words" in bad.stderr
    (log,) = (tmp_path / "logs").glob("nightly-*.log")
    assert "ended with 0" in log.read_text() and "ended with 3" in log.read_text()


def test_the_line_of_cron_is_one_and_starts_the_wrapper():
    lines = (DEPLOY / "cron/recupero.cron").read_text().splitlines()
    (line,) = [it for it in lines if it and not re.match(r"#|\w+=", it)]
    assert re.fullmatch(
        r"[\d*/,-]+( [\d*/,-]+){4}\s+recupero\s+/opt/recupero/deploy/cron/nightly", line
    )
    assert "%" not in line, "cron takes a percent sign for the end of the command"


@pytest.mark.skipif(not shutil.which("systemd-analyze"), reason="no systemd here")
def test_systemd_takes_service_and_timer(tmp_path):
    for unit in (DEPLOY / "systemd").glob("recupero.*"):
        text = unit.read_text().replace("/opt/recupero", str(HOME))
        (tmp_path / unit.name).write_text(text)
    told = subprocess.run(
        ["systemd-analyze", "verify", "--recursive-errors=no", *map(str, tmp_path.iterdir())],
        capture_output=True,
        text=True,
    )
    assert (told.returncode, told.stderr.strip()) == (0, "")


def test_kubernetes_takes_the_cron_job_and_what_executors_need():
    for name in ("cronjob.yaml", "executors.yaml"):
        for document in documents(name):
            kubernetes_validate.validate(document, KUBERNETES, strict=True)


def test_the_cron_job_runs_one_at_a_time_and_does_not_repeat_what_cannot_help():
    (job,) = documents("cronjob.yaml")
    assert job["spec"]["concurrencyPolicy"] == "Forbid"
    of_job = job["spec"]["jobTemplate"]["spec"]
    assert of_job["podFailurePolicy"]["rules"][0]["onExitCodes"]["values"] == [2, 3, 4]
    container = of_job["template"]["spec"]["containers"][0]
    (patch,) = documents("executors.patch.yaml")
    patched = patch["spec"]["jobTemplate"]["spec"]["template"]["spec"]["containers"][0]
    container["env"] += patched["env"]
    kubernetes_validate.validate(job, KUBERNETES, strict=True)


def test_the_dag_is_python_and_starts_the_command():
    text = (DEPLOY / "airflow/recupero_nightly.py").read_text(encoding="utf-8")
    compile(text, "recupero_nightly.py", "exec")
    assert 'recupero("run", "--as-of"' in text and 'recupero("report", "--as-of"' in text


@pytest.mark.parametrize("parse", [open_metrics, node_exporter])
def test_the_metrics_of_a_run_are_read_by_prometheus(parse):
    families = {it.name: it for it in parse(METRICS.read_text(encoding="utf-8"))}
    assert {it.type for it in families.values()} == {"gauge"}
    (success,) = families["recupero_run_success"].samples
    assert success.value == 1
    kpis = {(s.labels["kpi"], s.labels["currency"]): s.value for s in families["recupero_kpi"].samples}
    assert kpis == {("delinquency_index", "CLP"): 38.402175, ("csat", ""): 71}
    alerts = {s.labels["severity"]: s.value for s in families["recupero_alerts_firing"].samples}
    assert alerts == {"info": 0, "warning": 0, "critical": 1}

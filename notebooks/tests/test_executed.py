"""Notebooks that have run: what they show is what the program says."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pandas as pd
import pytest
from conftest import NAMES
from sample_lake import recupero, rows


@pytest.mark.parametrize("name", NAMES)
def test_it_runs_without_errors_or_warnings_and_draws(executed: dict[str, Any], name: str) -> None:
    outputs = executed[name].outputs
    assert [output for output in outputs if output.output_type == "error"] == []
    assert [output.text for output in outputs if output.output_type == "stream"] == []
    assert len(executed[name].of("image/svg+xml")) >= 3
    assert "nan" not in executed[name].sentences.lower().replace("finance", "")


def test_01_shows_the_figures_of_the_command(executed: dict[str, Any], lake: Path) -> None:
    shown = executed["01_how_debtors_pay"]
    where = f"currency = '{shown.values['currency']}'"
    paid_by = [f"days_to_recover_paid_by_{day}" for day in (30, 60, 90)]
    limits = ["days_to_recover_median_low", "days_to_recover_median_high"]
    ids = [*shown.values["headline"], *paid_by, *limits]
    said = {row["kpi"]: float(row["value"]) for row in rows("kpi", *ids, "--lake", str(lake), "--where", where)}
    assert shown.values["headline"] == pytest.approx({kpi: said[kpi] for kpi in shown.values["headline"]})
    assert list(shown.values["curve"].values()) == pytest.approx([said[kpi] for kpi in paid_by])
    assert shown.values["limits"] == [said[kpi] for kpi in limits]
    # And the sentence says it.
    assert f"**{said['delinquency_index']:.1f} %** of the open balance is overdue" in shown.sentences


def test_01_buckets_and_debtors_add_up_to_what_is_overdue(executed: dict[str, Any], lake: Path) -> None:
    shown = executed["01_how_debtors_pay"].values
    currency = shown["currency"]
    query = (
        "SELECT CAST(SUM(overdue_amount) AS STRING) AS overdue FROM gold.balance_daily"
        f" WHERE currency = '{currency}' AND day <= DATE'2026-03-31'"
    )
    [total] = rows("sql", query, "--lake", str(lake))
    assert sum(shown["buckets"].values()) == pytest.approx(float(total["overdue"]))
    # Debtors are in their main currency, so they owe at most what is owed in it.
    assert 0 < shown["owed"] <= float(total["overdue"])


def test_02_compares_as_the_command_does(executed: dict[str, Any], lake: Path, tmp_path: Path) -> None:
    shown = executed["02_tuning_segments"].values
    proposal = tmp_path / "proposed.yaml"
    proposal.write_text(shown["proposal"], encoding="utf-8")
    out = tmp_path / "out"
    recupero(
        "segments", "compare", "schemas/rules/segments.yaml", str(proposal), "--lake", str(lake), "--out", str(out), "--quiet",
        "--table", "sizes",
    )  # fmt: skip
    sizes = pd.read_csv(out / "sizes.csv").set_index("segment")
    assert shown["sizes"] == {name: [row.customers_a, row.customers_b] for name, row in sizes.iterrows()}
    # The 306 customers that have a row, and C0000, which owes and has none.
    assert sum(b for a, b in shown["sizes"].values()) == 307
    recovery = pd.read_csv(out / "recovery.csv").query("rules == 'b'")
    said = {(row.segment, row.currency): row.recovery_rate for row in recovery.itertuples() if row.recovery_rate == row.recovery_rate}
    assert {(segment, currency): rate for segment, currency, rate in shown["recovery"] if rate is not None} == pytest.approx(said)


def test_02_ends_in_one_file_that_the_program_takes(executed: dict[str, Any], lake: Path, tmp_path: Path) -> None:
    dated = tmp_path / "segments.yaml"
    dated.write_text(executed["02_tuning_segments"].values["dated"], encoding="utf-8")
    said = recupero("segments", "compare", "schemas/rules/segments.yaml", str(dated), "--lake", str(lake), "--table", "migration", "--as-of", "2026-03-30", "--format", "csv").stdout
    # Up to the date nothing changes: history keeps its segments.
    assert all(line.split(",")[0] == line.split(",")[1] for line in said.splitlines()[1:])


def test_03_is_taught_by_the_table_of_the_command_and_by_the_past_alone(executed: dict[str, Any], lake: Path, tmp_path: Path) -> None:
    shown = executed["03_risk_and_forecast"].values
    first, last = shown["closes"][0][:7], shown["closes"][-1][:7]
    recupero("segments", "training", "--from", first, "--to", last, "--out", str(tmp_path), "--lake", str(lake))
    table = pd.read_parquet(tmp_path / "documents", columns=["outcome_paid_30", "outcome_paid_90"])
    assert shown["rows"] == len(table)
    assert shown["paid_30"] == int(table.outcome_paid_30.fillna(False).sum())
    assert shown["known_90"] == int(table.outcome_paid_90.notna().sum())
    assert 0 < shown["known_90"] < shown["rows"]
    # What teaches was over before the test began.
    assert pd.Timestamp(shown["trained_to"]) + pd.Timedelta(days=30) <= pd.Timestamp(shown["tested_from"])


def test_03_knows_what_chance_is(executed: dict[str, Any]) -> None:
    results = pd.DataFrame(executed["03_risk_and_forecast"].values["results"]).set_index(["measure", "baseline"])
    assert results.value["AUC", "everybody the same"] == pytest.approx(0.5)
    assert (results.low <= results.value).all() and (results.value <= results.high).all()
    assert results.value["AUC"].max() > 0.5


def test_04_has_the_arms_and_differences_of_the_table(executed: dict[str, Any], lake: Path) -> None:
    shown = executed["04_measuring_a_strategy"].values
    query = """SELECT COALESCE(segment, '(none)') AS segment, strategy, currency, measure, month, status, treatment_customers,
                 control_customers, CAST(difference AS STRING) AS difference FROM gold.strategy_effect"""
    said = rows("sql", query, "--lake", str(lake))
    assert shown["rows"] == len(said)
    assert shown["usable"] == sum(row["status"] == "ok" for row in said)
    newest = [row for row in said if row["month"] == shown["newest"]]
    arms = {(row["segment"], row["strategy"]): int(row["treatment_customers"]) for row in newest}
    arms |= {(row["segment"], "control"): int(row["control_customers"]) for row in newest}
    assert {(segment, arm): count for segment, arm, count in shown["arms"]} == {key: count for key, count in arms.items() if count}
    measure, strategy, segment, currency = shown["chosen"]
    chosen = [row for row in said if [row["measure"], row["strategy"], row["segment"], row["currency"]] == [measure, strategy, segment, currency]]
    assert len(chosen) == len(shown["differences"]) > 12
    for row in chosen:
        if row["difference"]:
            assert shown["differences"][row["month"]] == pytest.approx(float(row["difference"]))


def test_04_says_what_may_not_be_concluded(executed: dict[str, Any]) -> None:
    shown = executed["04_measuring_a_strategy"]
    for it in shown.values["results"]:
        assert it["low"] < it["difference"] < it["high"]
        # The sample's arms differ by nothing that its generator knows of.
        assert (it["low"] > 0 or it["high"] < 0) == (f"limits {it['low']:+.1f} to {it['high']:+.1f}. 0 is outside" in shown.sentences)

"""What a person sees: every chart drawn in both languages, figures as `recupero kpi` says them,
filters that filter, and a browser that talks to this server alone."""

from __future__ import annotations

import re
from typing import Any

import pytest
import yaml
from conftest import ROOT

IDS = sorted(path.stem for path in (ROOT / "superset" / "dashboards").glob("*.yaml"))
# The figure, and the chart that shows it on the overview.
HEADLINES = {
    "delinquency_index": "overview_index",
    "recovery_rate": "overview_recovery",
    "days_to_recover_median": "overview_days",
}


def number(text: str, language: str) -> float:
    """Reads the number of a tile, behind the date that it is of, written as the page's language does."""
    thousands, decimal = (".", ",") if language == "es" else (",", ".")
    assert re.search(r"\d{4}-\d\d-\d\d", text), f"no date in {text!r}"
    found = re.search(r"[-+−]?\d[\d.,]*", re.sub(r"\d{4}-\d\d-\d\d", "", text))
    assert found, f"no figure in {text!r}"
    return float(found.group().replace(thousands, "").replace(decimal, ".").replace("−", "-"))


def title(chart: str, language: str) -> str:
    """What a chart is called."""
    return yaml.safe_load((ROOT / "superset" / "charts" / f"{chart}.yaml").read_text(encoding="utf-8"))["title"][language]


@pytest.fixture(scope="module")
def window(dashboards: Any, chromium: Any) -> Any:
    from recupero_browser import viewer

    with viewer(chromium, dashboards.url) as it:
        it.log_in("admin", dashboards.passwords["admin"])
        yield it


@pytest.fixture(scope="module")
def analyst(dashboards: Any, chromium: Any) -> Any:
    from recupero_browser import viewer

    with viewer(chromium, dashboards.url) as it:
        it.log_in("ana", dashboards.passwords["ana"])
        yield it


@pytest.mark.parametrize("language", ["es", "en"])
@pytest.mark.parametrize("dashboard", IDS)
def test_every_chart_is_drawn_and_none_is_in_error(window: Any, dashboard: str, language: str) -> None:
    written = yaml.safe_load((ROOT / "superset" / "dashboards" / f"{dashboard}.yaml").read_text(encoding="utf-8"))
    tabs = [[place for row in tab["rows"] for place in row["places"]] for tab in written.get("tabs", [written])]
    window.speak(language)
    window.open(f"{dashboard}-{language}")
    for charts, drawn in zip(tabs, window.tabs(), strict=True):
        assert drawn.charts == len([place for place in charts if "chart" in place])
        assert drawn.failed == []


def headline(drawn: Any, kpi: str, language: str) -> float:
    return number(drawn.texts[title(HEADLINES[kpi], language)], language)


@pytest.fixture(scope="module")
def released(dashboards: Any) -> dict[tuple[str, str, str], float]:
    """What the command says: by figure, portfolio (empty for all of them) and currency."""
    rows = dashboards.kpi(*HEADLINES, by="currency") + dashboards.kpi("delinquency_index", by="portfolio_id,currency")
    return {
        (row["kpi"], row.get("portfolio_id") or "", row["currency"]): float(row["value"]) for row in rows if row["value"]
    }


@pytest.mark.parametrize("language", ["es", "en"])
def test_the_figures_on_the_page_are_those_of_the_command(window: Any, released: Any, language: str) -> None:
    window.speak(language)
    drawn = window.open(f"overview-{language}")
    for kpi in HEADLINES:
        assert headline(drawn, kpi, language) == pytest.approx(released[kpi, "", "CLP"], abs=0.051), kpi


def test_filters_change_the_figures_to_those_of_the_command(window: Any, released: Any) -> None:
    window.speak("en")
    whole = headline(window.open("overview-en"), "delinquency_index", "en")
    window.choose("Portfolio", "P2")
    shown = headline(window.settle(), "delinquency_index", "en")
    assert shown == pytest.approx(released["delinquency_index", "P2", "CLP"], abs=0.051)
    assert shown != whole


def test_an_analyst_of_one_portfolio_sees_its_figures(analyst: Any, released: Any) -> None:
    analyst.speak("es")
    shown = headline(analyst.open("overview-es"), "delinquency_index", "es")
    assert shown == pytest.approx(released["delinquency_index", "P1", "CLP"], abs=0.051)


@pytest.mark.parametrize("dashboard", IDS)
def test_an_analyst_draws_every_dashboard(analyst: Any, dashboard: str) -> None:
    analyst.speak("es")
    analyst.open(f"{dashboard}-es")
    assert [failed for drawn in analyst.tabs() for failed in drawn.failed] == []


def test_no_request_leaves_the_machine(dashboards: Any, window: Any, analyst: Any) -> None:
    """Last of this file: what the tests before it had the browser ask for."""
    host = f"127.0.0.1:{dashboards.port}"
    for person in (window, analyst):
        assert len(person.traffic.urls) > 50
        assert person.traffic.outside(host) == []


def test_nothing_that_an_analyst_looks_at_is_refused(analyst: Any) -> None:
    # Superset offers the colours of labels to be kept with the dashboard, which analysts may not write.
    refused = {line for line in analyst.traffic.refused if "/colors" not in line}
    assert refused == set()

"""Dashboards in a real browser: drawn, looked at, taken as pictures. Chromium, by playwright."""

from __future__ import annotations

import os
import re
import shutil
import time
from contextlib import contextmanager
from dataclasses import dataclass, field
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from playwright.sync_api import Page, sync_playwright

LAPTOP, WIDE = (1366, 768), (1920, 1080)
SIZES = {"laptop": LAPTOP, "wide": WIDE}
_NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
_DRAW_SECONDS = float(os.environ.get("RECUPERO_DRAW_SECONDS", "120"))
_HOLDER = "[class*=dashboard-chart-id-]"  # texts between charts have no id
#: What tells that a chart has been drawn, or has failed to be.
_STATE = """() => {
  const holders = [...document.querySelectorAll('[class*=dashboard-chart-id-]')].filter(h => h.offsetParent !== null);
  return {
    charts: holders.length,
    drawn: holders.filter(h => h.querySelector('.slice_container') && !h.querySelector('.loading, [aria-label="Loading"], .ant-skeleton')).length,
    failed: holders.filter(h => h.querySelector('[role=alert]')).map(h => h.innerText.slice(0, 400)),
    busy: document.querySelectorAll('.loading, [data-test=loading-indicator], [aria-label=Loading]').length,
    bottom: Math.max(...holders.map(h => h.getBoundingClientRect().bottom + window.scrollY), 0)
  };
}"""


class NoChromium(Exception):
    """There is no browser on this machine."""


def chromium() -> str:
    """Returns the path of a Chromium."""
    wanted = os.environ.get("RECUPERO_CHROMIUM")
    for name in [wanted] if wanted else _NAMES:
        found = shutil.which(name)
        if found:
            return found
    raise NoChromium(
        f"Cannot find a Chromium (looked for {wanted or ', '.join(_NAMES)}). "
        "Install one (Debian, Ubuntu: apt install chromium), or set RECUPERO_CHROMIUM to it."
    )


@dataclass
class Drawn:
    """What a dashboard looked like once it stood still."""

    charts: int
    failed: list[str]
    seconds: float
    texts: dict[str, str]  # of each chart, by its title


@dataclass
class Traffic:
    """What the browser asked for, and of whom."""

    urls: list[str] = field(default_factory=list)
    refused: list[str] = field(default_factory=list)
    console: list[str] = field(default_factory=list)

    def outside(self, host: str) -> list[str]:
        """Returns what went to anybody but the server."""
        return [
            url
            for url in self.urls
            if urlsplit(url).scheme in ("http", "https", "ws", "wss") and urlsplit(url).netloc != host
        ]


class Viewer:
    """One person at one screen."""

    def __init__(self, page: Page, base: str, size: tuple[int, int]) -> None:
        self.page = page
        self.traffic = Traffic()
        self._base = base
        self._size = size
        # What the page's own policy forbids is never sent; that it is asked for is counted all the same.
        page.on("request", lambda request: self.traffic.urls.append(request.url))
        page.on("response", self._response)
        page.on("console", lambda said: self.traffic.console.append(said.text) if said.type == "error" else None)

    def _response(self, response: Any) -> None:
        if response.status >= 400:
            self.traffic.refused.append(f"{response.status} {response.request.method} {response.url}")

    def log_in(self, user: str, password: str) -> None:
        self.page.goto(f"{self._base}/login/")
        self.page.fill("#username", user)
        self.page.fill("#password", password)
        self.page.click("button[type=submit], input[type=submit]")
        self.page.wait_for_url(re.compile("^(?!.*/login/)"))

    def speak(self, language: str) -> None:
        self.page.goto(f"{self._base}/lang/{language}")

    def open(self, slug: str, query: str = "") -> Drawn:
        """Opens a dashboard and waits until all of it is drawn and stands still."""
        start = time.monotonic()
        # Charts below the fold are drawn when they come into view; in a tall window all are in view.
        self.page.set_viewport_size({"width": self._size[0], "height": 4000})
        self.page.goto(f"{self._base}/superset/dashboard/{slug}/{query}")
        return self.settle(start)

    def choose(self, title: str, *values: str) -> None:
        """Chooses values of a filter, as a person does, and applies them."""
        box = self.page.locator("[data-test=form-item-value], .ant-form-item").filter(has_text=title).first
        box.locator("input").first.click()
        for value in values:
            self.page.keyboard.type(value)
            self.page.locator(".ant-select-item-option", has_text=value).first.click()
        self.page.keyboard.press("Escape")
        self.page.locator("[data-test=filter-bar__apply-button]").click()
        self.page.wait_for_timeout(500)

    def settle(self, start: float | None = None) -> Drawn:
        """Waits until every chart is drawn or has failed."""
        start = time.monotonic() if start is None else start
        end = start + _DRAW_SECONDS
        before: Any = None
        drawn_at = start
        while time.monotonic() < end:
            state = self.page.evaluate(_STATE)
            done = state["charts"] > 0 and state["drawn"] + len(state["failed"]) >= state["charts"]
            if done and not state["busy"]:
                frame = self.page.inner_text("body")
                if frame == before:
                    return Drawn(state["charts"], state["failed"], drawn_at - start, self._texts())
                before = frame
                drawn_at = time.monotonic()
            else:
                before = None
            self.page.wait_for_timeout(250)
        raise TimeoutError(f"Cannot see the dashboard whole within {_DRAW_SECONDS:.0f} s: {state}")

    def tabs(self) -> Iterator[Drawn]:
        """Goes through the tabs of the dashboard that is open; one without tabs is one of itself."""
        tabs = self.page.locator(".dashboard-component-tabs .ant-tabs-tab")
        if tabs.count() == 0:
            yield self.settle()
        for index in range(tabs.count()):
            start = time.monotonic()
            tabs.nth(index).click()
            yield self.settle(start)

    def _texts(self) -> dict[str, str]:
        holders = [holder for holder in self.page.query_selector_all(_HOLDER) if holder.is_visible()]
        texts: dict[str, str] = {}
        for holder in holders:
            named = holder.query_selector("[data-test-chart-name]")
            body = holder.query_selector(".slice_container")
            title = named.get_attribute("data-test-chart-name") if named else ""
            texts[title] = body.inner_text().strip() if body else ""
        return texts

    def picture(self, path: Path) -> None:
        """Takes a picture of the whole dashboard as it is drawn now."""
        height = int(self.page.evaluate(_STATE)["bottom"]) + 24
        self.page.set_viewport_size({"width": self._size[0], "height": max(self._size[1], min(height, 6000))})
        # Two equal frames: nothing moves any more.
        before = b""
        for _ in range(40):
            self.page.wait_for_timeout(400)
            now = self.page.screenshot(animations="disabled")
            if now == before:
                break
            before = now
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(now)


@contextmanager
def browser() -> Iterator[Any]:
    """Gives a browser that has never seen anything."""
    path = chromium()
    with sync_playwright() as playwright:
        # In a container the sandbox of Chromium may be forbidden; the pages are our own.
        arguments = ["--no-sandbox"] if os.geteuid() == 0 else []
        with playwright.chromium.launch(executable_path=path, args=arguments) as started:
            yield started


@contextmanager
def viewer(started: Any, base: str, size: tuple[int, int] = LAPTOP, cookies: Any = None) -> Iterator[Viewer]:
    """Gives a person's window: cookies of its own, times in UTC, as the figures are."""
    context = started.new_context(timezone_id="UTC", locale="es-CL", device_scale_factor=1)
    try:
        if cookies:
            context.add_cookies([{"name": name, "value": value, "url": base} for name, value in cookies.items()])
        yield Viewer(context.new_page(), base.rstrip("/"), size)
    finally:
        context.close()

"""A person at Superset's API, logged in as a browser is: by the form, with a cookie."""

from __future__ import annotations

import re
import secrets
from typing import Any

import requests


class Person:
    def __init__(self, url: str, name: str, password: str) -> None:
        self.url, self.name = url, name
        self._session = requests.Session()
        page = self._session.get(f"{url}/login/").text
        token = re.search(r'name="csrf_token"[^>]*value="([^"]+)"|csrf_token&#34;: &#34;([^&]+)&#34;', page)
        form = {"username": name, "password": password}
        if token:
            form["csrf_token"] = token.group(1) or token.group(2)
        self._session.post(f"{url}/login/", data=form, headers={"Referer": url})
        me = self._session.get(f"{url}/api/v1/me/")
        assert me.status_code == 200, f"Cannot log in as {name}: {me.status_code}"
        csrf = self._session.get(f"{url}/api/v1/security/csrf_token/").json()["result"]
        self._session.headers.update({"X-CSRFToken": csrf, "Referer": url})

    def ask(self, method: str, path: str, **more: Any) -> requests.Response:
        return self._session.request(method, self.url + path, **more)

    def json(self, path: str) -> Any:
        response = self.ask("GET", path)
        assert response.status_code == 200, f"{path}: {response.status_code} {response.text[:300]}"
        return response.json()

    def datasets(self) -> dict[str, int]:
        """Returns the ids of the datasets this person sees, by name."""
        found = self.json("/api/v1/dataset/?q=(page_size:200)")["result"]
        return {dataset["table_name"]: dataset["id"] for dataset in found}

    def charts(self) -> list[dict[str, Any]]:
        return self.json("/api/v1/chart/?q=(page_size:500)")["result"]

    def dashboards(self) -> list[dict[str, Any]]:
        return self.json("/api/v1/dashboard/?q=(page_size:100)")["result"]

    def data(self, dataset: int, **query: Any) -> requests.Response:
        """Asks for data as a chart does, past the cache."""
        return self.ask(
            "POST",
            "/api/v1/chart/data",
            json={
                "datasource": {"id": dataset, "type": "table"},
                "force": query.pop("force", True),
                "queries": query.pop("queries", [query]),
            },
        )

    def rows(self, dataset: int, **query: Any) -> list[dict[str, Any]]:
        response = self.data(dataset, **query)
        assert response.status_code == 200, f"{response.status_code} {response.text[:500]}"
        return response.json()["result"][0]["data"]

    def samples(self, dataset: int, **body: Any) -> requests.Response:
        return self.ask(
            "POST",
            f"/datasource/samples?datasource_id={dataset}&datasource_type=table&force=true&per_page=500&page=1",
            json=body,
        )

    def sql(self, text: str, schema: str = "es", **more: Any) -> requests.Response:
        return self.ask(
            "POST",
            "/api/v1/sqllab/execute/",
            json={"database_id": 1, "sql": text, "schema": schema, "client_id": secrets.token_hex(5), "runAsync": False},
            **more,
        )

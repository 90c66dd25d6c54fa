"""A cache of Superset whose entries belong to the release that they were computed of."""

from __future__ import annotations

import os
from typing import Any

from flask_caching.backends.filesystemcache import FileSystemCache
from recupero_serving import ServingFileMissing, serving


class ReleaseCache(FileSystemCache):
    """Files in a folder that all processes share, under keys that change with the release.

    What was computed of an earlier release is so never shown again, without anything being
    cleared; it goes when its time is over.
    """

    @staticmethod
    def factory(app: Any, config: dict[str, Any], args: list[Any], kwargs: dict[str, Any]) -> "ReleaseCache":
        return ReleaseCache(
            config["CACHE_DIR"],
            threshold=config["CACHE_THRESHOLD"],
            default_timeout=config["CACHE_DEFAULT_TIMEOUT"],
            mode=0o600,
        )

    def _get_filename(self, key: str) -> str:
        if key == self._fs_count_file:  # of the folder, not of a release
            return super()._get_filename(key)
        return super()._get_filename(f"{self._release()}:{key}")

    @staticmethod
    def _release() -> str:
        path = os.environ.get("RECUPERO_SERVING")
        if not path:  # another engine, whose release is told when the server is started
            return os.environ.get("RECUPERO_RELEASE", "")
        try:
            return serving(path).release().key
        except ServingFileMissing:
            return "none"

"""What Superset's own rules leave open: an analyst asks what a chart asks, not free SQL."""

from __future__ import annotations

from typing import Any

from superset.security import SupersetSecurityManager


class RecuperoSecurityManager(SupersetSecurityManager):
    """Superset's security manager."""

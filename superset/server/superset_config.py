"""Settings of the Superset that `recupero dashboards up` starts. `up` says the rest in variables:

RECUPERO_SUPERSET_HOME  its folder: metadata, secrets, cache
RECUPERO_SERVING        the serving file of the lake (DuckDB); empty with another engine
RECUPERO_RELEASE        with Spark: the release that its server shows
RECUPERO_SPARK_SECRET   with Spark: the password of its server
RECUPERO_LANG           es or en: the language of a page before anyone has chosen one
RECUPERO_PORT           the port, so that two on one machine keep their cookies apart

and whoever starts it may say:

RECUPERO_QUERY_SECONDS  how long the queries of one request may run (60)
RECUPERO_DUCKDB_MEMORY  the memory of a DuckDB; each process has one for charts and one for SQL Lab (1GB)
RECUPERO_DUCKDB_THREADS its threads for a chart (all cores); what is typed has one a query
"""

import json
import os
from importlib.util import find_spec
from pathlib import Path

from recupero_security import RecuperoSecurityManager, keep_names
from recupero_serving import check_sql, use_kept_connection
from superset.config import TALISMAN_CONFIG as _TALISMAN

if find_spec("pyhive"):
    from recupero_hive import marked as SQL_QUERY_MUTATOR  # noqa: F401  Also: names and values keep to their quotes.

HOME = Path(os.environ["RECUPERO_SUPERSET_HOME"])
_SECRETS = json.loads((HOME / "secrets.json").read_text(encoding="utf-8"))

SECRET_KEY = _SECRETS["secret_key"]
JWT_SECRET_KEY = _SECRETS["jwt_key"]
GUEST_TOKEN_JWT_SECRET = _SECRETS["guest_key"]
SQLALCHEMY_DATABASE_URI = f"sqlite:///{HOME / 'superset.db'}?timeout=30"
SESSION_COOKIE_NAME = f"recupero_{os.environ.get('RECUPERO_PORT', '8088')}"
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"

APP_NAME = "Recupero"
BABEL_DEFAULT_LOCALE = os.environ.get("RECUPERO_LANG", "es")
LANGUAGES = {
    "es": {"flag": "es", "name": "Español"},
    "en": {"flag": "us", "name": "English"},
}
ROW_LIMIT = 10_000
SAMPLES_ROW_LIMIT = 500
# A person reads the first of it; nobody reads more in a browser.
NATIVE_FILTER_DEFAULT_ROW_LIMIT = 1_000

CUSTOM_SECURITY_MANAGER = RecuperoSecurityManager
FLASK_APP_MUTATOR = keep_names
AUTH_ROLE_PUBLIC = "Public"
PUBLIC_ROLE_LIKE = None
AUTH_USER_REGISTRATION = False
ENABLE_PROXY_FIX = False
FEATURE_FLAGS = {
    "DRILL_TO_DETAIL": True,
    "DRILL_BY": True,
    "DASHBOARD_NATIVE_FILTERS": True,
    # An expression typed into a chart may not bring a query of its own, nor a template run code.
    "ALLOW_ADHOC_SUBQUERY": False,
    "ENABLE_TEMPLATE_PROCESSING": False,
    # Rules about rows hold for whoever has them, also where they write SQL.
    "RLS_IN_SQLLAB": True,
    "ALERT_REPORTS": False,
    "EMBEDDED_SUPERSET": False,
}

DB_CONNECTION_MUTATOR = use_kept_connection
# With Spark: how long to wait, in seconds, before asking again whether an answer is there.
HIVE_POLL_INTERVAL = 0.1
# The tables of the release are all there is to read; the rest is refused before DuckDB sees it.
SQL_QUERY_MUTATOR = check_sql
DISALLOWED_SQL_FUNCTIONS = {
    # These call any method of the server's Java.
    "hive": {"reflect", "java_method", "try_reflect"},
}  # fmt: skip

_CACHE = {
    "CACHE_TYPE": "recupero_cache.ReleaseCache",
    "CACHE_DIR": str(HOME / "cache"),
    "CACHE_THRESHOLD": 5_000,
    # Entries are of a release, so time makes none of them wrong.
    "CACHE_DEFAULT_TIMEOUT": 86_400,
    "CACHE_KEY_PREFIX": "data_",
}
DATA_CACHE_CONFIG = _CACHE

# A page may talk to this server and to nobody else: no telemetry, maps, fonts or pictures from afar.
TALISMAN_CONFIG = {
    **_TALISMAN,
    "content_security_policy": {
        directive: sources
        if isinstance(sources, str)
        else [source for source in sources if source.startswith("'") or source in ("blob:", "data:")]
        for directive, sources in _TALISMAN["content_security_policy"].items()
    },
}
CONTENT_SECURITY_POLICY_WARNING = False
SCARF_ANALYTICS = False
MAPBOX_API_KEY = ""

# Numbers are written as the language of the page does: 1.234,5 in Spanish.
_SPANISH_NUMBERS = {"decimal": ",", "thousands": ".", "grouping": [3], "currency": ["", ""]}


def _in_language_of_page(data: dict) -> dict:
    return {"d3_format": _SPANISH_NUMBERS} if str(data.get("locale")).startswith("es") else {}


COMMON_BOOTSTRAP_OVERRIDES_FUNC = _in_language_of_page

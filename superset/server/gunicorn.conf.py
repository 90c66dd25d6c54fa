"""How the server runs: on this machine alone, two processes of one loaded program."""

import os

bind = f"127.0.0.1:{os.environ['RECUPERO_PORT']}"
workers = int(os.environ.get("RECUPERO_WORKERS", "2"))
worker_class = "gthread"
threads = 8
timeout = 120
# Loaded once, then forked: half the time to start and half the memory.
preload_app = True
proc_name = "recupero-dashboards"
umask = 0o077
control_socket_disable = True
# Its heartbeat files and DuckDB's copies of the serving file; memory where the system has it.
worker_tmp_dir = "/dev/shm" if os.access("/dev/shm", os.W_OK) else None


def post_fork(server, worker):
    """A process may not go on with the connections of the one it was forked from."""
    from recupero_queries import limit_memory
    from superset import db

    limit_memory()

    with worker.app.callable.app_context():
        db.engine.dispose()

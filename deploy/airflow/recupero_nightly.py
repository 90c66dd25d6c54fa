"""Recupero each night: run, then report.

Copy this file into the folder of DAGs. It starts the same command as every scheduler, ./recupero, on
the worker, so that the worker needs what ./recupero needs. Variables of the environment:

    RECUPERO           the command (default: /opt/recupero/recupero)
    RECUPERO_CONFIG    the settings, which name lake, input or source, and time zone
    RECUPERO_TIMEZONE  the creditor's time zone (default: America/Santiago)
    RECUPERO_REPORTS   folder to write the reports to (default: none are written)
    RECUPERO_START     the first date (default: 2026-01-01); with catchup every date since has a run
"""

import os
import subprocess
from datetime import timedelta

import pendulum
from airflow.sdk import dag, get_current_context, task
from airflow.sdk.exceptions import AirflowException, AirflowFailException, AirflowSkipException
from airflow.timetables.interval import CronDataIntervalTimetable

RECUPERO = os.environ.get("RECUPERO", "/opt/recupero/recupero")
ZONE = os.environ.get("RECUPERO_TIMEZONE", "America/Santiago")
START = os.environ.get("RECUPERO_START", "2026-01-01")

# Wrong settings, refused data: nothing is gained by trying again.
FINAL = {2: "the settings are wrong", 3: "the data broke a limit, nothing was published"}


def as_of() -> str:
    """The day that the interval is about, by the creditor's calendar."""
    start = get_current_context()["data_interval_start"]
    return pendulum.instance(start).in_timezone(ZONE).to_date_string()


def recupero(*arguments: str) -> None:
    """Runs the command, its words in the log of the task; raises where it does not end well."""
    command = [RECUPERO, *arguments]
    print("$", *command, flush=True)
    with subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
    ) as process:
        for line in process.stdout:
            print(line.rstrip(), flush=True)
    if process.returncode in FINAL:
        raise AirflowFailException(f"recupero {arguments[0]}: {FINAL[process.returncode]}")
    if process.returncode:
        raise AirflowException(f"recupero {arguments[0]} ended with {process.returncode}")


@dag(
    dag_id="recupero_nightly",
    # The day from 02:30 to 02:30; the run of a day starts when the day is over.
    schedule=CronDataIntervalTimetable("30 2 * * *", timezone=ZONE),
    start_date=pendulum.parse(START, tz=ZONE),
    # Dates that were missed are run one after the other, oldest first: a lake has one run at a time,
    # and a date must not be run before the one before it has ended well.
    catchup=True,
    max_active_runs=1,
    default_args={
        "retries": 2,
        "retry_delay": timedelta(minutes=10),
        "depends_on_past": True,
        "execution_timeout": timedelta(hours=6),
    },
    tags=["collections"],
)
def recupero_nightly():
    @task
    def run() -> None:
        recupero("run", "--as-of", as_of())

    @task
    def report() -> None:
        folder = os.environ.get("RECUPERO_REPORTS")
        if not folder:
            raise AirflowSkipException("RECUPERO_REPORTS names no folder")
        recupero("report", "--as-of", as_of(), "--lang", "es", "--out", folder)

    run() >> report()


recupero_nightly()

"""Makes a history of the generator one on which a peer without automatic allocation is right.

What the generator writes is kept, but for what would leave cash or credit waiting for an invoice:

* payments that name no invoice are dropped (those that a refund gives back stay, with it);
* a payment is worth what its applications and its refund take of it, no more;
* invoices whose credit notes or cash go beyond the balance are dropped, with all that is theirs.

So at the close of every day nothing waits, and automatic allocation has nothing to place. It runs
all the same in ours, and has work where a payment is known some hours before its application.
The tables that no peer reads (contacts, promises and the like) are left out of the history.
"""

import argparse
import pathlib
import shutil

import duckdb

TABLES = ["customers", "invoices", "payments", "payment_applications", "adjustments", "refunds", "fx_rates"]
TIMES = {"invoices", "payments", "adjustments", "refunds"}

CURRENT = """
CREATE TEMP TABLE current AS
SELECT invoice_id, arg_max(issue_date, coalesce(recorded_at, TIMESTAMP '1900-01-01')) AS issue_date,
       arg_max(amount, coalesce(recorded_at, TIMESTAMP '1900-01-01')) AS amount
FROM raw_invoices GROUP BY invoice_id
"""

# Every movement of a balance as it is asked for, in the order within a day: charges, reversals,
# credits, applications.
MOVEMENTS = """
CREATE TEMP TABLE movements AS
WITH undone AS (
  SELECT reverses_payment_id AS payment_id, min(paid_on) AS undone_on
  FROM raw_payments WHERE reverses_payment_id IS NOT NULL GROUP BY 1),
applied AS (
  SELECT a.invoice_id, a.payment_id, a.amount, u.undone_on,
         greatest(p.paid_on, coalesce(a.applied_on, p.paid_on), i.issue_date) AS day
  FROM raw_payment_applications a
  JOIN raw_payments p USING (payment_id) JOIN current i USING (invoice_id)
  LEFT JOIN undone u USING (payment_id))
SELECT invoice_id, issue_date AS day, 0 AS step, amount FROM current
UNION ALL
SELECT invoice_id, day, 3, -amount FROM applied WHERE undone_on IS NULL OR undone_on > day
UNION ALL
SELECT invoice_id, undone_on, 1, amount FROM applied WHERE undone_on > day
UNION ALL
SELECT invoice_id, effective_on,
       CASE WHEN reverses_adjustment_id IS NOT NULL THEN 1
            WHEN kind IN ('interest', 'penalty') THEN 0 ELSE 2 END,
       CASE WHEN (kind IN ('interest', 'penalty')) = (reverses_adjustment_id IS NULL)
            THEN amount ELSE -amount END
FROM raw_adjustments WHERE kind <> 'write_off_recovery'
"""

ODD = """
CREATE TEMP TABLE odd AS
SELECT DISTINCT invoice_id FROM (
  SELECT invoice_id, sum(amount) OVER (PARTITION BY invoice_id ORDER BY day, step, amount) AS balance
  FROM movements)
WHERE balance < 0
"""

WORTH = """
CREATE TEMP TABLE worth AS
WITH taken AS (
  SELECT payment_id, coalesce(payment_amount, amount) AS amount
  FROM raw_payment_applications WHERE invoice_id NOT IN (FROM odd)
  UNION ALL
  SELECT payment_id, amount FROM raw_refunds)
SELECT payment_id, sum(amount)::DECIMAL(18, 4) AS amount FROM taken GROUP BY 1
"""

KEPT = {
    "customers": "SELECT * FROM raw_customers",
    "fx_rates": "SELECT * FROM raw_fx_rates",
    "refunds": "SELECT * FROM raw_refunds",
    "invoices": "SELECT * FROM raw_invoices WHERE invoice_id NOT IN (FROM odd)",
    "adjustments": "SELECT * FROM raw_adjustments WHERE invoice_id NOT IN (FROM odd)",
    "payment_applications": "SELECT * FROM raw_payment_applications WHERE invoice_id NOT IN (FROM odd)",
    "payments": """SELECT p.* REPLACE (w.amount AS amount) FROM raw_payments p
                   JOIN worth w ON w.payment_id = coalesce(p.reverses_payment_id, p.payment_id)""",
}


def prepare(generated: pathlib.Path, out: pathlib.Path) -> None:
    """Reads a folder of the generator and writes the history of the benchmark; replaces it."""
    shutil.rmtree(out, ignore_errors=True)
    con = duckdb.connect()
    for table in TABLES:
        # Spark writes instants without saying so; here they become instants that say so.
        times = " REPLACE (recorded_at AT TIME ZONE 'UTC' AS recorded_at)" if table in TIMES else ""
        con.sql(f"CREATE VIEW instant_{table} AS SELECT *{times} FROM '{generated}/{table}.parquet/*.parquet'")
        con.sql(f"CREATE VIEW raw_{table} AS SELECT * FROM '{generated}/{table}.parquet/*.parquet'")
    for step in (CURRENT, MOVEMENTS, ODD, WORTH):
        con.sql(step)
    for table in TABLES:
        folder = out / f"{table}.parquet"
        folder.mkdir(parents=True)
        select = KEPT[table].replace(f"raw_{table}", f"instant_{table}", 1)
        # Several files of moderate row groups, so that every engine can read them side by side.
        con.sql(
            f"COPY ({select}) TO '{folder}' (FORMAT parquet, COMPRESSION zstd, FILE_SIZE_BYTES '32MB',"
            " ROW_GROUP_SIZE 250000, OVERWRITE_OR_IGNORE true)"
        )


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("generated", type=pathlib.Path)
    parser.add_argument("out", type=pathlib.Path)
    arguments = parser.parse_args()
    prepare(arguments.generated, arguments.out)

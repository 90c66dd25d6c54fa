"""A night's new records: one in a thousand, made from the history itself, the same every time.

Half of them are new invoices of customers that are there; a quarter are payments in full of open invoices,
with their applications; one payment in ten came nine days ago and is only told now, so that the past moves.
"""

import argparse
import datetime
import pathlib
import shutil

import duckdb

import prepare


def night(history: pathlib.Path, out: pathlib.Path, as_of: datetime.date) -> datetime.date:
    """Writes the records of the day after `as_of` as files to take in; returns that day."""
    next_day = as_of + datetime.timedelta(days=1)
    shutil.rmtree(out, ignore_errors=True)
    con = duckdb.connect()
    for table in prepare.TABLES:
        con.sql(f"CREATE VIEW raw_{table} AS FROM '{history}/{table}.parquet/*.parquet'")
    con.sql(prepare.CURRENT)
    con.sql(prepare.MOVEMENTS)
    records = con.sql("SELECT count(*) FROM current").fetchall()[0][0] // 1000
    known = f"TIMESTAMPTZ '{next_day} 20:00:00-03'"
    con.sql(f"""
      CREATE TEMP TABLE new_invoices AS
      SELECT i.* REPLACE ('N' || i.invoice_id AS invoice_id, DATE '{next_day}' AS issue_date, DATE '{next_day}' + (due_date - issue_date)::INTEGER AS due_date,
                          NULL::VARCHAR AS plan_id, NULL::DATE AS discount_until, NULL::DECIMAL(18, 4) AS discount_amount, {known} AS recorded_at)
      FROM raw_invoices i WHERE document_type = 'invoice' AND recorded_at IS NULL
      ORDER BY hash(invoice_id), invoice_id LIMIT {max(1, records // 2)}""")
    con.sql(f"""
      CREATE TEMP TABLE paid AS
      WITH open AS (SELECT invoice_id, sum(amount) AS open, max(day) AS moved_on FROM movements GROUP BY 1 HAVING sum(amount) > 0),
      chosen AS (SELECT o.*, i.customer_id, i.currency, row_number() OVER (ORDER BY hash(invoice_id), invoice_id) AS place
                 FROM open o JOIN raw_invoices i USING (invoice_id) WHERE i.currency <> 'CLF' AND i.recorded_at IS NULL
                 ORDER BY place LIMIT {max(1, records // 4)})
      SELECT 'NP' || invoice_id AS payment_id, invoice_id, customer_id, currency, open::DECIMAL(18, 4) AS amount,
             CASE WHEN place % 10 = 0 AND moved_on <= DATE '{as_of}' - 9 THEN DATE '{next_day}' - 9 ELSE DATE '{next_day}' END AS paid_on
      FROM chosen""")
    tables = {
        "invoices": "FROM new_invoices",
        "payments": f"""SELECT payment_id, customer_id, paid_on, amount, currency, 'transfer' AS method, NULL::VARCHAR AS reverses_payment_id,
                        {known} AS recorded_at FROM paid""",
        "payment_applications": f"""SELECT payment_id, invoice_id, DATE '{next_day}' AS applied_on, amount, NULL::DECIMAL(18, 4) AS payment_amount FROM paid
                                    WHERE paid_on = DATE '{next_day}' UNION ALL SELECT payment_id, invoice_id, NULL, amount, NULL FROM paid WHERE paid_on < DATE '{next_day}'""",
    }
    for table, query in tables.items():
        (out / f"{table}.parquet").mkdir(parents=True)
        con.sql(f"COPY ({query}) TO '{out}/{table}.parquet/night.parquet' (FORMAT parquet, COMPRESSION zstd)")
    return next_day


def together(history: pathlib.Path, new: pathlib.Path, out: pathlib.Path) -> None:
    """Links a history and a night's files into one folder, for those who compute everything again."""
    shutil.rmtree(out, ignore_errors=True)
    for folder in (history, new):
        for file in folder.glob("*.parquet/*.parquet"):
            link = out / file.parent.name / file.name
            link.parent.mkdir(parents=True, exist_ok=True)
            link.hardlink_to(file)


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("history", type=pathlib.Path)
    parser.add_argument("out", type=pathlib.Path)
    parser.add_argument("--as-of", type=datetime.date.fromisoformat, required=True)
    arguments = parser.parse_args()
    print(night(arguments.history, arguments.out, arguments.as_of))

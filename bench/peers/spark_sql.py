"""Peer (d): plain Spark SQL, as an experienced engineer would first write it.

Window functions over an invoice's events, range joins, one exploded row for each ageing bucket and for
each month; Spark's own optimiser does the rest (adaptive execution is on by default). What is used more
than once is cached, partitions follow the number of cores, the small tables are broadcast by Spark itself.
No walk of our own, no tricks with dense numbers. History is written as deltas, as ours is.
"""

import pathlib
import shutil

from pyspark.sql import SparkSession

import duckdb_events as events

ATTRIBUTES = events.ATTRIBUTES
DIMENSIONS = events.DIMENSIONS
BUCKETS = "'current', -100000, 0, '1-30', 1, 30, '31-60', 31, 60, '61-90', 61, 90, '91-180', 91, 180, '181+', 181, 100000"


def bucket(days: str) -> str:
    return (f"CASE WHEN {days} <= 0 THEN 'current' WHEN {days} <= 30 THEN '1-30' WHEN {days} <= 60 THEN '31-60'"
            f" WHEN {days} <= 90 THEN '61-90' WHEN {days} <= 180 THEN '91-180' ELSE '181+' END")


RAW = {
    "invoices": "SELECT * FROM (SELECT *, row_number() OVER (PARTITION BY invoice_id ORDER BY recorded_at DESC NULLS LAST) AS version FROM raw_invoices) WHERE version = 1",
    "attribute_rows": f"SELECT customer_id, valid_from, {ATTRIBUTES} FROM raw_customers",
    "payments": "SELECT * FROM raw_payments",
    "customers": "SELECT * FROM raw_customers",
    "applied": """
      SELECT a.invoice_id, a.payment_id, a.amount, p.paid_on, u.undone_on, greatest(p.paid_on, a.applied_on, i.issue_date) AS day
      FROM raw_payment_applications a
      JOIN raw_payments p ON a.payment_id = p.payment_id AND p.reverses_payment_id IS NULL
      JOIN invoices i ON a.invoice_id = i.invoice_id
      LEFT JOIN (SELECT reverses_payment_id AS payment_id, min(paid_on) AS undone_on FROM raw_payments
                 WHERE reverses_payment_id IS NOT NULL GROUP BY 1) u ON a.payment_id = u.payment_id""",
    "adjusted": """
      SELECT adjustment_id, reverses_adjustment_id, invoice_id, effective_on AS day,
             IF(kind = 'credit_note' AND plan_id IS NOT NULL, 'restructured', kind) AS kind,
             IF(kind IN ('interest', 'penalty'), amount, -amount) AS amount
      FROM raw_adjustments WHERE kind <> 'write_off_recovery'""",
    # Within a day: charges, reversals, credits, applications.
    "all_events": """
      SELECT invoice_id, issue_date AS day, 0 AS seq, coalesce(document_type, 'invoice') AS kind, amount AS a, CAST(NULL AS DATE) AS paid_on, invoice_id AS src FROM invoices
      UNION ALL SELECT invoice_id, day, 3, 'cash', -amount, paid_on, payment_id FROM applied WHERE undone_on IS NULL OR undone_on > day
      UNION ALL SELECT invoice_id, undone_on, 1, 'cash', amount, paid_on, payment_id FROM applied WHERE undone_on > day
      UNION ALL SELECT invoice_id, day, IF(kind IN ('interest', 'penalty'), 0, 2), kind, amount, NULL, adjustment_id FROM adjusted WHERE reverses_adjustment_id IS NULL
      UNION ALL SELECT r.invoice_id, r.day, 1, o.kind, -o.amount, NULL, o.adjustment_id
        FROM adjusted r JOIN adjusted o ON o.adjustment_id = r.reverses_adjustment_id""",
}

LEDGER = {
    "invoices": "SELECT * FROM (SELECT *, row_number() OVER (PARTITION BY invoice_id ORDER BY known_at DESC) AS version FROM silver_invoices) WHERE version = 1",
    "attribute_rows": f"SELECT customer_id, valid_from, {ATTRIBUTES} FROM silver_customer_attributes",
    "payments": "SELECT * FROM (SELECT *, row_number() OVER (PARTITION BY payment_id ORDER BY known_at DESC) AS version FROM silver_payments) WHERE version = 1",
    "customers": "SELECT * FROM (SELECT *, row_number() OVER (PARTITION BY customer_id, valid_from ORDER BY known_at DESC) AS version FROM silver_customers) WHERE version = 1",
    "all_events": """
      SELECT invoice_id, effective_on AS day, sequence AS seq, kind, amount AS a, paid_on, source_id AS src
      FROM ledger_events WHERE invoice_id IS NOT NULL AND kind <> 'write_off_recovery'""",
}

BASE = {
    # Events of one day, kind and source are one: what later knowledge took back cancels out.
    "net_events": """
      SELECT invoice_id, day, max(seq) AS seq, kind, paid_on, src, CAST(sum(a) AS DECIMAL(18, 4)) AS a
      FROM all_events WHERE day <= :as_of GROUP BY invoice_id, day, kind, paid_on, src HAVING sum(a) <> 0""",
    "events": """
      SELECT *, CASE WHEN kind IN ('cash', 'withholding') THEN 'paid' WHEN kind IN ('credit_note', 'discount', 'credit') THEN 'credited'
                  WHEN kind = 'write_off' THEN 'written_off' WHEN kind = 'restructured' THEN 'restructured' END AS x,
             year(day) * 12 + month(day) - 1 AS m, row_number() OVER w AS ord,
             sum(a) OVER (PARTITION BY invoice_id ORDER BY day, seq, src ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW) AS balance, lead(day) OVER w AS next_day
      FROM (SELECT e.*, i.customer_id, i.portfolio_id, i.debt_type, i.currency, i.document_type, i.issue_date AS issue, i.due_date AS due
            FROM net_events e JOIN invoices i ON e.invoice_id = i.invoice_id)
      WINDOW w AS (PARTITION BY invoice_id ORDER BY day, seq, src)""",
    "spans": f"""
      WITH dated AS (
        SELECT customer_id, coalesce(valid_from, DATE '0001-01-01') AS since, {ATTRIBUTES} FROM attribute_rows WHERE valid_from IS NULL OR valid_from <= :as_of),
      known AS (SELECT *, coalesce(lead(since) OVER (PARTITION BY customer_id ORDER BY since), :after) AS until FROM dated)
      SELECT customer_id, since, until, {ATTRIBUTES} FROM known
      UNION ALL
      SELECT customer_id, DATE '0001-01-01', min(since), NULL, NULL, NULL, NULL, NULL FROM dated GROUP BY customer_id HAVING min(since) > DATE '0001-01-01'
      UNION ALL
      SELECT DISTINCT customer_id, DATE '0001-01-01', :after, NULL, NULL, NULL, NULL, NULL FROM invoices LEFT ANTI JOIN dated USING (customer_id)""",
    # From f until the day before u somebody owes b.
    "held": """
      SELECT invoice_id, customer_id, portfolio_id, debt_type, currency, due, day AS f, coalesce(next_day, :after) AS u, balance AS b
      FROM events WHERE balance > 0 AND NOT (next_day <=> day)""",
}

BALANCE = f"""
WITH pieces AS (
  SELECT h.portfolio_id, h.debt_type, h.currency, {', '.join('s.' + a.strip() for a in ATTRIBUTES.split(','))}, h.due, h.b,
         greatest(h.f, s.since) AS f, least(h.u, s.until) AS u
  FROM held h JOIN spans s ON h.customer_id = s.customer_id AND h.f < s.until AND s.since < h.u),
aged AS (
  SELECT *, greatest(f, date_add(due, low)) AS in_from, least(u, date_add(due, high + 1)) AS in_until
  FROM pieces LATERAL VIEW stack(6, {BUCKETS}) buckets AS bucket, low, high),
deltas AS (
  SELECT in_from AS day, {DIMENSIONS}, bucket, b AS a, 1 AS n FROM aged WHERE in_from < in_until
  UNION ALL
  SELECT in_until, {DIMENSIONS}, bucket, -b, -1 FROM aged WHERE in_from < in_until AND in_until <= :as_of)
SELECT day, {DIMENSIONS}, bucket, CAST(sum(a) AS DECIMAL(38, 4)) AS open_amount, sum(n) AS open_count,
       CAST(IF(bucket = 'current', 0, sum(a)) AS DECIMAL(38, 4)) AS overdue_amount, IF(bucket = 'current', 0, sum(n)) AS overdue_count
FROM deltas GROUP BY day, {DIMENSIONS}, bucket HAVING sum(a) <> 0 OR sum(n) <> 0
"""

MONTHS = {
    "months": """
      SELECT invoice_id, any_value(customer_id) AS customer_id, any_value(portfolio_id) AS portfolio_id, any_value(debt_type) AS debt_type,
             any_value(currency) AS currency, any_value(due) AS due, m, min_by(balance - a, ord) AS opening, max_by(balance, ord) AS closing,
             make_date(m DIV 12, m % 12 + 1, 1) AS first, least(last_day(make_date(m DIV 12, m % 12 + 1, 1)), :as_of) AS close,
             coalesce(sum(a) FILTER (WHERE a > 0 AND kind IN ('invoice', 'debit_note', 'instalment')), 0) AS fresh,
             coalesce(sum(a) FILTER (WHERE a > 0 AND kind IN ('interest', 'penalty')), 0) AS extra,
             coalesce(sum(a) FILTER (WHERE kind IN ('invoice', 'debit_note', 'interest', 'penalty')), 0) AS charged,
             coalesce(-sum(a) FILTER (WHERE kind = 'cash'), 0) AS cash, coalesce(-sum(a) FILTER (WHERE x IN ('credited', 'restructured')), 0) AS credited,
             coalesce(-sum(a) FILTER (WHERE x = 'written_off'), 0) AS written_off, max_by(coalesce(x, 'credited'), ord) FILTER (WHERE a < 0) AS last
      FROM events GROUP BY invoice_id, m""",
    # The closes of months at which something is open.
    "closes": """
      SELECT *, last_day(make_date(m DIV 12, m % 12 + 1, 1)) AS close FROM (
        SELECT *, explode(sequence(year(f) * 12 + month(f) - 1, year(date_sub(u, 1)) * 12 + month(date_sub(u, 1)) - 1)) AS m FROM held)
      WHERE last_day(make_date(m DIV 12, m % 12 + 1, 1)) >= f AND last_day(make_date(m DIV 12, m % 12 + 1, 1)) < u""",
}

FLOWS = f"""
WITH parts AS (
  SELECT customer_id, portfolio_id, debt_type, currency, close AS month_end, charged, cash, credited, written_off,
         IF(opening > 0 AND due < date_sub(first, 1), least(opening, cash), 0) AS recovered, 0 AS base
  FROM months
  UNION ALL
  SELECT customer_id, portfolio_id, debt_type, currency, least(last_day(date_add(close, 1)), :as_of), 0, 0, 0, 0, 0, b
  FROM closes WHERE due < close AND close < :as_of)
SELECT month_end, {DIMENSIONS}, CAST(sum(cash) AS DECIMAL(38, 4)) AS cash_amount, CAST(sum(recovered) AS DECIMAL(38, 4)) AS recovered_amount,
       CAST(sum(base) AS DECIMAL(38, 4)) AS recovery_base_amount, CAST(sum(charged) AS DECIMAL(38, 4)) AS charged_amount,
       CAST(sum(credited) AS DECIMAL(38, 4)) AS credited_amount, CAST(sum(written_off) AS DECIMAL(38, 4)) AS written_off_amount
FROM parts p JOIN spans s ON p.customer_id = s.customer_id AND p.month_end >= s.since AND p.month_end < s.until
GROUP BY month_end, {DIMENSIONS}
"""

ROLL = {
    # What left is a pile for each way out: a reversal takes from the top of it.
    "left_over": """
      WITH piles AS (
        SELECT invoice_id, m, ord, coalesce(x, 'credited') AS x, -a AS e,
               sum(-a) OVER (PARTITION BY invoice_id, m, coalesce(x, 'credited') ORDER BY ord ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW) AS s
        FROM events WHERE x IS NOT NULL OR a < 0),
      levels AS (SELECT *, least(0, min(s) OVER (PARTITION BY invoice_id, m, x ORDER BY ord ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW)) AS floor FROM piles)
      SELECT invoice_id, m, ord, x, e, -floor AS beyond,
             greatest(0, min(s - floor) OVER (PARTITION BY invoice_id, m, x ORDER BY ord ROWS BETWEEN CURRENT ROW AND UNBOUNDED FOLLOWING) - (s - floor - e)) AS rest
      FROM levels""",
    "one": f"""
      SELECT t.*, IF(opening > 0, opening, fresh) AS first_row, IF(opening > 0, fresh, 0) + extra + coalesce(beyond, 0) AS second_row,
             IF(opening > 0, {bucket('datediff(date_sub(first, 1), due)')}, 'new') AS label, {bucket('datediff(close, due)')} AS state
      FROM months t LEFT JOIN (
        SELECT invoice_id, m, sum(b) AS beyond FROM (SELECT invoice_id, m, x, max(beyond) AS b FROM left_over GROUP BY invoice_id, m, x) GROUP BY invoice_id, m) b
      ON t.invoice_id = b.invoice_id AND t.m = b.m""",
    "parts": """
      SELECT o.invoice_id, o.m, s.x, any_value(o.currency) AS currency, any_value(o.portfolio_id) AS portfolio_id, any_value(o.close) AS close, any_value(o.label) AS label,
             any_value(o.first_row) AS first_row, any_value(o.closing) AS closing, any_value(o.last) AS last,
             sum(least(till, first_row) - least(till - rest, first_row)) AS p1, sum(rest) AS p
      FROM (SELECT invoice_id, m, x, rest, sum(rest) OVER (PARTITION BY invoice_id, m ORDER BY ord ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW) AS till
            FROM left_over WHERE e > 0) s
      JOIN one o ON s.invoice_id = o.invoice_id AND s.m = o.m GROUP BY o.invoice_id, o.m, s.x""",
    "rest": """
      SELECT o.currency, o.portfolio_id, o.close, label, state, first_row, closing, first_row - coalesce(p1, 0) AS rest1, second_row - coalesce(p - p1, 0) AS rest2
      FROM one o LEFT JOIN (SELECT invoice_id, m, sum(p1) AS p1, sum(p) AS p FROM parts GROUP BY invoice_id, m) g ON o.invoice_id = g.invoice_id AND o.m = g.m""",
    "matrix": f"""
      WITH rows AS (
        -- Whole months in which nothing moved: open at both closes and no event in between.
        SELECT least(last_day(date_add(close, 1)), :as_of) AS month_end, currency, portfolio_id, {bucket('datediff(close, due)')} AS from_state,
               {bucket('datediff(least(last_day(date_add(close, 1)), :as_of), due)')} AS to_state, b AS amount, 1 AS n
        FROM closes WHERE close < :as_of AND least(last_day(date_add(close, 1)), :as_of) < u
        UNION ALL
        SELECT close, currency, portfolio_id, label, x, p1, IF(first_row > 0 AND closing = 0 AND x = last, 1, 0) FROM parts
        UNION ALL
        SELECT close, currency, portfolio_id, 'charges', x, p - p1, 0 FROM parts
        UNION ALL
        SELECT close, currency, portfolio_id, label, state, rest1, IF(first_row > 0 AND closing > 0, 1, 0) FROM rest
        UNION ALL
        SELECT close, currency, portfolio_id, 'charges', state, rest2, 0 FROM rest)
      SELECT month_end, currency, portfolio_id, from_state, to_state, CAST(sum(amount) AS DECIMAL(38, 4)) AS amount, sum(n) AS count
      FROM rows WHERE amount <> 0 OR n <> 0 GROUP BY month_end, currency, portfolio_id, from_state, to_state HAVING sum(amount) <> 0 OR sum(n) <> 0""",
}

FACTS = {
    "money": """
      WITH piles AS (
        SELECT invoice_id, due, kind, src, ord, -a AS e, coalesce(paid_on, day) AS paid_on,
               sum(-a) OVER (PARTITION BY invoice_id, kind, src ORDER BY ord ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW) AS s
        FROM events WHERE x = 'paid'),
      levels AS (SELECT *, s - least(0, min(s) OVER (PARTITION BY invoice_id, kind, src ORDER BY ord ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW)) AS l FROM piles),
      rests AS (SELECT *, greatest(0, min(l) OVER (PARTITION BY invoice_id, kind, src ORDER BY ord ROWS BETWEEN CURRENT ROW AND UNBOUNDED FOLLOWING) - (l - e)) AS rest FROM levels)
      SELECT invoice_id, sum(rest) FILTER (WHERE paid_on <= due) AS in_time, max(paid_on) AS paid_on, count_if(kind = 'cash') AS sums_of_cash
      FROM rests WHERE e > 0 AND rest > 0 GROUP BY invoice_id""",
    "facts": """
      SELECT e.*, coalesce(p.in_time, 0) AS in_time, p.paid_on, coalesce(p.sums_of_cash, 0) AS sums_of_cash,
             open = 0 AND p.invoice_id IS NOT NULL AND written_off <= 0 AND restructured <= 0 AS is_paid
      FROM (
        SELECT invoice_id, any_value(customer_id) AS customer_id, any_value(currency) AS currency, any_value(document_type) AS type, any_value(issue) AS issue,
               any_value(due) AS due, coalesce(sum(a) FILTER (WHERE kind IN ('invoice', 'debit_note', 'instalment')), 0) AS billed, sum(a) AS open,
               coalesce(sum(a) FILTER (WHERE day <= due), 0) AS at_due, max(day) AS ended_on, max_by(coalesce(x, 'credited'), ord) AS x,
               coalesce(sum(a) FILTER (WHERE kind IN ('invoice', 'debit_note', 'instalment') OR (x IN ('credited', 'restructured') AND day <= due)), 0) AS expected,
               coalesce(-sum(a) FILTER (WHERE x = 'written_off'), 0) AS written_off, coalesce(-sum(a) FILTER (WHERE x = 'restructured'), 0) AS restructured,
               IF(sum(a) > 0, :as_of, date_sub(max(next_day) FILTER (WHERE balance > 0 AND NOT (next_day <=> day)), 1)) AS last_open
        FROM events GROUP BY invoice_id) e
      LEFT JOIN money p ON e.invoice_id = p.invoice_id""",
    "recovery": """
      SELECT s.segment, currency, datediff(IF(open > 0, :as_of, ended_on), due) AS days, IF(open > 0, 'open', x) AS ended_by,
             count(*) AS count, CAST(sum(at_due) AS DECIMAL(38, 4)) AS amount
      FROM facts f JOIN spans s ON f.customer_id = s.customer_id AND s.until = :after
      WHERE due <= :as_of AND at_due > 0 GROUP BY ALL""",
    "medians": """
      WITH times AS (
        SELECT segment, currency, days, sum(count) AS gone, coalesce(sum(count) FILTER (WHERE ended_by <> 'open'), 0) AS ended,
               coalesce(sum(count) FILTER (WHERE ended_by = 'paid'), 0) AS paid FROM recovery GROUP BY segment, currency, days),
      risk AS (SELECT *, sum(gone) OVER (PARTITION BY segment, currency ORDER BY days DESC) AS n FROM times),
      stayed AS (
        SELECT *, aggregate(collect_list(CAST(1 AS DOUBLE) - CAST(ended AS DOUBLE) / n) OVER (PARTITION BY segment, currency ORDER BY days
                 ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING), CAST(1 AS DOUBLE), (p, q) -> p * q) AS before FROM risk),
      curve AS (SELECT *, sum(before * paid / n) OVER (PARTITION BY segment, currency ORDER BY days) AS incidence FROM stayed)
      SELECT segment, currency, min(days) FILTER (WHERE incidence >= 0.5 - 1e-9) AS median FROM curve GROUP BY segment, currency""",
}


def features() -> str:
    def window(column, months):
        return "true" if months is None else f"{column} > add_months(:as_of, -{months})"

    spans = [("3m", 3), ("6m", 6), ("12m", 12), ("ever", None)]
    columns, quantiles = [], []
    for name, months in spans:
        issued = f"type <> 'instalment' AND {window('issue', months)}"
        due = f"due <= :as_of AND expected > 0 AND {window('due', months)}"
        columns.append(f"count_if({issued}) AS invoices_{name}, CAST(coalesce(sum(billed) FILTER (WHERE is_main AND {issued}), 0) AS DECIMAL(38, 4)) AS billed_amount_{name}")
        columns.append(f"100 * try_divide(CAST(count_if(in_time >= expected AND {due}) AS DOUBLE), count_if({due})) AS on_time_share_{name}")
        columns.append(f"100 * try_divide(CAST(sum(in_time) FILTER (WHERE is_main AND {due}) AS DOUBLE), CAST(sum(expected) FILTER (WHERE is_main AND {due}) AS DOUBLE)) AS on_time_amount_share_{name}")
    for name, months in spans[2:]:
        paid = f"is_paid AND {window('paid_on', months)}"
        columns.append(f"""avg(late) FILTER (WHERE {paid}) AS days_late_mean_{name}, stddev_pop(late) FILTER (WHERE {paid}) AS days_late_stddev_{name},
          CAST(coalesce(max(greatest(0, datediff(last_open, due))) FILTER (WHERE {window('last_open', months)}), 0) AS BIGINT) AS longest_dpd_{name}""")
        quantiles.append(f"percentile(late, array(0.5, 0.9)) FILTER (WHERE {window('paid_on', months)}) AS q_{name}")
    return f"""
WITH standing AS (
  SELECT f.*, m.main, f.currency = m.main AS is_main, datediff(paid_on, due) AS late
  FROM facts f JOIN (
    SELECT customer_id, currency AS main, row_number() OVER (PARTITION BY customer_id ORDER BY n DESC, currency) AS place
    FROM (SELECT customer_id, currency, count(*) AS n FROM facts WHERE billed > 0 GROUP BY customer_id, currency)) m
  ON f.customer_id = m.customer_id AND m.place = 1 WHERE billed > 0),
of_documents AS (
  SELECT customer_id, any_value(main) AS currency, {', '.join(columns)},
         CAST(sum(open) FILTER (WHERE is_main) AS DECIMAL(38, 4)) AS open_amount,
         CAST(coalesce(sum(open) FILTER (WHERE is_main AND due < :as_of), 0) AS DECIMAL(38, 4)) AS overdue_amount,
         CAST(coalesce(max(datediff(:as_of, due)) FILTER (WHERE open > 0 AND due < :as_of), 0) AS BIGINT) AS current_dpd,
         avg(sums_of_cash) FILTER (WHERE is_paid AND sums_of_cash > 0 AND {window('paid_on', 12)}) AS payments_per_invoice_12m, min(issue) AS first_issue
  FROM standing GROUP BY customer_id),
-- Percentiles keep every value, and would take the fast hash aggregation from all other columns.
quantiles AS (SELECT customer_id, {', '.join(quantiles)} FROM standing WHERE is_paid GROUP BY customer_id),
payers AS (
  SELECT customer_id, max(paid_on) AS last_paid_on FROM payments p
  LEFT ANTI JOIN (SELECT reverses_payment_id FROM payments WHERE paid_on <= :as_of AND reverses_payment_id IS NOT NULL) r ON p.payment_id = r.reverses_payment_id
  WHERE paid_on <= :as_of AND reverses_payment_id IS NULL GROUP BY customer_id),
since AS (
  SELECT customer_id, max_by(coalesce(customer_since, DATE '9999-12-31'), coalesce(valid_from, DATE '0001-01-01')) AS since
  FROM customers WHERE valid_from IS NULL OR valid_from <= :as_of GROUP BY customer_id)
SELECT coalesce(d.customer_id, p.customer_id, s.customer_id) AS customer_id, d.* EXCEPT (customer_id, first_issue),
       q_12m[0] AS days_late_median_12m, q_12m[1] AS days_late_p90_12m, q_ever[0] AS days_late_median_ever, q_ever[1] AS days_late_p90_ever,
       IF(first_issue <= add_months(:as_of, -12),
          100 * try_divide(CAST(2 * billed_amount_6m - billed_amount_12m AS DOUBLE), CAST(billed_amount_12m - billed_amount_6m AS DOUBLE)), NULL) AS billing_trend,
       CAST(datediff(:as_of, last_paid_on) AS BIGINT) AS days_since_last_payment,
       timestampdiff(MONTH, least(first_issue, since), :as_of) AS months_on_book
FROM of_documents d LEFT JOIN quantiles q ON d.customer_id = q.customer_id FULL JOIN payers p ON d.customer_id = p.customer_id FULL JOIN since s ON coalesce(d.customer_id, p.customer_id) = s.customer_id
WHERE d.customer_id IS NOT NULL OR last_paid_on IS NOT NULL OR since <= :as_of
"""


CACHED = {"invoices", "events", "held", "months", "closes", "left_over", "one", "parts", "rest", "facts", "spans", "recovery"}


def main() -> None:
    args = events.arguments(__doc__.splitlines()[0])
    spark = (
        SparkSession.builder.master(f"local[{args.cores}]").appName("peer")
        .config("spark.driver.memory", "6g").config("spark.ui.enabled", "false").config("spark.ui.showConsoleProgress", "false")
        .config("spark.sql.shuffle.partitions", 8 * args.cores).config("spark.sql.session.timeZone", "UTC")
        .config("spark.local.dir", str(args.out / "spill")).getOrCreate())
    spark.sparkContext.setLogLevel("ERROR")

    def sql(text: str):
        after = "date_add(:as_of, 1)"
        return spark.sql(text.replace(":after", after).replace(":as_of", f"DATE '{args.as_of}'"))

    def views(queries: dict[str, str]) -> None:
        for name, text in queries.items():
            frame = sql(text)
            (frame.cache() if name in CACHED else frame).createOrReplaceTempView(name)

    def write(name: str, text: str) -> None:
        sql(text).write.mode("overwrite").parquet(str(args.out / f"{name}.parquet"))

    if args.source == "raw":
        for table in ("customers", "invoices", "payments", "payment_applications", "adjustments"):
            spark.read.parquet(str(args.input / f"{table}.parquet")).createOrReplaceTempView(f"raw_{table}")
        views(RAW)
    else:
        for table in ("ledger.events", "silver.invoices", "silver.customer_attributes", "silver.payments", "silver.customers"):
            spark.read.parquet(*events.lakefiles.released(args.input, table)).createOrReplaceTempView(table.replace(".", "_"))
        views(LEDGER)
    views(BASE)
    write("balance", BALANCE)
    if not args.only:
        views(MONTHS)
        write("flows", FLOWS)
        views(ROLL)
        write("roll", "SELECT * FROM matrix")
        views(FACTS)
        write("recovery", "SELECT * FROM recovery")
        write("medians", "SELECT * FROM medians")
        write("customer_features", features())
    spark.stop()
    shutil.rmtree(args.out / "spill", ignore_errors=True)


if __name__ == "__main__":
    main()

"""Peer (a): DuckDB SQL, all cores, the event algorithm.

A balance is a few intervals for each invoice; every table is a group-by of what changes where an
interval begins, ends or crosses an ageing boundary. No date is ever joined to an invoice.

What makes it fast, beside DuckDB itself:

* invoices, customers and combinations of dimensions become dense integers once, so that every later
  join and group-by is on four bytes, and texts come back only in the last, small result;
* nine invoices in ten have at most one movement after they are issued: their intervals are columns of
  one row, and the windows (a sort) run over the rest alone;
* attributes are joined as spans of days, which for most customers is one row;
* what lies idle over whole months is first added up by due date and span of months, then spread
  over the months: thousands of rows instead of one for each invoice and month;
* day-to-day history is written as deltas, as ours is.
"""

import argparse
import datetime
import pathlib
import sys

import duckdb

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent))
import lakefiles  # noqa: E402

ATTRIBUTES = "segment, country, region, industry, company_size"
DIMENSIONS = "portfolio_id, segment, country, region, industry, company_size, debt_type, currency"
BOUNDARIES = [(1, "current", "1-30"), (31, "1-30", "31-60"), (61, "31-60", "61-90"),
              (91, "61-90", "91-180"), (181, "91-180", "181+")]

MACROS = """
CREATE MACRO bucket(dpd) AS CASE WHEN dpd <= 0 THEN 'current' WHEN dpd <= 30 THEN '1-30'
  WHEN dpd <= 60 THEN '31-60' WHEN dpd <= 90 THEN '61-90' WHEN dpd <= 180 THEN '91-180' ELSE '181+' END;
CREATE MACRO month_of(d) AS (year(d) * 12 + month(d) - 1)::INTEGER;
CREATE MACRO first_of(m) AS make_date(m // 12, m % 12 + 1, 1);
CREATE MACRO close_of(m) AS least(last_day(first_of(m)), getvariable('as_of'));
-- How a balance is left: 0 it is not, 1 paid, 2 credited, 3 written off, 4 restructured.
CREATE MACRO exit_of(kind) AS CASE WHEN kind IN ('cash', 'withholding') THEN 1
  WHEN kind IN ('credit_note', 'discount', 'credit') THEN 2
  WHEN kind = 'write_off' THEN 3 WHEN kind = 'restructured' THEN 4 ELSE 0 END;
CREATE MACRO exit_name(x) AS CASE x WHEN 1 THEN 'paid' WHEN 2 THEN 'credited' WHEN 3 THEN 'written_off' ELSE 'restructured' END;
"""

# -- from raw files: what is said becomes movements of balances ---------------------------------

RAW_INVOICES = """
-- The version recorded last stands. Few invoices have one with a time, so those are picked apart and
-- the rest is taken as it comes, instead of sorting them all.
CREATE TEMP TABLE later AS
SELECT arg_max(r, recorded_at) AS r FROM raw_invoices r WHERE recorded_at IS NOT NULL GROUP BY invoice_id;
CREATE TEMP TABLE documents AS
SELECT * FROM raw_invoices WHERE recorded_at IS NULL AND invoice_id NOT IN (SELECT r.invoice_id FROM later)
UNION ALL SELECT r.* FROM later;
CREATE TEMP VIEW attribute_rows AS SELECT customer_id, valid_from, segment, country, region, industry, company_size FROM raw_customers;
"""

RAW_MOVES = """
CREATE TEMP TABLE undone AS
SELECT reverses_payment_id AS payment_id, min(paid_on) AS undone_on
FROM raw_payments WHERE reverses_payment_id IS NOT NULL GROUP BY 1;
CREATE TEMP TABLE applied AS
SELECT i.inv, p.paid_on, a.payment_id, a.amount, u.undone_on,
       greatest(p.paid_on, a.applied_on, i.issue) AS day
FROM raw_payment_applications a
JOIN (SELECT payment_id, paid_on FROM raw_payments WHERE reverses_payment_id IS NULL) p USING (payment_id)
JOIN inv i USING (invoice_id)
LEFT JOIN undone u USING (payment_id);
CREATE TEMP TABLE adjusted AS
SELECT i.inv, CASE WHEN a.kind = 'credit_note' AND a.plan_id IS NOT NULL THEN 'restructured' ELSE a.kind END AS kind,
       a.effective_on AS day, a.amount * CASE WHEN a.kind IN ('interest', 'penalty') THEN 1 ELSE -1 END AS amount,
       a.adjustment_id, a.reverses_adjustment_id
FROM raw_adjustments a JOIN inv i USING (invoice_id) WHERE a.kind <> 'write_off_recovery';
-- Within a day: charges, reversals, credits, applications.
CREATE TEMP TABLE moves AS
SELECT inv, day, 3 AS seq, 'cash' AS kind, (-amount)::DECIMAL(18, 4) AS a, paid_on, payment_id AS src
FROM applied WHERE day <= getvariable('as_of') AND (undone_on IS NULL OR undone_on > day)
UNION ALL
SELECT inv, undone_on, 1, 'cash', amount, paid_on, payment_id FROM applied WHERE undone_on > day AND undone_on <= getvariable('as_of')
UNION ALL
SELECT inv, day, CASE WHEN kind IN ('interest', 'penalty') THEN 0 ELSE 2 END, kind, amount, NULL, adjustment_id
FROM adjusted WHERE reverses_adjustment_id IS NULL AND day <= getvariable('as_of')
UNION ALL
SELECT r.inv, r.day, 1, o.kind, -o.amount, NULL, o.adjustment_id
FROM adjusted r JOIN adjusted o ON o.adjustment_id = r.reverses_adjustment_id WHERE r.day <= getvariable('as_of');
CREATE TEMP VIEW document_moves AS
SELECT inv, issue AS day, 0 AS seq, CASE type WHEN 1 THEN 'debit_note' WHEN 2 THEN 'instalment' ELSE 'invoice' END AS kind,
       amount AS a, NULL::DATE AS paid_on, invoice_id AS src FROM inv;
CREATE TEMP VIEW one_document AS SELECT inv, amount AS billed FROM inv;
"""

# -- from a ledger: the movements are there -----------------------------------------------------

LEDGER_INVOICES = """
CREATE TEMP TABLE documents AS
SELECT * FROM silver_invoices WHERE invoice_id NOT IN (SELECT invoice_id FROM silver_invoices GROUP BY 1 HAVING count(*) > 1)
UNION ALL
SELECT unnest(r) FROM (
  SELECT arg_max(s, s.known_at) AS r FROM silver_invoices s
  WHERE invoice_id IN (SELECT invoice_id FROM silver_invoices GROUP BY 1 HAVING count(*) > 1) GROUP BY invoice_id);
CREATE TEMP VIEW attribute_rows AS SELECT * FROM silver_customer_attributes;
"""

LEDGER_MOVES = """
CREATE TEMP TABLE all_moves AS
SELECT i.inv, e.effective_on AS day, e.sequence AS seq, e.kind, e.amount AS a, e.paid_on, e.source_id AS src
FROM ledger_events e JOIN inv i USING (invoice_id)
WHERE e.kind <> 'write_off_recovery' AND e.effective_on <= getvariable('as_of');
CREATE TEMP VIEW moves AS SELECT * FROM all_moves WHERE kind NOT IN ('invoice', 'debit_note', 'instalment');
CREATE TEMP VIEW document_moves AS SELECT * FROM all_moves WHERE kind IN ('invoice', 'debit_note', 'instalment');
-- A document whose amount was corrected later has several events: it is not a simple one.
CREATE TEMP VIEW one_document AS SELECT inv, sum(a)::DECIMAL(18, 4) AS billed FROM document_moves GROUP BY inv HAVING count(*) = 1;
"""

# -- dense numbers -----------------------------------------------------------------------------

NUMBERS = f"""
CREATE TEMP TABLE cust AS
SELECT row_number() OVER ()::INTEGER AS cust, customer_id
FROM (SELECT customer_id FROM attribute_rows UNION SELECT customer_id FROM documents);
CREATE TEMP TABLE spans_by_name AS
WITH rows AS (
  SELECT cust, coalesce(valid_from, DATE '0001-01-01') AS since, {ATTRIBUTES}
  FROM attribute_rows JOIN cust USING (customer_id) WHERE valid_from IS NULL OR valid_from <= getvariable('as_of')),
dated AS (SELECT *, coalesce(lead(since) OVER (PARTITION BY cust ORDER BY since), getvariable('after')) AS until FROM rows)
SELECT * FROM dated
UNION ALL BY NAME
SELECT cust, DATE '0001-01-01' AS since, coalesce(min(r.since), getvariable('after')) AS until
FROM cust LEFT JOIN rows r USING (cust) GROUP BY cust HAVING coalesce(min(r.since) > DATE '0001-01-01', true);
CREATE TEMP TABLE who AS SELECT row_number() OVER ()::INTEGER AS who, * FROM (SELECT DISTINCT {ATTRIBUTES} FROM spans_by_name);
CREATE TEMP TABLE spans AS
SELECT s.cust, s.since, s.until, month_of(s.since) AS since_m,
       CASE WHEN s.until = getvariable('after') THEN 1000000 ELSE month_of(s.until) END AS until_m, w.who
FROM spans_by_name s JOIN who w ON s.segment IS NOT DISTINCT FROM w.segment AND s.country IS NOT DISTINCT FROM w.country
  AND s.region IS NOT DISTINCT FROM w.region AND s.industry IS NOT DISTINCT FROM w.industry
  AND s.company_size IS NOT DISTINCT FROM w.company_size;
CREATE TEMP TABLE doc AS SELECT row_number() OVER ()::SMALLINT AS doc, *
FROM (SELECT DISTINCT portfolio_id, debt_type, currency FROM documents);
CREATE TEMP TABLE inv AS
SELECT row_number() OVER ()::INTEGER AS inv, c.cust, k.doc, d.invoice_id, d.issue_date AS issue, d.due_date AS due, d.amount,
       CASE d.document_type WHEN 'debit_note' THEN 1 WHEN 'instalment' THEN 2 ELSE 0 END::TINYINT AS type
FROM documents d JOIN cust c USING (customer_id)
JOIN doc k ON d.portfolio_id IS NOT DISTINCT FROM k.portfolio_id AND d.debt_type IS NOT DISTINCT FROM k.debt_type AND d.currency = k.currency
WHERE d.issue_date <= getvariable('as_of');
DROP TABLE documents;
"""

# -- simple invoices: one row; the rest: windows ------------------------------------------------

SIMPLE = """
CREATE TEMP TABLE counted AS
SELECT inv, count(*) AS n, min(day) AS day, min(kind) AS kind, min(a) AS a, min(paid_on) AS paid_on FROM moves GROUP BY inv;
CREATE TEMP TABLE simple AS
SELECT i.inv, i.cust, i.doc, i.type, i.issue, i.due, o.billed, c.day, c.a, c.kind, exit_of(c.kind) AS x, c.paid_on
FROM inv i JOIN one_document o USING (inv) LEFT JOIN counted c USING (inv)
WHERE c.n IS NULL OR (c.n = 1 AND c.a < 0 AND c.day >= i.issue AND exit_of(c.kind) > 0);
-- Events of one day, kind and source are one: what later knowledge took back cancels out.
CREATE TEMP TABLE netted AS
SELECT inv, day, max(seq) AS seq, kind, paid_on, src, sum(a)::DECIMAL(18, 4) AS a
FROM (FROM moves UNION ALL BY NAME FROM document_moves)
WHERE inv NOT IN (SELECT inv FROM simple)
GROUP BY inv, day, kind, paid_on, src HAVING sum(a) <> 0;
CREATE TEMP TABLE complex AS
SELECT inv, i.cust, i.doc, i.type, i.issue, i.due, n.day, month_of(n.day) AS m, n.kind, exit_of(n.kind) AS x, n.a, n.paid_on, n.src,
       row_number() OVER w AS ord, sum(n.a) OVER w AS balance, lead(n.day) OVER w AS next_day
FROM netted n JOIN inv i USING (inv)
WINDOW w AS (PARTITION BY inv ORDER BY n.day, n.seq, n.src);
CREATE TEMP TABLE held AS  -- from f until the day before u somebody owes b
SELECT inv, cust, doc, due, issue AS f, coalesce(day, getvariable('after')) AS u, billed AS b FROM simple WHERE day IS NULL OR day > issue
UNION ALL
SELECT inv, cust, doc, due, day, getvariable('after'), billed + a FROM simple WHERE billed + a > 0
UNION ALL
SELECT inv, cust, doc, due, day, coalesce(next_day, getvariable('after')), balance::DECIMAL(18, 4)
FROM complex WHERE balance > 0 AND next_day IS DISTINCT FROM day;
"""

# -- 1. balances by day -------------------------------------------------------------------------

CROSSINGS = "\nUNION ALL\n".join(
    f"""SELECT due + {k} AS day, unnest(['{old}', '{new}']) AS bucket, doc, who, unnest([-b, b]) AS a, unnest([-1, 1]) AS n
FROM pieces WHERE f < due + {k} AND due + {k} < u"""
    for k, old, new in BOUNDARIES)

BALANCE = f"""
CREATE TEMP TABLE pieces AS
SELECT h.doc, s.who, h.due, greatest(h.f, s.since) AS f, least(h.u, s.until) AS u, h.b
FROM held h JOIN spans s ON h.cust = s.cust AND h.f < s.until AND s.since < h.u;
CREATE TEMP TABLE balance AS
WITH deltas AS (
  SELECT f AS day, bucket(f - due) AS bucket, doc, who, b AS a, 1 AS n FROM pieces
  UNION ALL
  SELECT u, bucket(u - 1 - due), doc, who, -b, -1 FROM pieces WHERE u <= getvariable('as_of')
  UNION ALL
  {CROSSINGS}),
sums AS (SELECT day, bucket, doc, who, sum(a) AS a, sum(n)::BIGINT AS n FROM deltas GROUP BY ALL HAVING sum(a) <> 0 OR sum(n) <> 0)
SELECT day, {DIMENSIONS}, bucket, a AS open_amount, n AS open_count,
       CASE WHEN bucket = 'current' THEN 0 ELSE a END AS overdue_amount, CASE WHEN bucket = 'current' THEN 0 ELSE n END AS overdue_count
FROM sums JOIN doc USING (doc) JOIN who USING (who);
"""

# -- 2. flows by month --------------------------------------------------------------------------

FLOWS = f"""
CREATE TEMP TABLE months AS  -- one row for each complex invoice and month in which it moves
SELECT inv, any_value(cust) AS cust, any_value(doc) AS doc, any_value(due) AS due, m,
       arg_min(balance - a, ord) AS opening, arg_max(balance, ord) AS closing,
       coalesce(sum(a) FILTER (a > 0 AND kind IN ('invoice', 'debit_note', 'instalment')), 0) AS fresh,
       coalesce(sum(a) FILTER (a > 0 AND kind IN ('interest', 'penalty')), 0) AS extra,
       coalesce(sum(a) FILTER (kind IN ('invoice', 'debit_note', 'interest', 'penalty')), 0) AS charged,
       coalesce(-sum(a) FILTER (kind = 'cash'), 0) AS cash, coalesce(-sum(a) FILTER (x IN (2, 4)), 0) AS credited,
       coalesce(-sum(a) FILTER (x = 3), 0) AS written_off,
       arg_max(CASE WHEN x = 0 THEN 2 ELSE x END, ord) FILTER (a < 0) AS last
FROM complex GROUP BY inv, m;
CREATE TEMP TABLE flows AS
WITH parts AS (
  SELECT cust, doc, month_of(issue) AS m, CASE WHEN type < 2 THEN billed ELSE 0 END AS charged, 0 AS cash, 0 AS credited, 0 AS written_off, 0 AS recovered
  FROM simple
  UNION ALL
  SELECT cust, doc, month_of(day), 0, CASE WHEN kind = 'cash' THEN -a ELSE 0 END, CASE WHEN x IN (2, 4) THEN -a ELSE 0 END,
         CASE WHEN x = 3 THEN -a ELSE 0 END,
         CASE WHEN kind = 'cash' AND due < first_of(month_of(day)) - 1 AND issue < first_of(month_of(day)) THEN -a ELSE 0 END
  FROM simple WHERE day IS NOT NULL
  UNION ALL
  SELECT cust, doc, m, charged, cash, credited, written_off,
         CASE WHEN opening > 0 AND due < first_of(m) - 1 THEN least(opening, cash) ELSE 0 END FROM months),
moved AS (
  SELECT m, doc, who, sum(charged) AS charged, sum(cash) AS cash, sum(credited) AS credited, sum(written_off) AS written_off, sum(recovered) AS recovered
  FROM parts p JOIN spans s ON p.cust = s.cust AND p.m >= s.since_m AND p.m < s.until_m GROUP BY ALL),
-- What is overdue at a close is the base of the month after: from the month after f to the one of u.
late AS (
  SELECT h.doc, s.who, greatest(month_of(greatest(h.f, h.due + 1)) + 1, s.since_m) AS from_m,
         least(CASE WHEN h.u = getvariable('after') THEN 1000000 ELSE month_of(h.u) + 1 END, s.until_m) AS until_m, h.b
  FROM held h JOIN spans s ON h.cust = s.cust WHERE h.due + 1 < h.u),
steps AS (
  SELECT doc, who, from_m AS m, sum(b) AS b FROM late WHERE from_m < until_m GROUP BY ALL
  UNION ALL SELECT doc, who, until_m, -sum(b) FROM late WHERE from_m < until_m GROUP BY ALL),
states AS (
  SELECT doc, who, m, sum(sum(b)) OVER (PARTITION BY doc, who ORDER BY m) AS base,
         coalesce(lead(m) OVER (PARTITION BY doc, who ORDER BY m), 1000000) AS next_m
  FROM steps WHERE m <= month_of(getvariable('as_of')) GROUP BY doc, who, m),
bases AS (
  SELECT unnest(range(m, least(next_m, month_of(getvariable('as_of')) + 1)))::INTEGER AS m, doc, who, base FROM states WHERE base <> 0),
joined AS (
  SELECT m, doc, who, cash, recovered, 0 AS base, charged, credited, written_off FROM moved
  UNION ALL SELECT m, doc, who, 0, 0, base, 0, 0, 0 FROM bases)
SELECT close_of(m) AS month_end, {DIMENSIONS}, sum(cash)::DECIMAL(38, 4) AS cash_amount, sum(recovered)::DECIMAL(38, 4) AS recovered_amount,
       sum(base)::DECIMAL(38, 4) AS recovery_base_amount, sum(charged)::DECIMAL(38, 4) AS charged_amount,
       sum(credited)::DECIMAL(38, 4) AS credited_amount, sum(written_off)::DECIMAL(38, 4) AS written_off_amount
FROM joined JOIN doc USING (doc) JOIN who USING (who) GROUP BY ALL;
"""

# -- 3. roll matrix -----------------------------------------------------------------------------

ROLL = """
-- What left is a pile for each way out: a reversal takes from the top. What is left of each piece is
-- what no later level of the pile goes below.
CREATE TEMP TABLE left_over AS
WITH piles AS (
  SELECT inv, m, ord, CASE WHEN x = 0 THEN 2 ELSE x END AS x, -a AS e,
         sum(-a) OVER (PARTITION BY inv, m, CASE WHEN x = 0 THEN 2 ELSE x END ORDER BY ord) AS s
  FROM complex WHERE x > 0 OR a < 0),
levels AS (SELECT *, least(0, min(s) OVER (PARTITION BY inv, m, x ORDER BY ord)) AS floor FROM piles)
SELECT inv, m, ord, x, e, greatest(0, least(s - floor,
         min(s - floor) OVER (PARTITION BY inv, m, x ORDER BY ord ROWS BETWEEN CURRENT ROW AND UNBOUNDED FOLLOWING)) - (s - floor - e)) AS rest,
       -floor AS beyond
FROM levels;
CREATE TEMP TABLE roll AS
WITH beyond AS (SELECT inv, m, sum(b) AS beyond FROM (SELECT inv, m, x, max(beyond) AS b FROM left_over GROUP BY ALL) GROUP BY ALL),
one AS (
  SELECT t.*, CASE WHEN opening > 0 THEN opening ELSE fresh END AS first_row,
         CASE WHEN opening > 0 THEN fresh ELSE 0 END + extra + coalesce(beyond, 0) AS second_row,
         CASE WHEN opening > 0 THEN bucket(first_of(m) - 1 - due) ELSE 'new' END AS label, bucket(close_of(m) - due) AS state
  FROM months t LEFT JOIN beyond USING (inv, m)),
summed AS (SELECT inv, m, x, rest, sum(rest) OVER (PARTITION BY inv, m ORDER BY ord) AS till FROM left_over WHERE e > 0),
parts AS (
  SELECT s.inv, s.m, s.x, sum(least(till, first_row) - least(till - rest, first_row)) AS p1, sum(rest) AS p
  FROM summed s JOIN one USING (inv, m) GROUP BY ALL),
gone AS (SELECT inv, m, sum(p1) AS p1, sum(p) AS p FROM parts GROUP BY ALL),
idle AS (
  SELECT doc, due, month_of(f) + 1 AS from_m, CASE WHEN u = getvariable('after') THEN month_of(getvariable('as_of')) + 1 ELSE month_of(u) END AS until_m,
         sum(b) AS b, count(*) AS n
  FROM held GROUP BY ALL HAVING from_m < until_m),
spread AS (SELECT doc, due, unnest(range(from_m, until_m))::INTEGER AS m, b, n FROM idle),
rows AS (
  SELECT m, doc, bucket(first_of(m) - 1 - due) AS from_state, bucket(close_of(m) - due) AS to_state, b AS amount, n FROM spread
  UNION ALL  -- simple: the month of issue
  SELECT month_of(issue), doc, 'new', bucket(close_of(month_of(issue)) - due),
         billed + CASE WHEN month_of(day) = month_of(issue) THEN a ELSE 0 END, 1
  FROM simple WHERE day IS NULL OR month_of(day) > month_of(issue) OR billed + a > 0
  UNION ALL  -- simple: what left
  SELECT month_of(day), doc, CASE WHEN month_of(day) = month_of(issue) THEN 'new' ELSE bucket(first_of(month_of(day)) - 1 - due) END,
         exit_name(x), -a, CASE WHEN billed + a = 0 THEN 1 ELSE 0 END
  FROM simple WHERE day IS NOT NULL
  UNION ALL  -- simple: what a later payment left open
  SELECT month_of(day), doc, bucket(first_of(month_of(day)) - 1 - due), bucket(close_of(month_of(day)) - due), billed + a, 1
  FROM simple WHERE billed + a > 0 AND month_of(day) > month_of(issue)
  UNION ALL
  SELECT o.m, doc, label, exit_name(x), p.p1, CASE WHEN first_row > 0 AND closing = 0 AND x = last THEN 1 ELSE 0 END
  FROM parts p JOIN one o USING (inv, m) WHERE p.p1 <> 0 OR (first_row > 0 AND closing = 0 AND x = last)
  UNION ALL
  SELECT o.m, doc, label, state, first_row - coalesce(g.p1, 0), CASE WHEN first_row > 0 AND closing > 0 THEN 1 ELSE 0 END
  FROM one o LEFT JOIN gone g USING (inv, m) WHERE first_row - coalesce(g.p1, 0) <> 0 OR (first_row > 0 AND closing > 0)
  UNION ALL
  SELECT o.m, doc, 'charges', exit_name(x), p.p - p.p1, 0 FROM parts p JOIN one o USING (inv, m) WHERE p.p <> p.p1
  UNION ALL
  SELECT o.m, doc, 'charges', state, second_row - coalesce(g.p - g.p1, 0), 0
  FROM one o LEFT JOIN gone g USING (inv, m) WHERE second_row <> coalesce(g.p - g.p1, 0)),
small AS (SELECT m, doc, from_state, to_state, sum(amount) AS amount, sum(n) AS n FROM rows GROUP BY ALL)
SELECT close_of(m) AS month_end, currency, portfolio_id, from_state, to_state, sum(amount)::DECIMAL(38, 4) AS amount, sum(n)::BIGINT AS count
FROM small JOIN doc USING (doc) GROUP BY ALL HAVING sum(amount) <> 0 OR sum(n) <> 0;
"""

# -- 4. days to recover, 5. features: one row for each invoice first ------------------------------

FACTS = """
CREATE TEMP TABLE pieces_of_money AS  -- complex: what reached the invoice and was not taken back, latest first
WITH piles AS (
  SELECT inv, due, kind, src, ord, -a AS e, coalesce(paid_on, day) AS paid_on, sum(-a) OVER (PARTITION BY inv, kind, src ORDER BY ord) AS s
  FROM complex WHERE x = 1),
levels AS (SELECT *, s - least(0, min(s) OVER (PARTITION BY inv, kind, src ORDER BY ord)) AS l FROM piles),
rests AS (
  SELECT *, greatest(0, min(l) OVER (PARTITION BY inv, kind, src ORDER BY ord ROWS BETWEEN CURRENT ROW AND UNBOUNDED FOLLOWING) - (l - e)) AS rest
  FROM levels)
SELECT inv, sum(rest) FILTER (paid_on <= due) AS in_time, max(paid_on) AS paid_on, count(*) FILTER (kind = 'cash') AS sums_of_cash
FROM rests WHERE e > 0 AND rest > 0 GROUP BY inv;
CREATE TEMP TABLE facts AS
SELECT cust, doc, type, issue, due, billed, CASE WHEN day IS NULL THEN billed ELSE billed + a END AS open,
       CASE WHEN day <= due THEN billed + a ELSE billed END AS at_due, day AS ended_on, x,
       billed + CASE WHEN x IN (2, 4) AND day <= due THEN a ELSE 0 END AS expected,
       CASE WHEN x = 1 AND coalesce(paid_on, day) <= due THEN -a ELSE 0 END AS in_time,
       x = 1 AND billed + a = 0 AS is_paid, CASE WHEN x = 1 THEN coalesce(paid_on, day) END AS paid_on,
       CASE WHEN kind = 'cash' THEN 1 ELSE 0 END AS sums_of_cash,
       CASE WHEN day IS NULL OR billed + a > 0 THEN getvariable('as_of') WHEN day > issue THEN day - 1 END AS last_open
FROM simple
UNION ALL
SELECT any_value(c.cust), any_value(c.doc), any_value(c.type), any_value(c.issue), any_value(c.due),
       coalesce(sum(a) FILTER (c.kind IN ('invoice', 'debit_note', 'instalment')), 0) AS billed, sum(a),
       coalesce(sum(a) FILTER (day <= c.due), 0), max(day), arg_max(CASE WHEN x = 0 THEN 2 ELSE x END, ord),
       coalesce(sum(a) FILTER (c.kind IN ('invoice', 'debit_note', 'instalment') OR (x IN (2, 4) AND day <= c.due)), 0),
       coalesce(any_value(p.in_time), 0),
       sum(a) = 0 AND any_value(p.inv) IS NOT NULL AND coalesce(-sum(a) FILTER (x = 3), 0) <= 0 AND coalesce(-sum(a) FILTER (x = 4), 0) <= 0,
       any_value(p.paid_on), coalesce(any_value(p.sums_of_cash), 0),
       CASE WHEN sum(a) > 0 THEN getvariable('as_of') ELSE max(next_day) FILTER (balance > 0 AND next_day IS DISTINCT FROM day) - 1 END
FROM complex c LEFT JOIN pieces_of_money p USING (inv) GROUP BY inv;
"""

RECOVERY = """
CREATE TEMP TABLE recovery AS
WITH ends AS (
  SELECT cust, doc, CASE WHEN open > 0 THEN 'open' ELSE exit_name(x) END AS ended_by,
         (CASE WHEN open > 0 THEN getvariable('as_of') ELSE ended_on END - due)::INTEGER AS days, at_due
  FROM facts WHERE due <= getvariable('as_of') AND at_due > 0)
SELECT segment, currency, days, ended_by, count(*) AS count, sum(at_due)::DECIMAL(38, 4) AS amount
FROM ends e JOIN spans s ON e.cust = s.cust AND s.until = getvariable('after') JOIN who USING (who) JOIN doc USING (doc) GROUP BY ALL;
CREATE TEMP TABLE medians AS
-- Aalen-Johansen: S(t-) is the product of what stayed before; ends come before censorings on a tie.
WITH times AS (
  SELECT segment, currency, days, sum(count) AS gone, sum(count) FILTER (ended_by <> 'open') AS ended, sum(count) FILTER (ended_by = 'paid') AS paid
  FROM recovery GROUP BY ALL),
risk AS (SELECT *, sum(gone) OVER (PARTITION BY segment, currency ORDER BY days DESC) AS n FROM times),
stayed AS (
  SELECT *, coalesce(product(1 - coalesce(ended, 0) / n)
         OVER (PARTITION BY segment, currency ORDER BY days ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING), 1) AS before FROM risk),
curve AS (SELECT *, sum(before * coalesce(paid, 0) / n) OVER (PARTITION BY segment, currency ORDER BY days) AS incidence FROM stayed)
SELECT segment, currency, min(days) FILTER (incidence >= 0.5 - 1e-9) AS median FROM curve GROUP BY ALL;
"""


def features(payments: str, customers: str) -> str:
    """Returns the SQL of the customers' features, given the relations of payments and customers."""
    def window(column, months):
        return "true" if months is None else f"{column} > (getvariable('as_of') - INTERVAL {months} MONTH)::DATE"

    spans = [("3m", 3), ("6m", 6), ("12m", 12), ("ever", None)]
    billing, on_time, late = [], [], []
    for name, months in spans:
        issued = f"type < 2 AND {window('issue', months)}"
        fell_due = f"due <= getvariable('as_of') AND expected > 0 AND {window('due', months)}"
        billing.append(f"count(*) FILTER ({issued}) AS invoices_{name}, coalesce(sum(billed) FILTER (is_main AND {issued}), 0)::DECIMAL(38, 4) AS billed_amount_{name}")
        on_time.append(f"100.0::DOUBLE * count(*) FILTER (in_time >= expected AND {fell_due}) / nullif(count(*) FILTER ({fell_due}), 0) AS on_time_share_{name}")
        on_time.append(f"100.0::DOUBLE * sum(in_time) FILTER (is_main AND {fell_due}) / nullif(sum(expected) FILTER (is_main AND {fell_due}), 0) AS on_time_amount_share_{name}")
    for name, months in spans[2:]:
        paid = f"is_paid AND {window('paid_on', months)}"
        late.append(f"""avg(paid_on - due) FILTER ({paid}) AS days_late_mean_{name}, stddev_pop(paid_on - due) FILTER ({paid}) AS days_late_stddev_{name},
          quantile_cont((paid_on - due)::DOUBLE, 0.5) FILTER ({paid}) AS days_late_median_{name},
          quantile_cont((paid_on - due)::DOUBLE, 0.9) FILTER ({paid}) AS days_late_p90_{name},
          coalesce(max(greatest(0, last_open - due)) FILTER ({window('last_open', months)}), 0)::BIGINT AS longest_dpd_{name}""")
    return f"""
CREATE TEMP TABLE main AS
SELECT cust, currency FROM (SELECT cust, currency, count(*) AS n FROM facts JOIN doc USING (doc) WHERE billed > 0 GROUP BY ALL)
QUALIFY row_number() OVER (PARTITION BY cust ORDER BY n DESC, currency) = 1;
CREATE TEMP TABLE payers AS
SELECT cust, max(paid_on) FILTER (reverses_payment_id IS NULL AND payment_id NOT IN
         (SELECT reverses_payment_id FROM {payments} WHERE reverses_payment_id IS NOT NULL AND paid_on <= getvariable('as_of'))) AS last_paid_on
FROM {payments} JOIN cust USING (customer_id) WHERE paid_on <= getvariable('as_of') GROUP BY cust;
CREATE TEMP TABLE since AS
SELECT cust, arg_max(coalesce(customer_since, DATE '9999-12-31'), coalesce(valid_from, DATE '0001-01-01')) AS since
FROM {customers} JOIN cust USING (customer_id) WHERE valid_from IS NULL OR valid_from <= getvariable('as_of') GROUP BY cust;
CREATE TEMP TABLE of_documents AS
SELECT f.cust, any_value(m.currency) AS currency, {', '.join(billing)},
       sum(open) FILTER (is_main)::DECIMAL(38, 4) AS open_amount,
       coalesce(sum(open) FILTER (is_main AND due < getvariable('as_of')), 0)::DECIMAL(38, 4) AS overdue_amount,
       coalesce(max(getvariable('as_of') - due) FILTER (open > 0 AND due < getvariable('as_of')), 0)::BIGINT AS current_dpd,
       {', '.join(on_time)}, {', '.join(late)},
       avg(sums_of_cash) FILTER (is_paid AND sums_of_cash > 0 AND {window('paid_on', 12)}) AS payments_per_invoice_12m,
       min(issue) AS first_issue
FROM (SELECT f.*, d.currency = m.currency AS is_main, m.currency AS main_currency FROM facts f JOIN doc d USING (doc) JOIN main m USING (cust) WHERE billed > 0) f
JOIN main m USING (cust) GROUP BY f.cust;
CREATE TEMP TABLE customer_features AS
SELECT customer_id, d.* EXCLUDE (cust, first_issue),
       CASE WHEN first_issue <= (getvariable('as_of') - INTERVAL 12 MONTH)::DATE THEN
         100.0::DOUBLE * (2 * billed_amount_6m - billed_amount_12m) / nullif(billed_amount_12m - billed_amount_6m, 0) END AS billing_trend,
       (getvariable('as_of') - last_paid_on)::BIGINT AS days_since_last_payment,
       datesub('month', least(first_issue, since), getvariable('as_of')) AS months_on_book
FROM cust LEFT JOIN of_documents d USING (cust) LEFT JOIN payers USING (cust) LEFT JOIN since s USING (cust)
WHERE d.cust IS NOT NULL OR last_paid_on IS NOT NULL OR s.since <= getvariable('as_of');
"""


REST = ["flows", "roll", "recovery", "medians", "customer_features"]


def connect(cores: int, spill: pathlib.Path, as_of: datetime.date) -> duckdb.DuckDBPyConnection:
    """Returns a connection that may use all cores and, like any user's, 80 % of the memory."""
    con = duckdb.connect()
    con.execute(f"SET threads = {cores}")
    con.execute(f"SET temp_directory = '{spill}'")
    con.execute("SET preserve_insertion_order = false")  # frees the parallel writers from each other
    con.execute(f"SET VARIABLE as_of = DATE '{as_of}'")
    con.execute(f"SET VARIABLE after = DATE '{as_of + datetime.timedelta(days=1)}'")
    con.execute(MACROS)
    return con


def load(con, source: str, folder: pathlib.Path) -> tuple[str, str]:
    """Reads raw files or a lake into `inv` and `moves`; returns the relations of payments and customers."""
    if source == "raw":
        for table in ("customers", "invoices", "payments", "payment_applications", "adjustments"):
            con.execute(f"CREATE VIEW raw_{table} AS FROM read_parquet('{folder}/{table}.parquet/*.parquet')")
        scripts, relations = (RAW_INVOICES, NUMBERS, RAW_MOVES), ("raw_payments", "raw_customers")
    else:
        for table in ("ledger.events", "silver.invoices", "silver.customer_attributes", "silver.payments", "silver.customers"):
            con.execute(f"CREATE VIEW {table.replace('.', '_')} AS FROM read_parquet({lakefiles.released(folder, table)})")
        scripts, relations = (LEDGER_INVOICES, NUMBERS, LEDGER_MOVES), ("standing_payments", "standing_customers")
        for table, key in (("payments", "payment_id"), ("customers", "customer_id, valid_from")):
            # All versions are there; the one known last stands.
            con.execute(f"CREATE VIEW standing_{table} AS SELECT unnest(r) FROM (SELECT arg_max(s, s.known_at) AS r FROM silver_{table} s GROUP BY {key})")
    for script in scripts:
        con.execute(script)
    return relations


def write(con, out: pathlib.Path, tables) -> None:
    out.mkdir(parents=True, exist_ok=True)
    for table in tables:
        con.execute(f"COPY {table} TO '{out}/{table}.parquet' (FORMAT parquet, COMPRESSION zstd)")


def arguments(description: str) -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=description)
    parser.add_argument("--from", dest="source", choices=["raw", "ledger"], required=True)
    parser.add_argument("--input", type=pathlib.Path, required=True, help="folder of raw Parquet, or a lake")
    parser.add_argument("--out", type=pathlib.Path, required=True)
    parser.add_argument("--as-of", type=datetime.date.fromisoformat, required=True)
    parser.add_argument("--cores", type=int, required=True)
    parser.add_argument("--only", choices=["balance"], help="the daily history alone")
    parser.add_argument("--month-ends", action="store_true", help="peer (b): month ends only")
    return parser.parse_args()


def rest(con, relations: tuple[str, str]) -> None:
    """Makes the tables 2 to 5."""
    for script in (FLOWS, ROLL, FACTS, RECOVERY, features(*relations)):
        con.execute(script)


def main() -> None:
    args = arguments(__doc__.splitlines()[0])
    con = connect(args.cores, args.out / "spill", args.as_of)
    relations = load(con, args.source, args.input)
    con.execute(SIMPLE)
    con.execute(BALANCE)
    if not args.only:
        rest(con, relations)
    write(con, args.out, ["balance"] if args.only else ["balance", *REST])


if __name__ == "__main__":
    main()

-- DSO by count-back, by the given dimensions (${by}: each followed by a comma; ${same}: they are equal in c and e):
-- the balance against each month's billing, latest first. Doubles leave crumbs, which are no balance.
CREATE OR REPLACE TEMP TABLE billing AS
WITH cell AS (
  SELECT ${by} sum(open * rate) AS open, min(issued) FILTER (document_type <> 'instalment') AS first_issue
  FROM state LEFT JOIN rate ON money = currency GROUP BY ALL),
month AS (
  SELECT cell.*, CAST(m AS DATE) AS month,
         CASE WHEN m = getvariable('s') THEN day(getvariable('d')) ELSE day(last_day(CAST(m AS DATE))) END AS days
  FROM cell, unnest(generate_series(CAST(coalesce(date_trunc('month', first_issue), getvariable('s')) AS TIMESTAMP),
    CAST(getvariable('s') AS TIMESTAMP), INTERVAL 1 MONTH)) s(m)),
billed AS (
  SELECT ${by} date_trunc('month', issued) AS month, sum(amount * rate) AS billed
  FROM state LEFT JOIN rate ON money = currency WHERE document_type <> 'instalment' GROUP BY ALL)
SELECT *, coalesce(sum(billed) OVER (PARTITION BY ${by} true ORDER BY month DESC
         ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING), 0) AS later
FROM (
  SELECT c.*, coalesce(e.billed, 0) AS billed FROM month c LEFT JOIN billed e ON e.month = c.month AND ${same});

SELECT 'dso_countback' AS kpi, ${by}
       CASE WHEN any_value(open) > sum(billed) * (1 + 1e-9) THEN NULL
            ELSE sum(days * CASE WHEN open - later <= 1e-9 * open THEN 0 WHEN billed <= open - later THEN 1
                                 ELSE (open - later) / billed END) END AS value,
       any_value(open) AS numerator, NULL AS denominator, NULL AS items
FROM billing GROUP BY ALL

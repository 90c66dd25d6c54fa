-- Days to recover, by the given dimensions (${by}: each followed by a comma; ${same}: they are equal in c and e). Every invoice due by d with a balance at the
-- close of its due date is at risk from that day on, until its balance last reached zero, or else until d.
CREATE OR REPLACE TEMP TABLE observed AS
WITH running AS (
  SELECT invoice_id, seq, day, kind, amount, sum(amount) OVER (PARTITION BY invoice_id ORDER BY seq) AS open_after
  FROM past),
last_zero AS (
  SELECT invoice_id, arg_max(kind, seq) AS kind, max(day) AS day FROM running
  WHERE open_after <= 0 AND open_after - amount > 0 GROUP BY invoice_id)
SELECT ${by} weighting,
       CASE WHEN open > 0 THEN getvariable('d') - due ELSE l.day - due END AS t,
       open = 0 AS ended,
       open = 0 AND coalesce(kind IN ('cash', 'withholding'), false) AS paid,
       CAST(CASE weighting WHEN '' THEN 1 ELSE open_when_due * rate.rate END AS DOUBLE) AS w
FROM state
LEFT JOIN last_zero l USING (invoice_id)
LEFT JOIN rate ON money = currency,
(VALUES (''), ('weighted_')) v(weighting)
WHERE due <= getvariable('d') AND open_when_due > 0;

-- Per time: the weight that leaves then (gone), ends (d) and is paid (d1); n: at risk just before it.
CREATE OR REPLACE TEMP TABLE moment AS
SELECT *, sum(gone) OVER (PARTITION BY ${by} weighting ORDER BY t DESC) AS n
FROM (
  SELECT ${by} weighting, t, sum(w) AS gone, coalesce(sum(w) FILTER (ended), 0) AS d,
         coalesce(sum(w) FILTER (paid), 0) AS d1, bool_and(ended) AS all_ended, count(*) AS items
  FROM observed GROUP BY ALL);

-- s: survival (every end counts); before: the same just before t; f: cumulative incidence of paid (Aalen-Johansen);
-- g: Greenwood's sum. When all that is left ends together, survival is exactly 0.
CREATE OR REPLACE TEMP TABLE curve AS
WITH factor AS (
  SELECT *, CASE WHEN all_ended AND t = max(t) OVER (PARTITION BY ${by} weighting) THEN 0 ELSE 1 - d / n END AS stays
  FROM moment),
survival AS (
  SELECT *, product(stays) OVER (PARTITION BY ${by} weighting ORDER BY t) AS s FROM factor),
previous AS (
  SELECT *, coalesce(lag(s) OVER (PARTITION BY ${by} weighting ORDER BY t), 1) AS before FROM survival)
SELECT *, sum(before * d1 / n) OVER (PARTITION BY ${by} weighting ORDER BY t) AS f,
       sum(CASE WHEN stays > 0 THEN d / (n * (n - d)) ELSE 0 END) OVER (PARTITION BY ${by} weighting ORDER BY t) AS g
FROM previous;

-- The delta-method variance of f at each time, without weights, and both bands of 95 %.
CREATE OR REPLACE TEMP TABLE band AS
SELECT c.*,
       pow(f, exp(-1.959963984540054 * sqrt(v) / (f * ln(f)))) AS f_low,
       pow(f, exp(1.959963984540054 * sqrt(v) / (f * ln(f)))) AS f_high,
       s * exp(-1.959963984540054 * sqrt(g)) AS s_low,
       s * exp(1.959963984540054 * sqrt(g)) AS s_high
FROM (
  SELECT c.*, (
    SELECT sum(CASE WHEN e.stays > 0 THEN pow(c.f - e.f, 2) * e.d / (e.n * (e.n - e.d)) ELSE 0 END
               + pow(e.before, 2) * e.d1 * (e.n - e.d1) / pow(e.n, 3)
               - 2 * (c.f - e.f) * e.before * e.d1 / pow(e.n, 2))
    FROM curve e WHERE e.weighting = '' AND e.t <= c.t AND ${same}) AS v
  FROM curve c WHERE c.weighting = '' AND c.f > 0 AND c.f < 1 - 1e-9) c
UNION ALL BY NAME
SELECT c.*, CASE WHEN f > 0 THEN 1 ELSE 0 END AS f_low, CASE WHEN f > 0 THEN 1 ELSE 0 END AS f_high,
       s * exp(-1.959963984540054 * sqrt(g)) AS s_low, s * exp(1.959963984540054 * sqrt(g)) AS s_high
FROM curve c WHERE c.weighting = '' AND NOT (c.f > 0 AND c.f < 1 - 1e-9);

WITH first_day AS (
  SELECT ${by} weighting, sum(items) AS items, max(t) AS last, arg_max(all_ended, t) AS known_after,
         min(t) FILTER (f >= 0.25 - 1e-9) AS p25, min(t) FILTER (f >= 0.5 - 1e-9) AS median,
         min(t) FILTER (f >= 0.75 - 1e-9) AS p75, min(t) FILTER (s <= 0.5 + 1e-9) AS km_median,
         arg_max(f, t) FILTER (t <= 30) AS f30, arg_max(f, t) FILTER (t <= 60) AS f60,
         arg_max(f, t) FILTER (t <= 90) AS f90, arg_max(f, t) FILTER (t <= 180) AS f180,
         365 - coalesce(sum(before * d1 / n * (365 - t)) FILTER (t <= 365), 0) AS mean_365
  FROM curve GROUP BY ALL),
limits AS (
  SELECT ${by} sum(items) AS items, min(t) FILTER (f_high >= 0.5 - 1e-9) AS median_low, min(t) FILTER (f_low >= 0.5 - 1e-9) AS median_high,
         min(t) FILTER (s_low <= 0.5 + 1e-9) AS km_median_low, min(t) FILTER (s_high <= 0.5 + 1e-9) AS km_median_high
  FROM band GROUP BY ALL),
long AS (
  SELECT 'days_to_recover_' || weighting || id AS kpi, ${by} CASE id
           WHEN 'median' THEN median WHEN 'p25' THEN p25 WHEN 'p75' THEN p75 WHEN 'km_median' THEN km_median
           WHEN 'mean_365' THEN CASE WHEN last >= 365 OR known_after THEN mean_365 END
           ELSE CASE WHEN last >= k OR known_after THEN 100 * coalesce(CASE k WHEN 30 THEN f30 WHEN 60 THEN f60 WHEN 90 THEN f90 ELSE f180 END, 0) END
         END AS value, items
  FROM first_day, (VALUES ('median', 0), ('p25', 0), ('p75', 0), ('km_median', 0), ('mean_365', 365),
    ('paid_by_30', 30), ('paid_by_60', 60), ('paid_by_90', 90), ('paid_by_180', 180)) v(id, k)
  UNION ALL BY NAME
  SELECT 'days_to_recover_' || id AS kpi, ${by} CASE id WHEN 'median_low' THEN median_low WHEN 'median_high' THEN median_high
           WHEN 'km_median_low' THEN km_median_low ELSE km_median_high END AS value, items
  FROM limits, (VALUES ('median_low'), ('median_high'), ('km_median_low'), ('km_median_high')) v(id))
SELECT kpi, ${by} value, NULL AS numerator, NULL AS denominator, items FROM long

-- The figures by the given dimensions. ${by}: the dimensions, each followed by a comma; ${cohorts}: true when cohort is
-- among them. Parts are added exactly, currency by currency, before they are converted.
WITH exact AS (
  SELECT kpi, ${by} currency AS money, any_value(factor) AS factor, bool_or(counted) AS counted,
         bool_or(void) AS void, bool_and(seen) AS seen, sum(num) AS num, sum(den) AS den, sum(items) AS items
  FROM part
  WHERE CASE WHEN ${cohorts} THEN cohort IS NOT NULL ELSE latest END
  GROUP BY ALL),
converted AS (
  SELECT kpi, ${by} any_value(factor) AS factor, bool_or(void) AS void, bool_and(seen) AS seen,
         CASE WHEN bool_or(NOT counted AND num <> 0 AND rate IS NULL) THEN NULL
              ELSE sum(num * CASE WHEN counted THEN 1 ELSE coalesce(rate, 0) END) END AS num,
         CASE WHEN bool_or(NOT counted AND den <> 0 AND rate IS NULL) THEN NULL
              ELSE sum(den * CASE WHEN counted THEN 1 ELSE coalesce(rate, 0) END) END AS den,
         sum(items) AS items
  FROM exact LEFT JOIN rate USING (money)
  GROUP BY ALL)
SELECT kpi, ${by}
       CASE WHEN void OR NOT seen THEN NULL ELSE factor * num / nullif(den, 0) END AS value,
       CASE WHEN seen THEN num END AS numerator, CASE WHEN seen THEN den END AS denominator, items
FROM converted

-- What each invoice gives to the numerator, the denominator and the items of each balance and recovery figure at d.
-- ${dims}: the attributes of an invoice. An amount is in its own currency. counted: of things, never converted; void: the
-- figure has no value though its parts stand; seen, latest: of a cohort.
CREATE OR REPLACE TEMP TABLE part (
  kpi VARCHAR, portfolio_id VARCHAR, segment VARCHAR, country VARCHAR, region VARCHAR, industry VARCHAR,
  company_size VARCHAR, debt_type VARCHAR, currency VARCHAR, cohort VARCHAR,
  num DECIMAL(38, 4), den DECIMAL(38, 4), items BIGINT,
  factor INTEGER DEFAULT 100, counted BOOLEAN DEFAULT false, void BOOLEAN DEFAULT false,
  seen BOOLEAN DEFAULT true, latest BOOLEAN DEFAULT true);

-- Balance.
INSERT INTO part BY NAME
SELECT 'delinquency_index' AS kpi, ${dims},
       CASE WHEN overdue THEN open ELSE 0 END AS num, open AS den, 1 AS items
FROM state WHERE open > 0;

INSERT INTO part BY NAME
SELECT 'par_' || k AS kpi, ${dims},
       CASE WHEN max(CASE WHEN dpd > k THEN 1 ELSE 0 END) OVER (PARTITION BY k, customer_id) = 1 THEN open ELSE 0 END AS num,
       open AS den, 1 AS items
FROM state, (VALUES (30), (60), (90)) t(k) WHERE open > 0;

INSERT INTO part BY NAME
SELECT 'overdue_over_' || k AS kpi, ${dims},
       CASE WHEN dpd > k THEN open ELSE 0 END AS num, open AS den, 1 AS items
FROM state, (VALUES (30), (60), (90)) t(k) WHERE open > 0;

INSERT INTO part BY NAME
SELECT 'average_dpd' AS kpi, ${dims},
       open * dpd AS num, open AS den, 1 AS items, 1 AS factor
FROM state WHERE overdue;

INSERT INTO part BY NAME
SELECT 'restructured_share' AS kpi, ${dims},
       CASE WHEN document_type = 'instalment' THEN open ELSE 0 END AS num, open AS den, 1 AS items
FROM state WHERE open > 0;

INSERT INTO part BY NAME
SELECT 'unapplied_share' AS kpi, ${dims},
       0 AS num, open AS den, 1 AS items
FROM state WHERE open > 0
UNION ALL BY NAME
SELECT 'unapplied_share' AS kpi, segment, country, region, industry, company_size, currency,
       sum(amount) AS num, 0 AS den, 0 AS items
FROM waiting LEFT JOIN who USING (customer_id)
WHERE day <= getvariable('d') GROUP BY ALL HAVING sum(amount) <> 0;

-- Recovery: what the overdue of the month before brought in, per invoice at most its balance, without a floor.
INSERT INTO part BY NAME
SELECT 'recovery_rate' AS kpi, ${dims},
       least(opening, coalesce(cash, 0)) AS num, opening AS den, 1 AS items
FROM state LEFT JOIN (SELECT invoice_id, -sum(amount) AS cash FROM past
  WHERE kind = 'cash' AND day >= getvariable('s') GROUP BY ALL) USING (invoice_id)
WHERE was_overdue;

-- Vintages: the month's last possible entry is the invoice due on the day before its last day.
INSERT INTO part BY NAME
WITH vintage AS (
  SELECT k, state.*,
         least(open_when_due, coalesce((SELECT -sum(amount) FROM past
           WHERE past.invoice_id = state.invoice_id AND kind = 'cash' AND day > due AND day <= due + k), 0)) AS cash,
         last_day(due + 1) - 1 + k <= getvariable('d') AS seen
  FROM state, (VALUES (30), (60), (90), (180)) t(k)
  WHERE due < getvariable('d') AND open_when_due > 0)
SELECT 'recovery_rate_' || k AS kpi, ${dims}, cohort,
       cash AS num, open_when_due AS den, 1 AS items, seen,
       cohort = strftime(CASE
         WHEN last_day(getvariable('d') + 1 - k) = getvariable('d') + 1 - k THEN getvariable('d') + 1 - k
         ELSE date_trunc('month', getvariable('d') + 1 - k) - INTERVAL 1 DAY END, '%Y-%m') AS latest
FROM vintage;

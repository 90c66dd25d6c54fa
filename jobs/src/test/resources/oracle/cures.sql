-- Cured and relapsed customers, one row per customer and cell in which it had anything overdue. Variables: e, the close
-- of the month in question; f, the first of that month; b, the day before. ${dims}: as in parts.sql.
-- hold: every stretch of days on which an invoice had a balance, as seen from d.
CREATE OR REPLACE TEMP TABLE hold AS
SELECT invoice_id, day AS since, coalesce(lead(day) OVER (PARTITION BY invoice_id ORDER BY day), DATE '9999-01-01') - 1 AS until,
       sum(moved) OVER (PARTITION BY invoice_id ORDER BY day) AS open
FROM (SELECT invoice_id, day, sum(amount) AS moved FROM past GROUP BY ALL);

-- Late at the close of b; what it lost in f..e, and how much of that was cash. To add several currencies up, any one
-- currency will do.
CREATE OR REPLACE TEMP TABLE late AS
SELECT state.*, coalesce(cash, 0) * unit.rate AS cash, coalesce(lost, 0) * unit.rate AS lost
FROM state
JOIN hold ON hold.invoice_id = state.invoice_id AND getvariable('b') BETWEEN since AND until AND hold.open > 0
LEFT JOIN (
  SELECT invoice_id, -sum(amount) FILTER (kind IN ('cash', 'withholding')) AS cash,
         -sum(amount) FILTER (NOT is_charge(kind)) AS lost
  FROM past WHERE day BETWEEN getvariable('f') AND getvariable('e') GROUP BY ALL) moved ON moved.invoice_id = state.invoice_id
LEFT JOIN unit ON unit.money = state.currency
WHERE getvariable('b') > due;

CREATE OR REPLACE TEMP TABLE still_late AS
SELECT DISTINCT customer_id FROM state JOIN hold USING (invoice_id)
WHERE hold.open > 0 AND getvariable('e') BETWEEN since AND until AND getvariable('e') > due;

CREATE OR REPLACE TEMP TABLE cured AS
SELECT customer_id FROM late
WHERE customer_id NOT IN (FROM still_late)
GROUP BY customer_id HAVING 2 * sum(cash) > sum(lost);

-- The figures of a month: what each invoice gives in s..d. As in parts.sql.

-- Paid on time: received is by the day the money came, net of what is reversed by d.
INSERT INTO part BY NAME
SELECT 'collected_on_time' AS kpi, ${dims}, coalesce(received, 0) AS num, amount - coalesce(credited, 0) AS den, 1 AS items
FROM state
LEFT JOIN (
  SELECT invoice_id, -sum(e.amount) FILTER (kind IN ('cash', 'withholding') AND paid_on <= due) AS received,
         -sum(e.amount) FILTER (is_credit(kind) AND day <= due) AS credited
  FROM past e JOIN invoice USING (invoice_id) GROUP BY invoice_id) USING (invoice_id)
WHERE due BETWEEN getvariable('s') AND getvariable('d') AND amount > coalesce(credited, 0);

-- Collection effectiveness: b, opening; billed and charged in the month; open; of that not yet due.
INSERT INTO part BY NAME
WITH month AS (
  SELECT state.*,
         CASE WHEN issued >= getvariable('s') AND document_type <> 'instalment' THEN amount ELSE 0 END
           + coalesce(charged, 0) AS billed,
         coalesce(cash, 0) AS cash,
         CASE WHEN dpd <= 0 THEN open ELSE 0 END AS not_due
  FROM state
  LEFT JOIN (
    SELECT invoice_id, sum(amount) FILTER (kind IN ('interest', 'penalty')) AS charged,
           -sum(amount) FILTER (kind = 'cash') AS cash
    FROM past WHERE day >= getvariable('s') GROUP BY invoice_id) USING (invoice_id))
SELECT v.kpi, ${dims}, CASE v.kpi WHEN 'cei' THEN opening + billed - open ELSE cash END AS num,
       opening + billed - not_due AS den,
       CASE WHEN opening <> 0 OR billed <> 0 OR open <> 0 THEN 1 ELSE 0 END AS items
FROM month, (VALUES ('cei'), ('cei_cash')) v(kpi)
WHERE opening <> 0 OR billed <> 0 OR open <> 0 OR cash <> 0;

INSERT INTO part BY NAME
SELECT v.kpi, ${dims},
       CASE WHEN v.kpi = 'dso' OR (v.kpi = 'bpdso') = (dpd <= 0) THEN open ELSE 0 END AS num,
       CASE WHEN billed THEN amount ELSE 0 END AS den,
       CASE WHEN billed THEN 1 ELSE 0 END AS items, 90 AS factor,
       (SELECT min(issued) FROM invoice) > getvariable('d') - 89 AS void
FROM (SELECT *, issued >= getvariable('d') - 89 AND document_type <> 'instalment' AS billed FROM state),
  (VALUES ('dso'), ('bpdso'), ('add')) v(kpi)
WHERE open > 0 OR billed;

INSERT INTO part BY NAME
SELECT 'write_off_rate' AS kpi, ${dims}, coalesce(lost, 0) AS num, opening AS den,
       CASE WHEN opening > 0 THEN 1 ELSE 0 END AS items
FROM state LEFT JOIN (SELECT invoice_id, -sum(amount) AS lost FROM past
  WHERE kind = 'write_off' AND day >= getvariable('s') GROUP BY ALL) USING (invoice_id)
WHERE opening > 0 OR lost <> 0;

INSERT INTO part BY NAME
WITH recovery AS (
  SELECT r.invoice_id, r.effective_on AS day, CASE WHEN r.reverses_adjustment_id IS NULL THEN r.amount ELSE -r.amount END AS amount
  FROM adjustment r LEFT JOIN adjustment o ON o.adjustment_id = r.reverses_adjustment_id
  WHERE coalesce(o.kind, r.kind) = 'write_off_recovery' AND r.effective_on <= getvariable('d')
  UNION ALL SELECT invoice_id, day, amount FROM recovered WHERE day <= getvariable('d'))
SELECT 'write_off_recovery_rate' AS kpi, ${dims}, coalesce(back, 0) AS num,
       greatest(0, coalesce(lost, 0) - coalesce(back_before, 0)) AS den,
       CASE WHEN coalesce(lost, 0) > coalesce(back_before, 0) THEN 1 ELSE 0 END AS items
FROM state
LEFT JOIN (SELECT invoice_id, -sum(amount) AS lost FROM past WHERE kind = 'write_off' AND day <= getvariable('p')
  GROUP BY ALL) USING (invoice_id)
LEFT JOIN (SELECT invoice_id, sum(amount) FILTER (day >= getvariable('s')) AS back,
    sum(amount) FILTER (day <= getvariable('p')) AS back_before FROM recovery GROUP BY ALL) USING (invoice_id)
WHERE back <> 0 OR coalesce(lost, 0) <> coalesce(back_before, 0);

-- Early-payment discounts whose offer ended in the month.
CREATE OR REPLACE TEMP TABLE offer AS
SELECT state.*, coalesce(received, 0) AS received, coalesce(discounted, 0) AS discounted,
       coalesce(received, 0) > 0
         AND coalesce(received, 0) >= amount - coalesce(credited, 0) - discount_amount AS taken
FROM state
LEFT JOIN (
  SELECT invoice_id, -sum(e.amount) FILTER (kind = 'cash' AND paid_on <= discount_until) AS received,
         -sum(e.amount) FILTER (kind IN ('credit_note', 'credit', 'restructured') AND day <= discount_until) AS credited,
         -sum(e.amount) FILTER (kind = 'discount') AS discounted
  FROM past e JOIN invoice USING (invoice_id) GROUP BY invoice_id) USING (invoice_id)
WHERE discount_until BETWEEN getvariable('s') AND getvariable('d') AND discount_amount IS NOT NULL;

INSERT INTO part BY NAME
SELECT 'discount_uptake' AS kpi, ${dims}, CASE WHEN taken THEN 1 ELSE 0 END AS num, 1 AS den, 1 AS items, true AS counted
FROM offer;

INSERT INTO part BY NAME
SELECT 'discount_cost' AS kpi, ${dims}, discounted AS num, received AS den, 1 AS items FROM offer WHERE taken;

-- Cost: of all contacts of the month, in the currency of the contact, for the invoice it was about. A reversal after the
-- due date counts even if the cash it undoes came in time: so the worked scenarios have it.
INSERT INTO part BY NAME
SELECT 'cost_to_collect' AS kpi, ${dims}, 0 AS num, cash AS den, 1 AS items
FROM state JOIN (SELECT invoice_id, -sum(e.amount) AS cash FROM past e JOIN invoice USING (invoice_id)
  WHERE kind = 'cash' AND day >= getvariable('s') AND day > due GROUP BY ALL HAVING sum(e.amount) <> 0) USING (invoice_id)
UNION ALL BY NAME
SELECT 'cost_to_collect' AS kpi, i.portfolio_id, i.debt_type, segment, country, region, industry, company_size, c.currency,
       cost AS num, 0 AS den, 0 AS items
FROM contact c LEFT JOIN who USING (customer_id) LEFT JOIN invoice i USING (invoice_id)
WHERE day BETWEEN getvariable('s') AND getvariable('d') AND cost <> 0;

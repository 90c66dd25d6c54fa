-- 4. Payments arrive: what given applications speak for is reserved, the rest is unapplied cash. Then the applications
-- of the day.
CREATE OR REPLACE TEMP TABLE arrival AS
SELECT payment_id, customer_id, currency, paid_on, coalesce(spoken_for, 0) AS reserved,
       amount - coalesce(spoken_for, 0) AS free
FROM good_payment
LEFT JOIN spoken USING (payment_id)
WHERE paid_on = getvariable('day');

INSERT INTO waiting
SELECT getvariable('day'), 4, 'cash', payment_id, customer_id, currency, paid_on, free FROM arrival WHERE free > 0
UNION ALL
SELECT getvariable('day'), 4, 'reserved', payment_id, customer_id, currency, paid_on, reserved FROM arrival
WHERE reserved > 0;

-- What a write-off has ended is recovered, up to what was written off and has not come back yet.
CREATE OR REPLACE TEMP TABLE recoverable AS
SELECT invoice_id, lost - coalesce(told, 0) - coalesce(came, 0) AS left_to_recover
FROM (
  SELECT invoice_id, sum(amount) AS open, arg_max(kind, (day, step, place)) AS ended_by,
         -sum(amount) FILTER (kind = 'write_off') AS lost
  FROM event GROUP BY invoice_id)
LEFT JOIN (SELECT invoice_id, sum(amount) AS came FROM recovered GROUP BY invoice_id) USING (invoice_id)
LEFT JOIN (
  SELECT r.invoice_id, sum(CASE WHEN r.reverses_adjustment_id IS NULL THEN r.amount ELSE -r.amount END) AS told
  FROM adjustment r LEFT JOIN adjustment o ON o.adjustment_id = r.reverses_adjustment_id
  WHERE coalesce(o.kind, r.kind) = 'write_off_recovery' AND r.effective_on <= getvariable('day')
  GROUP BY r.invoice_id) USING (invoice_id)
WHERE open = 0 AND ended_by = 'write_off' AND lost > coalesce(told, 0) + coalesce(came, 0);

CREATE OR REPLACE TEMP TABLE applied AS
SELECT g.*, greatest(0, least(amount, coalesce(left_to_recover, 0)
         - coalesce(sum(amount) OVER (PARTITION BY invoice_id ORDER BY paid_on, payment_id
           ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING), 0))) AS came_back, row_number() OVER (ORDER BY paid_on, payment_id, invoice_id) AS place,
       greatest(0, least(amount,
         coalesce(open, 0) - coalesce(sum(amount) OVER (PARTITION BY invoice_id ORDER BY paid_on, payment_id
           ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING), 0))) AS taken
FROM given g
JOIN (SELECT payment_id FROM good_payment) USING (payment_id)
LEFT JOIN balance USING (invoice_id)
LEFT JOIN recoverable USING (invoice_id)
WHERE NOT waits_for_its_invoice AND effective_on = getvariable('day');

INSERT INTO event
SELECT getvariable('day'), 4, place, invoice_id, 'cash', -taken, payment_id, paid_on, getvariable('day')
FROM applied WHERE taken > 0;

INSERT INTO recovered
SELECT getvariable('day'), invoice_id, payment_id, paid_on, came_back FROM applied WHERE came_back > 0;

INSERT INTO waiting
SELECT getvariable('day'), 4, 'cash', payment_id, payer_id, payment_currency, paid_on,
       CAST(round(payment_amount::DOUBLE * (amount - taken - came_back)::DOUBLE / amount::DOUBLE, decimals(payment_currency))
         AS DECIMAL(18, 4))
FROM applied WHERE taken + came_back < amount
UNION ALL
SELECT getvariable('day'), 4, 'reserved', payment_id, payer_id, payment_currency, paid_on, -payment_amount FROM applied;

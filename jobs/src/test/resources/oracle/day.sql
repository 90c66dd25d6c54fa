-- One day of every customer. Variable: day. Charges, reversals, credits, given applications, refunds, then the close.

-- 1. Charges.
INSERT INTO event
SELECT getvariable('day'), 1, row_number() OVER (ORDER BY id), invoice_id, kind, amount, id, NULL, getvariable('day')
FROM (
  SELECT invoice_id, document_type AS kind, amount, invoice_id AS id FROM invoice WHERE issued = getvariable('day')
  UNION ALL
  SELECT invoice_id, kind, amount, adjustment_id FROM adjustment JOIN (SELECT invoice_id FROM invoice) USING (invoice_id)
  WHERE kind IN ('interest', 'penalty') AND reverses_adjustment_id IS NULL AND effective_on = getvariable('day'));

-- 2. Reversals of payments and adjustments: what they did so far is undone, what waits of them disappears.
CREATE OR REPLACE TEMP TABLE undone AS
SELECT reverses_payment_id AS source_id FROM payment
WHERE reverses_payment_id IS NOT NULL AND paid_on = getvariable('day')
UNION ALL
SELECT reverses_adjustment_id FROM adjustment
WHERE reverses_adjustment_id IS NOT NULL AND effective_on = getvariable('day');

INSERT INTO event
SELECT getvariable('day'), 2, row_number() OVER (ORDER BY day, step, place), invoice_id, kind, -amount, source_id,
       paid_on, applied_on
FROM event JOIN undone USING (source_id);

INSERT INTO waiting
SELECT getvariable('day'), 2, kind, source_id, customer_id, currency, since, -rest
FROM purse JOIN undone USING (source_id);

-- 3. Credits: credit notes, discounts, withholdings and write-offs, never below zero.
CREATE OR REPLACE TEMP TABLE credit AS
SELECT adjustment_id, invoice_id, kind, amount, plan_id, customer_id, currency,
       row_number() OVER (ORDER BY adjustment_id) AS place,
       greatest(0, least(amount,
         coalesce(open, 0) - coalesce(sum(amount) OVER (PARTITION BY invoice_id ORDER BY adjustment_id
           ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING), 0))) AS taken
FROM adjustment a
JOIN (SELECT invoice_id, customer_id, currency FROM invoice) USING (invoice_id)
LEFT JOIN balance USING (invoice_id)
WHERE kind IN ('credit_note', 'discount', 'withholding', 'write_off') AND reverses_adjustment_id IS NULL
  AND effective_on = getvariable('day')
  AND NOT EXISTS (FROM adjustment r WHERE r.reverses_adjustment_id = a.adjustment_id
    AND r.effective_on <= getvariable('day'));

INSERT INTO event
SELECT getvariable('day'), 3, place, invoice_id,
       CASE WHEN kind = 'credit_note' AND plan_id IS NOT NULL THEN 'restructured' ELSE kind END,
       -taken, adjustment_id, getvariable('day'), getvariable('day')
FROM credit WHERE taken > 0;

INSERT INTO waiting
SELECT getvariable('day'), 3, 'credit', adjustment_id, customer_id, currency, getvariable('day'), amount - taken
FROM credit WHERE kind = 'credit_note' AND amount > taken;

-- 4. Payments arrive: what given applications speak for is reserved, the rest is unapplied cash. Then the applications
-- of the day.
CREATE OR REPLACE TEMP VIEW good_payment AS
SELECT * FROM payment p
WHERE reverses_payment_id IS NULL
  AND NOT EXISTS (FROM payment r WHERE r.reverses_payment_id = p.payment_id AND r.paid_on <= getvariable('day'));

CREATE OR REPLACE TEMP TABLE arrival AS
SELECT payment_id, customer_id, currency, paid_on, coalesce(spoken_for, 0) AS reserved,
       amount - coalesce(spoken_for, 0) AS free
FROM good_payment
LEFT JOIN (SELECT payment_id, sum(payment_amount) AS spoken_for FROM given GROUP BY payment_id) USING (payment_id)
WHERE paid_on = getvariable('day');

INSERT INTO waiting
SELECT getvariable('day'), 4, 'cash', payment_id, customer_id, currency, paid_on, free FROM arrival WHERE free > 0
UNION ALL
SELECT getvariable('day'), 4, 'reserved', payment_id, customer_id, currency, paid_on, reserved FROM arrival
WHERE reserved > 0;

CREATE OR REPLACE TEMP TABLE applied AS
SELECT g.*, row_number() OVER (ORDER BY paid_on, payment_id, invoice_id) AS place,
       greatest(0, least(amount,
         coalesce(open, 0) - coalesce(sum(amount) OVER (PARTITION BY invoice_id ORDER BY paid_on, payment_id
           ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING), 0))) AS taken
FROM given g
JOIN (SELECT payment_id FROM good_payment) USING (payment_id)
LEFT JOIN balance USING (invoice_id)
WHERE NOT waits_for_its_invoice AND effective_on = getvariable('day');

INSERT INTO event
SELECT getvariable('day'), 4, place, invoice_id, 'cash', -taken, payment_id, paid_on, getvariable('day')
FROM applied WHERE taken > 0;

INSERT INTO waiting
SELECT getvariable('day'), 4, 'cash', payment_id, payer_id, payment_currency, paid_on,
       payment_amount - CAST(round(payment_amount::DOUBLE * taken::DOUBLE / amount::DOUBLE, 4) AS DECIMAL(18, 4))
FROM applied WHERE taken < amount
UNION ALL
SELECT getvariable('day'), 4, 'reserved', payment_id, payer_id, payment_currency, paid_on, -payment_amount FROM applied;

-- 5. Refunds take from their payment's rest, else from the oldest unapplied cash of the customer.
INSERT INTO waiting
WITH rest AS (
  SELECT refund_id, source_id, p.customer_id, p.currency, since, rest, r.amount,
         coalesce(sum(rest) OVER (PARTITION BY refund_id
           ORDER BY (source_id = r.payment_id) IS TRUE DESC, since, source_id
           ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING), 0) AS earlier
  FROM refund r JOIN purse p ON p.customer_id = r.customer_id AND p.currency = r.currency AND p.kind = 'cash'
  WHERE refunded_on = getvariable('day'))
SELECT getvariable('day'), 5, 'cash', source_id, customer_id, currency, since, -least(rest, amount - earlier)
FROM rest WHERE earlier < amount;

-- 6. The close: unapplied cash and credit, oldest first, meets open invoices of the customer and currency, oldest due
-- first. Lay the purse end to end, and the open invoices beside it: where two stretches overlap, that much is applied.
CREATE OR REPLACE TEMP TABLE allocation AS
WITH money AS (
  SELECT *, sum(rest) OVER (PARTITION BY customer_id, currency
    ORDER BY since, kind = 'credit', source_id ROWS UNBOUNDED PRECEDING) AS upto
  FROM purse WHERE kind <> 'reserved'),
need AS (
  SELECT invoice_id, customer_id, currency, due, issued, open, sum(open) OVER (PARTITION BY customer_id, currency
    ORDER BY due, issued, invoice_id ROWS UNBOUNDED PRECEDING) AS upto
  FROM balance JOIN invoice USING (invoice_id) WHERE open > 0)
SELECT m.kind, m.source_id, m.customer_id, m.currency, m.since, n.invoice_id,
       least(m.upto, n.upto) - greatest(m.upto - m.rest, n.upto - n.open) AS amount,
       row_number() OVER (ORDER BY m.since, m.kind = 'credit', m.source_id, n.due, n.issued, n.invoice_id) AS place
FROM money m JOIN need n
  ON n.customer_id = m.customer_id AND n.currency = m.currency
 AND least(m.upto, n.upto) > greatest(m.upto - m.rest, n.upto - n.open);

INSERT INTO event
SELECT getvariable('day'), 6, place, invoice_id, kind, -amount, source_id, since, getvariable('day')
FROM allocation;

INSERT INTO waiting
SELECT getvariable('day'), 6, kind, source_id, customer_id, currency, since, -sum(amount)
FROM allocation GROUP BY ALL;

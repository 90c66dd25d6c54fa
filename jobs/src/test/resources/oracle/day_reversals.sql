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

-- A charge that is taken back can leave an invoice below zero: what was last applied to it comes off again, cash as
-- unapplied cash, credit notes as customer credit; what else was taken off is cut.
CREATE OR REPLACE TEMP TABLE beyond AS
WITH taken AS (
  SELECT invoice_id, kind, source_id, paid_on, max((day, step, place)) AS last, -sum(amount) AS amount
  FROM event JOIN (SELECT invoice_id, -open AS excess FROM balance WHERE open < 0) USING (invoice_id)
  WHERE kind NOT IN ('invoice', 'debit_note', 'instalment', 'interest', 'penalty')
  GROUP BY invoice_id, kind, source_id, paid_on HAVING sum(amount) < 0),
queued AS (
  SELECT taken.*, sum(amount) OVER (PARTITION BY invoice_id ORDER BY last DESC) - amount AS earlier FROM taken)
SELECT q.invoice_id, kind, source_id, q.paid_on, least(amount, -open - earlier) AS amount,
       coalesce(p.customer_id, i.customer_id) AS customer_id, coalesce(p.currency, i.currency) AS currency,
       row_number() OVER (ORDER BY last DESC) AS place
FROM queued q
JOIN balance USING (invoice_id)
JOIN (SELECT invoice_id, customer_id, currency FROM invoice) i USING (invoice_id)
LEFT JOIN (SELECT payment_id, customer_id, currency FROM payment) p ON kind = 'cash' AND p.payment_id = source_id
WHERE earlier < -open;

INSERT INTO event
SELECT getvariable('day'), 2, 1000000 + place, invoice_id, kind, amount, source_id, paid_on, getvariable('day')
FROM beyond;

INSERT INTO waiting
SELECT getvariable('day'), 2, CASE kind WHEN 'cash' THEN 'cash' ELSE 'credit' END, source_id, customer_id, currency,
       paid_on, amount
FROM beyond WHERE kind IN ('cash', 'credit', 'credit_note', 'restructured');

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

INSERT INTO recovered
SELECT getvariable('day'), invoice_id, source_id, paid_on, -sum(amount)
FROM recovered JOIN undone USING (source_id) GROUP BY ALL HAVING sum(amount) <> 0;

-- What had been given back of it is owed, under the refund's id.
CREATE OR REPLACE TEMP TABLE owed AS
SELECT refund_id, customer_id, currency, sum(g.amount) AS amount
FROM given_back g JOIN undone USING (source_id) JOIN refund USING (refund_id) GROUP BY ALL;
INSERT INTO invoice BY NAME
SELECT refund_id AS invoice_id, customer_id, getvariable('day') AS issued, getvariable('day') AS due, amount, currency,
       'debit_note' AS document_type FROM owed;
INSERT INTO event
SELECT getvariable('day'), 2, 0, refund_id, 'debit_note', amount, refund_id, NULL, getvariable('day') FROM owed;

-- An invoice whose write-off is undone is owed again: what came for it since pays it.
CREATE OR REPLACE TEMP TABLE paid_after_all AS
SELECT *, least(amount, open - earlier) AS part FROM (
  SELECT source_id, invoice_id, open, min(r.day) AS since, paid_on, sum(r.amount) AS amount,
         coalesce(sum(sum(r.amount)) OVER (PARTITION BY invoice_id ORDER BY min(r.day), source_id
           ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING), 0) AS earlier
  FROM recovered r JOIN balance USING (invoice_id)
  WHERE invoice_id IN (SELECT e.invoice_id FROM event e JOIN undone u USING (source_id) WHERE e.kind = 'write_off')
    AND open > 0
  GROUP BY source_id, invoice_id, open, paid_on HAVING sum(r.amount) > 0)
WHERE earlier < open;
INSERT INTO event
SELECT getvariable('day'), 2, 2000000 + row_number() OVER (ORDER BY since, source_id), invoice_id, 'cash', -part, source_id,
       paid_on, getvariable('day')
FROM paid_after_all;
INSERT INTO recovered SELECT getvariable('day'), invoice_id, source_id, paid_on, -part FROM paid_after_all;

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

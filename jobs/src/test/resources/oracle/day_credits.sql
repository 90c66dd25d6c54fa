-- 3. Credits: credit notes, discounts, withholdings and write-offs, never below zero. A discount or withholding beyond
-- the balance takes the place of cash, which waits again: automatically allocated first, of each the last first.
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

CREATE OR REPLACE TEMP TABLE loose AS
WITH excess AS (
  SELECT invoice_id, sum(amount - taken) AS excess FROM credit
  WHERE kind IN ('discount', 'withholding') AND amount > taken GROUP BY invoice_id),
-- of a released piece the place is below zero where it had been allocated automatically
piece AS (
  SELECT invoice_id, source_id, paid_on, step = 6 OR step = 3 AND place < 0 AS automatic,
         max((day, step, place)) FILTER (amount < 0) AS last, -sum(amount) AS amount
  FROM event JOIN excess USING (invoice_id) WHERE kind = 'cash' GROUP BY ALL HAVING sum(amount) < 0),
queued AS (
  SELECT *, sum(amount) OVER (PARTITION BY invoice_id ORDER BY automatic DESC, last DESC
    ROWS UNBOUNDED PRECEDING) - amount AS earlier FROM piece)
SELECT q.*, least(amount, excess - earlier) AS part FROM queued q JOIN excess USING (invoice_id) WHERE earlier < excess;

-- What was let loose, the reductions get, one after the other.
CREATE OR REPLACE TEMP TABLE more AS
SELECT adjustment_id, greatest(0, least(amount - taken, room - earlier)) AS more
FROM (
  SELECT *, coalesce(sum(amount - taken) OVER (PARTITION BY invoice_id ORDER BY adjustment_id
    ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING), 0) AS earlier
  FROM credit JOIN (SELECT invoice_id, sum(part) AS room FROM loose GROUP BY invoice_id) USING (invoice_id)
  WHERE kind IN ('discount', 'withholding') AND amount > taken);
UPDATE credit SET taken = taken + more FROM more WHERE more.adjustment_id = credit.adjustment_id;

INSERT INTO event
SELECT getvariable('day'), 3, place, invoice_id,
       CASE WHEN kind = 'credit_note' AND plan_id IS NOT NULL THEN 'restructured' ELSE kind END,
       -taken, adjustment_id, getvariable('day'), getvariable('day')
FROM credit WHERE taken > 0;

INSERT INTO waiting
SELECT getvariable('day'), 3, 'credit', adjustment_id, customer_id, currency, getvariable('day'), amount - taken
FROM credit WHERE kind = 'credit_note' AND amount > taken;

-- After the reductions, so that they do not end the invoice a second time.
INSERT INTO event
SELECT getvariable('day'), 3, (CASE WHEN automatic THEN -1 ELSE 1 END) * (1000000 + row_number() OVER (ORDER BY last DESC)),
       invoice_id, 'cash', part, source_id, paid_on, getvariable('day')
FROM loose;

INSERT INTO waiting
SELECT getvariable('day'), 3, 'cash', source_id, customer_id, currency, l.paid_on, part
FROM loose l JOIN (SELECT payment_id AS source_id, customer_id, currency FROM payment) USING (source_id);

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

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
       CAST(round(payment_amount::DOUBLE * (amount - taken)::DOUBLE / amount::DOUBLE, decimals(payment_currency))
         AS DECIMAL(18, 4))
FROM applied WHERE taken < amount
UNION ALL
SELECT getvariable('day'), 4, 'reserved', payment_id, payer_id, payment_currency, paid_on, -payment_amount FROM applied;

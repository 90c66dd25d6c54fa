-- 5. Refunds take from their payment's rest, else from the oldest unapplied cash of the customer; one of more than
-- waits breaks a rule and takes nothing.
INSERT INTO waiting
WITH rest AS (
  SELECT refund_id, source_id, p.customer_id, p.currency, since, rest, r.amount,
         sum(rest) OVER (PARTITION BY refund_id) AS available,
         coalesce(sum(rest) OVER (PARTITION BY refund_id
           ORDER BY (source_id = r.payment_id) IS TRUE DESC, since, source_id
           ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING), 0) AS earlier
  FROM refund r JOIN purse p ON p.customer_id = r.customer_id AND p.currency = r.currency AND p.kind = 'cash'
  WHERE refunded_on = getvariable('day'))
SELECT getvariable('day'), 5, 'cash', source_id, customer_id, currency, since, -least(rest, amount - earlier)
FROM rest WHERE earlier < amount AND amount <= available;

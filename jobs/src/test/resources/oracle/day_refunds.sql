-- 5. Refunds take from their payment's rest, then from the oldest unapplied cash, then from the oldest credit of the
-- customer, as much as there is. Variable: turn.
CREATE OR REPLACE TEMP TABLE taken_back AS
WITH rest AS (
  SELECT refund_id, p.kind, source_id, p.customer_id, p.currency, since, rest, r.amount,
         coalesce(sum(rest) OVER (PARTITION BY refund_id
           ORDER BY p.kind = 'credit', (source_id = r.payment_id) IS TRUE DESC, since, source_id
           ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING), 0) AS earlier
  FROM refund r JOIN refund_turn USING (refund_id)
  JOIN purse p ON p.customer_id = r.customer_id AND p.currency = r.currency AND p.kind <> 'reserved'
  WHERE refunded_on = getvariable('day') AND turn = getvariable('turn'))
SELECT *, least(rest, amount - earlier) AS part FROM rest WHERE earlier < amount;

INSERT INTO waiting
SELECT getvariable('day'), 5, kind, source_id, customer_id, currency, since, -part FROM taken_back;

INSERT INTO given_back SELECT refund_id, source_id, part FROM taken_back;

-- 6. The close: unapplied cash and credit, oldest first, meets open invoices of the customer and currency, oldest due
-- first. Lay the purse end to end, and the open invoices beside it: where two stretches overlap, that much is applied.
CREATE OR REPLACE TEMP TABLE allocation AS
WITH money AS (
  SELECT * REPLACE (free AS rest), sum(free) OVER (PARTITION BY customer_id, currency
    ORDER BY since, kind = 'credit', source_id ROWS UNBOUNDED PRECEDING) AS upto
  FROM (
    -- what a refund of a later day will give back of its payment is not used
    SELECT purse.*, greatest(0, rest - coalesce((SELECT sum(amount) FROM refund r
      WHERE r.payment_id = source_id AND purse.kind = 'cash' AND r.customer_id = purse.customer_id
        AND r.currency = purse.currency AND refunded_on > getvariable('day')), 0)) AS free
    FROM purse WHERE kind <> 'reserved')
  WHERE free > 0),
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

-- Of those cured in the month that ended on e: who was late again at the close of any of the 90 days after it.
INSERT INTO person
SELECT DISTINCT v.kpi, ${dims}, customer_id, customer_id IN (
    SELECT s.customer_id FROM state s JOIN hold USING (invoice_id)
    WHERE hold.open > 0
      AND greatest(since, s.due + v.k + 1, getvariable('e') + 1) <= least(until, getvariable('e') + 90)) AS hit
FROM late, (VALUES ('redefault_rate', 0), ('redefault_rate_30', 30)) v(kpi, k)
WHERE customer_id IN (FROM cured);

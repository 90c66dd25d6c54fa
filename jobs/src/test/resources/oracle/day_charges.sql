-- One day of every customer, in the order of these files: charges, reversals, credits, payments with their given
-- applications, refunds, close. Variable: day.
-- 1. Charges.
INSERT INTO event
SELECT getvariable('day'), 1, row_number() OVER (ORDER BY id), invoice_id, kind, amount, id, NULL, getvariable('day')
FROM (
  SELECT invoice_id, document_type AS kind, amount, invoice_id AS id FROM invoice WHERE issued = getvariable('day')
  UNION ALL
  SELECT invoice_id, kind, amount, adjustment_id FROM adjustment JOIN (SELECT invoice_id FROM invoice) USING (invoice_id)
  WHERE kind IN ('interest', 'penalty') AND reverses_adjustment_id IS NULL AND effective_on = getvariable('day'));

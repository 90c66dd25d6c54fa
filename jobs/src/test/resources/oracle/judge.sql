-- What a record must keep, as far as the figures here can tell. A record that breaks a rule is left out, as in
-- quarantine; an application left out still reserves its money (raw_held).

CREATE OR REPLACE MACRO real_day(text) AS
  coalesce(TRY_CAST(text AS DATE) BETWEEN DATE '1970-01-01' AND DATE '2100-01-01', false);
CREATE OR REPLACE MACRO real_amount(text) AS
  coalesce(TRY_CAST(text AS DECIMAL(18, 4)) > 0 AND regexp_full_match(text, '[0-9]+([.][0-9]+)?'), false);
CREATE OR REPLACE MACRO decimals(currency) AS
  CASE WHEN currency IN ('CLP', 'PYG', 'JPY', 'KRW') THEN 0 WHEN currency IN ('CLF', 'UYW') THEN 4
       WHEN currency IN ('USD', 'EUR', 'GBP', 'MXN', 'COP', 'PEN', 'ARS', 'BRL', 'UYU', 'BOB', 'CRC', 'GTQ', 'DOP',
         'HNL', 'NIO', 'PAB', 'CAD', 'CHF', 'AUD', 'NZD', 'INR', 'CNY', 'MXV', 'COU', 'VES', 'CUP') THEN 2 END;
CREATE OR REPLACE MACRO real_money(text, currency) AS
  real_amount(text) AND coalesce(length(rtrim(split_part(text, '.', 2), '0')) <= decimals(currency), false);
CREATE OR REPLACE MACRO moment(recorded_at, own_date) AS
  coalesce(CASE WHEN length(recorded_at) <= 10
                THEN timezone(getvariable('zone'), TRY_CAST(recorded_at AS TIMESTAMP) + INTERVAL 1 DAY - INTERVAL 1 MICROSECOND)
                ELSE TRY_CAST(recorded_at AS TIMESTAMPTZ) END,
           timezone(getvariable('zone'), TRY_CAST(own_date AS TIMESTAMP) + INTERVAL 1 DAY - INTERVAL 1 MICROSECOND));

DELETE FROM raw_invoices i
WHERE invoice_id IS NULL OR customer_id IS NULL OR NOT real_day(issue_date) OR NOT real_day(due_date)
   OR NOT due_date >= issue_date OR NOT real_money(amount, currency)
   OR coalesce(document_type, 'invoice') NOT IN ('invoice', 'debit_note', 'instalment')
   OR (EXISTS (FROM raw_customers) AND NOT EXISTS (FROM raw_customers c WHERE c.customer_id = i.customer_id));

DELETE FROM raw_payments p
WHERE payment_id IS NULL OR customer_id IS NULL OR NOT real_day(paid_on) OR NOT real_money(amount, currency)
   OR (EXISTS (FROM raw_customers) AND NOT EXISTS (FROM raw_customers c WHERE c.customer_id = p.customer_id));

-- The same key and moment with other content: nothing tells which is later.
DELETE FROM raw_invoices a
WHERE EXISTS (FROM raw_invoices b WHERE b.invoice_id = a.invoice_id AND b IS DISTINCT FROM a
  AND moment(b.recorded_at, b.issue_date) = moment(a.recorded_at, a.issue_date));
DELETE FROM raw_payments a
WHERE EXISTS (FROM raw_payments b WHERE b.payment_id = a.payment_id AND b IS DISTINCT FROM a
  AND moment(b.recorded_at, b.paid_on) = moment(a.recorded_at, a.paid_on));

-- A reversal has its payment's amount and currency, is not before it, and is the first one.
DELETE FROM raw_payments r
WHERE reverses_payment_id IS NOT NULL AND NOT EXISTS (
  FROM raw_payments p WHERE p.payment_id = r.reverses_payment_id AND p.currency = r.currency
    AND CAST(p.amount AS DECIMAL(18, 4)) = CAST(r.amount AS DECIMAL(18, 4)) AND p.paid_on <= r.paid_on
    AND p.reverses_payment_id IS NULL);
DELETE FROM raw_payments r
WHERE reverses_payment_id IS NOT NULL AND EXISTS (
  FROM raw_payments e WHERE e.reverses_payment_id = r.reverses_payment_id
    AND (e.paid_on, e.payment_id) < (r.paid_on, r.payment_id));

DELETE FROM raw_adjustments a
WHERE adjustment_id IS NULL OR NOT real_day(effective_on) OR kind IS NULL
   OR kind NOT IN ('credit_note', 'discount', 'write_off', 'interest', 'penalty', 'withholding', 'write_off_recovery')
   OR NOT EXISTS (FROM raw_invoices i WHERE i.invoice_id = a.invoice_id AND real_money(a.amount, i.currency));
DELETE FROM raw_adjustments a
WHERE EXISTS (FROM raw_adjustments b WHERE b.adjustment_id = a.adjustment_id AND b IS DISTINCT FROM a
  AND moment(b.recorded_at, b.effective_on) = moment(a.recorded_at, a.effective_on));
DELETE FROM raw_adjustments r
WHERE reverses_adjustment_id IS NOT NULL AND NOT EXISTS (
  FROM raw_adjustments o WHERE o.adjustment_id = r.reverses_adjustment_id AND o.invoice_id = r.invoice_id
    AND CAST(o.amount AS DECIMAL(18, 4)) = CAST(r.amount AS DECIMAL(18, 4)) AND o.effective_on <= r.effective_on
    AND o.reverses_adjustment_id IS NULL);
DELETE FROM raw_adjustments r
WHERE reverses_adjustment_id IS NOT NULL AND EXISTS (
  FROM raw_adjustments e WHERE e.reverses_adjustment_id = r.reverses_adjustment_id
    AND (e.effective_on, e.adjustment_id) < (r.effective_on, r.adjustment_id));

DELETE FROM raw_refunds WHERE refund_id IS NULL OR NOT real_day(refunded_on) OR NOT real_money(amount, currency);

-- Applications. With the one that goes beyond its payment more is applied than was paid; it is left out.
CREATE OR REPLACE TABLE raw_held AS
SELECT a.* EXCLUDE (applied), a.applied AS reserved
FROM (
  SELECT *, sum(applied) OVER (PARTITION BY payment_id ORDER BY coalesce(applied_on, ''), place) AS upto
  FROM (
    SELECT *, TRY_CAST(coalesce(payment_amount, amount) AS DECIMAL(18, 4)) AS applied,
           row_number() OVER () AS place
    FROM (SELECT DISTINCT * FROM raw_payment_applications))) a
JOIN raw_payments p ON p.payment_id = a.payment_id
LEFT JOIN (SELECT DISTINCT invoice_id, currency FROM raw_invoices) i ON i.invoice_id = a.invoice_id
WHERE NOT real_amount(a.amount) OR (a.applied_on IS NOT NULL AND NOT real_day(a.applied_on))
   OR i.invoice_id IS NULL OR NOT real_money(a.amount, i.currency)
   OR (a.payment_amount IS NULL AND i.currency <> p.currency)
   OR p.reverses_payment_id IS NOT NULL
   OR upto > CAST(p.amount AS DECIMAL(18, 4));
DELETE FROM raw_payment_applications a
WHERE EXISTS (FROM raw_held h WHERE h.payment_id = a.payment_id AND h.invoice_id IS NOT DISTINCT FROM a.invoice_id
    AND h.applied_on IS NOT DISTINCT FROM a.applied_on AND h.amount IS NOT DISTINCT FROM a.amount)
   OR NOT EXISTS (FROM raw_payments p WHERE p.payment_id = a.payment_id);

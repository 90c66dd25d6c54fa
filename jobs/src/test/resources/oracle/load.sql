-- The canonical files, typed. Every file was read as text into raw_<table> with all its canonical columns.
-- Variables: zone (the creditor's time zone), known_at (the knowledge time).
-- A record counts once it is known: recorded_at, or else the end of its own date, in the creditor's zone.
-- Of several versions of a key the one recorded last stands.

CREATE OR REPLACE MACRO end_of_day(day) AS
  timezone(getvariable('zone'), CAST(day AS TIMESTAMP) + INTERVAL 1 DAY - INTERVAL 1 MICROSECOND);
CREATE OR REPLACE MACRO known(recorded_at, own_date) AS
  coalesce(
    CASE WHEN length(recorded_at) <= 10 THEN end_of_day(CAST(recorded_at AS DATE))
         ELSE CAST(recorded_at AS TIMESTAMPTZ) END,
    end_of_day(CAST(own_date AS DATE))) <= getvariable('known_at');
CREATE OR REPLACE TABLE customer AS
SELECT customer_id, country, region, industry, company_size, segment, CAST(valid_from AS DATE) AS valid_from
FROM raw_customers;

CREATE OR REPLACE TABLE invoice AS
SELECT invoice_id, customer_id, CAST(issue_date AS DATE) AS issued, CAST(due_date AS DATE) AS due,
       CAST(amount AS DECIMAL(18, 4)) AS amount, currency, coalesce(document_type, 'invoice') AS document_type,
       portfolio_id, debt_type, plan_id, CAST(discount_until AS DATE) AS discount_until,
       CAST(discount_amount AS DECIMAL(18, 4)) AS discount_amount
FROM raw_invoices
WHERE known(recorded_at, issue_date)
QUALIFY row_number() OVER (PARTITION BY invoice_id ORDER BY moment(recorded_at, issue_date) DESC) = 1;

CREATE OR REPLACE TABLE payment AS
SELECT payment_id, customer_id, CAST(paid_on AS DATE) AS paid_on, CAST(amount AS DECIMAL(18, 4)) AS amount, currency,
       reverses_payment_id
FROM raw_payments
WHERE known(recorded_at, paid_on)
QUALIFY row_number() OVER (PARTITION BY payment_id ORDER BY moment(recorded_at, paid_on) DESC) = 1;

-- An adjustment counts when its invoice is there too.
CREATE OR REPLACE TABLE adjustment AS
SELECT adjustment_id, a.invoice_id, kind, greatest(CAST(effective_on AS DATE), i.issued) AS effective_on,
       CAST(a.amount AS DECIMAL(18, 4)) AS amount, a.plan_id, reverses_adjustment_id
FROM raw_adjustments a LEFT JOIN (SELECT invoice_id, issued FROM invoice) i ON i.invoice_id = a.invoice_id
WHERE known(recorded_at, effective_on)
QUALIFY row_number() OVER (PARTITION BY adjustment_id ORDER BY moment(recorded_at, effective_on) DESC) = 1;

CREATE OR REPLACE TABLE refund AS
SELECT refund_id, customer_id, CAST(refunded_on AS DATE) AS refunded_on, CAST(amount AS DECIMAL(18, 4)) AS amount,
       currency, payment_id
FROM raw_refunds
WHERE known(recorded_at, refunded_on)
QUALIFY row_number() OVER (PARTITION BY refund_id ORDER BY moment(recorded_at, refunded_on) DESC) = 1;

-- A given application takes effect on the latest of paid_on, applied_on and the invoice's issue date.
-- One to an invoice that is not known yet never takes effect, and its money waits for it.
CREATE OR REPLACE TABLE given AS
SELECT a.payment_id, a.invoice_id, p.customer_id AS payer_id, p.paid_on, p.currency AS payment_currency,
       greatest(p.paid_on, coalesce(CAST(a.applied_on AS DATE), p.paid_on), i.issued) AS effective_on,
       CAST(a.amount AS DECIMAL(18, 4)) AS amount,
       CAST(coalesce(a.payment_amount, a.amount) AS DECIMAL(18, 4)) AS payment_amount,
       i.invoice_id IS NULL AS waits_for_its_invoice
FROM (SELECT DISTINCT * FROM raw_payment_applications) a
JOIN payment p USING (payment_id)
LEFT JOIN invoice i USING (invoice_id)
WHERE known(CAST(NULL AS VARCHAR), coalesce(a.applied_on, CAST(p.paid_on AS VARCHAR)));

-- What given applications speak for, also those left out by the judge, but never more than was paid.
CREATE OR REPLACE TABLE spoken AS
SELECT payment_id, least(any_value(amount), sum(spoken_for)) AS spoken_for
FROM payment JOIN (
  SELECT payment_id, payment_amount AS spoken_for FROM given
  UNION ALL SELECT payment_id, reserved FROM raw_held) USING (payment_id)
GROUP BY payment_id HAVING sum(spoken_for) > 0;

CREATE OR REPLACE TABLE contact AS
SELECT contact_id, customer_id, CAST(timezone(getvariable('zone'), CAST(started_at AS TIMESTAMPTZ)) AS DATE) AS day,
       coalesce(direction, 'outbound') AS direction, invoice_id, CAST(cost AS DECIMAL(18, 4)) AS cost, currency
FROM raw_contacts
WHERE CAST(started_at AS TIMESTAMPTZ) <= getvariable('known_at');

CREATE OR REPLACE TABLE fx AS
SELECT CAST(rate_date AS DATE) AS rate_date, from_currency, to_currency, CAST(rate AS DOUBLE) AS rate
FROM raw_fx_rates
WHERE end_of_day(CAST(rate_date AS DATE)) <= getvariable('known_at');

-- The days on which anything can happen, and what: only those parts of a day are played. On every other day all
-- balances stay.
CREATE OR REPLACE TABLE agenda AS
SELECT day, bool_or(part = 'charges') AS charges, bool_or(part = 'reversals') AS reversals,
       bool_or(part = 'credits') AS credits, bool_or(part = 'payments') AS payments, bool_or(part = 'refunds') AS refunds
FROM (
  SELECT issued AS day, 'charges' AS part FROM invoice
  UNION ALL SELECT effective_on, CASE WHEN reverses_adjustment_id IS NOT NULL THEN 'reversals'
    WHEN kind IN ('interest', 'penalty') THEN 'charges' ELSE 'credits' END FROM adjustment
  UNION ALL SELECT paid_on, CASE WHEN reverses_payment_id IS NOT NULL THEN 'reversals' ELSE 'payments' END FROM payment
  UNION ALL SELECT effective_on, 'payments' FROM given WHERE NOT waits_for_its_invoice
  UNION ALL SELECT refunded_on, 'refunds' FROM refund)
GROUP BY day;

-- Refunds of one day and customer are played one after the other.
CREATE OR REPLACE TABLE refund_turn AS
SELECT refund_id, row_number() OVER (PARTITION BY refunded_on, customer_id, currency ORDER BY refund_id) AS turn
FROM refund;

-- What happened to invoices: charges are positive, what takes away is negative. A reversal is the same kind with the
-- opposite sign, and says on which day the amount it undoes was applied.
-- Within a day the order is (step, place).
CREATE OR REPLACE TABLE event (
  day DATE, step INTEGER, place BIGINT, invoice_id VARCHAR, kind VARCHAR, amount DECIMAL(18, 4),
  source_id VARCHAR, paid_on DATE, applied_on DATE);

-- Cash that came for an invoice which a write-off had ended: it moves no balance.
CREATE OR REPLACE TABLE recovered (day DATE, invoice_id VARCHAR, source_id VARCHAR, paid_on DATE, amount DECIMAL(18, 4));

-- What refunds took, and from where.
CREATE OR REPLACE TABLE given_back (refund_id VARCHAR, source_id VARCHAR, amount DECIMAL(18, 4));

-- Money of a customer that is on no invoice: movements of unapplied cash, of customer credit, and of cash reserved for
-- given applications that take effect later.
CREATE OR REPLACE TABLE waiting (
  day DATE, step INTEGER, kind VARCHAR, source_id VARCHAR, customer_id VARCHAR, currency VARCHAR, since DATE,
  amount DECIMAL(18, 4));

CREATE OR REPLACE VIEW balance AS
SELECT invoice_id, sum(amount) AS open FROM event GROUP BY invoice_id;

CREATE OR REPLACE VIEW purse AS
SELECT kind, source_id, customer_id, currency, since, sum(amount) AS rest
FROM waiting GROUP BY ALL HAVING sum(amount) > 0;

-- Payments that stand on the day: neither reversals nor reversed by then.
CREATE OR REPLACE VIEW good_payment AS
SELECT * FROM payment p
WHERE reverses_payment_id IS NULL
  AND NOT EXISTS (FROM payment r WHERE r.reverses_payment_id = p.payment_id AND r.paid_on <= getvariable('day'));

-- The state of every invoice as seen from one date. Variables: d (the date), s (the first of its month), p (the day
-- before that), target (a currency to convert to, or null).

CREATE OR REPLACE MACRO is_charge(kind) AS kind IN ('invoice', 'debit_note', 'instalment', 'interest', 'penalty');
CREATE OR REPLACE MACRO is_credit(kind) AS kind IN ('credit_note', 'credit', 'discount', 'restructured');

-- Customers with the attributes in force on d: of the rows begun by then the latest; an undated one is the earliest.
CREATE OR REPLACE TEMP TABLE who AS
SELECT customer_id, segment, country, region, industry, company_size
FROM customer
WHERE coalesce(valid_from, DATE '0001-01-01') <= getvariable('d')
QUALIFY row_number() OVER (PARTITION BY customer_id ORDER BY valid_from DESC NULLS LAST) = 1;

CREATE OR REPLACE TEMP TABLE past AS
SELECT event.*, row_number() OVER (ORDER BY day, step, place) AS seq FROM event WHERE day <= getvariable('d');

CREATE OR REPLACE TEMP TABLE state AS
SELECT i.*, segment, country, region, industry, company_size,
       strftime(due + 1, '%Y-%m') AS cohort,
       getvariable('d') - due AS dpd,
       coalesce(b.open, 0) AS open,
       coalesce(b.opening, 0) AS opening,
       coalesce(b.open_when_due, 0) AS open_when_due,
       coalesce(b.open, 0) > 0 AND getvariable('d') > due AS overdue,
       coalesce(b.opening, 0) > 0 AND getvariable('p') > due AS was_overdue
FROM invoice i
LEFT JOIN who USING (customer_id)
LEFT JOIN (
  SELECT invoice_id, sum(e.amount) AS open, sum(e.amount) FILTER (day <= getvariable('p')) AS opening,
         sum(e.amount) FILTER (day <= due) AS open_when_due
  FROM past e JOIN invoice USING (invoice_id) GROUP BY invoice_id) b USING (invoice_id)
WHERE issued <= getvariable('d');

-- What it takes to turn one unit of a currency into the target: the latest rate dated on or before d, the direct pair
-- before the inverse; null where there is none.
CREATE OR REPLACE MACRO rate_into(unit, target_unit) AS
  CASE WHEN unit = target_unit THEN 1
       ELSE coalesce(
         (SELECT arg_max(rate, rate_date) FROM fx
          WHERE from_currency = unit AND to_currency = target_unit AND rate_date <= getvariable('d')),
         1 / (SELECT arg_max(rate, rate_date) FROM fx
          WHERE from_currency = target_unit AND to_currency = unit AND rate_date <= getvariable('d'))) END;

CREATE OR REPLACE TEMP TABLE money AS
SELECT currency AS money FROM invoice UNION SELECT currency FROM payment UNION SELECT currency FROM contact;

CREATE OR REPLACE TEMP TABLE rate AS
SELECT money, CASE WHEN getvariable('target') IS NULL THEN 1 ELSE rate_into(money, getvariable('target')) END AS rate
FROM money;

-- Where a customer's currencies are compared without a target, the one with most rates serves.
CREATE OR REPLACE TEMP TABLE unit AS
SELECT money, coalesce(rate_into(money, coalesce(getvariable('target'), (SELECT mode(from_currency) FROM fx))), 1) AS rate
FROM money;

-- The roll matrix of the month to d, by the given dimensions (${by}: each followed by a comma).
CREATE OR REPLACE MACRO bucket(dpd) AS
  CASE WHEN dpd <= 0 THEN 'current' WHEN dpd <= 30 THEN '1-30' WHEN dpd <= 60 THEN '31-60' WHEN dpd <= 90 THEN '61-90'
       WHEN dpd <= 180 THEN '91-180' ELSE '181+' END;

-- What moved in the month, in order; the amount an invoice is issued with is its row's own. A charge taken back goes
-- like a credit.
CREATE OR REPLACE TEMP TABLE move AS
SELECT *, row_number() OVER (PARTITION BY invoice_id ORDER BY seq) AS n
FROM (
  SELECT invoice_id, seq, -amount AS fall,
         CASE WHEN kind IN ('cash', 'withholding') THEN 'paid'
              WHEN kind = 'write_off' THEN 'written_off'
              WHEN kind = 'restructured' THEN 'restructured'
              WHEN is_credit(kind) OR amount < 0 THEN 'credited'
              ELSE 'charge' END AS class
  FROM past
  WHERE day >= getvariable('s') AND kind NOT IN ('invoice', 'debit_note', 'instalment'));

-- Step by step: a fall takes the row's own amount first (own), then the month's charges (extra). What rises undoes the
-- month's exits of its class, those from charges first, and the rest of it is a charge.
CREATE OR REPLACE TEMP TABLE split AS
WITH RECURSIVE step AS (
  SELECT invoice_id, 0::BIGINT AS n, NULL::VARCHAR AS class,
         CASE WHEN issued >= getvariable('s') THEN amount ELSE CAST(opening AS DECIMAL(18, 4)) END AS own,
         0::DECIMAL(18, 4) AS extra,
         0::DECIMAL(18, 4) AS own_paid, 0::DECIMAL(18, 4) AS own_credited, 0::DECIMAL(18, 4) AS own_written_off,
         0::DECIMAL(18, 4) AS own_restructured, 0::DECIMAL(18, 4) AS extra_paid, 0::DECIMAL(18, 4) AS extra_credited,
         0::DECIMAL(18, 4) AS extra_written_off, 0::DECIMAL(18, 4) AS extra_restructured
  FROM state
  UNION ALL
  SELECT invoice_id, n, class,
         CAST(own - x AS DECIMAL(18, 4)), CAST(extra + CASE WHEN fall < 0 THEN -fall + x ELSE -y END AS DECIMAL(18, 4)),
         CAST(own_paid + CASE class WHEN 'paid' THEN x ELSE 0 END AS DECIMAL(18, 4)),
         CAST(own_credited + CASE class WHEN 'credited' THEN x ELSE 0 END AS DECIMAL(18, 4)),
         CAST(own_written_off + CASE class WHEN 'written_off' THEN x ELSE 0 END AS DECIMAL(18, 4)),
         CAST(own_restructured + CASE class WHEN 'restructured' THEN x ELSE 0 END AS DECIMAL(18, 4)),
         CAST(extra_paid + CASE class WHEN 'paid' THEN y ELSE 0 END AS DECIMAL(18, 4)),
         CAST(extra_credited + CASE class WHEN 'credited' THEN y ELSE 0 END AS DECIMAL(18, 4)),
         CAST(extra_written_off + CASE class WHEN 'written_off' THEN y ELSE 0 END AS DECIMAL(18, 4)),
         CAST(extra_restructured + CASE class WHEN 'restructured' THEN y ELSE 0 END AS DECIMAL(18, 4))
  FROM (
    SELECT *,
           CASE WHEN class = 'charge' THEN 0 WHEN fall >= 0 THEN least(fall, own)
                ELSE -greatest(0, least(-fall - exits_extra, exits_own)) END AS x,
           CASE WHEN class = 'charge' THEN 0 WHEN fall >= 0 THEN fall - least(fall, own)
                ELSE -least(-fall, exits_extra) END AS y
    FROM (
      SELECT s.* EXCLUDE (n, class), m.n, m.class, m.fall,
             CASE m.class WHEN 'paid' THEN own_paid WHEN 'credited' THEN own_credited
               WHEN 'written_off' THEN own_written_off ELSE own_restructured END AS exits_own,
             CASE m.class WHEN 'paid' THEN extra_paid WHEN 'credited' THEN extra_credited
               WHEN 'written_off' THEN extra_written_off ELSE extra_restructured END AS exits_extra
      FROM step s JOIN move m ON m.invoice_id = s.invoice_id AND m.n = s.n + 1)))
SELECT * FROM step QUALIFY row_number() OVER (PARTITION BY invoice_id ORDER BY n DESC) = 1;

CREATE OR REPLACE TEMP TABLE rolled AS
WITH placed AS (
  SELECT state.* EXCLUDE (amount), split.* EXCLUDE (invoice_id), bucket(dpd) AS closing,
         CASE WHEN issued >= getvariable('s') THEN 'new' WHEN opening > 0 THEN bucket(getvariable('p') - due) END AS start,
         CASE WHEN open > 0 THEN bucket(dpd) ELSE class END AS counted_in
  FROM state JOIN split USING (invoice_id)),
part AS (
  SELECT placed.*, v.* FROM placed, LATERAL (VALUES
    (start, closing, own), (start, 'paid', own_paid), (start, 'credited', own_credited),
    (start, 'written_off', own_written_off), (start, 'restructured', own_restructured),
    ('charges', closing, extra), ('charges', 'paid', extra_paid), ('charges', 'credited', extra_credited),
    ('charges', 'written_off', extra_written_off), ('charges', 'restructured', extra_restructured)) v(from_state, to_state, amount))
SELECT ${by} from_state, to_state, sum(amount * rate) AS amount,
       count(*) FILTER (from_state <> 'charges' AND to_state = counted_in) AS items
FROM part LEFT JOIN rate ON money = currency
WHERE from_state IS NOT NULL AND (amount <> 0 OR (from_state <> 'charges' AND to_state = counted_in))
GROUP BY ALL;

SELECT ${by} from_state, to_state, amount, items,
       amount / nullif(sum(amount) OVER (PARTITION BY ${by} from_state), 0) AS share
FROM rolled

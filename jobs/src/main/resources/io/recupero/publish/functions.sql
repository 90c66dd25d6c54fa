-- The functions of KPI cards that no database has, for DuckDB; the package kpi has them for Spark.
--
-- A curve is a list of what ended, or was last seen, on which day. Walking over it day by day keeps:
-- d the day; n at risk after it; s still open (Kaplan-Meier); f paid (Aalen-Johansen); g, t, q, o, x
-- and y the sums of Greenwood's formula and of the delta method, which the class Incidence explains;
-- r what is looked for. Weights are summed as exact decimals: what is left after the last exit is 0
-- then, and no rounding error.

-- As Spark calls it.
CREATE MACRO unix_date(day) AS date_diff('day', DATE '1970-01-01', day);

CREATE MACRO curve(moment, how, weight) AS list({
  'day': moment,
  'paid': CASE WHEN how = 'paid' THEN weight ELSE 0 END,
  'ended': CASE WHEN how <> 'open' THEN weight ELSE 0 END,
  'seen': weight
}) FILTER (WHERE moment IS NOT NULL AND weight <> 0);

CREATE MACRO curve_points(c) AS (
  SELECT list({
    'd': day, 'paid': paid, 'ended': ended, 'n': seen, 's': 1e0, 'f': 0e0, 'g': 0e0, 't': 0e0,
    'q': 0e0, 'o': 0e0, 'x': 0e0, 'y': 0e0, 'r': NULL::DOUBLE, 'area': 0e0, 'until': 0
  } ORDER BY day)
  FROM (
    SELECT e.day::INTEGER AS day, SUM(e.paid)::DECIMAL(38, 4) AS paid,
      SUM(e.ended)::DECIMAL(38, 4) AS ended, SUM(e.seen)::DECIMAL(38, 4) AS seen
    FROM (SELECT UNNEST(c) AS e) GROUP BY e.day HAVING SUM(e.seen) > 0)
);

CREATE MACRO curve_start(points, found) AS {
  'd': NULL::INTEGER, 'paid': 0::DECIMAL(38, 4), 'ended': 0::DECIMAL(38, 4),
  'n': list_sum(list_transform(points, lambda p: p.n))::DECIMAL(38, 4), 's': 1e0, 'f': 0e0,
  'g': 0e0, 't': 0e0, 'q': 0e0, 'o': 0e0, 'x': 0e0, 'y': 0e0, 'r': found::DOUBLE, 'area': 0e0,
  'until': 0
};

CREATE MACRO curve_still_open(a, e) AS
  CASE WHEN e.ended >= a.n THEN 0e0 ELSE a.s * (a.n - e.ended)::DOUBLE / a.n::DOUBLE END;

CREATE MACRO curve_paid(a, e) AS a.f + a.s * e.paid::DOUBLE / a.n::DOUBLE;

-- What one day adds to Greenwood's sum: nothing at the last exit.
CREATE MACRO curve_term(a, e) AS
  CASE WHEN e.ended < a.n
    THEN e.ended::DOUBLE / (a.n::DOUBLE * (a.n - e.ended)::DOUBLE) ELSE 0e0 END;

CREATE MACRO curve_step(a, e, found) AS {
  'd': e.d, 'paid': e.paid, 'ended': e.ended, 'n': (a.n - e.n)::DECIMAL(38, 4),
  's': curve_still_open(a, e), 'f': curve_paid(a, e),
  'g': 0e0, 't': 0e0, 'q': 0e0, 'o': 0e0, 'x': 0e0, 'y': 0e0, 'r': found::DOUBLE, 'area': 0e0,
  'until': 0
};

CREATE MACRO curve_step_with_limits(a, e, found) AS {
  'd': e.d, 'paid': e.paid, 'ended': e.ended, 'n': (a.n - e.n)::DECIMAL(38, 4),
  's': curve_still_open(a, e), 'f': curve_paid(a, e),
  'g': a.g + curve_term(a, e),
  't': a.t + curve_paid(a, e) * curve_term(a, e),
  'q': a.q + curve_paid(a, e) * curve_paid(a, e) * curve_term(a, e),
  'o': a.o + a.s * a.s * (a.n - e.paid)::DOUBLE * e.paid::DOUBLE / power(a.n::DOUBLE, 3),
  'x': a.x + a.s * e.paid::DOUBLE / power(a.n::DOUBLE, 2),
  'y': a.y + curve_paid(a, e) * a.s * e.paid::DOUBLE / power(a.n::DOUBLE, 2),
  'r': found::DOUBLE, 'area': 0e0, 'until': 0
};

-- The log(-log) band of the share paid; at 0 and at 1 nothing is left to be unsure of.
CREATE MACRO curve_paid_band(a, side) AS
  CASE WHEN a.f < 1e-9 OR a.f > 1 - 1e-9 THEN a.f
    ELSE power(a.f, exp(side * 1.959963984540054e0 * sqrt(greatest(0e0,
      a.f * a.f * a.g - 2 * a.f * a.t + a.q + a.o - 2 * (a.f * a.x - a.y)))
      / (a.f * ln(a.f)))) END;

-- The log band of the share still open, R's default.
CREATE MACRO curve_open_band(a, side) AS
  CASE WHEN a.s = 0 THEN 0e0
    ELSE least(1e0, a.s * exp(side * 1.959963984540054e0 * sqrt(a.g))) END;

-- Arguments become columns first: a lambda cannot read an aggregate that was given as one.
-- A day is told when the next one is walked over, the last after the walk.
CREATE MACRO paid_quantile(c, share) AS (
  SELECT COALESCE(w.r, CASE WHEN w.f >= sought - 1e-9 THEN w.d END)::DOUBLE FROM (
    SELECT list_reduce(p, lambda a, e: curve_step(a, e,
      COALESCE(a.r, CASE WHEN a.f >= sought - 1e-9 THEN a.d END)), curve_start(p, NULL)) AS w, sought
    FROM (SELECT curve_points(c) AS p, share AS sought)));

CREATE MACRO paid_quantile_low(c, share) AS (
  SELECT COALESCE(w.r, CASE WHEN curve_paid_band(w, 1) >= sought - 1e-9 THEN w.d END)::DOUBLE FROM (
    SELECT list_reduce(p, lambda a, e: curve_step_with_limits(a, e,
      COALESCE(a.r, CASE WHEN curve_paid_band(a, 1) >= sought - 1e-9 THEN a.d END)),
      curve_start(p, NULL)) AS w, sought
    FROM (SELECT curve_points(c) AS p, share AS sought)));

CREATE MACRO paid_quantile_high(c, share) AS (
  SELECT COALESCE(w.r, CASE WHEN curve_paid_band(w, -1) >= sought - 1e-9 THEN w.d END)::DOUBLE FROM (
    SELECT list_reduce(p, lambda a, e: curve_step_with_limits(a, e,
      COALESCE(a.r, CASE WHEN curve_paid_band(a, -1) >= sought - 1e-9 THEN a.d END)),
      curve_start(p, NULL)) AS w, sought
    FROM (SELECT curve_points(c) AS p, share AS sought)));

CREATE MACRO exit_quantile(c, share) AS (
  SELECT COALESCE(w.r, CASE WHEN 1 - w.s >= sought - 1e-9 THEN w.d END)::DOUBLE FROM (
    SELECT list_reduce(p, lambda a, e: curve_step(a, e,
      COALESCE(a.r, CASE WHEN 1 - a.s >= sought - 1e-9 THEN a.d END)), curve_start(p, NULL)) AS w, sought
    FROM (SELECT curve_points(c) AS p, share AS sought)));

CREATE MACRO exit_quantile_low(c, share) AS (
  SELECT COALESCE(w.r, CASE WHEN 1 - curve_open_band(w, -1) >= sought - 1e-9 THEN w.d END)::DOUBLE
  FROM (
    SELECT list_reduce(p, lambda a, e: curve_step_with_limits(a, e,
      COALESCE(a.r, CASE WHEN 1 - curve_open_band(a, -1) >= sought - 1e-9 THEN a.d END)),
      curve_start(p, NULL)) AS w, sought
    FROM (SELECT curve_points(c) AS p, share AS sought)));

CREATE MACRO exit_quantile_high(c, share) AS (
  SELECT COALESCE(w.r, CASE WHEN 1 - curve_open_band(w, 1) >= sought - 1e-9 THEN w.d END)::DOUBLE
  FROM (
    SELECT list_reduce(p, lambda a, e: curve_step_with_limits(a, e,
      COALESCE(a.r, CASE WHEN 1 - curve_open_band(a, 1) >= sought - 1e-9 THEN a.d END)),
      curve_start(p, NULL)) AS w, sought
    FROM (SELECT curve_points(c) AS p, share AS sought)));

-- Nobody knows of days beyond the last one seen while anything was open then.
CREATE MACRO paid_by(c, last) AS (
  SELECT CASE WHEN until_day <= w.d OR w.s = 0 THEN w.r END FROM (
    SELECT list_reduce(p, lambda a, e: curve_step(a, e,
      CASE WHEN e.d <= until_day THEN curve_paid(a, e) ELSE a.r END), curve_start(p, 0)) AS w, until_day
    FROM (SELECT curve_points(c) AS p, last AS until_day)));

-- The limits of the share paid by a day, for the band around a curve.
CREATE MACRO paid_by_low(c, last) AS (
  SELECT CASE WHEN until_day <= w.d OR w.s = 0 THEN COALESCE(w.r,
      CASE WHEN w.d <= until_day THEN curve_paid_band(w, -1) END) END FROM (
    SELECT list_reduce(p, lambda a, e: curve_step_with_limits(a, e,
      COALESCE(a.r, CASE WHEN e.d > until_day THEN curve_paid_band(a, -1) END)),
      curve_start(p, NULL)) AS w, until_day
    FROM (SELECT curve_points(c) AS p, last AS until_day)));

CREATE MACRO paid_by_high(c, last) AS (
  SELECT CASE WHEN until_day <= w.d OR w.s = 0 THEN COALESCE(w.r,
      CASE WHEN w.d <= until_day THEN curve_paid_band(w, 1) END) END FROM (
    SELECT list_reduce(p, lambda a, e: curve_step_with_limits(a, e,
      COALESCE(a.r, CASE WHEN e.d > until_day THEN curve_paid_band(a, 1) END)),
      curve_start(p, NULL)) AS w, until_day
    FROM (SELECT curve_points(c) AS p, last AS until_day)));

CREATE MACRO curve_step_with_area(a, e, last) AS {
  'd': e.d, 'paid': e.paid, 'ended': e.ended, 'n': (a.n - e.n)::DECIMAL(38, 4),
  's': curve_still_open(a, e), 'f': curve_paid(a, e),
  'g': 0e0, 't': 0e0, 'q': 0e0, 'o': 0e0, 'x': 0e0, 'y': 0e0,
  'r': CASE WHEN e.d < last THEN curve_paid(a, e) ELSE a.r END,
  'area': CASE WHEN e.d < last
    THEN a.area + (1 - a.r) * (greatest(e.d, 0) - a.until) ELSE a.area END,
  'until': CASE WHEN e.d < last THEN greatest(e.d, 0) ELSE a.until END
};

CREATE MACRO paid_mean(c, last) AS (
  SELECT CASE WHEN until_day <= w.d OR w.s = 0 THEN w.area + (1 - w.r) * (until_day - w.until) END FROM (
    SELECT list_reduce(p, lambda a, e: curve_step_with_area(a, e, until_day), curve_start(p, 0)) AS w, until_day
    FROM (SELECT curve_points(c) AS p, last AS until_day)));

-- Days of billing, back from the date, that make up the balance: all days after the month in which
-- it is used up, and of that month its share. Where nothing is open it takes no day.
CREATE MACRO countback_months(c, today) AS (
  SELECT list({'m': m, 'b': b, 'left_over': 0::DECIMAL(38, 4), 'r': NULL::DOUBLE} ORDER BY m DESC)
  FROM (
    SELECT e.m AS m, SUM(e.b)::DECIMAL(38, 4) AS b FROM (SELECT UNNEST(c) AS e)
    WHERE e.m <= strftime(DATE '1970-01-01' + today, '%Y-%m') GROUP BY e.m HAVING SUM(e.b) <> 0)
);

CREATE MACRO countback_end(m, today) AS
  least(today, date_diff('day', DATE '1970-01-01', last_day((m || '-01')::DATE)));

CREATE MACRO countback_of(c, owed, today) AS (
  SELECT CASE WHEN COALESCE(owed, 0) = 0 THEN 0e0 ELSE
    list_reduce(p, lambda a, e: {
      'm': e.m, 'b': e.b, 'left_over': (a.left_over - e.b)::DECIMAL(38, 4),
      'r': COALESCE(a.r, CASE WHEN e.b >= a.left_over THEN
        (today - countback_end(e.m, today)) + a.left_over::DOUBLE / e.b::DOUBLE
          * (countback_end(e.m, today)
            - date_diff('day', DATE '1970-01-01', (e.m || '-01')::DATE) + 1) END)
    }, {'m': '', 'b': 0::DECIMAL(38, 4), 'left_over': owed::DECIMAL(38, 4), 'r': NULL::DOUBLE}).r
  END FROM (SELECT countback_months(c, today) AS p));

CREATE MACRO countback(billing_month, billed, owed, today) AS countback_of(
  list({'m': billing_month, 'b': billed}) FILTER (WHERE billing_month IS NOT NULL),
  SUM(owed), MAX(today));

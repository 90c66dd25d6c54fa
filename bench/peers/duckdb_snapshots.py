"""Peer (b): DuckDB SQL, all cores, the daily history as reporting packages make it.

For every date of the history the invoices that are there are joined to what has moved them up to that
date, added up and put into buckets: a snapshot for each date. What packages of this kind do well is
done here too: closed invoices leave the join on the day they close, a month of dates is made at a time
so that the working set stays small, and ids are dense integers. It writes the state of each date.

Tables 2 to 5 are those of peer (a), by its SQL: packages differ in how they make the history. So the
time of the whole flatters (b), and the daily history is measured alone as well (--only balance).
--month-ends makes the snapshots of month ends alone: from a million invoices on, every day takes
too long to be measured.
"""

import duckdb_events as events

MOVED = """
CREATE TEMP TABLE moved AS SELECT inv, day, sum(a)::DECIMAL(18, 4) AS a
FROM (SELECT inv, day, a FROM moves UNION ALL SELECT inv, day, a FROM document_moves) GROUP BY inv, day;
CREATE TEMP TABLE ends AS
SELECT i.inv, i.cust, i.doc, i.due, min(m.day) AS opened, CASE WHEN sum(a) = 0 THEN max(m.day) ELSE getvariable('after') END AS closed
FROM moved m JOIN inv i USING (inv) GROUP BY ALL;
"""

SNAPSHOTS = f"""
WITH snapshot AS (
  SELECT d.day, e.inv, any_value(e.cust) AS cust, any_value(e.doc) AS doc, any_value(e.due) AS due, sum(m.a) AS balance
  FROM (FROM dates WHERE day BETWEEN $first AND $last) d
  JOIN (FROM ends WHERE opened <= $last AND closed > $first) e ON d.day >= e.opened AND d.day < e.closed
  JOIN moved m ON m.inv = e.inv AND m.day <= d.day
  GROUP BY d.day, e.inv HAVING sum(m.a) > 0),
sums AS (
  SELECT s.day, doc, who, bucket(s.day - due) AS bucket, sum(balance) AS a, count(*) AS n
  FROM snapshot s JOIN spans p ON s.cust = p.cust AND s.day >= p.since AND s.day < p.until GROUP BY ALL)
SELECT day, {events.DIMENSIONS}, bucket, a AS open_amount, n AS open_count,
       CASE WHEN bucket = 'current' THEN 0 ELSE a END AS overdue_amount, CASE WHEN bucket = 'current' THEN 0 ELSE n END AS overdue_count
FROM sums JOIN doc USING (doc) JOIN who USING (who)
"""


def snapshots(con, month_ends: bool) -> None:
    con.execute(MOVED)
    every = "day = last_day(day) OR day = getvariable('as_of')" if month_ends else "true"
    con.execute(f"""CREATE TEMP TABLE dates AS SELECT day FROM (
      SELECT unnest(range((SELECT min(day) FROM moved), getvariable('after'), INTERVAL 1 DAY))::DATE AS day) WHERE {every}""")
    months = con.execute("SELECT min(day), max(day) FROM dates GROUP BY date_trunc('month', day) ORDER BY 1").fetchall()
    for number, (first, last) in enumerate(months):
        into = "CREATE TEMP TABLE balance_states AS" if number == 0 else "INSERT INTO balance_states"
        con.execute(f"{into} {SNAPSHOTS}", {"first": first, "last": last})


def main() -> None:
    args = events.arguments(__doc__.splitlines()[0])
    con = events.connect(args.cores, args.out / "spill", args.as_of)
    relations = events.load(con, args.source, args.input)
    snapshots(con, args.month_ends)
    if not args.only:
        con.execute(events.SIMPLE)
        events.rest(con, relations)
    events.write(con, args.out, ["balance_states"] if args.only else ["balance_states", *events.REST])


if __name__ == "__main__":
    main()

"""Compares what a peer wrote with the gold tables of a Recupero lake; fails loudly on any difference.

Amounts and counts must be the same number, shares and days the same within 1e-9. A group that one
side leaves out counts as zero where the measure is a sum, and is a difference in the features.
"""

import argparse
import pathlib
import sys

import duckdb

import lakefiles

DIMENSIONS = ["portfolio_id", "segment", "country", "region", "industry", "company_size", "debt_type", "currency"]
BALANCES = ["open_amount", "open_count", "overdue_amount", "overdue_count"]
FLOWS = ["cash_amount", "recovered_amount", "recovery_base_amount", "charged_amount", "written_off_amount"]
SLICES = [["currency"], ["currency", "segment"], ["currency", "portfolio_id", "country"], ["currency", "company_size", "debt_type"]]


class Comparison:
    """Compares relations and remembers what differed."""

    def __init__(self, lake: pathlib.Path, peer: pathlib.Path):
        self.con = duckdb.connect()
        self.lake = lake
        self.peer = peer
        self.as_of = lakefiles.release(lake)["asOf"]
        self.cells = 0
        self.differences: list[str] = []
        self.con.execute("SET preserve_insertion_order = false")

    def ours(self, table: str) -> str:
        return f"read_parquet({lakefiles.released(self.lake, table)})"

    def theirs(self, name: str) -> str:
        return f"read_parquet('{self.peer}/{name}.parquet{'/*.parquet' if (self.peer / (name + '.parquet')).is_dir() else ''}')"

    def has(self, name: str) -> bool:
        return (self.peer / f"{name}.parquet").exists()

    def sums(self, what: str, ours: str, theirs: str, keys: list[str], measures: list[str]) -> None:
        """Compares two relations of sums by keys, exactly."""
        both = f"""
          SELECT {', '.join(keys)}, {', '.join(f'sum(our_{m}) AS our_{m}, sum(their_{m}) AS their_{m}' for m in measures)}
          FROM (SELECT {', '.join(keys)}, {', '.join(f'{m} AS our_{m}, 0 AS their_{m}' for m in measures)} FROM ({ours})
                UNION ALL
                SELECT {', '.join(keys)}, {', '.join(f'0, {m}' for m in measures)} FROM ({theirs}))
          GROUP BY ALL"""
        self._judge(what, both, keys, " OR ".join(f"our_{m} <> their_{m}" for m in measures))

    def values(self, what: str, ours: str, theirs: str, key: list[str], measures: list[str]) -> None:
        """Compares two relations row by row, numbers within 1e-9 of their size."""
        on = " AND ".join(f"o.{k} IS NOT DISTINCT FROM t.{k}" for k in key)
        both = f"""
          SELECT {', '.join(f'coalesce(o.{k}, t.{k}) AS {k}' for k in key)}, o.one IS NULL OR t.one IS NULL AS missing,
                 {', '.join(f'o.{m} AS our_{m}, t.{m} AS their_{m}' for m in measures)}
          FROM (SELECT *, 1 AS one FROM ({ours})) o FULL JOIN (SELECT *, 1 AS one FROM ({theirs})) t ON {on}"""
        types = dict(self.con.execute(f"SELECT column_name, column_type FROM (DESCRIBE {ours})").fetchall())
        unequal = ["missing"]
        for m in measures:
            if types[m] == "VARCHAR":
                unequal.append(f"our_{m} IS DISTINCT FROM their_{m}")
            else:
                unequal.append(f"(our_{m} IS NULL) <> (their_{m} IS NULL) OR coalesce(abs(our_{m} - their_{m}) > 1e-9 * greatest(1, abs(our_{m})), false)")
        self._judge(what, both, key, " OR ".join(unequal))

    def _judge(self, what: str, both: str, keys: list[str], unequal: str) -> None:
        self.con.execute(f"CREATE OR REPLACE TEMP TABLE both_sides AS {both}")
        cells = self.con.execute("SELECT count(*) FROM both_sides").fetchone()[0]
        bad = self.con.execute(f"SELECT count(*) FROM both_sides WHERE {unequal}").fetchone()[0]
        self.cells += cells
        print(f"{'DIFFERENT' if bad else 'equal':9}  {cells:>9,} cells, {bad:,} differ  {what}")
        if not cells:
            self.differences.append(f"{what}: nothing to compare")
        if bad:
            self.differences.append(what)
            names = [column[0] for column in self.con.execute("FROM both_sides LIMIT 0").description]
            for row in self.con.execute(f"FROM both_sides WHERE {unequal} ORDER BY ALL LIMIT 5").fetchall():
                cell = dict(zip(names, row))
                shown = [k for k in keys]
                for name in names:
                    if name.startswith("our_") and not near(cell[name], cell["their_" + name[4:]]):
                        shown += [name, "their_" + name[4:]]
                print("           " + ", ".join(f"{n}={cell[n]}" for n in shown))

    # -- the tables ---------------------------------------------------------------------------

    def month_closes(self, deltas: str, keys: list[str], measures: list[str]) -> str:
        """Returns SQL of the values at every month's close, and at the end, of additive deltas."""
        groups = ", ".join(keys)
        return f"""
          WITH moved AS (SELECT least(last_day(day), DATE '{self.as_of}') AS month_end, {groups}, {', '.join(f'sum({m}) AS {m}' for m in measures)}
                         FROM ({deltas}) GROUP BY ALL),
          steps AS (SELECT {groups}, month_end, lead(month_end) OVER w AS next_end, {', '.join(f'sum({m}) OVER w AS {m}' for m in measures)}
                    FROM moved WINDOW w AS (PARTITION BY {groups} ORDER BY month_end)),
          closes AS (SELECT DISTINCT month_end FROM moved)
          SELECT c.month_end, {groups}, {', '.join(f'sum({m}) AS {m}' for m in measures)}
          FROM steps s JOIN closes c ON c.month_end >= s.month_end AND (next_end IS NULL OR c.month_end < next_end) GROUP BY ALL"""

    def balances(self) -> None:
        ours = self.ours("gold.balance_daily")
        deltas = f"SELECT * FROM {ours} WHERE bucket IS NOT NULL"
        if self.has("balance_states"):
            self.states(deltas)
            return
        theirs = f"SELECT * FROM {self.theirs('balance')}"
        for keys in SLICES:
            keys = [*keys, "bucket"]
            self.sums(f"1. balances at month ends by {', '.join(keys)}", self.month_closes(deltas, keys, BALANCES),
                      self.month_closes(theirs, keys, BALANCES), ["month_end", *keys], BALANCES)
        every = [*DIMENSIONS, "bucket"]
        total = f"SELECT {', '.join(every)}, {', '.join(f'sum({m}) AS {m}' for m in BALANCES)} FROM ({{}}) GROUP BY ALL"
        self.sums("1. balances at the end by every dimension", total.format(deltas), total.format(theirs), every, BALANCES)
        moved = f"SELECT day, currency, segment, bucket, {', '.join(f'sum({m}) AS {m}' for m in BALANCES)} FROM ({{}}) GROUP BY ALL"
        self.sums("1. changes of every day by currency, segment, bucket", moved.format(deltas), moved.format(theirs), ["day", "currency", "segment", "bucket"], BALANCES)

    def states(self, deltas: str) -> None:
        """A peer that wrote the state of each of its dates: each of them is compared."""
        theirs = self.theirs("balance_states")
        for keys in SLICES:
            keys = [*keys, "bucket"]
            groups = ", ".join(keys)
            ours = f"""
              WITH moved AS (SELECT day, {groups}, {', '.join(f'sum({m}) AS {m}' for m in BALANCES)} FROM ({deltas}) GROUP BY ALL),
              steps AS (SELECT {groups}, day, lead(day) OVER w AS next_day, {', '.join(f'sum({m}) OVER w AS {m}' for m in BALANCES)}
                        FROM moved WINDOW w AS (PARTITION BY {groups} ORDER BY day))
              SELECT d.day, s.* EXCLUDE (day, next_day) FROM steps s
              JOIN (SELECT DISTINCT day FROM {theirs}) d ON d.day >= s.day AND (s.next_day IS NULL OR d.day < s.next_day)"""
            self.sums(f"1. balances at each of its dates by {groups}", ours,
                      f"SELECT day, {groups}, {', '.join(f'sum({m}) AS {m}' for m in BALANCES)} FROM {theirs} GROUP BY ALL", ["day", *keys], BALANCES)
        every = ", ".join([*DIMENSIONS, "bucket"])
        self.sums("1. balances at the end by every dimension",
                  f"SELECT {every}, {', '.join(f'sum({m}) AS {m}' for m in BALANCES)} FROM ({deltas}) GROUP BY ALL",
                  f"SELECT {every}, {', '.join(BALANCES)} FROM {theirs} WHERE day = DATE '{self.as_of}'", [*DIMENSIONS, "bucket"], BALANCES)

    def flows(self) -> None:
        ours = self.month_closes(f"SELECT * FROM {self.ours('gold.flow_daily')}", DIMENSIONS, FLOWS)
        self.sums("2. flows of every month by every dimension", ours,
                  f"SELECT month_end, {', '.join(DIMENSIONS + FLOWS)} FROM {self.theirs('flows')}", ["month_end", *DIMENSIONS], FLOWS)
        # No gold table has credits by month; the ledger itself has them.
        credited = f"""SELECT least(last_day(effective_on), DATE '{self.as_of}') AS month_end, currency, -sum(amount) AS credited_amount
                       FROM {self.ours('ledger.events')} WHERE kind IN ('credit_note', 'discount', 'credit', 'restructured')
                       AND invoice_id IS NOT NULL AND effective_on <= DATE '{self.as_of}' GROUP BY ALL"""
        self.sums("2. credited in every month by currency", credited,
                  f"SELECT month_end, currency, sum(credited_amount) AS credited_amount FROM {self.theirs('flows')} GROUP BY ALL",
                  ["month_end", "currency"], ["credited_amount"])

    def roll(self) -> None:
        keys = ["currency", "portfolio_id", "from_state", "to_state"]
        ours = self.month_closes(f"SELECT * FROM {self.ours('gold.roll_daily')}", keys, ["amount", "count"])
        self.sums("3. roll matrix of every month by currency, portfolio", ours, f"SELECT * FROM {self.theirs('roll')}", ["month_end", *keys], ["amount", "count"])

    def recovery(self) -> None:
        ours = f"""SELECT segment, currency, ended_by,
                     CASE WHEN ended_by = 'open' THEN DATE '{self.as_of}' - DATE '1970-01-01' - days ELSE days END AS days,
                     sum(exit_count) AS count, sum(exit_amount) AS amount
                   FROM {self.ours('gold.recovery_daily')} GROUP BY ALL"""
        self.sums("4. exits by segment, currency, days", ours, f"SELECT * FROM {self.theirs('recovery')}",
                  ["segment", "currency", "ended_by", "days"], ["count", "amount"])
        self.con.execute("CREATE OR REPLACE TEMP TABLE our_medians (segment VARCHAR, currency VARCHAR, median INTEGER)")
        rows = self.con.execute(f"SELECT segment, currency, days, ended_by, count FROM ({ours}) WHERE count <> 0").fetchall()
        curves: dict[tuple, dict[int, list[int]]] = {}
        for segment, currency, days, ended_by, count in rows:
            at = curves.setdefault((segment, currency), {}).setdefault(int(days), [0, 0, 0])
            at[0] += int(count)
            at[1] += int(count) if ended_by != "open" else 0
            at[2] += int(count) if ended_by == "paid" else 0
        for (segment, currency), times in curves.items():
            self.con.execute("INSERT INTO our_medians VALUES (?, ?, ?)", [segment, currency, median(times)])
        self.values("4. median days to recover by segment, currency", "SELECT * FROM our_medians", f"SELECT * FROM {self.theirs('medians')}", ["segment", "currency"], ["median"])

    def features(self) -> None:
        theirs = self.theirs("customer_features")
        columns = [row[0] for row in self.con.execute(f"DESCRIBE SELECT * EXCLUDE (customer_id) FROM {theirs}").fetchall()]
        self.values(f"5. {len(columns)} features of every customer", f"SELECT customer_id, {', '.join(columns)} FROM {self.ours('gold.customer_features')} WHERE as_of = DATE '{self.as_of}'",
                    f"SELECT * FROM {theirs}", ["customer_id"], columns)


def near(ours, theirs) -> bool:
    if isinstance(ours, float) and isinstance(theirs, (float, int)):
        return abs(ours - theirs) <= 1e-9 * max(1, abs(ours))
    return ours == theirs


def median(times: dict[int, list[int]]) -> int | None:
    """Returns the first day on which the cumulative incidence of payment reaches a half."""
    at_risk = sum(gone for gone, _, _ in times.values())
    stayed, incidence = 1.0, 0.0
    for day in sorted(times):
        gone, ended, paid = times[day]
        incidence += stayed * paid / at_risk
        stayed *= 1 - ended / at_risk
        at_risk -= gone
        if incidence >= 0.5 - 1e-9:
            return day
    return None


def compare(lake: pathlib.Path, peer: pathlib.Path) -> Comparison:
    comparison = Comparison(lake, peer)
    comparison.balances()
    for name, check in (("flows", comparison.flows), ("roll", comparison.roll), ("recovery", comparison.recovery), ("customer_features", comparison.features)):
        if comparison.has(name):
            check()
    return comparison


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("lake", type=pathlib.Path)
    parser.add_argument("peers", type=pathlib.Path, nargs="+", help="folders that peers wrote")
    args = parser.parse_args()
    failed = False
    for peer in args.peers:
        print(f"\n{peer.name} against {args.lake.name}")
        comparison = compare(args.lake, peer)
        failed |= bool(comparison.differences)
    print("\nNOT EQUAL" if failed else "\nAll equal.")
    sys.exit(1 if failed else 0)


if __name__ == "__main__":
    main()

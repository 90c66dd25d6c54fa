"""Peer (c): Polars, the event algorithm of peer (a) in expressions.

What makes it fast: lazy scans that read only the columns they need; the streaming engine for the large
joins and group-bys; money as scaled 64-bit integers, exact and twice as fast to add as decimals; days and
months as integers; ids and combinations of dimensions as dense integers; one row for a simple invoice,
windows for the rest alone; whole idle months added up before they are spread.
"""

import datetime
import pathlib
import shutil

import polars as pl
import pyarrow as pa
import pyarrow.parquet as pq

import duckdb_events as events

c = pl.col
ATTRIBUTES = [name.strip() for name in events.ATTRIBUTES.split(",")]
DIMENSIONS = [name.strip() for name in events.DIMENSIONS.split(",")]
BUCKETS = ["current", "1-30", "31-60", "61-90", "91-180", "181+"]
FROM_DAYS = [1, 31, 61, 91, 181]
EXITS = ["none", "paid", "credited", "written_off", "restructured"]
DOCUMENTS = ["invoice", "debit_note", "instalment"]
CHARGES = ["interest", "penalty"]
EVER = 1_000_000
BEGIN = -1_000_000


def day(name: str) -> pl.Expr:
    return c(name).cast(pl.Date).cast(pl.Int32)


def money(name: str) -> pl.Expr:
    """A decimal of four places as a whole number of ten-thousandths."""
    return c(name).cast(pl.Decimal(18, 4)).to_physical().cast(pl.Int64)


def month(days: pl.Expr) -> pl.Expr:
    date = days.cast(pl.Date)
    return date.dt.year().cast(pl.Int32) * 12 + date.dt.month().cast(pl.Int32) - 1


def first(months: pl.Expr) -> pl.Expr:
    return pl.date(months // 12, months % 12 + 1, 1).cast(pl.Int32)


def bucket(days: pl.Expr) -> pl.Expr:
    return sum(((days >= k).cast(pl.UInt8) for k in FROM_DAYS), start=pl.lit(0, pl.UInt8))


def exit_of(kind: pl.Expr) -> pl.Expr:
    return (
        pl.when(kind.is_in(["cash", "withholding"])).then(1)
        .when(kind.is_in(["credit_note", "discount", "credit"])).then(2)
        .when(kind == "write_off").then(3).when(kind == "restructured").then(4).otherwise(0).cast(pl.UInt8))


def run(frame: pl.LazyFrame) -> pl.DataFrame:
    return frame.collect(engine="streaming")


class History:
    """The invoices and their movements, as dense numbers."""

    def __init__(self, as_of: datetime.date):
        self.as_of = (as_of - datetime.date(1970, 1, 1)).days
        self.after = self.as_of + 1
        self.last_month = as_of.year * 12 + as_of.month - 1

    def close(self, months: pl.Expr) -> pl.Expr:
        return pl.min_horizontal(first(months + 1) - 1, pl.lit(self.as_of, pl.Int32))

    # -- reading ------------------------------------------------------------------------------

    def read(self, source: str, folder: pathlib.Path) -> None:
        if source == "raw":
            raw = {t: pl.scan_parquet(f"{folder}/{t}.parquet/*.parquet") for t in
                   ("customers", "invoices", "payments", "payment_applications", "adjustments")}
            versions, known = raw["invoices"], "recorded_at"
            self.payments, self.customers, attributes = raw["payments"], raw["customers"], raw["customers"]
            again = versions.filter(c(known).is_not_null())
            later = again.sort(known).group_by("invoice_id", maintain_order=True).last()
            plain = versions.filter(c(known).is_null()).join(later.select("invoice_id"), on="invoice_id", how="anti")
        else:
            raw = {t: pl.scan_parquet(events.lakefiles.released(folder, t)) for t in
                   ("ledger.events", "silver.invoices", "silver.customer_attributes", "silver.payments", "silver.customers")}
            versions, attributes = raw["silver.invoices"], raw["silver.customer_attributes"]
            self.payments = standing(raw["silver.payments"].select("payment_id", "reverses_payment_id", "customer_id", "paid_on", "known_at"), ["payment_id"])
            self.customers = standing(raw["silver.customers"].select("customer_id", "valid_from", "customer_since", "known_at"), ["customer_id", "valid_from"])
            several = versions.group_by("invoice_id").len().filter(c("len") > 1).select("invoice_id")
            later = standing(versions.join(several, on="invoice_id", how="semi"), ["invoice_id"])
            plain = versions.join(several, on="invoice_id", how="anti")
        columns = ["invoice_id", "customer_id", "portfolio_id", "debt_type", "currency", "issue_date", "due_date", "amount", "document_type"]
        documents = run(pl.concat([plain.select(columns), later.select(columns)]).filter(day("issue_date") <= self.as_of))
        self._number(documents, attributes)
        if source == "raw":
            self._raw_moves(raw)
        else:
            self._ledger_moves(raw["ledger.events"])

    def _number(self, documents: pl.DataFrame, attributes: pl.LazyFrame) -> None:
        rows = run(attributes.select("customer_id", since=day("valid_from").fill_null(BEGIN), *ATTRIBUTES).filter(c("since") <= self.as_of))
        self.cust = pl.concat([rows.select("customer_id"), documents.select("customer_id")]).unique().with_row_index("cust")
        rows = rows.join(self.cust, on="customer_id").drop("customer_id").sort("cust", "since")
        rows = rows.with_columns(until=c("since").shift(-1).over("cust").fill_null(self.after))
        begin = self.cust.select("cust").join(rows.group_by("cust").agg(until=c("since").min()), on="cust", how="left")
        begin = begin.with_columns(c("until").fill_null(self.after), since=pl.lit(BEGIN, pl.Int32)).filter(c("until") > BEGIN)
        spans = pl.concat([rows, begin], how="diagonal_relaxed")
        self.who = spans.select(ATTRIBUTES).unique().with_row_index("who")
        self.spans = spans.join(self.who, on=ATTRIBUTES, nulls_equal=True).select(
            "cust", "who", c("since").cast(pl.Int32), c("until").cast(pl.Int32),
            since_m=pl.when(c("since") == BEGIN).then(BEGIN).otherwise(month(c("since"))).cast(pl.Int32),
            until_m=pl.when(c("until") == self.after).then(EVER).otherwise(month(c("until"))).cast(pl.Int32))
        keys = ["portfolio_id", "debt_type", "currency"]
        self.doc = documents.select(keys).unique().with_row_index("doc")
        self.inv = run(
            documents.lazy().join(self.cust.lazy(), on="customer_id").join(self.doc.lazy(), on=keys, nulls_equal=True)
            .select("invoice_id", "cust", "doc", issue=day("issue_date"), due=day("due_date"), billed=money("amount"),
                    type=c("document_type").fill_null("invoice"))
        ).with_row_index("inv")

    def _raw_moves(self, raw: dict[str, pl.LazyFrame]) -> None:
        ids = self.inv.lazy().select("invoice_id", "inv", "issue")
        payments = raw["payments"].select("payment_id", "reverses_payment_id", paid_on=day("paid_on"))
        undone = payments.filter(c("reverses_payment_id").is_not_null()).group_by(payment_id="reverses_payment_id").agg(undone_on=c("paid_on").min())
        applied = run(
            raw["payment_applications"].select("payment_id", "invoice_id", applied_on=day("applied_on"), a=money("amount"))
            .join(payments.filter(c("reverses_payment_id").is_null()).select("payment_id", "paid_on"), on="payment_id")
            .join(ids, on="invoice_id").join(undone, on="payment_id", how="left")
            .select("inv", "a", "paid_on", "undone_on", src="payment_id", day=pl.max_horizontal("paid_on", "applied_on", "issue"), kind=pl.lit("cash"))
        ).lazy()
        adjusted = run(
            raw["adjustments"].filter(c("kind") != "write_off_recovery").join(ids, on="invoice_id").select(
                "inv", "adjustment_id", "reverses_adjustment_id", day=day("effective_on"),
                kind=pl.when((c("kind") == "credit_note") & c("plan_id").is_not_null()).then(pl.lit("restructured")).otherwise(c("kind")),
                a=pl.when(c("kind").is_in(CHARGES)).then(money("amount")).otherwise(-money("amount")))
        ).lazy()
        undoing = adjusted.filter(c("reverses_adjustment_id").is_not_null()).select("inv", "day", src="reverses_adjustment_id")
        columns = ["inv", "day", "seq", "kind", "a", "paid_on", "src"]
        none = pl.lit(None, pl.Int32)
        # Within a day: charges, reversals, credits, applications.
        self.moves = run(pl.concat([
            applied.filter(c("undone_on").is_null() | (c("undone_on") > c("day"))).with_columns(a=-c("a"), seq=pl.lit(3, pl.Int32)).select(columns),
            applied.filter(c("undone_on") > c("day")).with_columns(day=c("undone_on"), seq=pl.lit(1, pl.Int32)).select(columns),
            adjusted.filter(c("reverses_adjustment_id").is_null()).with_columns(
                seq=pl.when(c("kind").is_in(CHARGES)).then(0).otherwise(2).cast(pl.Int32), paid_on=none, src=c("adjustment_id")).select(columns),
            undoing.join(adjusted.select("kind", "a", src="adjustment_id"), on="src").with_columns(a=-c("a"), seq=pl.lit(1, pl.Int32), paid_on=none).select(columns),
        ]).filter(c("day") <= self.as_of))
        self.documents = self.inv.lazy().select("inv", day="issue", seq=pl.lit(0, pl.Int32), kind="type", a="billed", paid_on=none, src="invoice_id")
        self.single = self.inv.lazy()

    def _ledger_moves(self, ledger: pl.LazyFrame) -> None:
        # A recovery after a write-off moves no balance, what waits unapplied moves no invoice.
        every = run(
            ledger.filter((c("kind") != "write_off_recovery") & (day("effective_on") <= self.as_of) & c("invoice_id").is_not_null())
            .join(self.inv.lazy().select("invoice_id", "inv"), on="invoice_id")
            .select("inv", day=day("effective_on"), seq=c("sequence").cast(pl.Int32), kind="kind", a=money("amount"), paid_on=day("paid_on"), src="source_id"))
        is_document = c("kind").is_in(DOCUMENTS)
        self.moves = every.filter(~is_document)
        self.documents = every.lazy().filter(is_document)
        billed = self.documents.group_by("inv").agg(pl.len(), billed=c("a").sum()).filter(c("len") == 1).select("inv", "billed")
        self.single = self.inv.lazy().drop("billed").join(billed, on="inv")

    # -- intervals ----------------------------------------------------------------------------

    def settle(self) -> None:
        counted = self.moves.lazy().group_by("inv").agg(pl.len(), c("day").min(), c("kind").min(), c("a").min(), c("paid_on").min())
        self.simple = run(
            self.single.drop("invoice_id").join(counted, on="inv", how="left").with_columns(x=exit_of(c("kind").fill_null("")))
            .filter(c("len").is_null() | ((c("len") == 1) & (c("a") < 0) & (c("day") >= c("issue")) & (c("x") > 0)))
            .with_columns(open=c("billed") + c("a").fill_null(0), m=month(c("day")), issue_m=month(c("issue"))))
        rest = pl.concat([self.moves.lazy(), self.documents.select(self.moves.columns)]).join(self.simple.lazy().select("inv"), on="inv", how="anti")
        netted = rest.group_by("inv", "day", "kind", "paid_on", "src").agg(c("seq").max(), c("a").sum()).filter(c("a") != 0)
        self.complex = run(
            netted.join(self.inv.lazy().select("inv", "cust", "doc", "type", "issue", "due"), on="inv")
            .with_columns(m=month(c("day")), x=exit_of(c("kind"))).sort("inv", "day", "seq", "src")
        ).with_row_index("ord").with_columns(balance=c("a").cum_sum().over("inv"), next_day=c("day").shift(-1).over("inv"))
        columns = ["cust", "doc", "due", "f", "u", "b"]
        self.held = pl.concat([
            self.simple.filter(c("day").is_null() | (c("day") > c("issue"))).select("cust", "doc", "due", f="issue", u=c("day").fill_null(self.after), b="billed"),
            self.simple.filter(c("day").is_not_null() & (c("open") > 0)).select("cust", "doc", "due", f="day", u=pl.lit(self.after, pl.Int32), b="open"),
            self.complex.filter((c("balance") > 0) & c("next_day").ne_missing(c("day"))).select(
                "cust", "doc", "due", f="day", u=c("next_day").fill_null(self.after), b="balance"),
        ]).select(columns)

    def balance(self) -> pl.LazyFrame:
        pieces = run(
            self.held.lazy().join(self.spans.lazy(), on="cust").filter((c("f") < c("until")) & (c("since") < c("u")))
            .select("doc", "who", "due", "b", f=pl.max_horizontal("f", "since"), u=pl.min_horizontal("u", "until"))).lazy()
        keys = ["day", "bucket", "doc", "who"]
        parts = [
            pieces.select("doc", "who", day="f", bucket=bucket(c("f") - c("due")), a="b", n=pl.lit(1, pl.Int64)),
            pieces.filter(c("u") <= self.as_of).select("doc", "who", day="u", bucket=bucket(c("u") - 1 - c("due")), a=-c("b"), n=pl.lit(-1, pl.Int64)),
        ]
        for i, k in enumerate(FROM_DAYS):
            crossing = pieces.filter((c("f") < c("due") + k) & (c("due") + k < c("u")))
            for sign, into in ((-1, i), (1, i + 1)):
                parts.append(crossing.select("doc", "who", day=c("due") + k, bucket=pl.lit(into, pl.UInt8), a=sign * c("b"), n=pl.lit(sign, pl.Int64)))
        sums = pl.concat([p.select(*keys, "a", "n") for p in parts]).group_by(keys).agg(c("a").sum(), c("n").sum()).filter((c("a") != 0) | (c("n") != 0))
        late = c("bucket") > 0
        return self.named(sums).select(
            c("day").cast(pl.Date), *DIMENSIONS, c("bucket").replace_strict(dict(enumerate(BUCKETS)), return_dtype=pl.String),
            open_amount="a", open_count="n", overdue_amount=c("a") * late, overdue_count=c("n") * late)

    def named(self, frame: pl.LazyFrame) -> pl.LazyFrame:
        return frame.join(self.doc.lazy(), on="doc").join(self.who.lazy(), on="who")

    # -- months -------------------------------------------------------------------------------

    def by_month(self) -> None:
        amount = lambda condition: c("a").filter(condition).sum()  # noqa: E731
        self.months = run(self.complex.lazy().group_by("inv", "m").agg(
            c("cust").first(), c("doc").first(), c("due").first(),
            opening=(c("balance") - c("a")).sort_by("ord").first(), closing=c("balance").sort_by("ord").last(),
            fresh=amount((c("a") > 0) & c("kind").is_in(DOCUMENTS)), extra=amount((c("a") > 0) & c("kind").is_in(CHARGES)),
            charged=amount(c("kind").is_in(["invoice", "debit_note", *CHARGES])), cash=-amount(c("kind") == "cash"),
            credited=-amount(c("x").is_in([2, 4])), written_off=-amount(c("x") == 3),
            last=pl.when(c("x") == 0).then(2).otherwise(c("x")).sort_by("ord").filter(c("a").sort_by("ord") < 0).last().cast(pl.UInt8)))

    def flows(self) -> pl.LazyFrame:
        simple, zero = self.simple.lazy(), pl.lit(0, pl.Int64)
        names = ["cash", "recovered", "charged", "credited", "written_off"]
        paid = simple.filter(c("day").is_not_null())
        is_cash = c("kind") == "cash"
        part = lambda condition: pl.when(condition).then(-c("a")).otherwise(0)  # noqa: E731
        parts = pl.concat([
            simple.select("cust", "doc", m="issue_m", cash=zero, recovered=zero, charged=pl.when(c("type") != "instalment").then(c("billed")).otherwise(0), credited=zero, written_off=zero),
            paid.select("cust", "doc", "m", cash=part(is_cash), recovered=part(is_cash & (c("due") < first(c("m")) - 1) & (c("issue") < first(c("m")))),
                        charged=zero, credited=part(c("x").is_in([2, 4])), written_off=part(c("x") == 3)),
            self.months.lazy().select("cust", "doc", "m", "cash", recovered=pl.when((c("opening") > 0) & (c("due") < first(c("m")) - 1)).then(
                pl.min_horizontal("opening", "cash")).otherwise(0), charged="charged", credited="credited", written_off="written_off"),
        ])
        moved = parts.join(self.spans.lazy(), on="cust").filter((c("m") >= c("since_m")) & (c("m") < c("until_m"))).group_by("m", "doc", "who").agg(c(names).sum())
        late = (
            self.held.lazy().filter(c("due") + 1 < c("u")).join(self.spans.lazy(), on="cust")
            .select("doc", "who", "b", from_m=pl.max_horizontal(month(pl.max_horizontal("f", c("due") + 1)) + 1, "since_m"),
                    until_m=pl.min_horizontal(pl.when(c("u") == self.after).then(EVER).otherwise(month(c("u")) + 1), "until_m"))
            .filter(c("from_m") < c("until_m")).group_by("doc", "who", "from_m", "until_m").agg(c("b").sum()))
        last = self.last_month + 1
        bases = (late.with_columns(m=pl.int_ranges("from_m", pl.min_horizontal("until_m", pl.lit(last)), dtype=pl.Int32)).filter(c("from_m") < last)
                 .explode("m").group_by("m", "doc", "who").agg(base=c("b").sum()))
        joined = pl.concat([moved.with_columns(base=zero).select("m", "doc", "who", *names, "base"),
                            bases.with_columns(**{n: zero for n in names}).select("m", "doc", "who", *names, "base")])
        return self.named(joined.group_by("m", "doc", "who").agg(c(*names, "base").sum())).select(
            *DIMENSIONS, month_end=self.close(c("m")).cast(pl.Date), cash_amount="cash", recovered_amount="recovered", recovery_base_amount="base",
            charged_amount="charged", credited_amount="credited", written_off_amount="written_off")

    def left_over(self, pile: list[str], frame: pl.LazyFrame) -> pl.DataFrame:
        """Of every piece that left, what no later reversal of its pile took back; beyond: what reversals took more."""
        frame = run(frame.with_columns(e=-c("a")))
        back = frame.filter(c("e") < 0).select(pile).unique()
        plain = frame.join(back, on=pile, how="anti").with_columns(rest=c("e"), beyond=pl.lit(0, pl.Int64))
        piles = (
            frame.join(back, on=pile, how="semi").sort("ord").with_columns(s=c("e").cum_sum().over(pile))
            .with_columns(floor=pl.min_horizontal(pl.lit(0, pl.Int64), c("s").cum_min().over(pile))).with_columns(level=c("s") - c("floor"))
            .with_columns(low=c("level").reverse().cum_min().reverse().over(pile))
            .with_columns(rest=pl.max_horizontal(pl.lit(0, pl.Int64), c("low") - (c("level") - c("e"))), beyond=-c("floor")))
        return pl.concat([plain, piles.select(plain.columns)])

    def roll(self) -> pl.LazyFrame:
        pile = ["inv", "m", "x"]
        taken = self.complex.lazy().filter((c("x") > 0) | (c("a") < 0)).select(
            "inv", "m", "ord", "a", x=pl.when(c("x") == 0).then(2).otherwise(c("x")).cast(pl.UInt8))
        left = self.left_over(pile, taken)
        beyond = left.group_by(pile).agg(c("beyond").max()).group_by("inv", "m").agg(c("beyond").sum())
        zero, one_item = pl.lit(0, pl.Int64), pl.lit(1, pl.Int64)
        is_open = c("opening") > 0
        names = ["m", "doc", "from_state", "to_state", "amount", "count"]
        # States as numbers: 0 to 5 buckets, 6 new, 7 charges; exits 11 to 14.
        one = self.months.lazy().join(beyond.lazy(), on=["inv", "m"], how="left").select(
            "inv", "m", "doc", "closing", "last", first_row=pl.when(is_open).then(c("opening")).otherwise(c("fresh")),
            second_row=pl.when(is_open).then(c("fresh")).otherwise(0) + c("extra") + c("beyond").fill_null(0),
            label=pl.when(is_open).then(bucket(first(c("m")) - 1 - c("due"))).otherwise(6).cast(pl.UInt8), state=bucket(self.close(c("m")) - c("due"))).collect().lazy()
        summed = left.filter(c("e") > 0).sort("inv", "ord").with_columns(till=c("rest").cum_sum().over("inv", "m")).lazy()
        parts = summed.join(one, on=["inv", "m"]).with_columns(
            p1=pl.min_horizontal("till", "first_row") - pl.min_horizontal(c("till") - c("rest"), "first_row")).group_by(
            "inv", "m", "x", "doc", "label", "first_row", "closing", "last").agg(c("p1").sum(), p=c("rest").sum()).collect().lazy()
        gone = parts.group_by("inv", "m").agg(p1=c("p1").sum(), p=c("p").sum())
        rest = one.join(gone, on=["inv", "m"], how="left").with_columns(c("p1").fill_null(0), c("p").fill_null(0))
        counted = (c("first_row") > 0) & (c("closing") == 0) & (c("x") == c("last"))
        stays = (c("first_row") > 0) & (c("closing") > 0)
        idle = (
            self.held.lazy().select("doc", "due", "b", from_m=month(c("f")) + 1, until_m=pl.when(c("u") == self.after).then(self.last_month + 1).otherwise(month(c("u"))))
            .filter(c("from_m") < c("until_m")).group_by("doc", "due", "from_m", "until_m").agg(amount=c("b").sum(), count=pl.len().cast(pl.Int64))
            .with_columns(m=pl.int_ranges("from_m", "until_m", dtype=pl.Int32)).explode("m"))
        simple = self.simple.lazy()
        paid = simple.filter(c("day").is_not_null())
        same = (c("m") == c("issue_m")).fill_null(False)
        before = bucket(first(c("m")) - 1 - c("due"))
        rows = [
            idle.select("m", "doc", "amount", "count", from_state=before, to_state=bucket(self.close(c("m")) - c("due"))),
            simple.filter(~same | (c("open") > 0)).select("doc", m="issue_m", from_state=pl.lit(6, pl.UInt8), to_state=bucket(self.close(c("issue_m")) - c("due")),
                                                          amount=pl.when(same).then(c("open")).otherwise(c("billed")), count=one_item),
            paid.select("m", "doc", from_state=pl.when(same).then(6).otherwise(before).cast(pl.UInt8), to_state=c("x") + 10, amount=-c("a"), count=(c("open") == 0).cast(pl.Int64)),
            paid.filter((c("open") > 0) & ~same).select("m", "doc", from_state=before, to_state=bucket(self.close(c("m")) - c("due")), amount="open", count=one_item),
            parts.filter((c("p1") != 0) | counted).select("m", "doc", from_state="label", to_state=c("x") + 10, amount="p1", count=counted.cast(pl.Int64)),
            rest.with_columns(amount=c("first_row") - c("p1")).filter((c("amount") != 0) | stays).select("m", "doc", from_state="label", to_state="state", amount="amount", count=stays.cast(pl.Int64)),
            parts.filter(c("p") != c("p1")).select("m", "doc", from_state=pl.lit(7, pl.UInt8), to_state=c("x") + 10, amount=c("p") - c("p1"), count=zero),
            rest.with_columns(amount=c("second_row") - (c("p") - c("p1"))).filter(c("amount") != 0).select("m", "doc", from_state=pl.lit(7, pl.UInt8), to_state="state", amount="amount", count=zero),
        ]
        cast = [c("m").cast(pl.Int32), "doc", c("from_state").cast(pl.UInt8), c("to_state").cast(pl.UInt8), "amount", c("count").cast(pl.Int64)]
        sums = pl.concat([r.select(names).select(cast) for r in rows]).group_by(names[:4]).agg(c("amount").sum(), c("count").sum())
        states = {**dict(enumerate([*BUCKETS, "new", "charges"])), **{10 + i: name for i, name in enumerate(EXITS)}}
        return (
            sums.join(self.doc.lazy(), on="doc").group_by("m", "currency", "portfolio_id", "from_state", "to_state").agg(c("amount").sum(), c("count").sum())
            .filter((c("amount") != 0) | (c("count") != 0)).select(
                "currency", "portfolio_id", *(c(s).replace_strict(states, return_dtype=pl.String) for s in ("from_state", "to_state")), "amount", "count",
                month_end=self.close(c("m")).cast(pl.Date)).select("month_end", "currency", "portfolio_id", "from_state", "to_state", "amount", "count"))

    # -- one row for each invoice -------------------------------------------------------------

    def by_invoice(self) -> None:
        s = c("day").is_not_null()
        is_paid_kind = (c("x") == 1) & s
        paid_on = pl.coalesce("paid_on", "day")
        simple = self.simple.select(
            "cust", "doc", "type", "issue", "due", "billed", "open", "x", at_due=pl.when(s & (c("day") <= c("due"))).then(c("open")).otherwise(c("billed")), ended_on="day",
            expected=c("billed") + pl.when(s & c("x").is_in([2, 4]) & (c("day") <= c("due"))).then(c("a")).otherwise(0),
            in_time=pl.when(is_paid_kind & (paid_on <= c("due"))).then(-c("a")).otherwise(0), is_paid=(is_paid_kind & (c("open") == 0)).fill_null(False),
            paid_on=pl.when(is_paid_kind).then(paid_on), sums=((c("kind") == "cash") & s).fill_null(False).cast(pl.Int64),
            last_open=pl.when(~s | (c("open") > 0)).then(self.as_of).when(c("day") > c("issue")).then(c("day") - 1).cast(pl.Int32))
        pieces = self.left_over(["inv", "kind", "src"], self.complex.lazy().filter(c("x") == 1).select(
            "inv", "kind", "src", "ord", "a", "due", paid_on=pl.coalesce("paid_on", "day")))
        money_in = pieces.filter((c("e") > 0) & (c("rest") > 0)).group_by("inv").agg(
            in_time=c("rest").filter(c("paid_on") <= c("due")).sum(), paid_on=c("paid_on").max(), sums=(c("kind") == "cash").sum().cast(pl.Int64))
        is_document = c("kind").is_in(DOCUMENTS)
        rest = run(
            self.complex.lazy().group_by("inv").agg(
                c("cust").first(), c("doc").first(), c("type").first(), c("issue").first(), c("due").first(), billed=c("a").filter(is_document).sum(), open=c("a").sum(),
                x=pl.when(c("x") == 0).then(2).otherwise(c("x")).sort_by("ord").last().cast(pl.UInt8), at_due=c("a").filter(c("day") <= c("due")).sum(), ended_on=c("day").max(),
                expected=c("a").filter(is_document | (c("x").is_in([2, 4]) & (c("day") <= c("due")))).sum(),
                lost=-c("a").filter(c("x") == 3).sum(), restructured=-c("a").filter(c("x") == 4).sum(),
                closed=c("next_day").filter((c("balance") > 0) & c("next_day").ne_missing(c("day"))).max())
            .join(money_in.lazy(), on="inv", how="left")
            .with_columns(is_paid=(c("open") == 0) & c("paid_on").is_not_null() & (c("lost") <= 0) & (c("restructured") <= 0), in_time=c("in_time").fill_null(0), sums=c("sums").fill_null(0),
                          last_open=pl.when(c("open") > 0).then(self.as_of).otherwise(c("closed") - 1).cast(pl.Int32))
            .select(simple.columns))
        self.facts = pl.concat([simple, rest])

    def recovery(self) -> pl.LazyFrame:
        now = self.spans.filter(c("until") == self.after).join(self.who, on="who").select("cust", "segment")
        is_open = c("open") > 0
        return (
            self.facts.lazy().filter((c("due") <= self.as_of) & (c("at_due") > 0)).join(now.lazy(), on="cust").join(self.doc.lazy().select("doc", "currency"), on="doc")
            .group_by("segment", "currency", days=pl.when(is_open).then(self.as_of).otherwise(c("ended_on")).cast(pl.Int32) - c("due"),
                      ended_by=pl.when(is_open).then(0).otherwise(c("x")).cast(pl.UInt8))
            .agg(count=pl.len().cast(pl.Int64), amount=c("at_due").sum())
            .with_columns(c("ended_by").replace_strict({**dict(enumerate(EXITS)), 0: "open"}, return_dtype=pl.String)))

    @staticmethod
    def medians(recovery: pl.DataFrame) -> pl.DataFrame:
        group = ["segment", "currency"]
        times = recovery.group_by(*group, "days").agg(gone=c("count").sum(), ended=c("count").filter(c("ended_by") != "open").sum(),
                                                     paid=c("count").filter(c("ended_by") == "paid").sum()).sort(*group, "days")
        curve = (
            times.with_columns(n=c("gone").cum_sum(reverse=True).over(group))
            .with_columns(stay=(1 - c("ended") / c("n")).cum_prod().over(group))
            .with_columns(before=c("stay").shift(1).over(group).fill_null(1.0))
            .with_columns(incidence=(c("before") * c("paid") / c("n")).cum_sum().over(group)))
        return curve.group_by(group).agg(median=c("days").filter(c("incidence") >= 0.5 - 1e-9).min())

    def features(self, as_of: datetime.date) -> pl.LazyFrame:
        before = {m: (pl.select(pl.lit(as_of).dt.offset_by(f"-{m}mo")).item() - datetime.date(1970, 1, 1)).days for m in (3, 6, 12)}
        window = lambda name, m: pl.lit(True) if m is None else c(name) > before[m]  # noqa: E731
        spans = [("3m", 3), ("6m", 6), ("12m", 12), ("ever", None)]
        facts = self.facts.lazy().filter(c("billed") > 0).join(self.doc.lazy().select("doc", "currency"), on="doc")
        main = facts.group_by("cust", "currency").len().sort(["cust", "len", "currency"], descending=[False, True, False]).group_by("cust", maintain_order=True).first()
        facts = facts.join(main.select("cust", main="currency"), on="cust").with_columns(
            is_main=c("currency") == c("main"), late=(c("paid_on") - c("due")).cast(pl.Float64), dpd=pl.max_horizontal(pl.lit(0, pl.Int32), c("last_open") - c("due")).cast(pl.Int64))
        share = lambda part, whole: pl.when(whole != 0).then(100.0 * part / whole)  # noqa: E731
        columns = []
        for name, m in spans:
            issued = (c("type") != "instalment") & window("issue", m)
            due = (c("due") <= self.as_of) & (c("expected") > 0) & window("due", m)
            columns += [issued.sum().cast(pl.Int64).alias(f"invoices_{name}"), c("billed").filter(c("is_main") & issued).sum().alias(f"billed_amount_{name}"),
                        share(((c("in_time") >= c("expected")) & due).sum(), due.sum()).alias(f"on_time_share_{name}"),
                        share(c("in_time").filter(c("is_main") & due).sum(), c("expected").filter(c("is_main") & due).sum()).alias(f"on_time_amount_share_{name}")]
        for name, m in spans[2:]:
            late = c("late").filter(c("is_paid") & window("paid_on", m))
            columns += [late.mean().alias(f"days_late_mean_{name}"), late.std(ddof=0).alias(f"days_late_stddev_{name}"),
                        late.quantile(0.5, "linear").alias(f"days_late_median_{name}"), late.quantile(0.9, "linear").alias(f"days_late_p90_{name}"),
                        c("dpd").filter(window("last_open", m)).max().fill_null(0).alias(f"longest_dpd_{name}")]
        overdue = (c("open") > 0) & (c("due") < self.as_of)
        documents = facts.group_by("cust").agg(
            c("main").first().alias("currency"), *columns, open_amount=c("open").filter("is_main").sum(), overdue_amount=c("open").filter(c("is_main") & overdue).sum(),
            current_dpd=(self.as_of - c("due")).filter(overdue).max().fill_null(0).cast(pl.Int64),
            payments_per_invoice_12m=c("sums").filter(c("is_paid") & (c("sums") > 0) & window("paid_on", 12)).mean(), first_issue=c("issue").min())
        payments = self.payments.select("payment_id", "reverses_payment_id", "customer_id", paid_on=day("paid_on")).filter(c("paid_on") <= self.as_of)
        undone = payments.filter(c("reverses_payment_id").is_not_null()).select(payment_id="reverses_payment_id")
        paid = payments.filter(c("reverses_payment_id").is_null()).join(undone, on="payment_id", how="anti").group_by("customer_id").agg(last_paid=c("paid_on").max())
        far = datetime.date(9999, 12, 31)
        since = (self.customers.select("customer_id", valid=day("valid_from").fill_null(BEGIN), since=c("customer_since").fill_null(far)).filter(c("valid") <= self.as_of)
                 .sort("valid").group_by("customer_id", maintain_order=True).last().select("customer_id", "since"))
        both = pl.min_horizontal(c("first_issue").cast(pl.Date), "since")
        whole = (as_of.year * 12 + as_of.month) - (both.dt.year().cast(pl.Int64) * 12 + both.dt.month()) - (both.dt.day() > as_of.day).cast(pl.Int64)
        return (
            self.cust.lazy().join(documents, on="cust", how="left").join(paid, on="customer_id", how="left").join(since, on="customer_id", how="left")
            .filter(c("currency").is_not_null() | c("last_paid").is_not_null() | (c("since") <= as_of))
            .with_columns(
                billing_trend=pl.when(c("first_issue") <= before[12]).then(
                    share(2 * c("billed_amount_6m") - c("billed_amount_12m"), c("billed_amount_12m") - c("billed_amount_6m"))),
                days_since_last_payment=(self.as_of - c("last_paid")).cast(pl.Int64), months_on_book=whole)
            .drop("cust", "first_issue", "last_paid", "since"))


def standing(versions: pl.LazyFrame, key: list[str]) -> pl.LazyFrame:
    """Of every record the version known last."""
    return versions.sort("known_at").group_by(key, maintain_order=True).last()


def write(frame: pl.DataFrame, path: pathlib.Path) -> None:
    """Writes Parquet; whole ten-thousandths become decimals again without a division."""
    table = frame.to_arrow()
    for at, field in enumerate(table.schema):
        if field.name.startswith("billed_amount") or field.name.endswith("_amount") or field.name == "amount":
            wide = table.column(at).cast(pa.decimal128(38, 0)).combine_chunks()
            wide = wide.chunk(0) if isinstance(wide, pa.ChunkedArray) else wide
            array = pa.Array.from_buffers(pa.decimal128(38, 4), len(wide), wide.buffers(), offset=wide.offset)
            table = table.set_column(at, field.name, array)
    pq.write_table(table, path, compression="zstd")


def main() -> None:
    args = events.arguments(__doc__.splitlines()[0])
    args.out.mkdir(parents=True, exist_ok=True)
    history = History(args.as_of)
    history.read(args.source, args.input)
    history.settle()
    write(run(history.balance()), args.out / "balance.parquet")
    if not args.only:
        history.by_month()
        write(run(history.flows()), args.out / "flows.parquet")
        write(run(history.roll()), args.out / "roll.parquet")
        history.by_invoice()
        recovery = run(history.recovery())
        write(recovery.select("segment", "currency", "days", "ended_by", "count", "amount"), args.out / "recovery.parquet")
        write(history.medians(recovery), args.out / "medians.parquet")
        write(run(history.features(args.as_of)), args.out / "customer_features.parquet")
    shutil.rmtree(args.out / "spill", ignore_errors=True)


if __name__ == "__main__":
    main()

package io.recupero.segment;

import io.recupero.ledger.EventKind;
import io.recupero.walk.GroupWalk;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.types.StructType;

/** Records of a customer in, rows of {@link CashWeeks} out. */
final class CashWeekWalker implements GroupWalk.Walker {

  private static final int WEEK = 7;
  private static final int YEAR = 365;
  private static final int LEAST_DOCUMENTS = 3;

  private final List<AsOf> sundays;
  private final AsOf now;
  private final boolean book;
  private final Values values;
  private final HistoryRows rows = new HistoryRows();

  CashWeekWalker(List<AsOf> sundays, AsOf now, StructType schema, boolean book) {
    this.sundays = sundays;
    this.now = now;
    this.book = book;
    this.values = new Values(schema);
  }

  @Override
  public void row(InternalRow row) {
    rows.take(row);
  }

  @Override
  public void endOfGroup(Consumer<InternalRow> out) {
    History history = rows.end();
    Map<String, History.Debt> debts = new TreeMap<>(history.debts);
    if (book) {
      book(history.customerId, debts, out);
      return;
    }
    for (int i = 0; i + 1 < sundays.size(); i++) {
      AsOf from = sundays.get(i);
      AsOf to = sundays.get(i + 1);
      int band = -1;
      for (History.Debt debt : debts.values()) {
        if (moves(debt, from.epochDay())) {
          band = band < 0 ? band(debts, from) : band;
          week(history.customerId, debt, from, to, band, out);
        }
      }
    }
  }

  private void book(String customer, Map<String, History.Debt> debts, Consumer<InternalRow> out) {
    int sunday = (int) CashWeeks.lastSunday(now.day()).toEpochDay();
    int band = band(debts, now);
    debts.forEach(
        (id, debt) -> {
          long open = balance(debt, now.epochDay(), now.knownMicros());
          History.Document document = document(debt, now.knownMicros());
          if (open > 0 && document != null) {
            values.text("customer_id", customer);
            values.text("invoice_id", id);
            values.text("currency", debt.events.get(0).currency());
            values.day("band", band);
            values.day("step", step(sunday, document.dueDay()));
            values.count("open", open);
            out.accept(values.end());
          }
        });
  }

  /** Most documents are not there yet, or ended long ago. */
  private static boolean moves(History.Debt debt, int sunday) {
    if (debt.events.isEmpty() || debt.events.get(0).day() > sunday + WEEK) {
      return false;
    }
    History.Event last = debt.events.get(debt.events.size() - 1);
    long known = debt.events.stream().mapToLong(History.Event::known).max().getAsLong();
    boolean over = Math.max(last.day(), known / 86_400_000_000L) < sunday;
    return !over || balance(debt, sunday, Long.MAX_VALUE) != 0;
  }

  private void week(
      String customer, History.Debt debt, AsOf from, AsOf to, int band, Consumer<InternalRow> out) {
    History.Document then = document(debt, from.knownMicros());
    History.Document next = document(debt, to.knownMicros());
    long before =
        then == null ? 0 : Math.max(0, balance(debt, from.epochDay(), from.knownMicros()));
    long after = next == null ? 0 : Math.max(0, balance(debt, to.epochDay(), to.knownMicros()));
    long cash =
        cash(debt, to.epochDay(), to.knownMicros())
            - cash(debt, from.epochDay(), from.knownMicros());
    long came =
        cash(debt, to.epochDay(), now.knownMicros())
            - cash(debt, from.epochDay(), now.knownMicros());
    if (before == 0 && after == 0 && cash == 0 && came == 0) {
      return;
    }
    boolean isNew = before == 0;
    int due = then != null ? then.dueDay() : next != null ? next.dueDay() : from.epochDay();
    begin(customer, debt, from, band, step(isNew ? to.epochDay() : from.epochDay(), due));
    values.count("open", before);
    values.count("cash", isNew ? 0 : Math.min(before, cash));
    values.count("gone", isNew ? 0 : before - after - Math.min(before, cash));
    values.count("entered", isNew ? after : 0);
    values.count("new_cash", isNew ? cash : 0);
    values.count("came", came);
    out.accept(values.end());
  }

  private void begin(String customer, History.Debt debt, AsOf at, int band, int step) {
    values.text("customer_id", customer);
    values.day("sunday", at.epochDay());
    values.text("currency", debt.events.get(0).currency());
    values.day("band", band);
    values.day("step", step);
  }

  private static int step(int sunday, int due) {
    int step = Math.floorDiv(sunday - due, WEEK);
    return Math.min(CashWeeks.LAST_STEP, Math.max(CashWeeks.FIRST_STEP, step));
  }

  private static int band(Map<String, History.Debt> debts, AsOf at) {
    int count = 0;
    int late = 0;
    for (History.Debt debt : debts.values()) {
      History.Document document = document(debt, at.knownMicros());
      if (document != null
          && document.dueDay() <= at.epochDay()
          && document.dueDay() > at.epochDay() - YEAR) {
        count++;
        late += balance(debt, document.dueDay(), at.knownMicros()) > 0 ? 1 : 0;
      }
    }
    if (count < LEAST_DOCUMENTS) {
      return 0;
    }
    return 3 * late <= count ? 1 : 3 * late <= 2 * count ? 2 : 3;
  }

  private static History.Document document(History.Debt debt, long known) {
    History.Document found = null;
    for (History.Document version : debt.versions) {
      found = version.known() <= known ? version : found;
    }
    return found;
  }

  private static long balance(History.Debt debt, int day, long known) {
    long sum = 0;
    for (History.Event event : debt.events) {
      sum += event.day() <= day && event.known() <= known ? event.amount() : 0;
    }
    return sum;
  }

  private static long cash(History.Debt debt, int day, long known) {
    long sum = 0;
    for (History.Event event : debt.events) {
      boolean counts = event.kind() == EventKind.CASH && event.day() <= day;
      sum -= counts && event.known() <= known ? event.amount() : 0;
    }
    return sum;
  }
}

package io.recupero.segment;

import io.recupero.ledger.EventKind.Exit;
import io.recupero.mart.Course;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.types.StructType;

/**
 * What a customer's documents did in the month after each close: what was overdue and how much of
 * it came (a row a document that was), and how long what fell due took (a row a document that did).
 */
final class MonthWalker extends HistoryWalker {

  static final StructType SCHEMA =
      StructType.fromDDL(
          "customer_id STRING, as_of DATE, currency STRING, overdue_amount DECIMAL(38, 4),"
              + " recovered_amount DECIMAL(38, 4), days INT, ended_by STRING");

  private final List<LocalDate> closes;
  private final int lastDay;
  private final long known;

  MonthWalker(List<LocalDate> closes, int lastDay, long known) {
    super(SCHEMA);
    this.closes = closes;
    this.lastDay = lastDay;
    this.known = known;
  }

  @Override
  void walk(History history, Values values, Consumer<InternalRow> out) {
    Map<String, History.Debt> inOrder = new TreeMap<>(history.debts);
    for (History.Debt debt : inOrder.values()) {
      DebtState state = DebtState.of(debt, lastDay, known);
      if (state != null) {
        Course course = OutcomeWalker.course(debt, state.document.dueDay(), known);
        for (LocalDate close : closes) {
          month(history.customerId, close, state, course, values, out);
        }
      }
    }
  }

  private void month(
      String customerId,
      LocalDate close,
      DebtState state,
      Course course,
      Values values,
      Consumer<InternalRow> out) {
    int first = (int) close.toEpochDay() + 1;
    LocalDate next = close.plusDays(1);
    int last = Math.min(lastDay, (int) next.plusMonths(1).toEpochDay() - 1);
    long overdue = course.overdueBefore(first);
    if (overdue > 0) {
      begin(customerId, close, state, values);
      values.amount("overdue_amount", overdue);
      values.amount("recovered_amount", course.recovered(first, last));
      out.accept(values.end());
    }
    int due = state.document.dueDay();
    if (due >= first && due <= last && course.balanceAt(due) != 0) {
      begin(customerId, close, state, values);
      Exit exit = course.exit(lastDay);
      values.day("days", (exit == Exit.NONE ? lastDay : course.endDay(lastDay)) - due);
      values.text("ended_by", exit == Exit.NONE ? "open" : exit.id());
      out.accept(values.end());
    }
  }

  private static void begin(String customerId, LocalDate close, DebtState state, Values values) {
    values.text("customer_id", customerId);
    values.day("as_of", (int) close.toEpochDay());
    values.text("currency", state.currency);
  }
}

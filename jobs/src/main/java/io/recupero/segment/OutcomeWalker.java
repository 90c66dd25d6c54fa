package io.recupero.segment;

import io.recupero.ledger.EventKind.Exit;
import io.recupero.mart.Course;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.types.StructType;

/** Records of a customer in, a row for each date and document that was open out. */
final class OutcomeWalker extends HistoryWalker {

  private final List<AsOf> dates;
  private final int lastDay;
  private final long known;

  OutcomeWalker(List<AsOf> dates, int lastDay, long known, StructType schema) {
    super(schema);
    this.dates = dates;
    this.lastDay = lastDay;
    this.known = known;
  }

  @Override
  void walk(History history, Values values, Consumer<InternalRow> out) {
    Map<String, History.Debt> inOrder = new TreeMap<>(history.debts);
    for (AsOf date : dates) {
      inOrder.forEach(
          (id, debt) -> {
            DebtState state = DebtState.of(debt, date.epochDay(), date.knownMicros());
            if (state != null && state.open > 0) {
              values.text("customer_id", history.customerId);
              document(date, debt, state, values);
              out.accept(values.end());
            }
          });
    }
  }

  private void document(AsOf date, History.Debt debt, DebtState then, Values values) {
    Course course = course(debt, then.document.dueDay(), known);
    DebtState seen = DebtState.of(debt, lastDay, known);
    int due = dueDay(debt, then.document.dueDay());
    int day = date.epochDay();
    values.day("as_of", day);
    values.text("invoice_id", then.document.id());
    values.text("currency", then.currency);
    values.day("due_date", then.document.dueDay());
    values.amount("open_amount", then.open);
    Exit exit = course.exit(lastDay);
    values.text("ended_by", exit == Exit.NONE ? "open" : exit.id());
    values.day("days_seen", (exit == Exit.NONE ? lastDay : course.endDay(lastDay)) - due);
    boolean isPaid = exit == Exit.PAID && seen != null && !seen.pieces.isEmpty();
    if (isPaid) {
      values.day("days_late", seen.paidDay() - due);
    }
    long knownCash = course(debt, due, date.knownMicros()).cashUntil(day);
    for (int window : Outcomes.WINDOWS) {
      int end = day + window;
      if (end <= lastDay) {
        values.truth("paid_" + window, course.exit(end) == Exit.PAID);
        values.amount(
            "recovered_" + window + "_amount",
            Math.min(then.open, course.cashUntil(end) - knownCash));
      }
    }
    lateSoFar(debt, course, due, day + Outcomes.LONGEST, values);
  }

  private void lateSoFar(History.Debt debt, Course course, int due, int end, Values values) {
    if (end > lastDay) {
      return;
    }
    Exit exit = course.exit(end);
    DebtState then = DebtState.of(debt, end, known);
    if (exit == Exit.PAID && then != null && !then.pieces.isEmpty()) {
      values.day("days_late_90", then.paidDay() - due);
    } else if (exit == Exit.NONE && due < end) {
      values.day("days_late_90", end - due);
    }
  }

  /** The due date as it is known to be in the end: days are counted from it. */
  private int dueDay(History.Debt debt, int otherwise) {
    int due = otherwise;
    for (History.Document version : debt.versions) {
      due = version.known() <= known ? version.dueDay() : due;
    }
    return due;
  }

  /** Returns the course of a document by what was known at a time. */
  static Course course(History.Debt debt, int dueDay, long known) {
    List<History.Event> events = new ArrayList<>(debt.events);
    events.removeIf(event -> event.known() > known);
    Course course = new Course(dueDay);
    for (History.Event event : events) {
      course.add(event.kind(), event.sourceId(), event.day(), event.paidDay(), event.amount());
    }
    return course.settled();
  }
}

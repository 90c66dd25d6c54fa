package io.recupero.mart;

import io.recupero.ledger.EventKind;
import io.recupero.ledger.WideSum;
import io.recupero.mart.MartWalker.Role;
import io.recupero.mart.StrategyMeasure.Part;
import io.recupero.walk.GroupWalk;
import java.math.BigDecimal;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.catalyst.expressions.GenericInternalRow;
import org.apache.spark.sql.types.Decimal;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.unsafe.types.UTF8String;

/**
 * What each customer adds to its arm, month by month: a row a month without currency, which says
 * that it is in the arm, and one for each currency in which it has anything.
 *
 * <p>The arm is that of the month's first day, and the whole month counts in it whatever happens
 * within: else those whom a treatment failed, and who were moved because of it, would leave it.
 */
final class StrategyMonths implements GroupWalk.Walker {

  /** The digits of a part, in ten-thousandths: of many large amounts more than a long has. */
  static final int PRECISION = 38;

  /** Columns before the parts. */
  private static final int BEFORE_PARTS = 6;

  /** Days after the due date that a receivable is looked at. */
  static final int FOLLOWED_DAYS = 90;

  /** The greatest answer to the question on satisfaction that is a complaint. */
  private static final int UNHAPPY = 2;

  private final DebtorRows debtors;
  private final int graceDays;
  private final int horizon;

  StrategyMonths(Walked walked, int graceDays) {
    this.debtors = new DebtorRows(walked);
    this.graceDays = graceDays;
    this.horizon = walked.horizon();
  }

  static StructType schema() {
    return StructType.fromDDL(
        "of STRING, start INT, segment STRING, customer_id STRING, arm STRING, currency STRING, "
            + Arrays.stream(Part.values())
                .map(part -> part + " DECIMAL(" + PRECISION + ", 0)")
                .collect(Collectors.joining(", ")));
  }

  /** Returns where a part stands in a row. */
  static int place(Part part) {
    return BEFORE_PARTS + part.ordinal();
  }

  /** Returns whether everything due in a month has been looked at for long enough. */
  static boolean isFollowed(int start, int horizon) {
    return Months.nextStart(start) - 1 + FOLLOWED_DAYS <= horizon;
  }

  @Override
  public void row(InternalRow row) {
    debtors.take(row);
  }

  @Override
  public void endOfGroup(Consumer<InternalRow> out) {
    Debtor debtor = debtors.end()[Role.NOW.ordinal()];
    if (debtor == null || debtor.dossier.of(WorkRows.ARM, 0).isEmpty()) {
      return;
    }
    int assigned = debtor.dossier.of(WorkRows.ARM, 0).get(0).day(0);
    for (int start = Months.nextStart(assigned - 1);
        start <= horizon;
        start = Months.nextStart(start)) {
      month(debtor, start, out);
    }
  }

  private void month(Debtor debtor, int start, Consumer<InternalRow> out) {
    WorkRecord arm = debtor.dossier.inForce(WorkRows.ARM, 0, start).orElseThrow();
    int until = Math.min(Months.nextStart(start) - 1, horizon);
    Map<String, Map<Part, WideSum>> byCurrency = new TreeMap<>();
    Map<Part, WideSum> alone = nothing();
    for (Receivable receivable : debtor.receivables.values()) {
      if (!receivable.events.isEmpty() && receivable.firstDay() <= until) {
        receivable(receivable, start, until, parts(byCurrency, receivable.line.currency()));
        alone.get(Part.COMPLAINTS).add(disputes(receivable, start, until), StrategyMeasure.ONE);
      }
    }
    for (Contact contact : debtor.dossier.contacts(debtor)) {
      if (contact.day() >= start && contact.day() <= until) {
        contact
            .lineOfCost(debtor.lines)
            .ifPresent(
                line ->
                    parts(byCurrency, line.currency())
                        .get(Part.COST)
                        .add(contact.cost(line), line.minorUnit));
      }
    }
    alone.get(Part.COMPLAINTS).add(unhappy(debtor, start, until), StrategyMeasure.ONE);
    out.accept(row(debtor, start, arm, null, alone));
    byCurrency.forEach((currency, parts) -> out.accept(row(debtor, start, arm, currency, parts)));
  }

  private static Map<Part, WideSum> parts(
      Map<String, Map<Part, WideSum>> byCurrency, String currency) {
    return byCurrency.computeIfAbsent(currency, it -> nothing());
  }

  private static Map<Part, WideSum> nothing() {
    Map<Part, WideSum> parts = new EnumMap<>(Part.class);
    Arrays.stream(Part.values()).forEach(part -> parts.put(part, new WideSum()));
    return parts;
  }

  private void receivable(Receivable of, int start, int until, Map<Part, WideSum> parts) {
    long opening = of.balanceAt(start - 1);
    if (FlowMart.isOverdueBefore(of, start, opening, graceDays)) {
      parts.get(Part.OVERDUE).add(opening, of.line.minorUnit);
      parts
          .get(Part.RECOVERED)
          .add(FlowMart.recovered(of, start, until, opening), of.line.minorUnit);
    }
    boolean isDue = of.dueDay >= start && of.dueDay <= until && isFollowed(start, horizon);
    if (isDue && of.balanceAt(of.dueDay) != 0) {
      Receivable.Event end = of.lastZero(horizon);
      boolean isPaid = end != null && end.kind().exit() == EventKind.Exit.PAID;
      int days = isPaid ? Math.min(FOLLOWED_DAYS, end.day() - of.dueDay) : FOLLOWED_DAYS;
      parts.get(Part.DUE).add(StrategyMeasure.ONE);
      parts.get(Part.DUE_DAYS).add(days, StrategyMeasure.ONE);
    }
  }

  private static long disputes(Receivable of, int start, int until) {
    return Dispute.of(of).stream()
        .filter(it -> it.openedDay() >= start && it.openedDay() <= until)
        .count();
  }

  private static long unhappy(Debtor debtor, int start, int until) {
    return debtor.dossier.of(WorkRows.SURVEY, 0).stream()
        .filter(it -> it.day(0) >= start && it.day(0) <= until)
        .filter(it -> it.has(1) && it.number(1) <= UNHAPPY)
        .count();
  }

  private static InternalRow row(
      Debtor debtor, int start, WorkRecord arm, String currency, Map<Part, WideSum> parts) {
    String segment = arm.text(2);
    Object[] values = new Object[BEFORE_PARTS + Part.values().length];
    values[0] = text(start + (segment == null ? "" : "=" + segment));
    values[1] = start;
    values[2] = text(segment);
    values[3] = debtor.customerId.clone();
    values[4] = text(arm.text(1));
    values[5] = text(currency);
    parts.forEach(
        (part, sum) ->
            values[place(part)] = Decimal.apply(new BigDecimal(sum.value()), PRECISION, 0));
    return new GenericInternalRow(values);
  }

  private static UTF8String text(String text) {
    return text == null ? null : UTF8String.fromString(text);
  }
}

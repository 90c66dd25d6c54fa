package io.recupero.mart;

import static io.recupero.mart.Part.amount;
import static io.recupero.mart.Part.count;

import io.recupero.ledger.EventKind;
import java.util.List;

/**
 * The month to date: {@code gold.flow_daily}. What is counted in a month falls back to zero on the
 * 1st; billing of the last 90 days leaves again after 90 days.
 */
record FlowMart(int graceDays) implements Mart {

  private static final int BILLING_DAYS = 90;
  private static final int GRACE_OF_INSTALMENTS = 3;

  @Override
  public String table() {
    return "gold.flow_daily";
  }

  @Override
  public Keys keys() {
    return Keys.NONE;
  }

  @Override
  public List<Part> parts() {
    return List.of(
        amount("recovered_amount"),
        amount("recovery_base_amount"),
        count("recovery_base_count"),
        amount("on_time_amount"),
        amount("due_amount"),
        count("due_count"),
        amount("opening_amount"),
        count("opening_count"),
        amount("charged_amount"),
        amount("closing_amount"),
        amount("closing_current_amount"),
        count("moved_count"),
        amount("cash_amount"),
        amount("billed_90_amount"),
        count("billed_90_count"),
        amount("written_off_amount"),
        amount("write_off_recovered_amount"),
        amount("write_off_unrecovered_amount"),
        count("offer_count"),
        count("taker_count"),
        amount("taker_discount_amount"),
        amount("taker_cash_amount"),
        count("unrecovered_count"),
        count("instalment_due_count"),
        count("instalment_kept_count"),
        amount("late_charge_amount"),
        amount("instalment_amount"),
        amount("withheld_amount"),
        amount("credited_amount"),
        amount("restructured_amount"));
  }

  @Override
  public void changes(Receivable receivable, Days days) {
    days.add(receivable.dueDay);
    days.add(receivable.dueDay + 1);
    days.add(receivable.issueDay + BILLING_DAYS);
    int last = Math.max(receivable.lastDay(), receivable.dueDay);
    if (!receivable.isBilled()) {
      last = Math.max(last, receivable.dueDay + GRACE_OF_INSTALMENTS);
      days.add(receivable.dueDay + GRACE_OF_INSTALMENTS);
    }
    if (receivable.offer != null) {
      days.add(receivable.offer.untilDay());
      last = Math.max(last, receivable.offer.untilDay());
    }
    boolean ends = receivable.isClosed() && !receivable.has(EventKind.WRITE_OFF);
    days.addMonthStarts(receivable.firstDay(), ends ? last : days.horizon());
  }

  @Override
  public void contribute(Receivable receivable, int day, Contribution to) {
    if (receivable.isUnapplied()) {
      return;
    }
    int first = Months.start(day);
    long opening = receivable.balanceAt(first - 1);
    long[] parts = to.entry();
    recovery(receivable, first, day, opening, parts);
    if (receivable.dueDay >= first && receivable.dueDay <= day) {
      onTime(receivable, day, parts);
    }
    movement(receivable, first, day, opening, parts);
    if (receivable.isBilled() && day < receivable.issueDay + BILLING_DAYS) {
      parts[13] = receivable.billed(day - BILLING_DAYS + 1, day);
      parts[14] = parts[13] != 0 ? 1 : 0;
    }
    writeOff(receivable, first, day, parts);
    Receivable.Offer offer = receivable.offer;
    if (offer != null && offer.untilDay() >= first && offer.untilDay() <= day) {
      offer(receivable, offer, day, parts);
    }
    if (!receivable.isBilled()) {
      instalment(receivable, first, day, parts);
    }
  }

  private void recovery(Receivable of, int first, int day, long opening, long[] parts) {
    if (isOverdueBefore(of, first, opening, graceDays)) {
      parts[0] = recovered(of, first, day, opening);
      parts[1] = opening;
      parts[2] = 1;
    }
  }

  /** Returns whether what was open before a month was overdue then. */
  static boolean isOverdueBefore(Receivable of, int first, long opening, int graceDays) {
    return first - 1 - of.dueDay > graceDays && opening > 0;
  }

  /** Returns the cash of a month on what was open before it. */
  static long recovered(Receivable of, int first, int day, long opening) {
    return Math.min(opening, of.cashBetween(first, day));
  }

  private static void onTime(Receivable of, int day, long[] parts) {
    long due = of.billed(Integer.MIN_VALUE, of.dueDay) - of.creditedUntil(of.dueDay);
    if (due > 0) {
      parts[3] =
          of.cashPaidUntil(of.dueDay, day)
              - of.sum(EventKind.WITHHOLDING, Integer.MIN_VALUE, of.dueDay);
      parts[4] = due;
      parts[5] = 1;
    }
  }

  private static void movement(Receivable of, int first, int day, long opening, long[] parts) {
    long closing = of.balanceAt(day);
    parts[6] = opening;
    parts[7] = opening != 0 ? 1 : 0;
    parts[25] = of.sum(EventKind.INTEREST, first, day) + of.sum(EventKind.PENALTY, first, day);
    parts[8] = (of.isBilled() ? of.billed(first, day) : 0) + parts[25];
    parts[26] = of.isBilled() ? 0 : of.billed(first, day);
    parts[27] = -of.sum(EventKind.WITHHOLDING, first, day);
    parts[28] =
        -of.sum(EventKind.CREDIT_NOTE, first, day)
            - of.sum(EventKind.CREDIT, first, day)
            - of.sum(EventKind.DISCOUNT, first, day);
    parts[29] = -of.sum(EventKind.RESTRUCTURED, first, day);
    parts[9] = closing;
    parts[10] = day <= of.dueDay ? closing : 0;
    parts[11] = opening != 0 || parts[8] != 0 || closing != 0 ? 1 : 0;
    parts[12] = of.cashBetween(first, day);
  }

  private static void writeOff(Receivable of, int first, int day, long[] parts) {
    parts[15] = -of.sum(EventKind.WRITE_OFF, first, day);
    parts[16] = of.sum(EventKind.WRITE_OFF_RECOVERY, first, day);
    long gone = -of.sum(EventKind.WRITE_OFF, Integer.MIN_VALUE, first - 1);
    long back = of.sum(EventKind.WRITE_OFF_RECOVERY, Integer.MIN_VALUE, first - 1);
    parts[17] = Math.max(0, gone - back);
    parts[22] = parts[17] != 0 ? 1 : 0;
  }

  private static void instalment(Receivable of, int first, int day, long[] parts) {
    int judged = of.dueDay + GRACE_OF_INSTALMENTS;
    if (judged >= first && judged <= day) {
      Receivable.Event end = of.lastZero(judged);
      parts[23] = 1;
      parts[24] = end != null && end.kind().exit() == EventKind.Exit.PAID ? 1 : 0;
    }
  }

  private static void offer(Receivable of, Receivable.Offer offer, int day, long[] parts) {
    int until = offer.untilDay();
    long cash = of.cashPaidUntil(until, day);
    long notes = of.creditedUntil(until) + of.sum(EventKind.DISCOUNT, Integer.MIN_VALUE, until);
    parts[18] = 1;
    if (cash > 0 && cash >= of.billed(Integer.MIN_VALUE, until) - notes - offer.amount()) {
      parts[19] = 1;
      parts[20] = -of.sum(EventKind.DISCOUNT, Integer.MIN_VALUE, day);
      parts[21] = cash;
    }
  }
}

package io.recupero.segment;

import java.time.LocalDate;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;

/** How the customer pays: how often, in parts or whole, on which day of the month and by what. */
final class PaymentFeatures implements FeatureGroup {

  @Override
  public void compute(Snapshot customer, Values values) {
    if (!customer.has.payments()) {
      return;
    }
    int before = customer.before(Window.YEAR.months());
    Usual<Integer> days = new Usual<>();
    Usual<String> methods = new Usual<>();
    long payments = 0;
    for (History.Payment payment : customer.payments) {
      if (payment.paidDay() > before) {
        payments++;
        days.add(LocalDate.ofEpochDay(payment.paidDay()).getDayOfMonth(), payment.paidDay());
        methods.add(payment.method(), payment.paidDay());
      }
    }
    values.count("payments_12m", payments);
    values.count("payments_ever", customer.payments.size());
    values.count(
        "reversed_payments_12m",
        customer.reversals.stream().filter(reversal -> reversal.paidDay() > before).count());
    if (days.most() != null) {
      values.count("usual_pay_day", days.most());
      values.percent("usual_pay_day_share", days.count(days.most()), payments);
    }
    values.text("usual_pay_method", methods.most());
    if (!customer.payments.isEmpty()) {
      int last = customer.payments.get(customer.payments.size() - 1).paidDay();
      values.count("days_since_last_payment", customer.day - last);
    }
    parts(customer, before, values);
  }

  /** Of the pieces of cash that reached documents, how many left something open. */
  private static void parts(Snapshot customer, int before, Values values) {
    long pieces = 0;
    long partial = 0;
    long paid = 0;
    long paidBy = 0;
    for (DebtState debt : customer.debts) {
      long cash = 0;
      for (DebtState.Piece piece : debt.pieces) {
        cash += piece.cash() ? 1 : 0;
        if (piece.cash() && piece.paidDay() > before) {
          pieces++;
          partial += piece.partial() ? 1 : 0;
        }
      }
      if (cash > 0 && debt.isPaid() && debt.paidDay() > before) {
        paid++;
        paidBy += cash;
      }
    }
    values.percent("partial_payment_share_12m", partial, pieces);
    values.number("payments_per_invoice_12m", paid == 0 ? Double.NaN : (double) paidBy / paid);
  }

  /** The value that comes most often; of several the one used last, then the least. */
  private static final class Usual<T extends Comparable<T>> {
    private final Map<T, Integer> counts = new TreeMap<>();
    private final Map<T, Integer> lastDays = new HashMap<>();

    void add(T value, int day) {
      if (value != null) {
        counts.merge(value, 1, Integer::sum);
        lastDays.merge(value, day, Math::max);
      }
    }

    int count(T value) {
      return counts.get(value);
    }

    T most() {
      T most = null;
      for (T value : counts.keySet()) {
        if (most == null
            || counts.get(value) > counts.get(most)
            || (counts.get(value).equals(counts.get(most))
                && lastDays.get(value) > lastDays.get(most))) {
          most = value;
        }
      }
      return most;
    }
  }
}

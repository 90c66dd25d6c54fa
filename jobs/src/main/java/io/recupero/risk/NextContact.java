package io.recupero.risk;

import io.recupero.compliance.ContactJudge;
import io.recupero.contract.Contracts;
import io.recupero.segment.Treatment;
import java.io.Serializable;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.sql.Date;
import java.sql.Timestamp;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;

/**
 * Decides about one customer: contact or not, why, and when.
 *
 * <p>What is disputed or promised is let be; what the treatment's first contact day has not come
 * for too. Of the rest a moment is looked for in the week to come that the contact rules permit.
 */
final class NextContact implements Serializable {

  private static final long serialVersionUID = 1L;

  /** A promise is let be for as long after its day as it may still be kept. */
  static final int PROMISE_GRACE = 3;

  /** Where a treatment says no first day: the day after the due date. */
  private static final int FIRST_DAY = 1;

  private final LocalDate asOf;
  private final Map<String, Plan> plans;
  private final Permitted permitted;
  private final int columns;

  /** What of a treatment matters here; a record that travels. */
  private record Plan(
      String stage, List<String> channels, int firstDay, Integer discount, Integer instalments)
      implements Serializable {}

  NextContact(LocalDate asOf, ZoneId zone, Map<String, Treatment> treatments, ContactJudge judge) {
    this.asOf = asOf;
    this.plans = new java.util.HashMap<>();
    treatments.forEach(
        (segment, it) ->
            plans.put(
                segment,
                new Plan(
                    it.stage().orElse(null),
                    new java.util.ArrayList<>(it.channels()),
                    it.firstContactDay().orElse(FIRST_DAY),
                    it.discountPercent().orElse(null),
                    it.planInstalments().orElse(null))));
    this.permitted = new Permitted(asOf, zone, judge);
    this.columns = Contracts.load().contract(Worklist.TABLE).names().size();
  }

  /** Returns the row of a customer; all null where nothing is to be done or held. */
  Row of(Row customer) {
    Plan plan = plans.get(customer.<String>getAs("segment"));
    Documents all = Documents.of(customer.getList(customer.fieldIndex("documents")));
    int first = plan == null ? FIRST_DAY : plan.firstDay();
    Documents due = all.where(it -> it.daysPastDue() + 1 >= first);
    Documents free =
        due.where(it -> !it.disputed() && !it.promisedAfter(asOf.minusDays(PROMISE_GRACE)));
    if (due.isEmpty()) {
      return RowFactory.create(new Object[columns]);
    }
    if (free.isEmpty()) {
      boolean disputed = due.stream().allMatch(Documents.Document::disputed);
      return row(customer, plan, due, disputed ? "disputed" : "promised", null);
    }
    if (plan == null || plan.channels().isEmpty()) {
      return row(customer, plan, free, "no_treatment", null);
    }
    Permitted.Slot slot = permitted.next(customer, plan.channels(), free.oldestInvoice());
    return row(customer, plan, free, slot.status(), slot);
  }

  private Row row(
      Row customer, Plan plan, Documents documents, String status, Permitted.Slot slot) {
    String currency = documents.mainCurrency();
    Documents main = documents.where(it -> it.currency().equals(currency));
    Documents overdue = main.where(it -> it.daysPastDue() > 0);
    Long streak = customer.getAs("broken_promise_streak");
    boolean set = slot != null && slot.channel() != null;
    return RowFactory.create(
        Date.valueOf(asOf),
        null,
        status,
        customer.getAs("customer_id"),
        customer.getAs("segment"),
        slot == null ? null : slot.country(),
        plan == null ? null : plan.stage(),
        currency,
        (long) documents.size(),
        main.open(),
        overdue.open(),
        documents.daysPastDue(),
        main.highestRisk(),
        money(main.expected()),
        set ? slot.channel() : null,
        set ? Timestamp.from(slot.at()) : null,
        set ? slot.localDay() : null,
        set ? slot.localTime() : null,
        slot == null ? null : slot.timezone(),
        slot == null ? null : slot.verdict(),
        slot == null ? null : slot.missing(),
        plan == null ? null : plan.discount(),
        plan == null ? null : plan.instalments(),
        Why.text(status, documents, main, streak, slot, true),
        Why.text(status, documents, main, streak, slot, false));
  }

  private static BigDecimal money(double amount) {
    return BigDecimal.valueOf(amount).setScale(4, RoundingMode.HALF_UP);
  }
}

package io.recupero.segment;

import io.recupero.walk.GroupWalk;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import java.util.function.Consumer;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.types.StructType;

/** Records of a customer in, a row for each date and open document out. */
final class DocumentWalker implements GroupWalk.Walker {

  /** Days after its day in which a promise may still be kept. */
  private static final int PROMISE_GRACE = 3;

  private final List<AsOf> dates;
  private final ZoneId zone;
  private final Presence has;
  private final Values values;
  private final HistoryRows rows = new HistoryRows();

  DocumentWalker(List<AsOf> dates, ZoneId zone, Presence has, StructType schema) {
    this.dates = dates;
    this.zone = zone;
    this.has = has;
    this.values = new Values(schema);
  }

  @Override
  public void row(InternalRow row) {
    rows.take(row);
  }

  @Override
  public void endOfGroup(Consumer<InternalRow> out) {
    History history = rows.end();
    for (AsOf date : dates) {
      Snapshot customer = new Snapshot(history, date, zone, has, false);
      PastDocuments past = null;
      for (DebtState debt : customer.debts) {
        if (debt.open > 0) {
          past = past == null ? PastDocuments.of(customer) : past;
          values.text("customer_id", history.customerId);
          values.day("as_of", customer.day);
          document(customer, debt, past);
          past.put(values);
          out.accept(values.end());
        }
      }
    }
  }

  private void document(Snapshot customer, DebtState debt, PastDocuments past) {
    History.Document document = debt.document;
    LocalDate due = LocalDate.ofEpochDay(document.dueDay());
    values.text("invoice_id", document.id());
    values.text("document_currency", debt.currency);
    values.text("document_type", document.type());
    values.text("document_debt_type", document.debtType());
    values.day("due_date", document.dueDay());
    if (document.issueDay() != History.NO_DAY) {
      values.day("issue_date", document.issueDay());
      values.day("term_days", document.dueDay() - document.issueDay());
    }
    values.amount("document_open_amount", debt.open);
    values.amount("document_amount", debt.billed);
    values.day("days_to_due", document.dueDay() - customer.day);
    values.percent("document_paid_share", Math.max(0, debt.billed - debt.open), debt.billed);
    values.percent("amount_of_usual", debt.billed, past.meanBilled(debt.currency));
    values.day("due_day_of_month", due.getDayOfMonth());
    values.text("due_weekday", Integer.toString(due.getDayOfWeek().getValue()));
    if (customer.has.disputes()) {
      values.truth(
          "is_disputed", customer.disputes.stream().anyMatch(it -> isOn(it, debt, customer)));
    }
    promise(customer, document.id());
  }

  private static boolean isOn(History.Dispute dispute, DebtState debt, Snapshot customer) {
    boolean open = dispute.closedDay() == History.NO_DAY || dispute.closedDay() > customer.day;
    return open && debt.document.id().equals(dispute.invoiceId());
  }

  /**
   * The last day that a promise names which is not over yet: of the document, or of no document.
   */
  private void promise(Snapshot customer, String invoiceId) {
    customer.promises.stream()
        .filter(it -> it.dueDay() + PROMISE_GRACE >= customer.day)
        .filter(it -> it.invoiceId() == null || it.invoiceId().equals(invoiceId))
        .mapToInt(History.Promise::dueDay)
        .max()
        .ifPresent(day -> values.day("promised_on", day));
  }
}

package io.recupero.ledger;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.LocalDate;

/**
 * What the debtor or the creditor said a payment is for. It counts on the latest of the day paid,
 * its own day and the invoice's issue date; cash beyond the balance waits again, with the payer.
 */
final class ApplicationDocument extends Document {

  static final String BEYOND = "application_beyond_payment";

  private final DocumentRow row;

  ApplicationDocument(DocumentRow row) {
    super(row);
    this.row = row;
  }

  /** Returns the key of an application: payment, invoice and, where given, its own day. */
  static String id(String payment, String invoice, int day) {
    String key = payment + '|' + invoice;
    return day == Integer.MIN_VALUE ? key : key + '|' + LocalDate.ofEpochDay(day);
  }

  @Override
  String table() {
    return "payment_applications";
  }

  @Override
  Step step() {
    return Step.APPLICATION;
  }

  @Override
  int day(File file) {
    PaymentDocument payment = file.payment(row.refersTo());
    InvoiceDocument invoice = file.invoice(row.invoiceId());
    if (payment == null || invoice == null) {
      return NEVER;
    }
    return Math.max(row.dueDay(), Math.max(payment.day(file), invoice.day(file)));
  }

  /** Its money is reserved from the day it was paid. */
  @Override
  int changesFrom(File file) {
    PaymentDocument payment = file.payment(row.refersTo());
    return payment == null ? NEVER : payment.day(file);
  }

  @Override
  void enter(File file, Books books) {
    file.reserve(row.refersTo(), row.otherAmount());
    file.refer(File.PAYMENTS, row.refersTo(), this);
    file.refer(File.INVOICES, row.invoiceId(), this);
  }

  @Override
  void leave(File file) {
    file.reserve(row.refersTo(), -row.otherAmount());
  }

  @Override
  void post(Books books, File file) {
    Fund fund = file.payment(row.refersTo()).fund();
    if (fund.reversed) {
      return;
    }
    if (fund.reserved < row.otherAmount()) {
      books.note(EventKind.CASH, null, fund, BEYOND);
      return;
    }
    Account account = file.invoice(row.invoiceId()).account();
    books.reserve(fund, -row.otherAmount());
    long beyond = books.take(EventKind.CASH, account, fund, row.amount());
    books.await(EventKind.CASH, fund, inPaymentCurrency(beyond, fund.currency));
  }

  private long inPaymentCurrency(long beyond, String currency) {
    if (beyond == row.amount()) {
      return row.otherAmount();
    }
    if (beyond == 0 || row.amount() == row.otherAmount()) {
      return beyond;
    }
    int decimals = Money.decimals(currency);
    return BigDecimal.valueOf(row.otherAmount(), Money.SCALE)
        .multiply(BigDecimal.valueOf(beyond))
        .divide(BigDecimal.valueOf(row.amount()), decimals, RoundingMode.HALF_UP)
        .movePointRight(Money.SCALE)
        .longValueExact();
  }

  @Override
  int compareWithin(Document other) {
    return other instanceof ApplicationDocument that ? byPayment(that) : super.compareWithin(other);
  }

  private int byPayment(ApplicationDocument that) {
    int order = Integer.compare(row.day(), that.row.day());
    if (order == 0) {
      order = row.refersTo().compareTo(that.row.refersTo());
    }
    return order != 0 ? order : id.compareTo(that.id);
  }
}

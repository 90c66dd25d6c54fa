package io.recupero.ledger;

import java.util.Comparator;
import java.util.List;

/**
 * Money received. What its applications do not claim waits for open invoices; what they claim is
 * reserved until each of them counts.
 */
final class PaymentDocument extends Document implements Reversible {

  private final DocumentRow row;
  private Fund fund;

  PaymentDocument(DocumentRow row) {
    super(row);
    this.row = row;
  }

  @Override
  public Fund fund() {
    return fund;
  }

  @Override
  String table() {
    return File.PAYMENTS;
  }

  @Override
  Step step() {
    return Step.RECEIPT;
  }

  @Override
  int day(File file) {
    return row.day();
  }

  @Override
  void enter(File file, Books books) {
    fund = new Fund(row, row.day(), true, books);
  }

  @Override
  void post(Books books, File file) {
    long reserved = Math.min(row.amount(), file.reserved(id));
    books.fund(fund, row.amount() - reserved, reserved, 0);
  }

  @Override
  public void again(Books books, File file, Account account, long amount) {
    throw new IllegalStateException("Cannot post payment " + id + " to an invoice by itself");
  }

  /** Returns its applications that were to count before a day, in their order. */
  List<ApplicationDocument> due(File file, int day) {
    return file.referringTo(this).stream()
        .filter(it -> it instanceof ApplicationDocument && file.isCurrent(it))
        .filter(it -> it.agendaDay < day)
        .sorted(
            Comparator.comparingInt((Document it) -> it.agendaDay)
                .thenComparing(Document::compareWithin))
        .map(ApplicationDocument.class::cast)
        .toList();
  }
}

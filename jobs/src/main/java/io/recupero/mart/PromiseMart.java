package io.recupero.mart;

import io.recupero.ledger.PromiseLedger;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What became of promises, month to date: {@code gold.promise_daily}. A promise is judged on the
 * fourth day after it was due; what is reversed later in that month still counts against it.
 */
record PromiseMart() implements Mart {

  @Override
  public String table() {
    return "gold.promise_daily";
  }

  @Override
  public Optional<String> needs() {
    return Optional.of("promises");
  }

  @Override
  public Keys keys() {
    return Keys.wide(Contact.WHO);
  }

  @Override
  public List<Part> parts() {
    return List.of(
        Part.count("judged_count"),
        Part.count("kept_count"),
        Part.amount("promised_amount"),
        Part.amount("served_amount"));
  }

  @Override
  public List<? extends Item> items(Debtor debtor) {
    List<Item> items = new ArrayList<>();
    if (!debtor.dossier.isEmpty()) {
      Promises promises = debtor.dossier.promises(debtor);
      promises.records().forEach(record -> items.add(promise(debtor, promises, record)));
    }
    return items;
  }

  private static Item promise(Debtor debtor, Promises promises, WorkRecord record) {
    Line invoice = debtor.lineOf(record.text(2));
    Line line = debtor.lines.of(invoice.portfolio(), invoice.debtType(), record.text(0));
    String keys = keys(debtor, record);
    int judged = record.day(1) + PromiseLedger.GRACE + 1;
    OfMonth month =
        new OfMonth(
            line,
            judged,
            (day, to) -> {
              Promises.Served served = promises.served(record.id(), day);
              if (served != null) {
                long[] parts = to.entry(keys);
                parts[0] = 1;
                parts[1] = served.promise().isKeptBy(served.cash()) ? 1 : 0;
                parts[2] = served.promise().amount() / line.minorUnit;
                parts[3] = served.cash() / line.minorUnit;
              }
            });
    return new Judged(month, promises);
  }

  private static String keys(Debtor debtor, WorkRecord record) {
    Optional<Contact> contact =
        record.text(1) == null ? Optional.empty() : debtor.dossier.contact(debtor, record.text(1));
    String[] own = {
      null,
      record.text(3),
      record.text(4),
      record.text(5),
      Contact.desk(record.text(3), record.text(5), record.has(4)),
      null
    };
    return Keys.join(contact.map(Contact::who).orElse(own));
  }

  /** A promise of its month, looked at again whenever cash is taken back. */
  private record Judged(OfMonth month, Promises promises) implements Item {

    @Override
    public Line line() {
      return month.line();
    }

    @Override
    public int firstDay() {
      return month.firstDay();
    }

    @Override
    public void changes(Days days) {
      month.changes(days);
      promises.addTurns(month.onDay(), Months.nextStart(month.onDay()), days);
    }

    @Override
    public void contribute(int day, Contribution to) {
      month.contribute(day, to);
    }
  }
}

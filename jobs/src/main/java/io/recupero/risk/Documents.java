package io.recupero.risk;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.spark.sql.Row;

/** Open documents of one customer, the earliest due first. */
record Documents(List<Document> list) {

  /** One of them, as {@link InvoiceRisk} tells it. */
  record Document(
      String invoiceId,
      String currency,
      BigDecimal open,
      int daysPastDue,
      double lateProbability,
      Double pay30,
      boolean disputed,
      LocalDate promisedOn) {

    boolean promisedAfter(LocalDate day) {
      return promisedOn != null && promisedOn.isAfter(day);
    }
  }

  static Documents of(List<Row> rows) {
    return new Documents(rows.stream().map(Documents::document).toList());
  }

  private static Document document(Row row) {
    java.sql.Date promised = row.getAs("promised_on");
    return new Document(
        row.getAs("invoice_id"),
        row.getAs("currency"),
        row.getAs("open_amount"),
        row.<Integer>getAs("days_past_due"),
        row.<Double>getAs("late_probability"),
        row.getAs("pay_30_probability"),
        row.<Boolean>getAs("is_disputed"),
        promised == null ? null : promised.toLocalDate());
  }

  Documents where(Predicate<Document> predicate) {
    return new Documents(list.stream().filter(predicate).toList());
  }

  Stream<Document> stream() {
    return list.stream();
  }

  boolean isEmpty() {
    return list.isEmpty();
  }

  int size() {
    return list.size();
  }

  String oldestInvoice() {
    return list.get(0).invoiceId();
  }

  BigDecimal open() {
    return list.stream().map(Document::open).reduce(BigDecimal.ZERO.setScale(4), BigDecimal::add);
  }

  /** Cash expected within 30 days; what has no chance on record counts nothing. */
  double expected() {
    return list.stream()
        .filter(it -> it.pay30() != null)
        .mapToDouble(it -> it.open().doubleValue() * it.pay30())
        .sum();
  }

  int daysPastDue() {
    return list.stream().mapToInt(Document::daysPastDue).max().orElse(0);
  }

  double highestRisk() {
    return list.stream().mapToDouble(Document::lateProbability).max().orElse(0);
  }

  /** The currency of most documents; of several, the first by name. */
  String mainCurrency() {
    return list.stream()
        .collect(Collectors.groupingBy(Document::currency, Collectors.counting()))
        .entrySet()
        .stream()
        .min(
            Map.Entry.<String, Long>comparingByValue(Comparator.reverseOrder())
                .thenComparing(Map.Entry.comparingByKey()))
        .map(Map.Entry::getKey)
        .orElse(null);
  }
}

package io.recupero.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.recupero.plan.QualityLimitException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What one night refuses must not stop the next. */
class RefusedNightsTest {

  private static final String INVOICES =
      "invoice_id,customer_id,issue_date,due_date,amount,currency";
  private static final String PAYMENTS = "payment_id,customer_id,paid_on,amount,currency";
  private static final String APPLICATIONS = "payment_id,invoice_id,amount";
  private static final String ADJUSTMENTS = "adjustment_id,invoice_id,kind,effective_on,amount";

  @TempDir Path folder;

  private static List<String> invoices(int from, int count, String amount) {
    List<String> rows = new ArrayList<>();
    for (int i = from; i < from + count; i++) {
      rows.add("F%03d,C1,2026-03-01,2026-03-31,%s,CLP".formatted(i, amount));
    }
    return rows;
  }

  private static String[] all(List<String> some, List<String> others) {
    List<String> all = new ArrayList<>(some);
    all.addAll(others);
    return all.toArray(String[]::new);
  }

  @Test
  void onlyWhatIsDeliveredTodayIsHeldAgainstTheLimit() {
    // twelve of three hundred: within five percent, beyond five records
    String[] first = all(invoices(0, 12, "10.5"), invoices(12, 288, "10"));
    Nights nights = new Nights(folder).file("invoices.csv", INVOICES, first);
    nights
        .file("payments.csv", PAYMENTS, "R1,C1,2026-03-05,1,CLP")
        .file("adjustments.csv", ADJUSTMENTS, "J1,F012,discount,2026-03-02,1.5");
    assertThat(nights.night("2026-03-02T09:00:00Z").of("invoices")).isEqualTo("300 288 12 0 0 0 0");

    // ten new ones, all good; of adjustments none comes, and the refused one stays where it is
    nights.file("invoices.csv", INVOICES, invoices(300, 10, "10").toArray(String[]::new));
    Nights.Night second = nights.night("2026-03-03T09:00:00Z");
    assertThat(second.of("invoices")).isEqualTo("10 10 0 0 0 12 0");
    assertThat(second.of("adjustments")).isEqualTo("0 0 0 0 0 1 0");

    // the whole table again with one new row: identical ones count as delivered
    nights.file("invoices.csv", INVOICES, all(List.of(first), invoices(300, 11, "10")));
    Nights.Night third = nights.night("2026-03-04T09:00:00Z");
    assertThat(third.of("invoices")).isEqualTo("311 1 0 310 0 12 0");
    assertThat(nights.read("silver.invoices").count()).isEqualTo(299);
    assertThat(nights.read("quarantine").count())
        .as("the refused are not there twice")
        .isEqualTo(13);
    assertThat(nights.night("2026-03-05T09:00:00Z").counts()).as("nothing came").isEmpty();
  }

  @Test
  void whatOnlyWaitsIsNotRefused() {
    Nights nights =
        new Nights(folder, Map.of("max_quarantined_share", "0", "max_quarantined_records", "0"))
            .file("invoices.csv", INVOICES, invoices(0, 2, "10").toArray(String[]::new))
            .file("payments.csv", PAYMENTS, "R1,C1,2026-03-05,30,CLP")
            .file("payment_applications.csv", APPLICATIONS, "R1,F000,10", "R1,F002,10")
            .file("adjustments.csv", ADJUSTMENTS, "J1,F002,discount,2026-03-06,1");
    Nights.Night first = nights.night("2026-03-06T09:00:00Z");
    assertThat(first.of("payment_applications")).isEqualTo("2 1 1 0 1 0 0");
    assertThat(first.of("adjustments")).isEqualTo("1 0 1 0 1 0 0");
    assertThat(nights.seen("quarantine", "key || ' ' || waiting"))
        .containsExactly("J1 true", "R1|F002|2026-03-05 true");

    nights.file("invoices.csv", INVOICES, invoices(2, 1, "10").toArray(String[]::new));
    Nights.Night second = nights.night("2026-03-07T09:00:00Z");
    assertThat(second.of("payment_applications")).isEqualTo("0 0 0 0 0 0 1");
    assertThat(nights.read("quarantine").count()).isZero();

    // what breaks a rule beside is refused, though it names nobody either
    nights.file("payment_applications.csv", APPLICATIONS, "R1,F009,-1");
    assertThatThrownBy(() -> nights.night("2026-03-08T09:00:00Z"))
        .isInstanceOf(QualityLimitException.class)
        .hasMessageContaining("1 of 1 records of payment_applications are refused");
  }

  @Test
  void aFewRefusedRecordsOfASmallDeliveryStopNothing() {
    Nights nights =
        new Nights(folder)
            .file("invoices.csv", INVOICES, all(invoices(0, 5, "1.5"), invoices(5, 5, "10")));
    assertThat(nights.night("2026-03-02T09:00:00Z").of("invoices")).isEqualTo("10 5 5 0 0 0 0");
    nights.file("invoices.csv", INVOICES, all(invoices(10, 6, "1.5"), invoices(16, 5, "10")));
    assertThatThrownBy(() -> nights.night("2026-03-03T09:00:00Z"))
        .isInstanceOf(QualityLimitException.class)
        .hasMessageContaining(
            "6 of 11 records of invoices are refused, a share of 0.5455, where max_quarantined_share"
                + " allows 0.05 and max_quarantined_records 5")
        .hasMessageContaining("6: amount has more decimals than its currency");
  }

  @Test
  void identicalRowsCountOnceAndAreToldByFile() {
    String twice = "F001,C1,2026-03-01,2026-03-31,119,CLP";
    Nights nights = new Nights(folder).file("invoices.csv", INVOICES, twice, twice);
    // the same payment in two files of a delivery: an overlap of two exports
    nights.file("payments/1.csv", PAYMENTS, "R1,C1,2026-03-05,1,CLP", "R2,C1,2026-03-05,1,CLP");
    nights.file("payments/2.csv", PAYMENTS, "R1,C1,2026-03-05,1,CLP");
    Nights.Night first = nights.night("2026-03-06T09:00:00Z");
    assertThat(first.of("invoices")).isEqualTo("2 1 0 1 0 0 0");
    assertThat(first.repeated()).containsExactly("invoices/invoices.csv 1 1", "payments/2.csv 1 0");

    // delivered again with another: what was there before is no line of a document
    nights.file("payments/2.csv", PAYMENTS, "R1,C1,2026-03-05,1,CLP", "R3,C1,2026-03-05,1,CLP");
    assertThat(nights.night("2026-03-07T09:00:00Z").repeated())
        .containsExactly("payments/2.csv 1 0");
  }
}

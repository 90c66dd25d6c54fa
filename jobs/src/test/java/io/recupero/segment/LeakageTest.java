package io.recupero.segment;

import static org.apache.spark.sql.functions.expr;
import static org.assertj.core.api.Assertions.assertThat;

import io.recupero.Golden;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/**
 * Holds features computed from all that is on record today against those of a history that only has
 * what was known then: its ledger is built anew from the records of then.
 *
 * <p>The larger worked example has late and reversed records; corrected ones are added here, of
 * every table, because a leak is seen only where something was learned that could leak.
 */
@DisplayName("Nothing later reaches a feature")
public class LeakageTest {

  /** Closes as they were known at them, and one as it was known three months later. */
  private static final List<AsOf> DATES =
      List.of(
          close("2024-01-17"),
          new AsOf(LocalDate.of(2024, 3, 31), Instant.parse("2024-07-02T15:00:00Z")),
          close("2024-06-30"),
          close("2024-11-12"));

  private static final Instant TODAY = Instant.parse("2030-01-01T00:00:00Z");

  /** What names a row, and the currency that most documents are in: no correction changes it. */
  private static final Set<String> NEVER_LEARNED_LATE = Set.of("as_of", "customer_id", "currency");

  private static Histories plain;
  private static Histories history;
  private static FeatureInputs whole;
  private static Map<String, Map<String, String>> known;

  @BeforeAll
  static void computeOnce() {
    plain = Histories.read(Golden.folder().resolve("larger/input"));
    history = corrected(plain);
    FeatureInputs all = history.inputs();
    whole =
        new FeatureInputs(
            all.events().cache(),
            all.invoices(),
            all.payments(),
            all.adjustments(),
            all.customers(),
            all.contacts(),
            all.promises(),
            all.disputes(),
            all.plans());
    known = rows(CustomerFeatures.at(DATES, Histories.ZONE).of(whole));
  }

  @DisplayName("of what was learned after its knowledge time")
  @Test
  void featuresAreThoseOfALakeThatHoldsOnlyWhatWasKnown() {
    for (AsOf date : DATES) {
      Histories then = history.mapped(table -> table.where(known(date)));
      assertThat(different(known, rows(at(then, date)), date)).as(date.toString()).isEmpty();
    }
  }

  @DisplayName("of what happened after its date")
  @Test
  void featuresAreThoseOfALakeThatEndsOnTheDay() {
    AsOf date = DATES.get(1);
    // As it is: the corrections made up here bring money of later days before the date.
    Histories then = plain;
    for (String[] table : MAIN_DATES) {
      then = then.mapped(table[0], t -> t.where(table[1] + " <= DATE'" + date.day() + "'"));
    }
    assertThat(different(rows(at(plain, date)), rows(at(then, date)), date)).isEmpty();
  }

  @DisplayName("and this history would show it: every feature says something else today")
  @Test
  void whatWasLearnedLaterWouldBeSeen() {
    List<AsOf> today = DATES.stream().map(date -> new AsOf(date.day(), TODAY)).toList();
    Map<String, Map<String, String>> told =
        rows(CustomerFeatures.at(today, Histories.ZONE).of(whole));
    Set<String> silent = new TreeSet<>(List.of(CustomerFeatures.schema().fieldNames()));
    DATES.forEach(date -> silent.removeAll(different(known, told, date).keySet()));
    assertThat(silent).isEqualTo(new TreeSet<>(NEVER_LEARNED_LATE));
  }

  private static final List<String[]> MAIN_DATES =
      List.of(
          new String[] {"invoices", "issue_date"},
          new String[] {"payments", "paid_on"},
          new String[] {"payment_applications", "COALESCE(applied_on, paid_on)"},
          new String[] {"adjustments", "effective_on"},
          new String[] {"customers", "COALESCE(valid_from, DATE'1900-01-01')"},
          new String[] {
            "contacts", "TO_DATE(FROM_UTC_TIMESTAMP(started_at, '" + Histories.ZONE + "'))"
          },
          new String[] {"promises", "made_on"},
          new String[] {"disputes", "opened_on"},
          new String[] {"plans", "agreed_on"});

  private static AsOf close(String day) {
    return AsOf.closeOf(LocalDate.parse(day), Histories.ZONE);
  }

  private static String known(AsOf date) {
    return "known_at <= TIMESTAMP'" + date.known() + "'";
  }

  private static Dataset<Row> at(Histories histories, AsOf date) {
    return CustomerFeatures.at(List.of(date), Histories.ZONE).of(histories.inputs());
  }

  /** Gives records of every table a second version, learned weeks after the first. */
  public static Histories corrected(Histories given) {
    return given
        .mapped(
            "invoices",
            all -> {
              Dataset<Row> typed =
                  later(all, every(13, "invoice_id"), 80)
                      .withColumn(
                          "document_type",
                          expr("IF(" + every(7, "invoice_id") + ", 'instalment', document_type)"));
              return again(
                  again(
                      typed,
                      every(5, "invoice_id"),
                      40,
                      "due_date = DATE_ADD(due_date, 9)",
                      "amount = amount * 2",
                      "debt_type = 'rent'",
                      "discount_until = DATE_ADD(issue_date, 20)",
                      "discount_amount = CAST(amount / 50 AS BIGINT)"),
                  every(23, "invoice_id"),
                  70,
                  "customer_id = 'C00003'");
            })
        .mapped(
            "payments",
            all ->
                again(
                    all,
                    every(2, "payment_id") + " AND reverses_payment_id IS NULL",
                    35,
                    "paid_on = DATE_SUB(paid_on, 20)",
                    "method = 'card'"))
        .mapped(
            "adjustments", all -> again(all, every(3, "adjustment_id"), 30, "amount = amount / 2"))
        .mapped(
            "promises",
            all ->
                again(
                    all,
                    every(2, "promise_id"),
                    50,
                    "due_on = DATE_ADD(due_on, 30)",
                    "cancelled_on = IF(" + every(4, "promise_id") + ", made_on, cancelled_on)"))
        .mapped(
            "contacts",
            all ->
                again(
                    all,
                    every(2, "contact_id"),
                    45,
                    "outcome = IF(outcome = 'right_party', 'no_answer', 'right_party')",
                    "direction = IF(direction = 'inbound', 'outbound', direction)",
                    "started_at = started_at - INTERVAL '30' HOUR"))
        .mapped(
            "disputes",
            all ->
                again(
                    later(all, every(3, "dispute_id"), 60),
                    every(2, "dispute_id"),
                    30,
                    "closed_on = DATE_ADD(opened_on, 1)",
                    "amount = amount / 3"))
        .mapped(
            "customers",
            all ->
                again(
                    all.withColumn(
                        "known_at", expr("GREATEST(known_at, TIMESTAMP'2023-12-01 00:00:00')")),
                    every(2, "customer_id"),
                    180,
                    "country = 'MX'",
                    "region = 'Jalisco'",
                    "industry = 'other'",
                    "company_size = 'large'",
                    "person_type = IF(person_type = 'business', 'consumer', 'business')",
                    "risk_rating = 'Z'",
                    "credit_limit = credit_limit / 2",
                    "customer_since = DATE_SUB(customer_since, 100)"))
        .with(
            "plans",
            """
            plan_id | customer_id | agreed_on
            L1      | C00001      | 2023-12-20
            L2      | C00004      | 2024-01-05
            L3      | C00007      | 2024-06-01
            """)
        .mapped("plans", all -> later(all, "TRUE", 60))
        .mapped(Dataset::cache);
  }

  private static String every(int nth, String id) {
    return "PMOD(XXHASH64(" + id + "), " + nth + ") = 0";
  }

  /** Lets some rows be learned so many days later than they were. */
  private static Dataset<Row> later(Dataset<Row> all, String which, int days) {
    return all.withColumn(
        "known_at", expr("IF(%s, known_at + INTERVAL '%d' DAY, known_at)".formatted(which, days)));
  }

  /** Adds versions of some rows, learned so many days later, with other values. */
  private static Dataset<Row> again(
      Dataset<Row> all, String which, int daysLater, String... changes) {
    Map<String, String> set =
        Arrays.stream(changes)
            .map(change -> change.split(" = ", 2))
            .collect(Collectors.toMap(it -> it[0], it -> it[1]));
    String[] columns =
        Arrays.stream(all.columns())
            .map(name -> column(all, name, set.get(name), daysLater))
            .toArray(String[]::new);
    return all.unionByName(all.where(which).selectExpr(columns));
  }

  private static String column(Dataset<Row> all, String name, String value, int daysLater) {
    if (name.equals("known_at")) {
      return "known_at + INTERVAL '" + daysLater + "' DAY AS known_at";
    }
    String type = all.schema().apply(name).dataType().sql();
    return value == null ? name : "CAST(" + value + " AS " + type + ") AS " + name;
  }

  /** Returns of each feature the customers of which it says something else. */
  private static Map<String, List<String>> different(
      Map<String, Map<String, String>> one, Map<String, Map<String, String>> other, AsOf date) {
    Map<String, List<String>> different = new TreeMap<>();
    Set<String> rows = new TreeSet<>(one.keySet());
    rows.addAll(other.keySet());
    rows.removeIf(row -> !row.startsWith(date.day() + " "));
    for (String row : rows) {
      for (String feature : CustomerFeatures.schema().fieldNames()) {
        String was = one.getOrDefault(row, Map.of()).get(feature);
        String is = other.getOrDefault(row, Map.of()).get(feature);
        if (was == null || !was.equals(is)) {
          different
              .computeIfAbsent(feature, it -> new ArrayList<>())
              .add(row + ": " + was + ", " + is);
        }
      }
    }
    assertThat(rows).hasSizeGreaterThan(30);
    return different;
  }

  private static Map<String, Map<String, String>> rows(Dataset<Row> features) {
    Map<String, Map<String, String>> rows = new TreeMap<>();
    for (Row row : features.collectAsList()) {
      Map<String, String> values = new TreeMap<>();
      for (String name : row.schema().fieldNames()) {
        values.put(name, String.valueOf((Object) row.getAs(name)));
      }
      rows.put(values.get("as_of") + " " + values.get("customer_id"), values);
    }
    return rows;
  }
}

package io.recupero.mart;

import io.recupero.compliance.ContactJudge;
import io.recupero.compliance.ContactRules;
import io.recupero.compliance.Holidays;
import java.io.Serializable;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * What every customer's walk looks up.
 *
 * @param rates exchange rates
 * @param judge judges contacts
 */
public record Lookups(ExchangeRates rates, ContactJudge judge) implements Serializable {

  static final String RATES = "silver.fx_rates";
  static final String HOLIDAYS = "silver.holidays";

  /**
   * Reads the small tables that are looked up.
   *
   * @param find finds a table, empty where the source has none
   * @param zone the creditor's time zone
   */
  public static Lookups of(
      Function<String, Optional<Dataset<Row>>> find, ContactRules rules, ZoneId zone) {
    return new Lookups(
        find.apply(RATES).map(ExchangeRates::of).orElse(ExchangeRates.NONE),
        new ContactJudge(
            rules,
            Holidays.of(find.apply(HOLIDAYS).map(Lookups::holidays).orElse(Map.of())),
            zone));
  }

  /** Reads exchange rates alone: no contact is judged with these. */
  static Lookups ofRates(Function<String, Optional<Dataset<Row>>> find, ZoneId zone) {
    return of(only(RATES, find), ContactRules.load(), zone);
  }

  /** Reads what contacts are judged by: nothing of theirs depends on a rate. */
  static Lookups ofContacts(
      Function<String, Optional<Dataset<Row>>> find, ContactRules rules, ZoneId zone) {
    return of(only(HOLIDAYS, find), rules, zone);
  }

  private static Function<String, Optional<Dataset<Row>>> only(
      String table, Function<String, Optional<Dataset<Row>>> find) {
    return asked -> asked.equals(table) ? find.apply(asked) : Optional.empty();
  }

  /** Returns lookups of marts that look nothing up. */
  static Lookups nothing(ZoneId zone) {
    return of(table -> Optional.empty(), ContactRules.load(), zone);
  }

  private static Map<String, List<LocalDate>> holidays(Dataset<Row> holidays) {
    Map<String, List<LocalDate>> byCountry = new TreeMap<>();
    holidays
        .select("country", "date")
        .distinct()
        .collectAsList()
        .forEach(
            row ->
                byCountry
                    .computeIfAbsent(row.getString(0), country -> new ArrayList<>())
                    .add(row.getDate(1).toLocalDate()));
    return byCountry;
  }
}

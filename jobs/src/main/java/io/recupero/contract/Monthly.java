package io.recupero.contract;

import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The tables that hold a mart by month and by few dimensions: what dashboards, scorecards and
 * bridges read. Their columns are those of the mart, so nothing is written twice; amounts have room
 * for any sum.
 */
public final class Monthly {

  private static final String DAILY = "_daily";
  private static final String MONTHLY = "_monthly";

  /** Marts whose rows are many; the others are small enough as they are. */
  private static final List<String> MARTS =
      List.of(
          "gold.balance_daily",
          "gold.billing_daily",
          "gold.flow_daily",
          "gold.recovery_daily",
          "gold.roll_daily",
          "gold.vintage_daily");

  /** Dimensions that have many values together, and that no dashboard filters by. */
  private static final Set<String> LEFT_OUT =
      Set.of("region", "industry", "company_size", "debt_type");

  private Monthly() {}

  /** Returns the marts that there is a monthly table of, in order. */
  public static List<String> marts() {
    return MARTS;
  }

  /** Returns the name of the monthly table of a mart; of any other table its own name. */
  public static String of(String table) {
    return MARTS.contains(table)
        ? table.substring(0, table.length() - DAILY.length()) + MONTHLY
        : table;
  }

  /** Adds the contracts of the monthly tables to those of their marts, where these are there. */
  static void addTo(Map<String, Contract> contracts) {
    for (String mart : MARTS) {
      Contract daily = contracts.get(mart);
      if (daily != null) {
        contracts.put(of(mart), monthly(daily));
      }
    }
  }

  private static Contract monthly(Contract daily) {
    return new Contract(
        of(daily.id()),
        daily.title() + ", by month",
        new Text(
            "La tabla "
                + daily.id()
                + " por mes, con menos dimensiones: el valor al cierre de un mes es la suma de las"
                + " filas hasta ese día; a la fecha de corte, la de todas.",
            "The table "
                + daily.id()
                + " by month, with fewer dimensions: the value at the close of a month is the sum of"
                + " the rows up to it; at the as-of date, that of all."),
        daily.grain() + ", added up by month",
        daily.mainDate(),
        daily.columns().stream()
            .filter(column -> !LEFT_OUT.contains(column.name()))
            .map(column -> column.withType(ExactSum.typeOf(column.type())))
            .toList(),
        List.of(),
        Map.of());
  }
}

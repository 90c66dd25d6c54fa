package io.recupero.segment.learned;

import io.recupero.segment.FeatureCard;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** A feature as it was found among the customers to learn of: what their likeness is made of. */
sealed interface Feature {

  /** Of two customers, one with and one without: as far apart as numbers usually are, once. */
  String IN = "0.7071067811865476D";

  FeatureCard card();

  /** Whether customers without a value were there. */
  boolean hasMissing();

  default String id() {
    return card().id();
  }

  /**
   * A feature that is a number.
   *
   * @param whole whether it has no decimals
   * @param units of money: by currency, the median of amounts that are not zero; else none
   * @param log whether its logarithm is taken, because it is skewed
   * @param filled what stands for a missing value: the median, so that it says nothing
   * @param centre of the scale: the median, after the logarithm
   * @param spread of the scale: as a standard deviation of what lies between the quartiles
   */
  record Numeric(
      FeatureCard card,
      boolean hasMissing,
      boolean whole,
      Map<String, Double> units,
      boolean log,
      double filled,
      double centre,
      double spread)
      implements Feature {

    private static final int FURTHEST = 3;
    private static final int HALF = 50;

    /** SQL: the number; of money how many times its currency's median. */
    static String raw(String id, boolean isMoney, Map<String, Double> units) {
      String number = "CAST(" + id + " AS DOUBLE)";
      return isMoney
          ? "IF(" + id + " = 0, 0D, " + number + " / " + byCurrency(units, 1, false) + ")"
          : number;
    }

    static String logOf(String sql) {
      return "LN(1D + GREATEST(" + sql + ", 0D))";
    }

    private static String byCurrency(Map<String, Double> units, double times, boolean readable) {
      if (units.isEmpty()) {
        return "CAST(NULL AS DOUBLE)";
      }
      return units.entrySet().stream()
          .sorted(Map.Entry.comparingByKey())
          .map(
              unit ->
                  " WHEN "
                      + SqlText.literal(unit.getKey())
                      + " THEN "
                      + (readable
                          ? SqlText.readable(unit.getValue() * times)
                          : SqlText.exact(unit.getValue() * times)))
          .collect(Collectors.joining("", "CASE currency", " END"));
    }

    private boolean isMoney() {
      return card.unit().equals("money");
    }

    /** SQL: the number, with what stands for a missing one. */
    String plain() {
      return "COALESCE(" + raw(id(), isMoney(), units) + ", " + SqlText.exact(filled) + ")";
    }

    /** SQL: the number as likeness is measured: what lies far out counts as three spreads away. */
    String scaled() {
      String value = log ? logOf(plain()) : plain();
      return "LEAST(%dD, GREATEST(-%dD, (%s - %s) / %s))"
          .formatted(FURTHEST, FURTHEST, value, SqlText.exact(centre), SqlText.exact(spread));
    }

    /** SQL: what the feature is compared with so that {@link #plain} is above or below a limit. */
    private String limit(double of) {
      if (isMoney() && units.size() > 1) {
        return byCurrency(units, of, true);
      }
      if (isMoney()) {
        return SqlText.readable(of * units.values().iterator().next());
      }
      if (card.unit().equals("percent") && of > HALF && of < 2 * HALF) {
        return SqlText.readableBelow(2 * HALF, of); // 99.97 must not become 100
      }
      return whole ? Long.toString((long) Math.floor(of)) : SqlText.readable(of);
    }

    /**
     * SQL: whether it is above one limit and not above another; empty where that holds of all.
     *
     * @param low minus infinity for none
     * @param high infinity for none
     * @param missing TRUE: only without a value; FALSE: only with one; null: either
     */
    String between(double low, double high, Boolean missing) {
      if (Boolean.TRUE.equals(missing)) {
        return id() + " IS NULL";
      }
      String above = Double.isInfinite(low) ? "" : id() + " > " + limit(low);
      String below = Double.isInfinite(high) ? "" : id() + " <= " + limit(high);
      String and = above.isEmpty() || below.isEmpty() ? "" : " AND ";
      String within = above + and + below;
      if (Boolean.FALSE.equals(missing)) {
        return within.isEmpty() ? id() + " IS NOT NULL" : within;
      }
      boolean takesMissing = hasMissing && low < filled && filled <= high;
      return takesMissing && !within.isEmpty()
          ? "(" + (and.isEmpty() ? within : "(" + within + ")") + " OR " + id() + " IS NULL)"
          : within;
    }
  }

  /**
   * A feature that is one of several words.
   *
   * @param levels the words that are frequent enough to stand alone, most frequent first
   * @param hasOthers whether there are others, which count as one
   */
  record Categorical(FeatureCard card, boolean hasMissing, List<String> levels, boolean hasOthers)
      implements Feature {

    /** SQL: whether it is this word. */
    String is(String level) {
      return "COALESCE(" + id() + " = " + SqlText.literal(level) + ", FALSE)";
    }

    /** SQL: whether it is any of the rare words. */
    String isOther() {
      return "COALESCE(" + id() + " NOT IN " + SqlText.list(levels) + ", FALSE)";
    }

    /** SQL: whether it is one of these words; empty where that holds of all. */
    String among(Set<String> allowed, boolean others, boolean missing) {
      String with = missing && hasMissing ? " OR " + id() + " IS NULL" : "";
      if (!others && hasOthers || !hasOthers && !allowed.containsAll(levels)) {
        List<String> named = levels.stream().filter(allowed::contains).toList();
        if (named.isEmpty()) {
          return with.isEmpty() ? "FALSE" : id() + " IS NULL";
        }
        String among =
            named.size() == 1
                ? id() + " = " + SqlText.literal(named.get(0))
                : id() + " IN " + SqlText.list(named);
        return with.isEmpty() ? among : "(" + among + with + ")";
      }
      List<String> without = levels.stream().filter(level -> !allowed.contains(level)).toList();
      if (without.isEmpty()) {
        return missing || !hasMissing ? "" : id() + " IS NOT NULL";
      }
      String not =
          without.size() == 1
              ? id() + " <> " + SqlText.literal(without.get(0))
              : id() + " NOT IN " + SqlText.list(without);
      return with.isEmpty() ? not : "(" + not + with + ")";
    }
  }
}

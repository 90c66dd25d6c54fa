package io.recupero.publish;

import io.recupero.contract.Contract;
import io.recupero.contract.ContractColumn;
import io.recupero.contract.Monthly;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What is kept of the marts for charts: their values at each close, by the dimensions that
 * dashboards filter by.
 *
 * <p>A chart then reads the rows of its closes alone, however long the history. A mart with keys of
 * many values that no chart draws together is kept once for each chart's keys.
 */
final class StoredMarts {

  /** What is counted customer by customer, and so is told apart from what may be added up. */
  static final String CUSTOMER = "customer_id";

  private static final String DAYS = "days";
  private static final String ENDED_BY = "ended_by";

  /** No figure asks what was paid by a later day than this one; any may ask for a quantile. */
  private static final int ASKED_DAYS = 400;

  /** Read customer by customer or invoice by invoice, and by no chart. */
  private static final Set<String> READ_AS_IT_IS = Set.of("gold.dispute_daily");

  /** Marts of which not all keys are kept together. */
  private static final Map<String, List<Cut>> CUTS =
      Map.of(
          "gold.contact_daily",
              List.of(
                  new Cut("contact", Set.of("channel", "hour")),
                  new Cut("contact_agents", Set.of("agent_id", "team")),
                  new Cut("contact_week", Set.of("hour", "weekday"))),
          "gold.promise_daily", List.of(new Cut("promise", Set.of("channel"))),
          "gold.survey_daily", List.of(new Cut("survey", Set.of("channel"))));

  /**
   * Some keys of a mart.
   *
   * @param name what charts call the table
   */
  record Cut(String name, Set<String> keys) {}

  private StoredMarts() {}

  /** Returns the cuts of a mart; the first one has a trend. */
  static List<Cut> cuts(Contract mart) {
    String name = mart.table().replace("_daily", "");
    return CUTS.getOrDefault(mart.id(), List.of(new Cut(name, Set.copyOf(keys(mart).toList()))));
  }

  /** Returns the table of a cut; empty where charts read the mart as it is. */
  static Optional<Stored> of(Contract mart, Cut cut) {
    if (READ_AS_IT_IS.contains(mart.id())) {
      return Optional.empty();
    }
    String sql =
        cut.keys().contains(CUSTOMER)
            ? ofCustomers(mart, cut)
            : cut.keys().containsAll(Set.of(DAYS, ENDED_BY))
                ? ofDays(mart, cut)
                : atCloses(mart, cut);
    return Optional.of(new Stored(cut.name(), sql + " ORDER BY close, currency"));
  }

  private static Stream<String> keys(Contract mart) {
    return mart.columns().stream()
        .filter(column -> column.role().filter("key"::equals).isPresent())
        .map(ContractColumn::name);
  }

  /**
   * A cell keeps its sum until it next changes. To add up all changes before each close says the
   * same, and takes each of them as often as there are closes.
   */
  private static String atCloses(Contract mart, Cut cut) {
    List<String> parts = parts(mart);
    String groups = groups(mart, cut);
    return """
        SELECT c.close, %s, %s FROM meta.closes c JOIN (
          SELECT %s, day, LEAD(day) OVER cell AS next_day, %s FROM (
            SELECT LAST_DAY(day) AS day, %s, %s FROM %s GROUP BY ALL)
          WINDOW cell AS (PARTITION BY %s ORDER BY day)) m
        ON m.day <= c.month_end AND (m.next_day IS NULL OR m.next_day > c.month_end)
        WHERE c.steps_back = 0 AND (%s)"""
        .formatted(
            prefixed("m.", groups),
            prefixed("m.", String.join(", ", parts)),
            groups,
            parts.stream()
                .map(part -> "SUM(%s) OVER cell AS %s".formatted(part, part))
                .collect(Collectors.joining(", ")),
            groups,
            sums("", parts),
            Monthly.of(mart.id()),
            groups,
            parts.stream().map(part -> "m." + part + " <> 0").collect(Collectors.joining(" OR ")));
  }

  /**
   * A customer of one group is one in any slice that holds the group: such customers are added up.
   * Only those of several groups keep their names, so that a slice counts each of them once.
   */
  private static String ofCustomers(Contract mart, Cut cut) {
    List<String> parts = parts(mart);
    String groups = prefixed("", groups(mart, cut)).replace(", " + CUSTOMER, "");
    String counts =
        parts.stream()
            .map(part -> "SUM(CASE WHEN %s > 0 THEN 1 ELSE 0 END) AS %s".formatted(part, part))
            .collect(Collectors.joining(", "));
    return "SELECT close, %s, %s, %s FROM (SELECT *, CASE WHEN COUNT(*) OVER (PARTITION BY close, %s) > 1 THEN %s END AS person FROM (%s)) GROUP BY ALL"
        .formatted(
            groups, "person AS " + CUSTOMER, counts, CUSTOMER, CUSTOMER, atCloses(mart, cut));
  }

  /**
   * What is open counts for a curve by the exits that it was seen at. So what is open for longer
   * than any figure asks for counts as seen until the last exit before, of whatever group: a curve
   * then has some hundred days instead of thousands, and says the same at every slice.
   */
  private static String ofDays(Contract mart, Cut cut) {
    String seen = "unix_date(b.close) - b.days";
    String groups = prefixed("b.", groups(mart, cut));
    return """
        WITH at_closes AS (%s),
        last_exits AS (
          SELECT close, currency, day, MAX(exit_day) OVER (PARTITION BY close, currency ORDER BY day) AS exit_day
          FROM (
            SELECT close, currency, day, MAX(exit_day) AS exit_day FROM (
              SELECT b.close, b.currency, CASE WHEN b.ended_by = 'open' THEN %s ELSE b.days END AS day,
                CASE WHEN b.ended_by <> 'open' AND b.days > %d THEN b.days END AS exit_day
              FROM at_closes b)
            GROUP BY close, currency, day))
        SELECT b.close, %s, %s FROM at_closes b LEFT JOIN last_exits x
        ON x.close = b.close AND x.currency = b.currency AND x.day = CASE WHEN b.ended_by = 'open' THEN %s END
        GROUP BY ALL"""
        .formatted(
            atCloses(mart, cut),
            seen,
            ASKED_DAYS,
            groups.replace(
                "b." + DAYS,
                "CASE WHEN b.ended_by = 'open' AND %s > %d THEN unix_date(b.close) - COALESCE(x.exit_day, %d) ELSE b.days END AS %s"
                    .formatted(seen, ASKED_DAYS, ASKED_DAYS, DAYS)),
            sums("b.", parts(mart)),
            seen);
  }

  private static List<String> parts(Contract mart) {
    return Stream.concat(mart.amounts().stream(), mart.counts().stream()).toList();
  }

  private static String groups(Contract mart, Cut cut) {
    return Stream.concat(
            MartTables.DIMENSIONS.stream().filter(mart.names()::contains),
            keys(mart).filter(cut.keys()::contains))
        .collect(Collectors.joining(", "));
  }

  private static String prefixed(String prefix, String columns) {
    return prefix + columns.replace(", ", ", " + prefix);
  }

  private static String sums(String prefix, List<String> parts) {
    return parts.stream()
        .map(part -> "SUM(%s%s) AS %s".formatted(prefix, part, part))
        .collect(Collectors.joining(", "));
  }
}

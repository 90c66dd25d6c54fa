package io.recupero.mart;

import io.recupero.mart.MartWalker.Role;
import io.recupero.walk.GroupWalk;
import io.recupero.walk.PartitionWalk;
import java.time.LocalDate;
import java.time.Period;
import java.time.ZoneId;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.StructType;

/**
 * All marts of receivables, from the ledger, in one shuffle by customer.
 *
 * <p>The marts are those of one knowledge time: whoever wants an earlier view hands over a ledger
 * and invoices filtered by {@code known_at}.
 */
public final class Marts {

  /** The dimensions of every mart, in the order of its columns. */
  public static final List<String> DIMENSIONS =
      List.of(
          "portfolio_id",
          "segment",
          "country",
          "region",
          "industry",
          "company_size",
          "debt_type",
          "currency");

  /** Those of them that are attributes of customers. */
  static final List<String> OF_CUSTOMERS =
      List.of("segment", "country", "region", "industry", "company_size");

  /** The setting that tells up to which day the marts go. */
  static final String AS_OF = "as_of";

  private final List<Mart> marts;
  private final LocalDate horizon;
  private final ZoneId zone;
  private final boolean withFindings;

  /**
   * Computes marts up to a day.
   *
   * @param horizon the last day that is written down, the run's as-of date
   * @param zone the creditor's time zone
   */
  public Marts(List<Mart> marts, LocalDate horizon, ZoneId zone) {
    this(marts, horizon, zone, false);
  }

  private Marts(List<Mart> marts, LocalDate horizon, ZoneId zone, boolean withFindings) {
    this.marts = List.copyOf(marts);
    this.horizon = horizon;
    this.zone = zone;
    this.withFindings = withFindings;
  }

  /** Returns what the contact rules say of contacts, which no mart holds: it does not add up. */
  public static Marts findings(LocalDate horizon, ZoneId zone) {
    return new Marts(List.of(), horizon, zone, true);
  }

  /** Returns the standard marts. */
  public static List<Mart> standard(AgeingScheme ageing, int graceDays) {
    return List.of(
        new BalanceMart(ageing, graceDays),
        new FlowMart(graceDays),
        new VintageMart(),
        new RecoveryMart(),
        new BillingMart(),
        new RollMart(ageing),
        new CureMart(graceDays));
  }

  /** Returns the marts that tell of the work of collecting. */
  public static List<Mart> ofWork(AgeingScheme ageing, int graceDays) {
    return List.of(
        new ContactMart(ageing, graceDays),
        new PromiseMart(),
        new SurveyMart(),
        new DelayMart(graceDays),
        new DisputeMart());
  }

  /**
   * Returns each mart's table, by name.
   *
   * <p>A cell may have several rows, one from each partition of the walk: they are deltas, and are
   * added up by whoever reads them.
   */
  public Map<String, Dataset<Row>> tables(MartInputs inputs) {
    return tables(inputs, UnaryOperator.identity());
  }

  /**
   * Returns the same.
   *
   * @param keep keeps a frame that several others are made of
   */
  Map<String, Dataset<Row>> tables(MartInputs inputs, UnaryOperator<Dataset<Row>> keep) {
    if (isIdle(inputs)) {
      return nothing(inputs);
    }
    GroupWalk.Grouped customers = GroupWalk.group(MartRows.of(inputs, Role.NOW), inputs.alike());
    return walk(reach -> customers, horizon, inputs, inputs, keep);
  }

  /**
   * Returns rows to add to tables that were made of other inputs and up to another day, so that
   * they say what {@link #tables} would: of customers of whom anything changed, the difference; of
   * all others, the days that have passed.
   *
   * @param changed tells the customers of whom anything changed
   * @param lastHorizon the day up to which the tables were made; not after this horizon
   * @param keep keeps a frame that several others are made of
   */
  Map<String, Dataset<Row>> additions(
      MartInputs before,
      MartInputs now,
      Dataset<Row> changed,
      LocalDate lastHorizon,
      UnaryOperator<Dataset<Row>> keep) {
    if (isIdle(now)) {
      return nothing(now);
    }
    MartChanges changes = new MartChanges(before, now, changed, lastHorizon, horizon, keep);
    Dataset<Row> rows =
        MartRows.of(changes.taken(), Role.BEFORE)
            .unionByName(MartRows.of(changes.given(), Role.NOW));
    Function<Period, GroupWalk.Grouped> grouped =
        reach ->
            GroupWalk.group(
                lastHorizon.isBefore(horizon)
                    ? rows.unionByName(MartRows.of(changes.standing(reach), Role.STANDING))
                    : rows);
    return walk(grouped, lastHorizon, before, now, keep);
  }

  /** Returns rows to add to tables made of other inputs, so that they say what these would. */
  Map<String, Dataset<Row>> difference(MartInputs before, MartInputs now) {
    GroupWalk.Grouped customers =
        GroupWalk.group(MartRows.of(before, Role.BEFORE).unionByName(MartRows.of(now, Role.NOW)));
    return walk(reach -> customers, horizon, before, now, UnaryOperator.identity());
  }

  /**
   * Takes customers in once, and walks over them, packed, for each mart: that costs less than to
   * keep the rows of all marts and take them apart.
   */
  private Map<String, Dataset<Row>> walk(
      Function<Period, GroupWalk.Grouped> grouped,
      LocalDate lastHorizon,
      MartInputs before,
      MartInputs now,
      UnaryOperator<Dataset<Row>> keep) {
    Map<String, Dataset<Row>> tables = nothing(now);
    Walked walked =
        new Walked(
            (int) horizon.toEpochDay(),
            (int) lastHorizon.toEpochDay(),
            zone,
            lookups(now),
            lookups(before));
    Map<Period, GroupWalk.Grouped> customers = new HashMap<>();
    // by whom they hold: a whole build has the same customers for every reach
    Map<GroupWalk.Grouped, Dataset<Row>> packs = new HashMap<>();
    for (Mart mart : fed(now)) {
      Dataset<Row> packed =
          packs.computeIfAbsent(
              customers.computeIfAbsent(mart.reach(), grouped), it -> packed(it, walked, keep));
      tables.put(
          mart.table(),
          PartitionWalk.over(
              packed, CellRows.schema(mart), rows -> new MartWalker(mart, walked, rows)));
    }
    if (hasFindings(now)) {
      tables.put(
          ContactFindings.TABLE,
          customers
              .computeIfAbsent(Period.ZERO, grouped)
              .walk(ContactFindings.schema(), () -> new ContactFindings(walked)));
    }
    return tables;
  }

  private static Dataset<Row> packed(
      GroupWalk.Grouped customers, Walked walked, UnaryOperator<Dataset<Row>> keep) {
    Dataset<Row> packs =
        keep.apply(customers.walk(PackWriter.SCHEMA, () -> new PackWriter(walked)));
    if (packs.storageLevel().useMemory()) {
      // Marts that are written side by side would wait for one another's packs.
      packs.count();
    }
    // planned anew, now that they are kept
    return packs.select(PackWriter.SCHEMA.fieldNames()[0]);
  }

  /** Returns the marts that there is something to walk for. */
  private List<Mart> fed(MartInputs inputs) {
    return marts.stream()
        .filter(mart -> mart.needs().stream().allMatch(inputs.delivered()::contains))
        .toList();
  }

  private boolean hasFindings(MartInputs inputs) {
    return withFindings && inputs.delivered().contains("contacts");
  }

  /** Returns whether nobody has to be brought together, since there is nothing to walk for. */
  private boolean isIdle(MartInputs inputs) {
    return fed(inputs).isEmpty() && !hasFindings(inputs);
  }

  private Map<String, Dataset<Row>> nothing(MartInputs inputs) {
    Map<String, Dataset<Row>> tables = new LinkedHashMap<>();
    schemas()
        .forEach(
            (table, schema) ->
                tables.put(
                    table, inputs.ledger().sparkSession().createDataFrame(List.of(), schema)));
    return tables;
  }

  private Map<String, StructType> schemas() {
    Map<String, StructType> schemas = new LinkedHashMap<>();
    marts.forEach(mart -> schemas.put(mart.table(), CellRows.schema(mart)));
    if (withFindings) {
      schemas.put(ContactFindings.TABLE, ContactFindings.schema());
    }
    return schemas;
  }

  private Lookups lookups(MartInputs inputs) {
    return inputs.lookups().orElseGet(() -> Lookups.nothing(zone));
  }

  ZoneId zone() {
    return zone;
  }

  LocalDate horizon() {
    return horizon;
  }

  /** Returns the names of the tables. */
  public List<String> names() {
    return List.copyOf(schemas().keySet());
  }

  /** Returns what decides the marts beside their inputs. */
  public Map<String, String> settings() {
    return Map.of(AS_OF, horizon.toString(), "marts", marts.toString(), "timezone", zone.getId());
  }
}

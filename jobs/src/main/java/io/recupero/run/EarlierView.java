package io.recupero.run;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;

import io.recupero.compliance.ContactRules;
import io.recupero.lake.ReleasedLake;
import io.recupero.ledger.DueDatesJob;
import io.recupero.mart.Lookups;
import io.recupero.mart.MartInputs;
import io.recupero.mart.Marts;
import io.recupero.mart.WorkFrames;
import java.sql.Timestamp;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * The marts of a release as they would have been with what was known at an earlier time: the same
 * sweep, over the ledger without what came later.
 *
 * <p>Attributes of customers and exchange rates are those of the release: their files do not say
 * when they were learned.
 */
public final class EarlierView {

  private final ReleasedLake lake;
  private final Collection<Marts> marts;
  private final Instant knownAt;
  private final Map<String, Dataset<Row>> tables = new HashMap<>();

  /**
   * Looks back from a release.
   *
   * @param marts how the release's marts are computed
   * @param knownAt what was learned later is left out; what was learned at that moment counts
   */
  public EarlierView(ReleasedLake lake, Collection<Marts> marts, Instant knownAt) {
    this.lake = lake;
    this.marts = marts;
    this.knownAt = knownAt;
  }

  /** Returns whether the table is one that this view computes. */
  public boolean has(String table) {
    return marts.stream().anyMatch(some -> some.names().contains(table));
  }

  /** Returns a mart as known then. */
  public Dataset<Row> read(String table) {
    if (tables.isEmpty()) {
      MartInputs inputs =
          new MartInputs(
                  known("ledger.events"),
                  known(invoices()),
                  lake.read("silver.customer_attributes"))
              .with(work(), zone())
              .with(Lookups.of(this::find, rules(), zone()));
      marts.forEach(some -> tables.putAll(some.tables(inputs)));
    }
    return tables.get(table);
  }

  private ZoneId zone() {
    return ZoneId.of(lake.release().settings().get("timezone"));
  }

  private ContactRules rules() {
    String switches = lake.release().settings().getOrDefault("contact_rules", "");
    return ContactRules.load().with(switches.isEmpty() ? List.of() : List.of(switches.split(",")));
  }

  private Optional<Dataset<Row>> find(String table) {
    return lake.tables().contains(table) ? Optional.of(lake.read(table)) : Optional.empty();
  }

  private WorkFrames work() {
    return new WorkFrames(
        WorkFrames.INPUTS.stream()
            .filter(name -> lake.tables().contains("silver." + name))
            .collect(Collectors.toMap(name -> name, name -> known("silver." + name))));
  }

  /** The due dates must be those that the release's marts stand on. */
  private String invoices() {
    return Boolean.parseBoolean(lake.release().settings().get("due_on_business_day"))
        ? DueDatesJob.TABLE
        : "silver.invoices";
  }

  private Dataset<Row> known(String table) {
    return lake.read(table).where(col("known_at").leq(lit(Timestamp.from(knownAt))));
  }
}

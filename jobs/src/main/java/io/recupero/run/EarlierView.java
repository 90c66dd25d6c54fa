package io.recupero.run;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;

import io.recupero.compliance.ContactRules;
import io.recupero.kpi.MartReader;
import io.recupero.lake.Release;
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
 * <p>Files of customers and exchange rates do not say when they were learned. They are as the last
 * release of that time had them, whose figures are then the same; what it did not have of customers
 * that owed nothing then, and all of it where no release of that time is kept, is as it is now.
 */
public final class EarlierView {

  private static final String LEDGER = "ledger.events";
  private static final String ATTRIBUTES = "silver.customer_attributes";
  private static final String RATES = "silver.fx_rates";

  private final ReleasedLake lake;
  private final Optional<ReleasedLake> then;
  private final Collection<Marts> marts;
  private final Instant knownAt;
  private final Map<String, Dataset<Row>> tables = new HashMap<>();

  /**
   * Looks back from a release.
   *
   * @param then the last release of that time, where one is kept
   * @param knownAt what was learned later is left out; what was learned at that moment counts
   */
  public EarlierView(ReleasedLake lake, Optional<Release> then, Instant knownAt) {
    this.lake = lake;
    this.then = then.map(lake::at);
    this.marts = Pipeline.marts(then.orElse(lake.release()), lake.release().asOf());
    this.knownAt = knownAt;
  }

  /** Returns whether the table is one that this view computes. */
  public boolean has(String table) {
    return marts.stream().anyMatch(some -> some.names().contains(table));
  }

  /** Returns the tables of the release with those of this view in their place. */
  public MartReader over(MartReader released) {
    return new MartReader() {
      @Override
      public Dataset<Row> read(String table) {
        return EarlierView.this.has(table) ? EarlierView.this.read(table) : released.read(table);
      }

      @Override
      public boolean has(String input) {
        return released.has(input);
      }
    };
  }

  /** Returns a mart as known then. */
  public Dataset<Row> read(String table) {
    if (tables.isEmpty()) {
      MartInputs inputs =
          new MartInputs(known(LEDGER), known(invoices()), attributes())
              .with(work(), zone())
              .with(Lookups.of(this::find, rules(), zone()));
      marts.forEach(some -> tables.putAll(some.tables(inputs)));
    }
    return tables.get(table);
  }

  private Dataset<Row> attributes() {
    Dataset<Row> now = lake.read(ATTRIBUTES);
    if (then.isEmpty()) {
      return now;
    }
    Dataset<Row> known = then.get().read(ATTRIBUTES);
    // one that owed then without attributes had none
    Dataset<Row> customers =
        known.select("customer_id").union(then.get().read(LEDGER).select("customer_id"));
    return known.unionByName(
        now.join(
            customers.selectExpr("customer_id AS known").distinct(),
            col("customer_id").equalTo(col("known")),
            "left_anti"),
        true);
  }

  private ZoneId zone() {
    return ZoneId.of(lake.release().settings().get("timezone"));
  }

  private ContactRules rules() {
    String switches = lake.release().settings().getOrDefault("contact_rules", "");
    return ContactRules.load().with(switches.isEmpty() ? List.of() : List.of(switches.split(",")));
  }

  private Optional<Dataset<Row>> find(String table) {
    if (table.equals(RATES) && then.filter(it -> it.tables().contains(RATES)).isPresent()) {
      return Optional.of(then.get().read(RATES));
    }
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

  /** Returns the rows of a table of the release that were known then. */
  public Dataset<Row> known(String table) {
    return lake.read(table).where(col("known_at").leq(lit(Timestamp.from(knownAt))));
  }
}

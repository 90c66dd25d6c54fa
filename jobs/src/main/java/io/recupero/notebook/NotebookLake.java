package io.recupero.notebook;

import io.recupero.config.InvalidConfigException;
import io.recupero.contract.Contracts;
import io.recupero.kpi.Cards;
import io.recupero.kpi.CurveFunctions;
import io.recupero.kpi.KpiQuery;
import io.recupero.kpi.KpiResult;
import io.recupero.kpi.Kpis;
import io.recupero.kpi.MartReader;
import io.recupero.kpi.MartShape;
import io.recupero.lake.Lake;
import io.recupero.lake.ReadOnlyQuery;
import io.recupero.lake.Release;
import io.recupero.lake.ReleasedLake;
import io.recupero.lake.Releases;
import io.recupero.lake.Sessions;
import io.recupero.run.EarlierView;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/**
 * One release of a lake, for notebooks. Nothing here writes to the lake.
 *
 * <p>Dates are ISO text, because what comes through py4j has no dates. Tables are frames, which are
 * not computed yet; answers are {@link JsonTable}s.
 */
public final class NotebookLake {

  private final Path folder;
  private final ReleasedLake lake;
  private final Contracts contracts = Contracts.load();
  private final Cards cards = Cards.load();

  private NotebookLake(Path folder, ReleasedLake lake) {
    this.folder = folder;
    this.lake = lake;
  }

  /**
   * Opens a release in this JVM's session.
   *
   * @param number the release; null for the current one
   */
  public static NotebookLake open(String folder, Long number) {
    Path path = Path.of(folder);
    Releases releases = Releases.of(path);
    Release release =
        number == null
            ? releases
                .current()
                .orElseThrow(
                    () ->
                        new InvalidConfigException(
                            "Cannot find a release in "
                                + path
                                + ": no run has ended well there yet. Run ./recupero run first, or"
                                + " name another lake."))
            : releases.get(number);
    SparkSession spark = Sessions.open();
    CurveFunctions.register(spark);
    return new NotebookLake(path, ReleasedLake.of(Lake.open(spark, path), release));
  }

  /** Returns the session that the tables belong to. */
  public SparkSession spark() {
    return lake.spark();
  }

  /** Returns the number of the release. */
  public long release() {
    return lake.release().number();
  }

  /** Returns the date that its figures are computed to. */
  public String asOf() {
    return lake.release().asOf().toString();
  }

  /** Returns what its figures include: its knowledge time, in UTC. */
  public String knownAt() {
    return lake.release().knownAt().toString();
  }

  /** Returns the names of its tables. */
  public List<String> tables() {
    return new ArrayList<>(lake.tables());
  }

  /** Returns a table at the version that the release names. */
  public Dataset<Row> table(String name) {
    return lake.read(name);
  }

  /**
   * Returns the rows of a query that changes nothing, over the release's versions of tables. It may
   * call {@link CurveFunctions} too.
   */
  public Dataset<Row> sql(String query) {
    return new ReadOnlyQuery(lake, lake.spark(), CurveFunctions.sqlNames()).rows(query);
  }

  /**
   * Answers as the command {@code kpi} does.
   *
   * @param ids of the cards
   * @param dates none: the release's date
   * @param by dimensions; none for a total
   * @param to the currency to convert to, or null
   * @param where a condition over dimensions, or null
   * @param knownAt figures as known at this instant (ISO, with its offset); null: as released
   */
  public String kpi(
      List<String> ids,
      List<String> dates,
      List<String> by,
      String to,
      String where,
      String knownAt) {
    List<LocalDate> asOf =
        dates.isEmpty() ? List.of(lake.release().asOf()) : dates.stream().map(this::date).toList();
    MartReader released = MartReader.of(lake, contracts);
    KpiResult result =
        new Kpis(
                cards,
                MartShape.all(contracts),
                knownAt == null ? released : earlier(knownAt, released))
            .evaluate(new KpiQuery(ids, asOf, by, to, where));
    return JsonTable.of(result.columns(), result.cells());
  }

  /** Returns what there is to do with segments. */
  public NotebookSegments segments() {
    return new NotebookSegments(lake);
  }

  private MartReader earlier(String knownAt, MartReader released) {
    Instant time = Instant.parse(knownAt);
    return new EarlierView(lake, Releases.of(folder).knownBy(time), time).over(released);
  }

  private LocalDate date(String text) {
    return NotebookSegments.notLater(LocalDate.parse(text), lake.release());
  }
}

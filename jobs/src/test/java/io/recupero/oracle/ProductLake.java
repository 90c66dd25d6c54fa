package io.recupero.oracle;

import io.recupero.TestSpark;
import io.recupero.config.SettingsReader;
import io.recupero.contract.Contract;
import io.recupero.contract.Contracts;
import io.recupero.kpi.Cards;
import io.recupero.kpi.KpiQuery;
import io.recupero.kpi.KpiRow;
import io.recupero.kpi.Kpis;
import io.recupero.kpi.MartReader;
import io.recupero.kpi.MartShape;
import io.recupero.kpi.MartShape.Role;
import io.recupero.kpi.RollMatrix;
import io.recupero.lake.Lake;
import io.recupero.lake.Release;
import io.recupero.lake.ReleasedLake;
import io.recupero.plan.Progress;
import io.recupero.run.EarlierView;
import io.recupero.run.Pipeline;
import io.recupero.run.RunRequest;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * What the product itself makes of input files: one run into a lake, and questions to its release.
 */
public final class ProductLake {

  /** What the oracle reads of a silver table beside the lineage that only the product has. */
  private static final Set<String> OWN_COLUMNS = ownColumns();

  private final Cards cards = Cards.load();
  private final Contracts contracts = Contracts.load();
  private final ReleasedLake lake;

  private ProductLake(ReleasedLake lake) {
    this.lake = lake;
  }

  /**
   * Runs the pipeline.
   *
   * @param options settings as of {@link SettingsReader}, over the creditor's zone and the lake
   */
  public static ProductLake run(
      Path folder, String zone, LocalDate asOf, Map<String, String> options) {
    Map<String, String> all = new TreeMap<>(options);
    all.put("timezone", zone);
    all.put("lake", folder.toString());
    all.putIfAbsent("max_quarantined_share", "0.05");
    var settings = SettingsReader.read(Optional.empty(), Map.of(), all);
    Instant arrivedAt = asOf.plusDays(1).atStartOfDay(settings.timezone()).toInstant();
    Release release =
        new Pipeline(TestSpark.session(), settings)
            .run(new RunRequest(asOf, arrivedAt, Set.of(), "test"), Progress.NONE);
    return new ProductLake(
        ReleasedLake.of(Lake.open(TestSpark.session(), settings.lake()), release));
  }

  private static Set<String> ownColumns() {
    Contracts contracts = Contracts.load();
    Set<String> own = new TreeSet<>(contracts.contract("lineage").names());
    contracts.inputs().forEach(input -> own.addAll(input.carried()));
    return own;
  }

  /** Returns the ids of all figures. */
  public Collection<String> ids() {
    return cards.ids();
  }

  public List<KpiRow> kpi(
      Collection<String> ids, List<LocalDate> asOf, List<String> by, String to) {
    return kpi(this::read, ids, asOf, by, to);
  }

  /** Returns figures as they would have been with what was known at an earlier time. */
  public List<KpiRow> kpi(
      Instant knownAt, Collection<String> ids, List<LocalDate> asOf, List<String> by, String to) {
    EarlierView view = new EarlierView(lake, Optional.empty(), knownAt);
    return kpi(table -> view.has(table) ? view.read(table) : read(table), ids, asOf, by, to);
  }

  private List<KpiRow> kpi(
      MartReader reader, Collection<String> ids, List<LocalDate> asOf, List<String> by, String to) {
    Kpis kpis = new Kpis(cards, shapes(contracts), delivered(reader));
    return kpis.evaluate(new KpiQuery(List.copyOf(ids), asOf, by, to, null)).rows();
  }

  /** As the command kpi has it: an input that the release lacks was never delivered. */
  private MartReader delivered(MartReader reader) {
    return new MartReader() {
      @Override
      public Dataset<Row> read(String table) {
        return reader.read(table);
      }

      @Override
      public boolean has(String input) {
        return lake.tables().contains("silver." + input);
      }
    };
  }

  public List<RollMatrix.Field> roll(List<LocalDate> asOf, List<String> by, String to) {
    return new RollMatrix(shapes(contracts), this::read)
        .evaluate(new KpiQuery(List.of(), asOf, by, to, null));
  }

  /** Returns the release. */
  public ReleasedLake released() {
    return lake;
  }

  /** Returns a table of the release. */
  public Dataset<Row> table(String name) {
    return lake.read(name);
  }

  /** Writes the records accepted as canonical files, for an oracle that knows no mappings. */
  Path canonical(Path folder) {
    try {
      Files.createDirectories(folder);
      for (String table : lake.tables()) {
        if (table.startsWith("silver.")) {
          Dataset<Row> frame = lake.read(table);
          List<String> columns = new ArrayList<>(Arrays.asList(frame.columns()));
          columns.removeAll(OWN_COLUMNS);
          List<String> lines = new ArrayList<>(List.of(String.join(",", columns)));
          for (Row row : frame.collectAsList()) {
            lines.add(
                columns.stream().map(c -> field(row.getAs(c))).collect(Collectors.joining(",")));
          }
          Files.write(folder.resolve(table.substring("silver.".length()) + ".csv"), lines);
        }
      }
      return folder;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String field(Object value) {
    String text =
        value == null
            ? ""
            : value instanceof BigDecimal number ? number.toPlainString() : value.toString();
    return '"' + text.replace("\"", "\"\"") + '"';
  }

  private Dataset<Row> read(String table) {
    if (lake.tables().contains(table)) {
      return lake.read(table);
    }
    var schema =
        table.startsWith("silver.")
            ? contracts.silver(table.substring("silver.".length()))
            : contracts.contract(table).schema();
    return lake.spark().createDataFrame(List.of(), schema);
  }

  /** Returns what the contracts say of the columns of each mart. */
  static List<MartShape> shapes(Contracts contracts) {
    return contracts.all().stream()
        .filter(contract -> contract.id().startsWith("gold."))
        .map(ProductLake::shape)
        .toList();
  }

  private static MartShape shape(Contract contract) {
    Map<String, Role> roles = new LinkedHashMap<>();
    roles.put("day", Role.DAY);
    contract.dimensions().forEach(column -> roles.put(column, Role.DIMENSION));
    contract.keyColumns().forEach(column -> roles.put(column, Role.KEY));
    contract.amounts().forEach(column -> roles.put(column, Role.AMOUNT));
    contract.counts().forEach(column -> roles.put(column, Role.COUNT));
    return new MartShape(contract.id(), roles);
  }
}

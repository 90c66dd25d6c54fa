package io.recupero.cli;

import io.recupero.config.InvalidConfigException;
import io.recupero.contract.Contracts;
import io.recupero.kpi.Cards;
import io.recupero.kpi.KpiQuery;
import io.recupero.kpi.KpiResult;
import io.recupero.kpi.Kpis;
import io.recupero.kpi.MartReader;
import io.recupero.kpi.MartShape;
import io.recupero.kpi.RollMatrix;
import io.recupero.lake.ReleasedLake;
import io.recupero.mart.UnappliedByAge;
import io.recupero.run.EarlierView;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** The figures of a release. */
final class Figures {

  private final ReleasedLake lake;
  private final Contracts contracts;
  private final Cards cards;
  private final EarlierView earlier;

  Figures(ReleasedLake lake, Contracts contracts, Cards cards) {
    this(lake, contracts, cards, null);
  }

  /**
   * Tells the figures of a release.
   *
   * @param earlier the marts to take the place of the release's, or null
   */
  Figures(ReleasedLake lake, Contracts contracts, Cards cards, EarlierView earlier) {
    this.earlier = earlier;
    this.lake = lake;
    this.contracts = contracts;
    this.cards = cards;
  }

  KpiResult evaluate(KpiQuery query) {
    return new Kpis(cards, MartShape.all(contracts), reader()).evaluate(query);
  }

  List<RollMatrix.Field> roll(KpiQuery query) {
    return new RollMatrix(MartShape.all(contracts), reader()).evaluate(query);
  }

  /**
   * Returns unapplied money by age at the question's dates.
   *
   * @throws InvalidConfigException if the question has more than dates: unapplied money is no
   *     segment's or portfolio's
   */
  List<UnappliedByAge.Cell> unapplied(KpiQuery query) {
    boolean isPlain =
        query.ids().isEmpty()
            && query.by().isEmpty()
            && query.to() == null
            && query.where() == null;
    if (!isPlain) {
      throw new InvalidConfigException(
          "Cannot cut unapplied money: it has a currency and an age only. Leave the ids, --by, --to"
              + " and --where out.");
    }
    Dataset<Row> ledger =
        earlier == null ? reader().read("ledger.events") : earlier.known("ledger.events");
    return UnappliedByAge.at(ledger, query.asOf());
  }

  private MartReader reader() {
    MartReader released = MartReader.of(lake, contracts);
    return earlier == null ? released : earlier.over(released);
  }

  /** Returns the roll matrix as rows: as_of, the dimensions, from and to, amount, count, share. */
  static Table table(KpiQuery query, List<RollMatrix.Field> fields) {
    List<String> columns = new ArrayList<>(List.of("as_of"));
    columns.addAll(query.by());
    columns.addAll(List.of("from_state", "to_state", "amount", "count", "share"));
    List<List<Object>> rows = new ArrayList<>();
    for (RollMatrix.Field field : fields) {
      List<Object> row = new ArrayList<>(List.of(field.asOf()));
      row.addAll(field.dimensions());
      row.add(field.from());
      row.add(field.to());
      row.add(field.amount());
      row.add(field.count());
      row.add(field.share());
      rows.add(row);
    }
    return new Table(columns, rows);
  }

  /** Returns unapplied money as rows: as_of, currency, bucket, amount. */
  static Table unappliedTable(List<UnappliedByAge.Cell> cells) {
    List<List<Object>> rows = new ArrayList<>();
    cells.forEach(it -> rows.add(List.of(it.asOf(), it.currency(), it.bucket(), it.amount())));
    return new Table(List.of("as_of", "currency", "bucket", "amount"), rows);
  }

  /** Returns figures as rows: kpi, as_of, the dimensions, value, numerator, denominator, items. */
  static Table table(KpiResult result) {
    return new Table(result.columns(), result.cells());
  }
}

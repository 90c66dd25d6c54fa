package io.recupero.contract;

import static org.apache.spark.sql.functions.array;
import static org.apache.spark.sql.functions.array_except;
import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.concat;
import static org.apache.spark.sql.functions.concat_ws;
import static org.apache.spark.sql.functions.left;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.map;
import static org.apache.spark.sql.functions.not;
import static org.apache.spark.sql.functions.octet_length;
import static org.apache.spark.sql.functions.size;
import static org.apache.spark.sql.functions.transform;
import static org.apache.spark.sql.functions.try_element_at;
import static org.apache.spark.sql.functions.when;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** A table's records after judging: each is accepted, in quarantine, or said before. */
public final class Judged {

  private final Contract contract;
  private final Contract lineage;
  private final long read;
  private final Dataset<Row> plain;
  private final Dataset<Row> settled;
  private final Storage.Stored stored;

  /**
   * Puts the results of a table together.
   *
   * @param read how many records there were
   * @param plain those accepted that needed no closer look
   * @param settled the others, after that look
   */
  Judged(
      Contract contract,
      Contract lineage,
      long read,
      Dataset<Row> plain,
      Dataset<Row> settled,
      Storage storage,
      Optional<Dataset<Row>> known) {
    this.contract = contract;
    this.lineage = lineage;
    this.read = read;
    this.plain = plain;
    this.settled = settled;
    this.stored = storage.accepted(contract.table(), silver(), known);
  }

  /**
   * How many records went where.
   *
   * @param read records in the text frame, counted there
   * @param accepted records in silver, all versions; lines of one receipt are one row there
   * @param quarantined records in quarantine
   * @param identical records left out because an earlier one says exactly the same, or a later one
   *     of the delivery differs in attributes alone
   */
  public record Counts(long read, long accepted, long quarantined, long identical) {

    /** Whether every record read is accounted for: the run must fail where this is false. */
    public boolean balance() {
      return read == accepted + quarantined + identical;
    }
  }

  String table() {
    return contract.table();
  }

  /** Counts the records. */
  public Counts counts() {
    return tally(Map.of(contract.table(), this)).get(contract.table()).all();
  }

  /** Counts the records of several tables at once, by batch and file. */
  public static Map<String, Tally> tally(Map<String, Judged> tables) {
    List<Row> rows =
        tables.values().stream()
            .flatMap(Judged::marks)
            .reduce(Dataset::unionAll)
            .map(
                marks ->
                    marks
                        .groupBy("table", Lineage.BATCH, Lineage.FILE)
                        .sum(
                            "accepted", "quarantined", "identical", "waiting", "twice", "overruled")
                        .collectAsList())
            .orElse(List.of());
    Map<String, Tally> tallies = new TreeMap<>();
    tables.forEach(
        (table, judged) ->
            tallies.put(
                table,
                Tally.of(
                    judged.read,
                    judged.stored.rows(),
                    rows.stream().filter(row -> row.getString(0).equals(table)).toList())));
    return tallies;
  }

  private Stream<Dataset<Row>> marks() {
    boolean counted = stored.rows() >= 0;
    Dataset<Row> looked =
        marks(
            settled,
            // of a receipt, one line is stored
            isAccepted().cast("int").multiply(col(Lineage.LINES).minus(lit(counted ? 1 : 0))),
            isQuarantined().cast("int"),
            col(Lineage.IDENTICAL).cast("int").multiply(col(Lineage.LINES)),
            isQuarantined().and(onlyWaits()).cast("int"),
            col(Lineage.TWICE_IN_FILE).cast("int"),
            col(Contradictions.OVERRULED).cast("int"));
    Column no = lit(0);
    return counted
        ? Stream.of(looked)
        : Stream.of(looked, marks(plain, lit(1), no, no, no, no, no));
  }

  private Dataset<Row> marks(
      Dataset<Row> rows,
      Column accepted,
      Column quarantined,
      Column identical,
      Column waiting,
      Column twice,
      Column overruled) {
    return rows.select(
        lit(contract.table()).as("table"),
        col(Lineage.BATCH),
        col(Lineage.FILE),
        accepted.as("accepted"),
        quarantined.as("quarantined"),
        identical.as("identical"),
        waiting.as("waiting"),
        twice.as("twice"),
        overruled.as("overruled"));
  }

  /** Whether nothing is wrong with a record but that it names records that are not there yet. */
  private Column onlyWaits() {
    Column[] references =
        contract.references().stream().map(it -> lit(it.id())).toArray(Column[]::new);
    return references.length == 0
        ? lit(false)
        : size(array_except(col(Lineage.REASONS), array(references))).equalTo(0);
  }

  /** Returns the accepted records: the contract's columns, those carried, known_at and lineage. */
  public Dataset<Row> silver() {
    Column[] columns =
        Stream.of(contract.names(), contract.carried(), lineage.names())
            .flatMap(List::stream)
            .map(
                name ->
                    name.equals(Lineage.WAITED)
                        ? lit(null).cast("timestamp").as(name)
                        : Typed.quoted(name))
            .toArray(Column[]::new);
    return plain.select(columns).unionByName(settled.where(isAccepted()).select(columns));
  }

  /** Returns whether the accepted records are in silver already. */
  public boolean isStored() {
    return stored.rows() >= 0;
  }

  /** Returns the refused records, in the columns of schemas/contracts/quarantine.yaml. */
  public Dataset<Row> quarantine() {
    Column key =
        concat_ws(
            "|",
            contract.keys().stream()
                .map(name -> Typed.quoted(name).cast("string"))
                .toArray(Column[]::new));
    boolean money = Arrays.asList(settled.columns()).contains(Applications.MONEY);
    Column payment = money ? col("payment_id") : lit(null).cast("string");
    Column amount = money ? col(Applications.MONEY) : lit(null);
    return settled
        .where(isQuarantined())
        .select(
            lit(contract.table()).as("table"),
            key.as("key"),
            col(Lineage.REASONS).as("reasons"),
            texts("es").as("reasons_es"),
            texts("en").as("reasons_en"),
            shown(col(Lineage.RAW)).as("raw"),
            col(Lineage.FILE).as("file"),
            col(Lineage.RECORD).as("record"),
            col(Lineage.BATCH).as("batch"),
            col(Lineage.ARRIVED).as("arrived_at"),
            payment.as("payment_id"),
            amount.cast("decimal(18,4)").as("amount"),
            onlyWaits().as("waiting"));
  }

  /** What was written, of an oversized record its beginning: the original is in bronze. */
  private static Column shown(Column raw) {
    return when(octet_length(raw).gt(Oversized.LONGEST_VALUE), left(raw, lit(Oversized.SHOWN)))
        .otherwise(raw);
  }

  private Column texts(String language) {
    List<Column> entries =
        contract.reasons().entrySet().stream()
            .flatMap(it -> Stream.of(lit(it.getKey()), lit(it.getValue().in(language))))
            .toList();
    Column byId = map(entries.toArray(Column[]::new));
    Column texts =
        transform(
            col(Lineage.REASONS),
            id -> concat(id, lit("\t"), coalesce(try_element_at(byId, id), id)));
    return Told.of(concat_ws("\n", texts), col(Lineage.VALUES), col(Lineage.WRITTEN), language);
  }

  /** Returns the table with what was accepted: all that is known of it now. */
  Dataset<Row> whole() {
    return stored.whole();
  }

  private static Column isQuarantined() {
    return not(col(Lineage.IDENTICAL)).and(size(col(Lineage.REASONS)).gt(0));
  }

  static Column isAccepted() {
    return not(col(Lineage.IDENTICAL)).and(size(col(Lineage.REASONS)).equalTo(0));
  }
}

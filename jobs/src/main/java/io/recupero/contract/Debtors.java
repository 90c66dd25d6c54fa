package io.recupero.contract;

import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.concat_ws;
import static org.apache.spark.sql.functions.greatest;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.min;
import static org.apache.spark.sql.functions.size;
import static org.apache.spark.sql.functions.udaf;
import static org.apache.spark.sql.functions.unix_micros;
import static org.apache.spark.sql.functions.when;

import java.math.BigDecimal;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoder;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.expressions.Aggregator;
import org.apache.spark.sql.expressions.Window;
import org.apache.spark.sql.expressions.WindowSpec;
import org.apache.spark.sql.types.StructType;

/**
 * Finds records with the number of another debtor's document. A version that names another customer
 * or currency is a correction only where date and amount are the same.
 *
 * <p>Each version is compared with the accepted one before it, in the order in which they were
 * learned; one that was learned before all that is known, with the first of those.
 */
final class Debtors {

  /** The reason of a record that has another debtor's number. */
  static final String CLASH = "same_id_other_customer";

  /** Both records, for the reader of that reason; null where a record does not clash. */
  static final String CLASHES = "_other_debtor";

  private static final String FIRST = "_first_known";
  private static final String CUSTOMER = "customer_id";
  private static final String OWNER = "owner_id";
  private static final String INVOICE = "invoice_id";
  private static final String CURRENCY = "currency";

  /** What a document is about: the first of these that its table has. */
  private static final List<String> AMOUNTS = List.of("amount", "restructured_amount");

  /** How much of each value is shown. */
  private static final int SHOWN = 60;

  private Debtors() {}

  /** Returns whether records with such columns and rules name a debtor beside their key. */
  static boolean have(List<ContractColumn> columns, List<Rule> rules) {
    return rules.stream().noneMatch(Applications::judges)
        && columns.stream()
            .anyMatch(
                column -> !column.isKey() && List.of(CUSTOMER, INVOICE).contains(column.name()));
  }

  /** Returns the columns of a table that name a debtor; none where its key does, or nothing. */
  static List<Column> of(Contract contract) {
    return have(contract.columns(), contract.rules())
        ? List.of(customer(contract), text(contract, CURRENCY))
        : List.of();
  }

  /**
   * Adds {@link #CLASHES}.
   *
   * @param records with their reasons, and the versions known before
   * @param isKnown tells which are known before
   * @param anyKnown whether some may be
   */
  static Dataset<Row> mark(
      Contract contract, Dataset<Row> records, Column isKnown, boolean anyKnown) {
    if (of(contract).isEmpty()) {
      return records.withColumn(CLASHES, lit(null).cast("string"));
    }
    Column[] key = contract.keys().stream().map(Typed::quoted).toArray(Column[]::new);
    WindowSpec inOrder =
        Window.partitionBy(key)
            .orderBy(
                greatest(col(Lineage.KNOWN_AT), col(FIRST)),
                isKnown.desc(),
                col(Lineage.KNOWN_AT),
                col(Lineage.ARRIVED),
                col(Lineage.FILE),
                col(Lineage.RECORD))
            .rowsBetween(Window.unboundedPreceding(), Window.currentRow());
    Column clash = udaf(new Walk(), Encoders.row(Version.TYPE)).apply(version(contract, isKnown));
    Column firstKnown =
        anyKnown
            ? min(when(isKnown, col(Lineage.KNOWN_AT))).over(Window.partitionBy(key))
            : col(Lineage.KNOWN_AT);
    return records
        .withColumn(FIRST, firstKnown)
        .withColumn(CLASHES, clash.over(inOrder))
        .drop(FIRST);
  }

  /** Returns the {@link Lineage#VALUES} of a record that clashes, with both records. */
  static Column withBoth(Column values) {
    return concat_ws("\n", values, concat_ws("\t", lit(CLASH), col(CLASHES)));
  }

  private static Column[] version(Contract contract, Column isKnown) {
    Column date = contract.mainDate().map(Typed::quoted).orElse(lit(null)).cast("string");
    Column amount =
        AMOUNTS.stream()
            .filter(name -> contract.find(name).isPresent())
            .findFirst()
            .map(name -> text(contract, name))
            .orElse(lit(null).cast("string"));
    return new Column[] {
      isKnown,
      size(col(Lineage.REASONS)).equalTo(0),
      unix_micros(col(Lineage.KNOWN_AT)),
      customer(contract),
      text(contract, CURRENCY),
      text(contract, contract.carried().contains(OWNER) ? INVOICE : ""),
      date,
      amount,
      col(Lineage.BATCH),
      concat_ws(" #", col(Lineage.FILE), col(Lineage.RECORD).cast("string"))
    };
  }

  /** Returns who a record is of; of one without a customer, the invoice that tells. */
  private static Column customer(Contract contract) {
    if (contract.carried().contains(OWNER)) {
      return coalesce(col(OWNER), text(contract, CUSTOMER));
    }
    return text(contract, contract.find(CUSTOMER).isPresent() ? CUSTOMER : INVOICE);
  }

  /** Returns a column as text; null where the table lacks it, or has it for an attribute. */
  private static Column text(Contract contract, String name) {
    boolean counts =
        contract.find(name).filter(it -> !it.attribute() || AMOUNTS.contains(name)).isPresent();
    return (counts ? Typed.quoted(name) : lit(null)).cast("string");
  }

  /** A version as the walk sees it. */
  private record Version(Row row) {

    static final StructType TYPE =
        new StructType()
            .add("known", "boolean")
            .add("accepted", "boolean")
            .add("at", "bigint")
            .add("customer", "string")
            .add("currency", "string")
            .add("invoice", "string")
            .add("date", "string")
            .add("amount", "string")
            .add("batch", "string")
            .add("place", "string");

    boolean is(String name) {
      return row.getBoolean(TYPE.fieldIndex(name));
    }

    long at() {
      return row.getLong(TYPE.fieldIndex("at"));
    }

    private String value(String name) {
      return row.getString(TYPE.fieldIndex(name));
    }

    /** Returns whether two versions can be of one document; what is not said differs in nothing. */
    boolean mayCorrect(Version other) {
      boolean sameDebtor =
          Stream.of("customer", "currency")
              .allMatch(
                  name ->
                      value(name) == null
                          || other.value(name) == null
                          || value(name).equals(other.value(name)));
      return sameDebtor
          || value("invoice") != null && value("invoice").equals(other.value("invoice"))
          || Stream.of("date", "amount")
              .allMatch(name -> Objects.equals(value(name), other.value(name)));
    }

    /** Returns where the version stands and what it says, in one line. */
    String told(Version beside) {
      String batch = value("batch").equals(beside.value("batch")) ? "" : value("batch") + "/";
      return Stream.of(
              batch + value("place"),
              value("customer"),
              plain(value("amount")),
              value("currency"),
              value("date"))
          .filter(Objects::nonNull)
          .map(part -> part.length() > SHOWN ? part.substring(0, SHOWN) + "…" : part)
          .collect(Collectors.joining(", "))
          .replaceAll("[\t\n\r]", " ");
    }

    private static String plain(String amount) {
      return amount == null ? null : new BigDecimal(amount).stripTrailingZeros().toPlainString();
    }
  }

  /** Goes through the versions of one key; its buffer is the version that stands, and the clash. */
  private static final class Walk extends Aggregator<Row, Row, String> {

    private static final int CLASH_PLACE = Version.TYPE.size();
    private static final StructType BUFFER = Version.TYPE.add("clash", "string");

    @Override
    public Row zero() {
      return RowFactory.create(new Object[BUFFER.size()]);
    }

    @Override
    public Row reduce(Row standing, Row next) {
      Version version = new Version(next);
      if (!version.is("known") && !version.is("accepted")) {
        return with(standing, null);
      }
      if (standing.isNullAt(0)) {
        return with(next, null);
      }
      Version before = new Version(standing);
      if (!version.is("known") && !version.mayCorrect(before)) {
        return with(standing, version.told(before) + " ≠ " + before.told(version));
      }
      return with(version.at() < before.at() ? standing : next, null);
    }

    private static Row with(Row version, String clash) {
      Object[] values = new Object[BUFFER.size()];
      for (int i = 0; i < CLASH_PLACE; i++) {
        values[i] = version.get(i);
      }
      values[CLASH_PLACE] = clash;
      return RowFactory.create(values);
    }

    @Override
    public Row merge(Row one, Row other) {
      throw new UnsupportedOperationException("The versions of one key are gone through in order.");
    }

    @Override
    public String finish(Row standing) {
      return standing.getString(CLASH_PLACE);
    }

    @Override
    public Encoder<Row> bufferEncoder() {
      return Encoders.row(BUFFER);
    }

    @Override
    public Encoder<String> outputEncoder() {
      return Encoders.STRING();
    }
  }
}

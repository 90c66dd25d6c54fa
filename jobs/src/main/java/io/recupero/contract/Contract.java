package io.recupero.contract;

import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;

/**
 * What a table is: its columns, its key and the rules its records keep.
 *
 * @param id the table with its layer, such as {@code input.invoices}
 * @param title its name for readers, in English
 * @param meaning what it holds
 * @param grain what one row is
 * @param mainDate the column with the day a record is about, where it has one
 * @param columns in the order of the table
 * @param rules over several columns or records
 * @param reasons the text of every reason its records can be refused for, by id; of {@code
 *     gold.findings}, the text of every kind
 */
public record Contract(
    String id,
    String title,
    Text meaning,
    String grain,
    Optional<String> mainDate,
    List<ContractColumn> columns,
    List<Rule> rules,
    Map<String, Text> reasons) {

  /** Returns the table's name without its layer: {@code invoices}. */
  public String table() {
    return id.substring(id.indexOf('.') + 1);
  }

  /** Returns the Spark schema. All is nullable: what is required is judged, not declared. */
  public StructType schema() {
    return new StructType(
        columns.stream()
            .map(column -> DataTypes.createStructField(column.name(), column.type(), true))
            .toArray(StructField[]::new));
  }

  /** Returns the names of the columns, in order. */
  public List<String> names() {
    return columns.stream().map(ContractColumn::name).toList();
  }

  /** Returns the names of the primary key's columns, in its order; empty where there is none. */
  public List<String> keys() {
    return columns.stream()
        .filter(ContractColumn::isKey)
        .sorted(Comparator.comparingInt(ContractColumn::keyPosition))
        .map(ContractColumn::name)
        .toList();
  }

  /**
   * Returns a column.
   *
   * @throws IllegalArgumentException if there is none of that name; the message suggests one
   */
  public ContractColumn column(String name) {
    return find(name)
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "Cannot find the column %s in %s.%s It has %s."
                        .formatted(
                            name, id, Nearest.hint(name, names()), String.join(", ", names()))));
  }

  Optional<ContractColumn> find(String name) {
    return columns.stream().filter(column -> column.name().equals(name)).findFirst();
  }

  /** Returns the records of other inputs, or of its own, that a record names. */
  public List<Reference> references() {
    return columns.stream().flatMap(column -> column.reference().stream()).toList();
  }

  /** Returns the columns that silver adds from the records named, in order. */
  public List<String> carried() {
    return references().stream()
        .flatMap(reference -> reference.carries().keySet().stream())
        .toList();
  }

  /** Returns the dimensions of a mart: what its figures can be grouped and filtered by. */
  public List<String> dimensions() {
    return named(column -> column.hasRole("dimension"));
  }

  /** Returns the addable amounts of a mart. */
  public List<String> amounts() {
    return named(column -> column.hasRole("amount"));
  }

  /** Returns the addable counts of a mart. */
  public List<String> counts() {
    return named(column -> column.hasRole("count"));
  }

  /** Returns the further columns a mart's rows are kept apart by, such as the bucket. */
  public List<String> keyColumns() {
    return named(column -> column.hasRole("key"));
  }

  private List<String> named(Predicate<ContractColumn> wanted) {
    return columns.stream().filter(wanted).map(ContractColumn::name).toList();
  }
}

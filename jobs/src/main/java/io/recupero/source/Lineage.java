package io.recupero.source;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;

import io.recupero.contract.AsDeclared;
import java.sql.Timestamp;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DateType;

/** Puts a table's columns in order and says beside them where each record came from. */
final class Lineage {

  /** What reading finds odd in a record: see {@link SourceTables}. */
  static final String FINDINGS = "_findings";

  /**
   * What reading has to say of values that the judge may refuse: a line each, of the reason's id,
   * where the mapping makes the value and, where it knows, an example of how it is written there.
   */
  static final String WRITTEN = "_written";

  /** How amounts are rounded that have more decimals than their currency; null for not. */
  static final String ROUNDING = "_rounding";

  private Lineage() {}

  /** Returns the canonical columns that the frame has (null for the others), then the lineage. */
  static Dataset<Row> of(Dataset<Row> frame, String table, Batch batch) {
    List<String> present = List.of(frame.columns());
    List<Column> columns = new ArrayList<>();
    Map<String, DataType> types = Canonical.types(table);
    for (String name : Canonical.columns(table)) {
      Column text = present.contains(name) ? col(name) : lit(null).cast("string");
      boolean isDate = present.contains(name) && types.get(name) instanceof DateType;
      columns.add((isDate ? CanonicalText.asDate(text) : text).as(name));
    }
    present.stream().filter(AsDeclared::is).forEach(name -> columns.add(col(name)));
    columns.addAll(columns(batch));
    columns.add(col(TextSpec.PROBLEM));
    for (String own : List.of(FINDINGS, WRITTEN, ROUNDING)) {
      columns.add(present.contains(own) ? col(own) : lit(null).cast("string").as(own));
    }
    return frame.select(columns.toArray(Column[]::new));
  }

  static List<Column> columns(Batch batch) {
    return List.of(
        lit(batch.id()).as("_batch"),
        col(TextSpec.FILE),
        col(TextSpec.RECORD),
        lit(Timestamp.from(batch.arrivedAt())).as("_arrived_at"),
        col(RawFrames.RAW));
  }
}

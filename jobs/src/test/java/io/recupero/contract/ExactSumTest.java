package io.recupero.contract;

import static org.apache.spark.sql.functions.col;
import static org.assertj.core.api.Assertions.assertThat;

import io.recupero.TestSpark;
import java.math.BigDecimal;
import java.util.List;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.DataTypes;
import org.junit.jupiter.api.Test;

final class ExactSumTest {

  private static final String MOST = "99999999999999.9999";

  @Test
  void sumsAreExactAndNothingIsNull() {
    List<Row> sums =
        sums("('a', 0.0001), ('a', -3.0000), ('a', NULL), ('b', NULL), ('c', " + MOST + ")");

    assertThat(sums).extracting(row -> row.getString(0)).containsExactly("a", "b", "c");
    assertThat(sums.get(0).getDecimal(1)).isEqualTo(new BigDecimal("-2.9999"));
    assertThat(sums.get(1).isNullAt(1)).isTrue();
    assertThat(sums.get(2).getDecimal(1)).isEqualTo(new BigDecimal(MOST));
  }

  @Test
  void sumsBeyondTheDigitsOfOneAmountAreExact() {
    String many =
        ", ('a', %1$s), ('b', -%1$s)".formatted(MOST).repeat(100)
            + ", ('a', 0.0001), ('b', -0.0001)";
    List<Row> sums = sums(many.substring(2));

    assertThat(sums.get(0).getDecimal(1)).isEqualTo(new BigDecimal("9999999999999999.9901"));
    assertThat(sums.get(1).getDecimal(1)).isEqualTo(new BigDecimal("-9999999999999999.9901"));
  }

  @Test
  void columnsOfOtherTypesAreAddedUpAsTheyAre() {
    Dataset<Row> rows = TestSpark.session().sql("SELECT * FROM VALUES (2L), (3L) AS t(items)");

    assertThat(rows.agg(ExactSum.of("items", DataTypes.LongType)).first().getLong(0)).isEqualTo(5);
    Dataset<Row> days =
        TestSpark.session()
            .sql("SELECT CAST(d AS DECIMAL(38, 4)) AS d FROM VALUES (" + MOST + "), (1) AS t(d)");
    assertThat(days.agg(ExactSum.of("d", DataTypes.createDecimalType(38, 4))).first().getDecimal(0))
        .isEqualTo(new BigDecimal("100000000000000.9999"));
  }

  private static List<Row> sums(String values) {
    return TestSpark.session()
        .sql("SELECT k, CAST(x AS DECIMAL(18, 4)) AS x FROM VALUES " + values + " AS t(k, x)")
        .groupBy("k")
        .agg(ExactSum.of("x", DataTypes.createDecimalType(18, 4)))
        .orderBy(col("k"))
        .collectAsList();
  }
}

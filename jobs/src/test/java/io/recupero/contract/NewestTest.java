package io.recupero.contract;

import static org.assertj.core.api.Assertions.assertThat;

import io.recupero.TestSpark;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Test;

class NewestTest {

  /** As silver marks them: the first of a key that came in an earlier batch is not marked. */
  private static Dataset<Row> versions(String rows) {
    return TestSpark.session()
        .sql(
            "SELECT id, method, TIMESTAMP(known_at) AS known_at, _repeated FROM VALUES "
                + rows
                + " AS t(id, method, known_at, _repeated)");
  }

  @Test
  void theVersionKnownLastStands() {
    Dataset<Row> newest =
        Newest.of(
            versions(
                "('P1', 'cash', '2025-01-01', FALSE), ('P1', 'card', '2025-03-01', TRUE),"
                    + " ('P1', 'transfer', '2025-02-01', TRUE), ('P2', 'cash', '2025-01-01', FALSE)"),
            "id",
            "method");

    assertThat(newest.orderBy("id").collectAsList())
        .extracting(Row::mkString)
        .containsExactly("P1card", "P2cash");
  }

  @Test
  void aValueThatWasTakenBackIsMissing() {
    Dataset<Row> newest =
        Newest.of(
            versions("('P1', 'cash', '2025-01-01', FALSE), ('P1', NULL, '2025-03-01', TRUE)"),
            "id",
            "method");

    assertThat(newest.collectAsList()).singleElement().matches(row -> row.isNullAt(1));
  }

  @Test
  void recordsSaidOnceStandAsTheyAre() {
    Dataset<Row> newest =
        Newest.of(
            versions("('P1', 'cash', '2025-01-01', FALSE), ('P2', NULL, '2025-03-01', FALSE)"),
            "id",
            "method");

    assertThat(newest.count()).isEqualTo(2);
    assertThat(newest.columns()).containsExactly("id", "method");
  }
}

package io.recupero.walk;

import static org.apache.spark.sql.functions.col;
import static org.assertj.core.api.Assertions.assertThat;

import io.recupero.TestSpark;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("Groups that are alike lie side by side")
class PlacesTest {

  private static final String PLACE = "place";
  private static final int SHARES = 4;

  /** 300 groups of three kinds; the first is as heavy as a quarter of all. */
  private static Dataset<Row> alike() {
    return TestSpark.session()
        .range(300)
        .selectExpr(
            "CONCAT('g', id) AS name",
            "IF(id = 0, 100, 1) AS rows",
            "CONCAT('kind ', id % 3) AS kind");
  }

  private static Dataset<Row> rows() {
    return alike()
        .selectExpr("name", "kind", "EXPLODE(SEQUENCE(1, rows)) AS row")
        .unionByName(
            TestSpark.session()
                .range(50)
                .selectExpr("CONCAT('unknown ', id % 5) AS name", "'none' AS kind", "1 AS row"));
  }

  private static List<List<Row>> shares() {
    Dataset<Row> placed =
        Places.of(rows(), alike(), SHARES, PLACE)
            .orElseThrow()
            .repartitionById(SHARES, Places.share(PLACE))
            .sortWithinPartitions(col(PLACE));
    List<List<Row>> shares = new ArrayList<>();
    placed.javaRDD().glom().collect().forEach(share -> shares.add(new ArrayList<>(share)));
    return shares;
  }

  @Test
  void noRowIsLostAndEachGroupIsInOneShare() {
    Map<String, Set<Integer>> sharesOf = new HashMap<>();
    List<List<Row>> shares = shares();
    int count = 0;
    for (int i = 0; i < shares.size(); i++) {
      for (Row row : shares.get(i)) {
        sharesOf.computeIfAbsent(row.getString(0), name -> new HashSet<>()).add(i);
        count++;
      }
    }

    assertThat(count).isEqualTo(399 + 50);
    assertThat(sharesOf).hasSize(305).allSatisfy((name, in) -> assertThat(in).hasSize(1));
  }

  @Test
  void eachKindIsCutByTheEndsOfSharesOnly() {
    int runs = 0;
    for (List<Row> share : shares()) {
      String before = null;
      for (Row row : share) {
        if (!row.getString(1).equals(before) && !row.getString(1).equals("none")) {
          runs++;
        }
        before = row.getString(1);
      }
    }

    // Three kinds, and three ends between shares.
    assertThat(runs).isBetween(3, 6);
  }

  @Test
  void sharesWeighTheSame() {
    assertThat(shares())
        .hasSize(SHARES)
        .allSatisfy(
            share ->
                assertThat(share.stream().filter(row -> !row.getString(1).equals("none")).count())
                    .isBetween(50L, 200L));
  }

  @Test
  void groupsStayTogetherWithinAShare() {
    for (List<Row> share : shares()) {
      Set<String> ended = new HashSet<>();
      String before = null;
      for (Row row : share) {
        if (!row.getString(0).equals(before)) {
          assertThat(ended.add(row.getString(0))).as(row.getString(0)).isTrue();
        }
        before = row.getString(0);
      }
    }
  }
}

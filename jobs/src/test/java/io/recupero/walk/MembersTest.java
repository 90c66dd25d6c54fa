package io.recupero.walk;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;
import static org.assertj.core.api.Assertions.assertThat;

import io.recupero.TestSpark;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Test;

class MembersTest {

  private final Dataset<Row> ids =
      TestSpark.session().range(20_000).select(col("id").cast("string"));

  @Test
  void findsEveryMember() {
    Members even = Members.of(ids.where("id % 2 = 0").select(Members.hash("id")));

    assertThat(ids.where("id % 2 = 0").where(even.has("id")).count()).isEqualTo(10_000);
  }

  @Test
  void leavesNearlyAllOthersOut() {
    Members even = Members.of(ids.where("id % 2 = 0").select(Members.hash("id")));

    assertThat(ids.where("id % 2 = 1").where(even.has("id")).count()).isLessThan(300);
  }

  @Test
  void nobodyIsAMemberOfNothingAndNullOfAnything() {
    Members none = Members.of(ids.where(lit(false)).select(Members.hash("id")));
    Members nulls =
        Members.of(ids.select(lit(null).cast("string").as("id")).select(Members.hash("id")));

    assertThat(ids.where(none.has("id")).count()).isZero();
    assertThat(ids.select(lit(null).cast("string").as("id")).where(nulls.has("id")).count())
        .isZero();
  }
}

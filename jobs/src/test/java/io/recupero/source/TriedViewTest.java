package io.recupero.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.recupero.TestSpark;
import io.recupero.plan.JobFailedException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Views in which a cell of one record cannot be computed. */
class TriedViewTest {

  @TempDir Path folder;

  private Dataset<Row> stages(String views) throws IOException {
    Path yaml =
        Files.writeString(
            folder.resolve("m.yaml"),
            """
            sources:
              s: {files: s.csv}
              more: {files: more.csv}
            views:
            %s
            tables:
              stages:
                from: v
                columns: {customer_id: id, stage: kind, entered_on: since}
            """
                .formatted(views.indent(2).stripTrailing()));
    Mapping mapping = Mappings.load(yaml);
    Inbox inbox =
        new Inbox(folder.resolve("inbox"))
            .with("s.csv", "id,kind,since\n1,1,2026-01-05\n2,early,2026-01-06\n3,0,2026-01-07\n")
            .with("more.csv", "id,kind,since\n4,4,2026-01-08\n");
    Batch batch =
        new Intake(inbox.lake)
            .take("b1", Inbox.ARRIVED, mapping.name(), MappedFiles.find(mapping, inbox.input));
    return new SourceReader(TestSpark.session(), inbox.lake)
        .read(batch, mapping)
        .frames()
        .get("stages");
  }

  private List<String> read(String views) throws IOException {
    return stages(views)
        .selectExpr(
            "concat_ws(' ', customer_id, stage, coalesce("
                + TextSpec.PROBLEM
                + ", 'good'), replace("
                + Lineage.WRITTEN
                + ", '\t', ' '))")
        .as(org.apache.spark.sql.Encoders.STRING())
        .collectAsList()
        .stream()
        .sorted()
        .toList();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "v: SELECT s.* EXCEPT (kind), CAST(kind AS INT) + 1 kind FROM s |2|1",
        "v: SELECT s.* EXCEPT (kind), 1 + CAST(kind AS INT) kind FROM s WHERE CAST(id AS INT) < 3 |2|",
        "v: SELECT x.* FROM (SELECT s.* EXCEPT (kind), CAST(kind AS INT) + 1 kind FROM s) x |2|1",
        "v: SELECT s.* EXCEPT (kind), CAST(kind AS INT) + 1 kind FROM s LEFT JOIN (SELECT id other, count(*) n FROM more GROUP BY id) ON other = id |2|1",
      })
  void aRecordWhoseCellFailsIsRefusedAndTheOthersCome(String view, String first, String last)
      throws IOException {
    List<String> rows = read(view);
    assertThat(rows.get(0)).isEqualTo("1 " + first + " good");
    assertThat(rows.get(1))
        .isEqualTo("2 failed_expression failed_expression m.yaml:5, view v: CAST_INVALID_INPUT");
    assertThat(rows.subList(2, rows.size()))
        .isEqualTo(last == null ? List.of() : List.of("3 " + last + " good"));
  }

  @Test
  void aConditionThatFailsKeepsTheRecordForTheJudge() throws IOException {
    assertThat(read("v: SELECT s.* FROM s WHERE CAST(kind AS INT) > 0"))
        .containsExactly(
            "1 1 good",
            "2 early failed_expression failed_expression m.yaml:5, view v: CAST_INVALID_INPUT");
  }

  @Test
  void anErrorOfAnEarlierViewIsNamedAfterIt() throws IOException {
    assertThat(
            read(
                """
                w: SELECT s.* EXCEPT (kind), 10 / CAST(kind AS INT) kind FROM s
                v: |
                  SELECT id, kind, since, _file, _record, _raw, _problem FROM w
                  UNION ALL
                  SELECT id, kind, since, _file, _record, _raw, _problem FROM more
                """))
        .containsExactly(
            "1 10 good",
            "2 failed_expression failed_expression m.yaml:5, view w: CAST_INVALID_INPUT",
            "3 failed_expression failed_expression m.yaml:5, view w: DIVIDE_BY_ZERO",
            "4 4 good");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "v: SELECT s.* FROM s LEFT JOIN (SELECT SUM(CAST(kind AS INT)) n FROM s) ON n > 0",
        "v: SELECT x.* FROM (SELECT s.* EXCEPT (id), CAST(CAST(kind AS INT) + 1 AS STRING) id FROM s)"
            + " x JOIN more m ON m.id = x.id",
      })
  void beneathASumOrAnInnerJoinAnErrorStopsTheRunWithItsLine(String view) throws IOException {
    Dataset<Row> stages = stages(view);
    assertThatThrownBy(stages::collectAsList)
        .satisfies(
            e ->
                assertThat(new JobFailedException("judge", e).getMessage())
                    .contains("m.yaml:5, view v: ")
                    .contains("write try_cast"));
  }
}

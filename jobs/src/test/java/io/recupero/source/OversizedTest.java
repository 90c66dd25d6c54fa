package io.recupero.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeout;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Values and records that no file of a creditor has, and a damaged or hostile one may. */
class OversizedTest {

  private static final String LONG = "x".repeat((1 << 20) + 1);

  @TempDir Path folder;

  private static List<String> records(CsvCursor cursor) throws IOException {
    List<String> records = new ArrayList<>();
    while (cursor.next()) {
      records.add(cursor.offset() + " " + cursor.problem() + " " + cursor.oversized());
    }
    return records;
  }

  private static CsvCursor csv(String text) {
    ByteWindow window =
        new ByteWindow(new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)), 0);
    return new CsvCursor(window, Dialect.CANONICAL.delimitedBy(','), new Shape(3, 3, 3, List.of()));
  }

  @Test
  void aValueOfMoreThanOneMebibyteIsRefusedWithItsColumn() throws IOException {
    String atMost = LONG.substring(1);
    assertThat(records(csv("a,b,c\n1," + atMost + ",3\n1,\"" + atMost + "\",3\n")))
        .containsExactly("0 null -1", "6 null -1", (6 + 6 + atMost.length() - 1) + " null -1");
    assertThat(records(csv("1," + LONG + ",3\n1,2,3\n")))
        .containsExactly("0 oversized_value 1", (LONG.length() + 5) + " null -1");
    assertThat(records(csv("1,2,\"" + LONG + "\"\n1,2,3\n")))
        .containsExactly("0 oversized_value 2", (LONG.length() + 7) + " null -1");
  }

  @Test
  void aRecordOfManyValuesEndsSomewhereToo() throws IOException {
    String many = ",".repeat(17 << 20);
    assertThat(records(csv("1," + many + "\n1,2,3\n")))
        .containsExactly("0 oversized_value 3", (many.length() + 3) + " null -1");
  }

  @Test
  void sixtyMebibytesInOneValueCostNoMoreThanTheirReading() {
    byte[] file = ("1," + LONG.repeat(60) + ",3\n1,2,3\n").getBytes(StandardCharsets.UTF_8);
    CsvCursor cursor =
        new CsvCursor(
            new ByteWindow(new ByteArrayInputStream(file), 0),
            Dialect.CANONICAL.delimitedBy(','),
            new Shape(3, 3, 3, List.of()));
    assertTimeout(Duration.ofSeconds(5), () -> assertThat(records(cursor)).hasSize(2));
  }

  @Test
  void quarantineGetsTheColumnAndTheBeginningOnly() {
    var frame =
        new Inbox(folder)
            .with("customers.csv", "customer_id,name,region\nC1," + LONG + ",RM\nC2,b,RM\n")
            .table("customers");
    assertThat(
            Inbox.rows(
                frame,
                "customer_id",
                "_record",
                "_problem",
                "if(_problem is null, '', substr(_raw, 1, 36))",
                "length(_raw) < 70000"))
        .containsExactly(
            "null|1|oversized_value|{\"_line\":\"name has more than 1 MiB: |true",
            "C2|2|null||true");
  }

  @Test
  void jsonOfBothFormsIsRefusedTheSameWay() {
    String long1 = "{\"customer_id\":\"C1\",\"name\":\"" + LONG + "\"}";
    String short2 = "{\"customer_id\":\"C2\",\"name\":\"b\"}";
    var frame =
        new Inbox(folder)
            .with("customers/a.jsonl", short2 + "\n" + long1 + "\n")
            .with("customers/b.json", "[" + long1 + ",\n" + short2 + "]")
            .with("customers/c.jsonl", short2 + "\n" + long1.replace(LONG, LONG.repeat(17)) + "\n")
            .table("customers");
    assertThat(
            Inbox.rows(
                frame,
                "customer_id",
                "_record",
                "_problem",
                "if(_problem is null, '', substr(_raw, 1, 36))",
                "length(_raw) < 70000"))
        .containsExactly(
            "C2|1|null||true",
            "null|2|oversized_value|{\"_line\":\"name has more than 1 MiB: |true",
            "null|1|oversized_value|{\"_line\":\"name has more than 1 MiB: |true",
            "C2|2|null||true",
            "C2|1|null||true",
            "null|2|oversized_value|{\"_line\":\"the record has more than 1|true");
  }
}

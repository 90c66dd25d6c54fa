package io.recupero.walk;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.catalyst.expressions.GenericInternalRow;
import org.apache.spark.unsafe.types.UTF8String;
import org.junit.jupiter.api.Test;

class GroupsTest {

  @Test
  void groups_that_share_a_hash_are_kept_apart() {
    List<List<String>> walked =
        walk(row("A", 1), row("B", 1), row("A", 1), row("C", 1), row("B", 1), row("D", 2));
    assertEquals(List.of(List.of("A", "A"), List.of("B", "B"), List.of("C"), List.of("D")), walked);
  }

  @Test
  void every_group_is_handed_over_once() {
    assertEquals(
        List.of(List.of("A", "A"), List.of("B")), walk(row("A", 1), row("A", 1), row("B", 2)));
    assertEquals(List.of(), walk());
  }

  private static List<List<String>> walk(InternalRow... rows) {
    Groups groups = new Groups(List.of(rows).iterator(), 1);
    List<List<String>> walked = new ArrayList<>();
    List<String> group = new ArrayList<>();
    GroupWalk.Walker walker =
        new GroupWalk.Walker() {
          @Override
          public void row(InternalRow row) {
            group.add(row.getUTF8String(0).toString());
          }

          @Override
          public void endOfGroup(Consumer<InternalRow> out) {
            walked.add(List.copyOf(group));
            group.clear();
          }
        };
    while (groups.next(walker)) {
      walker.endOfGroup(row -> {});
    }
    return walked;
  }

  private static InternalRow row(String group, long hash) {
    return new GenericInternalRow(new Object[] {UTF8String.fromString(group), hash});
  }
}

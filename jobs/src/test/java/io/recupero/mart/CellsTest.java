package io.recupero.mart;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class CellsTest {

  private static final Mart FLOWS = new FlowMart(0);

  private final Attributes who = new Attributes.Known().nothing;
  private final Line line = new Line.Known().nothing;
  private final Cells cells = new Cells(FLOWS);

  @Test
  void changesOfOneCellMeet() {
    add(10, 0, 5);
    add(10, 0, 7);
    add(11, 0, 1);

    Cells.Taken taken = cells.take();

    assertThat(total(taken)).isEqualTo(13);
  }

  @Test
  void whatCancelsOutIsNotHandedOver() {
    add(10, 0, 5);
    add(10, 0, -5);

    assertThat(cells.take().next()).isFalse();
  }

  @Test
  void cellsAreHandedOverBeforeTheyFillTheMemoryOfATask() {
    long added = 0;
    for (int cell = 0; !cells.isFull(); cell++) {
      add(cell % 1_000, cell / 1_000, 1);
      added++;
    }

    long bytesOfParts = added * FLOWS.parts().size() * Long.BYTES;
    // Two tasks with cells, pages to sort and a writer each share two gigabytes.
    assertThat(bytesOfParts).isBetween(4L << 20, 64L << 20);
    assertThat(total(cells.take())).isEqualTo(added);
    assertThat(cells.isFull()).isFalse();
  }

  private void add(int day, int number, long value) {
    Contribution contribution = new Contribution(FLOWS.parts().size());
    contribution.entry(null, null, number)[0] = value;
    cells.add(day, who, line, contribution.get(0), 1);
  }

  private static long total(Cells.Taken taken) {
    long total = 0;
    while (taken.next()) {
      total += taken.part(0);
    }
    return total;
  }
}

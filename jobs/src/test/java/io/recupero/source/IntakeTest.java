package io.recupero.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class IntakeTest {

  @TempDir Path folder;

  @Test
  void filesAreCopiedByteForByteAndWrittenDown() throws IOException {
    var inbox = new Inbox(folder).with("invoices.csv", "x\r\ny").with("payments/mañana 1.csv", "z");
    var batch = inbox.take();
    assertThat(Bronze.of(inbox.lake).batches()).containsExactly(batch);
    assertThat(inbox.lake.resolve("bronze/b1/invoices/invoices.csv")).hasContent("x\r\ny");
    assertThat(Files.readString(Bronze.of(inbox.lake).path(batch.files().get(1)))).isEqualTo("z");
    assertThat(batch.files().get(0).sha256()).hasSize(64);
  }

  @Test
  void theSameContentIsTakenOnceForATable() {
    var inbox = new Inbox(folder).with("invoices.csv", "x").with("payments.csv", "x");
    assertThat(inbox.take().files()).hasSize(2);
    var again = inbox.take();
    assertThat(again.isEmpty()).isTrue();
    assertThat(again.unchanged()).extracting(Taken::batch).containsOnly("b1");
    assertThat(Bronze.of(inbox.lake).batches()).hasSize(1);
    assertThat(inbox.with("invoices.csv", "changed").take().files())
        .extracting(Taken::label)
        .containsExactly("invoices/invoices.csv");
  }

  @Test
  void aFileThatWasCorrectedAndThenSentAsBeforeIsTakenAgain() throws IOException {
    var inbox = new Inbox(folder).with("invoices.csv", "x").with("payments/1.csv", "p");
    inbox.take();
    inbox.with("invoices.csv", "corrected").take();
    assertThat(inbox.with("invoices.csv", "x").take().files())
        .extracting(Taken::label)
        .containsExactly("invoices/invoices.csv");
    assertThat(inbox.take().isEmpty()).as("and only once").isTrue();
    assertThat(inbox.with("payments/2.csv", "more").take().files()).hasSize(1);
    assertThat(inbox.take().isEmpty()).as("another file beside it corrects nothing").isTrue();
  }

  @Test
  void filesOfSeveralDaysThatLieThereAreNotTakenAgain() {
    var inbox = new Inbox(folder).with("2026-03-01/invoices.csv", "x");
    inbox.take();
    inbox.with("2026-03-02/invoices.csv", "corrected").take();
    assertThat(inbox.take().isEmpty()).isTrue();
    assertThat(inbox.with("2026-03-03/invoices.csv", "x").take().files()).hasSize(1);
    assertThat(inbox.take().isEmpty()).isTrue();
  }

  @Test
  void twinFilesInOneFolderAreOne() {
    var batch = new Inbox(folder).with("invoices/a.csv", "x").with("invoices/b.csv", "x").take();
    assertThat(batch.files()).hasSize(1);
    assertThat(batch.unchanged()).hasSize(1);
  }

  @Test
  void aHalfTakenBatchDoesNotCountAndIsTakenAgain() throws IOException {
    var inbox = new Inbox(folder).with("invoices.csv", "x");
    Path half = inbox.lake.resolve("bronze/b1/payments/left.csv");
    Files.createDirectories(half.getParent());
    Files.writeString(half, "half");
    assertThat(Bronze.of(inbox.lake).batches()).isEmpty();
    assertThat(inbox.take().files()).hasSize(1);
    assertThat(half).doesNotExist();
  }

  @Test
  void aBatchIdServesOnce() {
    var inbox = new Inbox(folder).with("invoices.csv", "x");
    inbox.take();
    var offered = InputFolder.canonical(inbox.input).offered();
    assertThatThrownBy(() -> new Intake(inbox.lake).take("b1", Inbox.ARRIVED, null, offered))
        .hasMessageContaining("Cannot take batch b1 twice");
    assertThatThrownBy(() -> new Intake(inbox.lake).take("../b", Inbox.ARRIVED, null, offered))
        .hasMessageContaining("Invalid batch id");
  }

  @Test
  void aFileThatGrowsWhileItIsCopiedIsRefused() throws Exception {
    var inbox = new Inbox(folder).with("invoices.csv", "a,b\n".repeat(2_000_000));
    var growing = new Thread(() -> grow(inbox.input.resolve("invoices.csv")));
    growing.start();
    try {
      assertThatThrownBy(inbox::take)
          .isInstanceOf(SourceException.class)
          .hasMessageContaining("it changed while it was copied");
    } finally {
      growing.interrupt();
      growing.join();
    }
    assertThat(Bronze.of(inbox.lake).batches()).isEmpty();
  }

  private static void grow(Path file) {
    try {
      while (!Thread.interrupted()) {
        Files.writeString(file, "more\n", java.nio.file.StandardOpenOption.APPEND);
        Thread.sleep(1);
      }
    } catch (IOException | InterruptedException e) {
      // the test is over
    }
  }

  @Test
  void aFolderWithoutAnyInputSaysWhatItExpects() {
    var inbox = new Inbox(folder).with("invoice.csv", "x");
    assertThatThrownBy(() -> InputFolder.canonical(inbox.input))
        .hasMessageContaining("Cannot find any input here")
        .hasMessageContaining("Did you mean invoices?");
    assertThatThrownBy(() -> InputFolder.canonical(folder.resolve("nowhere")))
        .hasMessageContaining("Cannot find this input folder");
  }

  @Test
  void whatSparkWroteAsAFolderIsTakenWithoutItsMarkers() {
    var found =
        InputFolder.canonical(
            new Inbox(folder)
                .with("invoices.parquet/part-0.parquet", "x")
                .with("invoices.parquet/_SUCCESS", "")
                .input);
    assertThat(found.offered())
        .extracting(o -> o.path().getFileName().toString())
        .containsExactly("part-0.parquet");
  }
}

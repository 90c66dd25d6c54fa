package io.recupero.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.recupero.TestSpark;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.apache.parquet.format.FileMetaData;
import org.apache.parquet.format.Util;
import org.apache.parquet.hadoop.ParquetFileReader;
import org.apache.parquet.io.LocalInputFile;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Parquet files that are small and would grow without end. */
class ParquetLimitsTest {

  @TempDir Path folder;
  private Path small;

  @BeforeEach
  void writeManyEqualRows() throws IOException {
    Path written = folder.resolve("written");
    TestSpark.session()
        .range(0, 300_000, 1, 1)
        .selectExpr(
            "'F1' invoice_id",
            "'C1' customer_id",
            "'2026-01-01' issue_date",
            "'2026-01-31' due_date",
            "'1' amount",
            "'USD' currency")
        .write()
        .parquet(written.toString());
    try (var files = Files.list(written)) {
      small = files.filter(f -> f.toString().endsWith(".parquet")).findFirst().orElseThrow();
    }
  }

  private String refusal(ParquetLimits limits) throws IOException {
    LocalInputFile file = new LocalInputFile(small);
    try (var reader = ParquetFileReader.open(file)) {
      return limits.refusal(file, reader.getFooter());
    }
  }

  @Test
  void rowsCountAByteAColumnHoweverSmallTheyAreKept() throws IOException {
    assertThat(refusal(new ParquetLimits(1 << 20, 200, 1 << 20)))
        .isEqualTo(
            "its %d bytes grow to 1800000, more than 200 times as many"
                .formatted(Files.size(small)));
    assertThat(refusal(new ParquetLimits(1 << 21, 200, 1 << 20))).isNull();
    assertThat(refusal(new ParquetLimits(1 << 20, 100_000, 1 << 20))).isNull();
  }

  @Test
  void aPageThatTakesTooMuchMemoryIsRefusedByItsColumn() throws IOException {
    assertThat(refusal(new ParquetLimits(1 << 30, 200, 4)))
        .startsWith("a page of the column invoice_id takes more than");
  }

  @Test
  void aFileThatWouldGrowWithoutEndIsRefusedWithTheNextStep() throws IOException {
    Path input = Files.createDirectories(folder.resolve("input"));
    Files.write(input.resolve("invoices.parquet"), withRows(1L << 40));
    assertThatThrownBy(new Inbox(folder)::read)
        .isInstanceOf(SourceException.class)
        .hasMessageContaining("invoices.parquet")
        .hasMessageContaining("bytes grow to 6597069766656, more than 200 times as many")
        .hasMessageContaining("Write it again, in several files or as CSV.");
  }

  /** Returns the file with a footer that promises so many rows. */
  private byte[] withRows(long rows) throws IOException {
    byte[] file = Files.readAllBytes(small);
    int length = ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN).getInt(file.length - 8);
    int footer = file.length - 8 - length;
    FileMetaData meta =
        Util.readFileMetaData(
            new ByteArrayInputStream(Arrays.copyOfRange(file, footer, file.length - 8)));
    meta.setNum_rows(rows);
    meta.getRow_groups().get(0).setNum_rows(rows);
    ByteArrayOutputStream forged = new ByteArrayOutputStream();
    Util.writeFileMetaData(meta, forged);
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.write(file, 0, footer);
    out.write(forged.toByteArray());
    out.write(ByteBuffer.allocate(4).order(ByteOrder.LITTLE_ENDIAN).putInt(forged.size()).array());
    out.write("PAR1".getBytes(java.nio.charset.StandardCharsets.US_ASCII));
    return out.toByteArray();
  }
}

package io.recupero.source;

import java.io.IOException;
import org.apache.parquet.format.PageHeader;
import org.apache.parquet.format.Util;
import org.apache.parquet.hadoop.metadata.BlockMetaData;
import org.apache.parquet.hadoop.metadata.ColumnChunkMetaData;
import org.apache.parquet.hadoop.metadata.ParquetMetadata;
import org.apache.parquet.io.InputFile;
import org.apache.parquet.io.SeekableInputStream;

/**
 * How much a Parquet file may grow while it is read. A few kilobytes can hold a billion rows that
 * repeat one value, or a page that takes all the memory.
 *
 * @param free bytes that every file may grow to
 * @param times how many times its own size a file may grow to, beyond that
 * @param page bytes of one page, which is held in memory as a whole
 */
record ParquetLimits(long free, int times, long page) {

  /** Honest files grow 2 to 30 times, and their pages have some megabytes. */
  static final ParquetLimits USUAL = new ParquetLimits(1L << 30, 200, 256L << 20);

  /**
   * Returns why a file is not read; null where it may be.
   *
   * <p>Rows count as a byte a column at least. The sizes of pages are read from the pages
   * themselves, since they are what the reader believes; the footer may say something else.
   */
  String refusal(InputFile path, ParquetMetadata footer) throws IOException {
    try (SeekableInputStream file = path.newStream()) {
      long grown = 0;
      for (BlockMetaData block : footer.getBlocks()) {
        for (ColumnChunkMetaData chunk : block.getColumns()) {
          long pages = pages(file, chunk);
          if (pages < 0) {
            return "a page of the column %s takes more than %d MiB of memory"
                .formatted(chunk.getPath().toDotString(), page >> 20);
          }
          grown += Math.max(pages, Math.max(block.getRowCount(), chunk.getTotalUncompressedSize()));
        }
      }
      return grown > free && grown / times > path.getLength()
          ? "its %d bytes grow to %d, more than %d times as many"
              .formatted(path.getLength(), grown, times)
          : null;
    }
  }

  /** Returns how many bytes the pages of a column grow to; -1 where one is too large. */
  private long pages(SeekableInputStream file, ColumnChunkMetaData chunk) throws IOException {
    long grown = 0;
    long at = chunk.getStartingPos();
    long end = at + chunk.getTotalSize();
    while (at < end) {
      file.seek(at);
      PageHeader header = Util.readPageHeader(file);
      if (header.getUncompressed_page_size() > page || header.getUncompressed_page_size() < 0) {
        return -1;
      }
      grown += header.getUncompressed_page_size();
      at = file.getPos() + Math.max(0, header.getCompressed_page_size());
    }
    return grown;
  }
}

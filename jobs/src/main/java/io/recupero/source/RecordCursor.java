package io.recupero.source;

import io.recupero.contract.Oversized;
import java.io.Closeable;
import java.io.IOException;
import org.apache.spark.unsafe.types.UTF8String;

/**
 * Goes through the records of one text file in their order. Every byte of the file belongs to a
 * record, to the header or to a blank line: a record that cannot be read is still a record, with a
 * problem.
 */
interface RecordCursor extends Closeable {

  /** Moves to the next record; false after the last one. */
  boolean next() throws IOException;

  /** Returns where the current record begins in the file, in bytes. */
  long offset();

  /** Returns the rule that the current record breaks by its form, or null when it can be read. */
  String problem();

  /**
   * Returns the column whose value made the record {@link Oversized#REASON}, counted from 0, or the
   * place after the last one where it is the record itself; -1 where the record breaks no such
   * rule.
   */
  int oversized();

  /**
   * Returns a value of the current record, trimmed; null when it is empty or the record has a
   * problem.
   */
  UTF8String value(int column);

  /**
   * Returns the text of the current record as it stands in the file; of one that cannot be read,
   * its beginning.
   */
  UTF8String line();

  /** Tells whether the current record's bytes are text in the declared encoding. */
  boolean encodingHolds();
}

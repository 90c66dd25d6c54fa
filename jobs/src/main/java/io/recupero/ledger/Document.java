package io.recupero.ledger;

/**
 * A record of a source, as something that posts to the books. Each kind of document is one class.
 *
 * <p>A document does not keep balances: it says on which day it counts, at which step of that day,
 * and what it does to the {@link Books}.
 */
abstract class Document {

  /** The order of things within one day. Automatic allocation comes after the last. */
  enum Step {
    CHARGE,
    RECEIPT,
    REVERSAL,
    CREDIT,
    APPLICATION,
    REFUND
  }

  /** The day of a document that cannot count yet, because what it refers to is not known. */
  static final int NEVER = Integer.MAX_VALUE;

  final String id;

  /** When the creditor learned of it, in microseconds since 1970 (UTC). */
  final long knownAt;

  /** The day on which the walk has it on its agenda. */
  int agendaDay = NEVER;

  /** Whether it has entered the file; of two versions learned at once the first never does. */
  boolean isEntered;

  Document(DocumentRow row) {
    this.id = row.id();
    this.knownAt = row.knownAt();
  }

  /**
   * Returns the table whose ids its id is one of: what the document is a version of is told by
   * both, and a later version replaces it.
   */
  abstract String table();

  abstract Step step();

  /** Returns the day on which it counts, as days since 1970, or {@link #NEVER}. */
  abstract int day(File file);

  /** Returns the first day whose books are other because this document exists. */
  int changesFrom(File file) {
    return day(file);
  }

  /** Writes the document into the books of its day. */
  abstract void post(Books books, File file);

  /** Lets the document be found by those that refer to it, and be told when they change. */
  void enter(File file, Books books) {}

  /** Takes back what it entered: another version of it takes its place. */
  void leave(File file) {}

  /** Compares two documents of one step of one day. */
  int compareWithin(Document other) {
    return byKey(this, other);
  }

  /** The order of tables, then of ids. */
  static int byKey(Document a, Document b) {
    int order = a.table().compareTo(b.table());
    return order != 0 ? order : a.id.compareTo(b.id);
  }
}

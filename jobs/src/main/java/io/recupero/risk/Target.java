package io.recupero.risk;

/** What a model tells of an open document. */
public enum Target {
  /** Whether it will be paid late; of documents whose due date is yet to come. */
  LATE,
  /** How many days after its due date it will be paid; of all. */
  DAYS;

  /** Returns the name in files and tables. */
  public String id() {
    return name().toLowerCase(java.util.Locale.ROOT);
  }
}

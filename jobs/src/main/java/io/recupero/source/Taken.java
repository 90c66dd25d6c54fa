package io.recupero.source;

/**
 * A file in bronze.
 *
 * @param table the canonical table, or the mapping's source, that it was taken for
 * @param name its name in that table's folder
 * @param bytes its size
 * @param sha256 of its content, in hex
 * @param batch the batch whose folder holds the copy
 */
public record Taken(String table, String name, long bytes, String sha256, String batch) {

  /**
   * Returns what its records give as their file: table and name, as they lie in the batch's folder.
   */
  public String label() {
    return table + "/" + name;
  }
}

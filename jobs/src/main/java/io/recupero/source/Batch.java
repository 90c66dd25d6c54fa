package io.recupero.source;

import java.time.Instant;
import java.util.List;

/**
 * What one intake brought.
 *
 * @param id names the batch's folder in bronze
 * @param arrivedAt when it came, as the caller says
 * @param mapping the name of the mapping that reads it; null for canonical files
 * @param files the files that were new
 * @param unchanged files that were offered too, but whose content an earlier batch (or a twin file)
 *     already holds
 */
public record Batch(
    String id, Instant arrivedAt, String mapping, List<Taken> files, List<Taken> unchanged) {

  public Batch {
    files = List.copyOf(files);
    unchanged = List.copyOf(unchanged);
  }

  /**
   * Tells whether everything offered had been taken before; such a batch leaves no trace in bronze.
   */
  @com.fasterxml.jackson.annotation.JsonIgnore
  public boolean isEmpty() {
    return files.isEmpty();
  }
}

package io.recupero.lake;

import com.fasterxml.jackson.annotation.JsonFormat;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * One consistent set of table versions, as a run left it.
 *
 * @param number 1 for a lake's first release, then counting up
 * @param runId the run that published it
 * @param asOf the date that its figures are computed to; all of that day counts
 * @param knownAt the knowledge time that its figures include
 * @param batches the batches of files in bronze that it is made of, oldest first
 * @param tables table name to version
 * @param counts what the run counted, such as {@code invoices.read}
 * @param settings the settings that the figures depend on
 * @param stamps job name to what it read and wrote: what tells whether it must run again
 */
public record Release(
    long number,
    String runId,
    @JsonFormat(shape = JsonFormat.Shape.STRING) LocalDate asOf,
    @JsonFormat(shape = JsonFormat.Shape.STRING) Instant knownAt,
    List<String> batches,
    Map<String, Long> tables,
    Map<String, Long> counts,
    Map<String, String> settings,
    Map<String, Stamp> stamps) {

  /** Sorts the maps and copies everything; what is missing is empty. */
  public Release {
    batches = batches == null ? List.of() : List.copyOf(batches);
    tables = sorted(tables);
    counts = sorted(counts);
    settings = sorted(settings);
    stamps = sorted(stamps);
  }

  private static <V> Map<String, V> sorted(Map<String, V> map) {
    return Collections.unmodifiableMap(map == null ? new TreeMap<>() : new TreeMap<>(map));
  }

  /**
   * What a job's last run depended on and left.
   *
   * @param read table name to the version read
   * @param written table name to the version written
   * @param settings the job's settings and the hashes of its rules, by name
   */
  public record Stamp(
      Map<String, Long> read, Map<String, Long> written, Map<String, String> settings) {

    /** Sorts and copies the maps; a missing one is empty. */
    public Stamp {
      read = sorted(read);
      written = sorted(written);
      settings = sorted(settings);
    }
  }
}

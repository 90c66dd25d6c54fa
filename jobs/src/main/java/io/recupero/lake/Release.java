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
 * @param history what releases before it decided
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
    Map<String, Stamp> stamps,
    History history) {

  /** Sorts the maps and copies everything; what is missing is empty. */
  public Release {
    history = history == null ? History.NONE : history;
    batches = batches == null ? List.of() : List.copyOf(batches);
    tables = sorted(tables);
    counts = sorted(counts);
    settings = sorted(settings);
    stamps = sorted(stamps);
  }

  /** Makes a release that continues the one before it. */
  public Release(
      long number,
      String runId,
      LocalDate asOf,
      Instant knownAt,
      List<String> batches,
      Map<String, Long> tables,
      Map<String, Long> counts,
      Map<String, String> settings,
      Map<String, Stamp> stamps) {
    this(number, runId, asOf, knownAt, batches, tables, counts, settings, stamps, History.NONE);
  }

  /** Returns the same with what releases before it decided. */
  public Release with(History decided) {
    return new Release(
        number, runId, asOf, knownAt, batches, tables, counts, settings, stamps, decided);
  }

  /** Returns the same figures as a later release. */
  public Release as(long later, String run) {
    return new Release(
        later, run, asOf, knownAt, batches, tables, counts, settings, stamps, history);
  }

  /**
   * Returns the same rows in other versions of their tables.
   *
   * @param rewritten table name to the version whose rows are those of the release's version
   */
  public Release in(Map<String, Long> rewritten) {
    Map<String, Long> moved = new TreeMap<>(tables);
    moved.putAll(rewritten);
    Map<String, Stamp> following = new TreeMap<>();
    stamps.forEach((job, stamp) -> following.put(job, stamp.in(tables, rewritten)));
    return new Release(
        number, runId, asOf, knownAt, batches, moved, counts, settings, following, history);
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

    private Stamp in(Map<String, Long> released, Map<String, Long> rewritten) {
      return new Stamp(
          follow(read, released, rewritten), follow(written, released, rewritten), settings);
    }

    /** A version that is not the release's has other rows, and stays: its job must run again. */
    private static Map<String, Long> follow(
        Map<String, Long> versions, Map<String, Long> released, Map<String, Long> rewritten) {
      Map<String, Long> following = new TreeMap<>(versions);
      following.replaceAll(
          (table, version) ->
              version.equals(released.get(table))
                  ? rewritten.getOrDefault(table, version)
                  : version);
      return following;
    }
  }

  /**
   * What releases before this one decided.
   *
   * @param sameAs the release whose figures these are, where it was rolled back to it; else null
   * @param setAside batches that releases rolled back were made of: their files stay in bronze, and
   *     count as never taken
   */
  public record History(Long sameAs, List<String> setAside) {

    /** Of a lake that was never rolled back. */
    public static final History NONE = new History(null, List.of());

    /** Copies the list; a missing one is empty. */
    public History {
      setAside = setAside == null ? List.of() : List.copyOf(setAside);
    }
  }
}

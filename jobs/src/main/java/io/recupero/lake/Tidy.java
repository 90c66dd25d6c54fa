package io.recupero.lake;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.time.YearMonth;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.LocatedFileStatus;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.RemoteIterator;

/**
 * Keeps a lake small: forgets old releases, puts small files of a table together, and deletes the
 * files that no kept release reads. The caller holds the lake's lock.
 *
 * <p>Bronze is never touched: it is the evidence.
 */
public final class Tidy {

  /** A table of so many files is read slower than one of fewer. */
  private static final int MANY_FILES = 8;

  private final Lake lake;
  private final Releases releases;

  private Tidy(Lake lake) {
    this.lake = lake;
    this.releases = Releases.of(lake.root());
  }

  /**
   * Tidies a lake.
   *
   * @param keep how many of the newest releases stay, at least 1; of each month of as-of dates the
   *     last release stays too, because it is what was reported
   * @return what was done
   */
  public static Done run(Lake lake, int keep) {
    if (keep < 1) {
      throw new IllegalArgumentException(
          "Cannot keep " + keep + " releases: the current one always stays. Keep 1 or more.");
    }
    Recovery.run(lake);
    return new Tidy(lake).run(keep);
  }

  private Done run(int keep) {
    Optional<Release> current = releases.current();
    if (current.isEmpty()) {
      return new Done(List.of(), List.of(), 0, 0);
    }
    Map<String, Long> compacted = compact(current.get());
    if (!compacted.isEmpty()) {
      long next = releases.next();
      releases.publish(current.get().in(compacted).as(next, "tidy-%06d".formatted(next)));
    }
    List<Release> all = releases.all();
    Set<Long> kept = kept(all, keep);
    List<Long> forgotten =
        all.stream().map(Release::number).filter(it -> !kept.contains(it)).toList();
    // In this order: files without a release are found by the next tidying, never the other way.
    forgotten.forEach(releases::forget);
    return sweep(releases.all(), forgotten, List.copyOf(new TreeSet<>(compacted.keySet())));
  }

  /** Returns the numbers of the releases that stay. */
  static Set<Long> kept(List<Release> oldestFirst, int keep) {
    Set<Long> kept = new HashSet<>();
    oldestFirst
        .subList(Math.max(0, oldestFirst.size() - keep), oldestFirst.size())
        .forEach(release -> kept.add(release.number()));
    Map<YearMonth, Long> lastOfMonth = new TreeMap<>();
    oldestFirst.forEach(
        release -> lastOfMonth.put(YearMonth.from(release.asOf()), release.number()));
    kept.addAll(lastOfMonth.values());
    return kept;
  }

  /** Puts small files together; the rows stay as they are. */
  private Map<String, Long> compact(Release release) {
    Map<String, Long> compacted = new HashMap<>();
    release
        .tables()
        .forEach(
            (table, version) -> {
              if (lake.version(table) == version
                  && lake.files(table, version).size() > MANY_FILES) {
                lake.compact(table);
                long now = lake.version(table);
                if (now != version) {
                  compacted.put(table, now);
                }
              }
            });
    return compacted;
  }

  private Done sweep(List<Release> kept, List<Long> forgotten, List<String> compacted) {
    Map<String, Set<Long>> versions = new TreeMap<>();
    for (Release release : kept) {
      add(versions, release.tables());
      for (Release.Stamp stamp : release.stamps().values()) {
        add(versions, stamp.read());
        add(versions, stamp.written());
      }
    }
    long files = 0;
    long bytes = 0;
    for (Map.Entry<String, Set<Long>> table : versions.entrySet()) {
      for (LocatedFileStatus file : unread(table.getKey(), table.getValue())) {
        delete(file.getPath());
        files++;
        bytes += file.getLen();
      }
    }
    return new Done(forgotten, compacted, files, bytes);
  }

  private static void add(Map<String, Set<Long>> versions, Map<String, Long> tables) {
    tables.forEach(
        (table, version) -> versions.computeIfAbsent(table, any -> new TreeSet<>()).add(version));
  }

  /** Returns the data files of a table that none of these versions reads. */
  private Collection<LocatedFileStatus> unread(String table, Set<Long> versions) {
    Set<Path> needed = new HashSet<>();
    for (long version : versions) {
      lake.files(table, version).forEach(file -> needed.add(path(file)));
    }
    Set<LocatedFileStatus> unread = new HashSet<>();
    Path folder = new Path(lake.location(table));
    try {
      FileSystem store = folder.getFileSystem(lake.hadoop());
      RemoteIterator<LocatedFileStatus> all = store.listFiles(folder, true);
      while (all.hasNext()) {
        LocatedFileStatus file = all.next();
        boolean isData = file.getPath().getName().endsWith(".parquet");
        boolean isLog = file.getPath().getParent().toUri().getPath().contains("_delta_log");
        if (isData && !isLog && !needed.contains(plain(file.getPath()))) {
          unread.add(file);
        }
      }
      return unread;
    } catch (FileNotFoundException e) {
      return Set.of();
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot list the files of " + table, e);
    }
  }

  /** Spark tells files as URIs, where an odd character is written as %20. */
  private static Path path(String uri) {
    return plain(new Path(URI.create(uri)));
  }

  private static Path plain(Path path) {
    return new Path(path.toUri().getPath());
  }

  private void delete(Path file) {
    try {
      file.getFileSystem(lake.hadoop()).delete(file, false);
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot delete " + file, e);
    }
  }

  /**
   * What was done.
   *
   * @param forgotten numbers of the releases that are no longer kept
   * @param compacted tables whose small files were put together
   * @param files data files deleted
   * @param bytes their size
   */
  public record Done(List<Long> forgotten, List<String> compacted, long files, long bytes) {}
}

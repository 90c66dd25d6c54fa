package io.recupero.contract;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.spark.sql.Row;

/**
 * What became of the records of one table, by the batch and file that they came in.
 *
 * @param all of all records judged together
 * @param files of those that were looked at closely, by batch and file
 */
public record Tally(Judged.Counts all, List<OfFile> files) {

  /**
   * What became of the records of one file. Accepted ones are not counted by file.
   *
   * @param quarantined in quarantine
   * @param identical left out because an earlier record says exactly the same, or overruled
   * @param waiting among those in quarantine, those that only wait for a record they name
   * @param twice among those left out, those whose earlier record stands in the same file
   * @param overruled among those left out, those that a later row of the delivery counts instead
   *     of, since it differs in attributes alone: a finding tells of them
   */
  public record OfFile(
      String batch,
      String file,
      long quarantined,
      long identical,
      long waiting,
      long twice,
      long overruled) {

    /** Returns how many say exactly what an earlier record says. */
    public long repeated() {
      return identical - overruled;
    }
  }

  static Tally of(long read, long stored, List<Row> rows) {
    long accepted = Math.max(0, stored);
    List<OfFile> files =
        rows.stream()
            .map(
                row ->
                    new OfFile(
                        row.getString(1),
                        row.getString(2),
                        row.getLong(4),
                        row.getLong(5),
                        row.getLong(6),
                        row.getLong(7),
                        row.getLong(8)))
            .toList();
    accepted += rows.stream().mapToLong(row -> row.getLong(3)).sum();
    return new Tally(
        new Judged.Counts(
            read,
            accepted,
            files.stream().mapToLong(OfFile::quarantined).sum(),
            files.stream().mapToLong(OfFile::identical).sum()),
        files);
  }

  /** Returns the files of one batch, or of all others. */
  private List<OfFile> files(String batch, boolean others) {
    return files.stream().filter(file -> file.batch().equals(batch) != others).toList();
  }

  /** Returns the files of a batch with rows that say what an earlier one says. */
  public List<OfFile> repeated(String batch) {
    return files(batch, false).stream().filter(file -> file.repeated() > 0).toList();
  }

  /**
   * Returns the counts of a delivery, and apart those of what earlier ones left in quarantine.
   *
   * @param batch the batch delivered
   * @param again how many records of earlier batches were judged with it
   */
  public Map<Counted, Long> of(String batch, long again) {
    List<OfFile> earlier = files(batch, true);
    List<OfFile> delivered = files(batch, false);
    long left = earlier.stream().mapToLong(OfFile::quarantined).sum();
    long same = earlier.stream().mapToLong(OfFile::identical).sum();
    long released = again - left - same;
    Map<Counted, Long> counts = new TreeMap<>();
    counts.put(Counted.READ, all.read() - again);
    counts.put(Counted.ACCEPTED, all.accepted() - released);
    counts.put(Counted.QUARANTINED, all.quarantined() - left);
    counts.put(Counted.IDENTICAL, all.identical() - same);
    counts.put(Counted.WAITING, delivered.stream().mapToLong(OfFile::waiting).sum());
    counts.put(Counted.LEFT, left);
    counts.put(Counted.RELEASED, released);
    return counts;
  }
}

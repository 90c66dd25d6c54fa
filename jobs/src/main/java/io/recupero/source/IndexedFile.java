package io.recupero.source;

import java.util.List;

/**
 * A text file whose records have been counted.
 *
 * @param headerLine where its header is, counted from 1; 0 when it has none
 * @param splits parts to read in parallel; their file number is 0
 * @param found what is a finding of the way it is written
 * @param warnings what was found odd in the way it is written, in English
 */
record IndexedFile(
    TextFile file,
    int headerLine,
    List<Split> splits,
    long bytes,
    List<Found> found,
    List<String> warnings) {

  IndexedFile named(List<String> names) {
    return new IndexedFile(file.named(names), headerLine, splits, bytes, found, warnings);
  }

  /** Puts files together to be read as one frame; columns are those that any of them has. */
  static TextSpec together(List<IndexedFile> files) {
    List<Split> splits = new java.util.ArrayList<>();
    for (int i = 0; i < files.size(); i++) {
      for (Split s : files.get(i).splits()) {
        splits.add(new Split(i, s.start(), s.firstRecord(), s.records()));
      }
    }
    return new TextSpec(
        files.stream().flatMap(f -> f.file().names().stream()).distinct().toList(),
        files.stream().map(IndexedFile::file).toList(),
        splits,
        files.stream().mapToLong(IndexedFile::bytes).sum());
  }
}

package io.recupero.source;

import java.util.List;

/**
 * A text file whose records have been counted.
 *
 * @param splits parts to read in parallel; their file number is 0
 */
record IndexedFile(TextFile file, List<Split> splits, long bytes) {

  IndexedFile named(List<String> names) {
    return new IndexedFile(file.named(names), splits, bytes);
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

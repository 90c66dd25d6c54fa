package io.recupero.source;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Takes files into bronze, copied byte for byte: each content once for each table, and again where
 * the file said something else in between.
 */
public final class Intake {

  private final Bronze bronze;
  private final Set<String> setAside;

  /**
   * @param lake the lake's folder; it is made when it does not exist
   */
  public Intake(Path lake) {
    this(lake, Set.of());
  }

  /**
   * @param lake the lake's folder; it is made when it does not exist
   * @param setAside batches whose files count as never taken
   */
  public Intake(Path lake, Set<String> setAside) {
    this.bronze = Bronze.of(lake);
    this.setAside = Set.copyOf(setAside);
  }

  /**
   * Takes what is new among the offered files. Nothing counts until all of it is there; what a
   * broken-off intake of the same id left behind is thrown away first.
   *
   * @param batch names the batch: letters, digits, dot, dash and underscore
   * @param arrivedAt when the files came; kept with every record
   * @param mapping the name of the mapping that will read them; null for canonical files
   * @return the batch; empty, and nothing written, when all content was taken before
   * @throws SourceException when a file cannot be read or changes meanwhile, or the batch exists
   *     already
   */
  public Batch take(String batch, Instant arrivedAt, String mapping, List<Offered> offered) {
    return take(batch, arrivedAt, mapping, Set.of(), offered);
  }

  /**
   * Does the same.
   *
   * @param earlier names under which the mapping read files before, when it lay elsewhere
   */
  public Batch take(
      String batch, Instant arrivedAt, String mapping, Set<String> earlier, List<Offered> offered) {
    if (!batch.matches("[A-Za-z0-9][A-Za-z0-9._-]*")) {
      throw new SourceException(
          batch,
          "Invalid batch id. Use letters, digits, dots, dashes and underscores; begin with a letter or digit.");
    }
    if (bronze.holds(batch)) {
      throw new SourceException(
          bronze.batchFolder(batch).toString(),
          "Cannot take batch " + batch + " twice. Choose another batch id.");
    }
    try {
      discard(bronze.batchFolder(batch));
      Batch taken = copy(batch, arrivedAt, mapping, earlier, offered);
      if (!taken.isEmpty()) {
        bronze.seal(taken);
      }
      return taken;
    } catch (IOException e) {
      throw new UncheckedIOException(
          "Cannot take batch " + batch + " into " + bronze.batchFolder(batch), e);
    }
  }

  private Batch copy(
      String batch, Instant arrivedAt, String mapping, Set<String> names, List<Offered> offered)
      throws IOException {
    List<Taken> before = taken(mapping, names);
    Map<Offered, BasicFileAttributes> states = new HashMap<>();
    Map<Offered, String> hashes = new HashMap<>();
    for (Offered offer : offered) {
      states.put(offer, attributes(offer.path()));
      hashes.put(offer, read(offer.path(), null));
    }
    Map<String, Taken> known = new HashMap<>();
    before.forEach(taken -> known.putIfAbsent(taken.table() + ":" + taken.sha256(), taken));
    Set<String> sentBack = sentBack(offered, hashes, before);
    List<Taken> files = new ArrayList<>();
    List<Taken> unchanged = new ArrayList<>();
    for (Offered offer :
        offered.stream()
            .sorted(Comparator.comparing(Offered::table).thenComparing(Offered::path))
            .toList()) {
      BasicFileAttributes state = states.get(offer);
      String hash = hashes.get(offer);
      Taken earlier = known.get(offer.table() + ":" + hash);
      if (earlier != null && !sentBack.remove(offer.table() + ":" + hash)) {
        unchanged.add(earlier);
        continue;
      }
      Taken taken = new Taken(offer.table(), freeName(offer, files), state.size(), hash, batch);
      Path target = bronze.path(taken);
      Files.createDirectories(target.getParent());
      requireSame(offer.path(), state, hash, read(offer.path(), target), Files.size(target));
      files.add(taken);
      known.put(offer.table() + ":" + hash, taken);
    }
    return new Batch(batch, arrivedAt, mapping, files, unchanged);
  }

  /**
   * Returns the files taken before, oldest first. The same content means the same records only when
   * the same reader reads it for the same table.
   */
  private List<Taken> taken(String mapping, Set<String> names) {
    return bronze.batches().stream()
        .filter(b -> !setAside.contains(b.id()))
        .filter(
            b ->
                Objects.equals(b.mapping(), mapping)
                    || b.mapping() != null && names.contains(b.mapping()))
        .flatMap(b -> b.files().stream())
        .toList();
  }

  /**
   * Returns the contents that a file has again after it had another: a correction is taken back.
   * Another content that is still offered, as in folders of days, was not replaced by this one,
   * unless this one lies in a later folder of a day.
   */
  private static Set<String> sentBack(
      List<Offered> offered, Map<Offered, String> hashes, List<Taken> before) {
    Map<String, Offered> newest = new TreeMap<>();
    offered.forEach(offer -> newest.put(offer.table() + "/" + fileName(offer), offer));
    Set<String> sentBack = new HashSet<>();
    for (Offered offer : newest.values()) {
      String name = "(\\d+-)?" + Pattern.quote(fileName(offer));
      List<Taken> same =
          before.stream()
              .filter(t -> t.table().equals(offer.table()) && t.name().matches(name))
              .toList();
      if (same.isEmpty()) {
        continue;
      }
      String last = same.get(same.size() - 1).sha256();
      String now = hashes.get(offer);
      boolean came = same.stream().anyMatch(taken -> taken.sha256().equals(now));
      boolean isReplaced =
          hashes.entrySet().stream()
              .noneMatch(
                  it -> it.getKey().table().equals(offer.table()) && it.getValue().equals(last));
      if (came && !last.equals(now) && (isOfADay(offer) || isReplaced)) {
        sentBack.add(offer.table() + ":" + now);
      }
    }
    return sentBack;
  }

  private static boolean isOfADay(Offered offer) {
    Path folder = offer.path().toAbsolutePath().getParent();
    return DatedFolders.isDated(folder)
        || folder.getParent() != null && DatedFolders.isDated(folder.getParent());
  }

  private static String fileName(Offered offer) {
    return offer.path().getFileName().toString();
  }

  private static String freeName(Offered offer, List<Taken> files) {
    String name = offer.path().getFileName().toString();
    String free = name;
    for (int i = 2; taken(files, offer.table(), free); i++) {
      free = i + "-" + name;
    }
    return free;
  }

  private static boolean taken(List<Taken> files, String table, String name) {
    return files.stream().anyMatch(t -> t.table().equals(table) && t.name().equalsIgnoreCase(name));
  }

  private static void requireSame(
      Path file, BasicFileAttributes before, String hash, String copied, long size) {
    BasicFileAttributes after = attributes(file);
    boolean same =
        hash.equals(copied)
            && size == before.size()
            && after.size() == before.size()
            && after.lastModifiedTime().equals(before.lastModifiedTime())
            && Objects.equals(after.fileKey(), before.fileKey());
    if (!same) {
      throw new SourceException(
          file.toString(),
          "Cannot take this file: it changed while it was copied ("
              + before.size()
              + " bytes before, "
              + after.size()
              + " after). Wait until whoever writes it has finished, then run again; nothing was taken.");
    }
  }

  private static BasicFileAttributes attributes(Path file) {
    try {
      return Files.readAttributes(file, BasicFileAttributes.class);
    } catch (IOException e) {
      throw new SourceException(
          file.toString(),
          "Cannot read this file (" + e + "). Check that it exists and that you may read it.");
    }
  }

  /**
   * Reads a file to its end, into the target when there is one, and returns the SHA-256 of what was
   * read.
   */
  private static String read(Path file, Path target) throws IOException {
    MessageDigest digest = sha256();
    try (InputStream in = new DigestInputStream(Files.newInputStream(file), digest);
        OutputStream out =
            target == null ? OutputStream.nullOutputStream() : Files.newOutputStream(target)) {
      byte[] buffer = new byte[1 << 18];
      for (int count = in.read(buffer); count >= 0; count = in.read(buffer)) {
        out.write(buffer, 0, count);
      }
    }
    return HexFormat.of().formatHex(digest.digest());
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every Java has SHA-256", e);
    }
  }

  private static void discard(Path folder) throws IOException {
    if (!Files.exists(folder)) {
      return;
    }
    try (Stream<Path> all = Files.walk(folder)) {
      for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(path);
      }
    }
  }
}

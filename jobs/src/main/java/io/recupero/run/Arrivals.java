package io.recupero.run;

import io.recupero.config.Settings;
import io.recupero.lake.Release;
import io.recupero.plan.Fingerprint;
import io.recupero.plan.Progress;
import io.recupero.source.Batch;
import io.recupero.source.Bronze;
import io.recupero.source.DatedFolders;
import io.recupero.source.InputFolder;
import io.recupero.source.Intake;
import io.recupero.source.MappedFiles;
import io.recupero.source.Mapping;
import io.recupero.source.Mappings;
import io.recupero.source.Offered;
import io.recupero.source.SourceException;
import io.recupero.source.SourceReader;
import io.recupero.source.SourceTables;
import io.recupero.source.Taken;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.spark.sql.SparkSession;

/** What comes into the lake: files into bronze, and out of it as text. */
final class Arrivals {

  private final Settings settings;

  Arrivals(Settings settings) {
    this.settings = settings;
  }

  /**
   * Takes the input's files in; those whose content was taken before are left out, and those in a
   * folder of a day after {@code until}.
   *
   * @param setAside batches whose files count as never taken
   */
  Batch take(
      String batch, Instant arrivedAt, LocalDate until, Set<String> setAside, Progress progress) {
    Optional<Mapping> mapping = settings.source().map(Mappings::load);
    List<Offered> offered;
    if (mapping.isPresent()) {
      offered = mapped(mapping.get(), until);
    } else {
      InputFolder folder = InputFolder.canonical(settings.input().orElseThrow(), until);
      folder.warnings().forEach(progress::warned);
      offered = folder.offered();
    }
    String name = mapping.map(found -> found.path().toAbsolutePath().toString()).orElse(null);
    return new Intake(settings.lake(), setAside)
        .take(batch, arrivedAt, name, mapping.map(this::earlierNames).orElse(Set.of()), offered);
  }

  /** Returns where a mapping lay when it read files that are in the lake already. */
  private Set<String> earlierNames(Mapping mapping) {
    return Bronze.of(settings.lake()).batches().stream()
        .map(Batch::mapping)
        .filter(path -> path != null && isSame(path, mapping))
        .collect(Collectors.toSet());
  }

  /** A mapping in another file is the same one, corrected, where it has its name and sources. */
  private static boolean isSame(String path, Mapping mapping) {
    if (Path.of(path).equals(mapping.path().toAbsolutePath())) {
      return true;
    }
    try {
      Mapping other = Mappings.load(Path.of(path));
      return other.name().equals(mapping.name())
          && other.sources().keySet().equals(mapping.sources().keySet());
    } catch (SourceException e) {
      return false;
    }
  }

  /** Returns the file of the mapping that reads a batch now; null for canonical files. */
  private Path mapping(Batch batch) {
    if (batch.mapping() == null) {
      return null;
    }
    return settings
        .source()
        .map(Mappings::load)
        .filter(mapping -> isSame(batch.mapping(), mapping))
        .map(Mapping::path)
        .orElseGet(() -> Path.of(batch.mapping()));
  }

  /** Returns the hash of the mappings that read batches; nothing where one cannot be read. */
  Optional<String> readBy(List<Batch> batches) {
    Set<String> texts =
        batches.stream()
            .map(this::mapping)
            .filter(path -> path != null)
            .distinct()
            .map(Mappings::text)
            .collect(Collectors.toCollection(TreeSet::new));
    return texts.contains("")
        ? Optional.empty()
        : Optional.of(Fingerprint.ofText(String.join("\n", texts)));
  }

  private List<Offered> mapped(Mapping mapping, LocalDate until) {
    Optional<DatedFolders> dated = settings.input().map(DatedFolders::in).filter(DatedFolders::any);
    return dated.isEmpty()
        ? MappedFiles.find(mapping, settings.input().orElse(null))
        : dated.get().until(until).stream()
            .flatMap(folder -> MappedFiles.find(mapping, folder).stream())
            .toList();
  }

  /** Returns a batch's records as text, by canonical table. */
  SourceTables read(SparkSession spark, Batch batch) {
    SourceReader reader = new SourceReader(spark, settings.lake(), settings.negativeIsCredit());
    Path mapping = mapping(batch);
    return mapping == null ? reader.read(batch) : reader.read(batch, Mappings.load(mapping));
  }

  /** Returns how big a batch's files are together. */
  long bytes(Batch batch) {
    Bronze bronze = Bronze.of(settings.lake());
    try {
      long bytes = 0;
      for (Taken file : batch.files()) {
        bytes += Files.size(bronze.path(file));
      }
      return bytes;
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot look up the size of the files of " + batch.id(), e);
    }
  }

  /** Returns the batches that a release is made of. */
  List<Batch> of(Release release) {
    return Bronze.of(settings.lake()).batches().stream()
        .filter(batch -> release.batches().contains(batch.id()))
        .toList();
  }

  /** Deletes the copies that a broken run took: their files count as never having come. */
  void discard(Set<String> kept) {
    Path bronze = settings.lake().resolve("bronze");
    if (!Files.isDirectory(bronze)) {
      return;
    }
    try (Stream<Path> folders = Files.list(bronze)) {
      for (Path folder : folders.toList()) {
        if (!kept.contains(folder.getFileName().toString())) {
          delete(folder);
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot clear what a broken run left in " + bronze, e);
    }
  }

  private static void delete(Path folder) throws IOException {
    try (Stream<Path> all = Files.walk(folder)) {
      for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(path);
      }
    }
  }
}

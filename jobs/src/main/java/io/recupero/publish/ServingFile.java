package io.recupero.publish;

import io.recupero.contract.Contracts;
import io.recupero.kpi.Card;
import io.recupero.kpi.Cards;
import io.recupero.lake.Release;
import io.recupero.lake.TableFiles;
import io.recupero.mart.AgeingSchemes;
import io.recupero.python.Fingerprint;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The file that dashboards read a release through: {@code LAKE/serving/recupero.duckdb}.
 *
 * <p>It holds views over the Parquet files of the release's versions, and the small tables that
 * charts read. It is made beside the one in use and then put in its place, so that a reader sees
 * one release or the one before it, never a mixture.
 */
public final class ServingFile {

  private static final String NAME = "recupero.duckdb";

  private ServingFile() {}

  /** Returns where the file of a lake lies, whether it is there or not. */
  public static Path of(Path lake) {
    return lake.toAbsolutePath().normalize().resolve("serving").resolve(NAME);
  }

  /**
   * Makes the file for a release.
   *
   * @return the file; empty where the tables lie in an object store: DuckDB's file would have to be
   *     given its secrets, so they are read with Spark instead
   * @throws ServingFileException where it cannot be made; the file before it stays
   */
  public static Optional<Path> write(Path lake, Release release) {
    if (!TableFiles.areLocal(lake)) {
      return Optional.empty();
    }
    Path file = of(lake);
    Path draft = null;
    try {
      Path folder = Files.createDirectories(file.getParent());
      draft = folder.resolve(NAME + "." + release.number() + ".tmp");
      Files.deleteIfExists(draft);
      try (Connection duck = DriverManager.getConnection("jdbc:duckdb:" + draft)) {
        fill(duck, lake, release);
      }
      Files.move(draft, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
      return Optional.of(file);
    } catch (SQLException e) {
      throw new ServingFileException(file, e);
    } catch (IOException e) {
      throw new ServingFileException(file, e);
    } finally {
      delete(draft);
    }
  }

  /**
   * Makes the file where there is none, or one of another release or of another program.
   *
   * @return as {@link #write}
   * @throws ServingFileException as {@link #write}
   */
  public static Optional<Path> refresh(Path lake, Release release) {
    Path file = of(lake);
    return holds(file, lake, release) ? Optional.of(file) : write(lake, release);
  }

  private static boolean holds(Path file, Path lake, Release release) {
    if (!Files.exists(file)) {
      return false;
    }
    Properties readOnly = new Properties();
    readOnly.setProperty("duckdb.read_only", "true");
    try (Connection duck = DriverManager.getConnection("jdbc:duckdb:" + file, readOnly);
        Statement statement = duck.createStatement();
        ResultSet row = statement.executeQuery("SELECT number, made_by FROM meta.release")) {
      return row.next()
          && row.getLong(1) == release.number()
          && row.getString(2).equals(madeBy(lake));
    } catch (SQLException e) {
      return false; // of an earlier version of the program, or broken: it is made anew
    }
  }

  /** Another program may make other views; and views of a lake that was moved lead nowhere. */
  private static String madeBy(Path lake) {
    try {
      Path program =
          Path.of(ServingFile.class.getProtectionDomain().getCodeSource().getLocation().toURI());
      // As a hash: readers of the release need not know where it lies.
      return new Fingerprint()
          .add(Files.getLastModifiedTime(program) + " " + Files.size(program) + " " + of(lake))
          .hex();
    } catch (URISyntaxException | IOException e) {
      throw new IllegalStateException("A program that runs lies somewhere", e);
    }
  }

  private static void fill(Connection duck, Path lake, Release release) throws SQLException {
    Contracts contracts = Contracts.load();
    Cards cards = Cards.load();
    ServedTables served =
        ServedTables.load(contracts, cards, Labels.load(AgeingSchemes.load().on(release.asOf())));
    Set<String> needs =
        cards.all().stream()
            .map(Card::inputs)
            .flatMap(java.util.Collection::stream)
            .collect(Collectors.toSet());
    ServingSchema schema = new ServingSchema(duck, contracts);
    schema.functions();
    schema.tables(TableFiles.of(lake, release));
    schema.release(release, madeBy(lake), needs);
    schema.closes(release.asOf(), cards);
    for (Stored stored : served.stored()) {
      schema.store(stored);
    }
    for (ServedTable table : served.all()) {
      schema.serve(table);
    }
  }

  private static void delete(Path draft) {
    try {
      if (draft != null) {
        Files.deleteIfExists(draft);
      }
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot delete " + draft, e);
    }
  }
}

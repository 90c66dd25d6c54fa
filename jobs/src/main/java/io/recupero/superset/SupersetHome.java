package io.recupero.superset;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The folder that one Superset lives in: its programs, its database, its secrets and its log.
 *
 * <p>Only its owner may read it. Deleting it takes everything away that {@code up} has made.
 */
public record SupersetHome(Path folder) {

  private static final ObjectMapper JSON = new ObjectMapper();

  /** Takes a folder, which need not exist. */
  public SupersetHome {
    folder = folder.toAbsolutePath().normalize();
  }

  /** Returns the home of whoever names none. */
  public static SupersetHome ofUser() {
    return new SupersetHome(Path.of(System.getProperty("user.home"), ".recupero", "superset"));
  }

  /** Returns where the server and what brings in dashboards write what they say. */
  public Path log() {
    return folder.resolve("server.log");
  }

  Path environment() {
    return folder.resolve("venv");
  }

  Path python() {
    return environment().resolve("bin/python");
  }

  Path pidFile() {
    return folder.resolve("server.pid");
  }

  Path assets() {
    return folder.resolve("assets");
  }

  /** Returns what the last {@code up} did; empty where there was none. */
  Optional<State> state() {
    try {
      return Files.exists(stateFile())
          ? Optional.of(JSON.readValue(stateFile().toFile(), State.class)).filter(State::whole)
          : Optional.empty();
    } catch (IOException e) {
      // Written whole or not at all; of another version of the program, it says nothing to us.
      return Optional.empty();
    }
  }

  void remember(State state) {
    Path draft = folder.resolve("up.json.new");
    try {
      JSON.writerWithDefaultPrettyPrinter().writeValue(draft.toFile(), state);
      Files.move(
          draft, stateFile(), StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot write " + stateFile(), e);
    }
  }

  /**
   * Takes the home for one command, making the folder where it is missing.
   *
   * @throws DashboardsException where another command has it
   */
  FileChannel hold() {
    try {
      Files.createDirectories(folder);
      Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwx------"));
      FileChannel channel =
          FileChannel.open(
              folder.resolve(".lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
      if (lock(channel) == null) {
        channel.close();
        throw new DashboardsException(
            "Cannot use "
                + folder
                + ": another `recupero dashboards` is at work there. Wait for it to end.");
      }
      return channel;
    } catch (IOException e) {
      throw new DashboardsException(
          "Cannot use the folder "
              + folder
              + ": "
              + e
              + ". Give another one with --home, or make it writable.",
          e);
    }
  }

  private static FileLock lock(FileChannel channel) throws IOException {
    try {
      return channel.tryLock();
    } catch (OverlappingFileLockException held) {
      return null;
    }
  }

  private Path stateFile() {
    return folder.resolve("up.json");
  }

  /**
   * What the last {@code up} did.
   *
   * @param lake the lake's folder
   * @param serving the file that the figures are read through
   * @param port where the server listens
   * @param engine what answers the queries
   * @param imported the hash of what was brought in: dashboards and programs; empty where that did
   *     not end well
   * @param granted the hash of the access file that users and rules were made by
   * @param served the hash of what the running server was started with
   */
  record State(
      String lake,
      String serving,
      int port,
      String engine,
      String imported,
      String granted,
      String served) {

    /** Tells whether nothing is missing, as it is where another version has written it. */
    private boolean whole() {
      return Stream.of(lake, serving, engine, imported, granted, served).allMatch(Objects::nonNull);
    }
  }
}

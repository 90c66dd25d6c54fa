package io.recupero.python;

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
import java.util.Optional;

/**
 * The folder that one program lives in: its packages, its secrets, its log, and what was done last.
 *
 * <p>Only its owner may read it. Deleting it takes everything away that was made.
 *
 * @param folder the folder, which need not exist
 * @param command the words after {@code recupero} that use it, for messages
 */
public record Home(Path folder, String command) {

  private static final ObjectMapper JSON = new ObjectMapper();

  /** Takes the folder as it is called from the root. */
  public Home {
    folder = folder.toAbsolutePath().normalize();
  }

  /** Returns the home in the folder given, else the one of the user for programs of this name. */
  public static Home of(Path folder, String name, String command) {
    Path ofUser = Path.of(System.getProperty("user.home"), ".recupero", name);
    return new Home(folder == null ? ofUser : folder, command);
  }

  /** Returns where the server, and what is done for it, write what they say. */
  public Path log() {
    return folder.resolve("server.log");
  }

  /** Returns the Python of this home, which need not be there yet. */
  public Path python() {
    return environment().resolve("bin/python");
  }

  Path environment() {
    return folder.resolve("venv");
  }

  Path pidFile() {
    return folder.resolve("server.pid");
  }

  /**
   * Returns what was remembered last; empty where nothing was, or another version of the program
   * did and its words say nothing to this one.
   */
  public <T> Optional<T> state(Class<T> type) {
    try {
      return Files.exists(stateFile())
          ? Optional.of(JSON.readValue(stateFile().toFile(), type))
          : Optional.empty();
    } catch (IOException e) {
      // Written whole or not at all; of another version of the program, it says nothing to us.
      return Optional.empty();
    }
  }

  /** Remembers what has been done, in place of what was remembered before. */
  public void remember(Object state) {
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
   * @throws ProgramException where another command has it
   */
  public FileChannel hold() {
    try {
      Files.createDirectories(folder);
      Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwx------"));
      FileChannel channel =
          FileChannel.open(
              folder.resolve(".lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
      if (lock(channel) == null) {
        channel.close();
        throw new ProgramException(
            "Cannot use "
                + folder
                + ": another `recupero "
                + command
                + "` is at work there. Wait for it to end.");
      }
      return channel;
    } catch (IOException e) {
      throw new ProgramException(
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
}

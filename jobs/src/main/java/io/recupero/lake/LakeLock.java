package io.recupero.lake;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;

/**
 * The right to write to a lake, held by one run at a time.
 *
 * <p>The operating system frees it when its process ends, however it ends: the file may stay, and
 * means nothing by itself.
 */
public final class LakeLock implements AutoCloseable {

  private static final ObjectMapper JSON = new ObjectMapper();

  private final FileChannel channel;

  private LakeLock(FileChannel channel) {
    this.channel = channel;
  }

  /**
   * Takes the lock of a lake.
   *
   * @param command what runs, told to whoever is refused meanwhile
   * @throws LakeHeldException where another run holds it
   */
  public static LakeLock take(Path lake, String command) {
    Path file = lake.toAbsolutePath().normalize().resolve(".lock");
    FileChannel channel = null;
    try {
      Files.createDirectories(file.getParent());
      channel =
          FileChannel.open(
              file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
      if (lock(channel) == null) {
        Holder holder = Holder.read(file);
        channel.close();
        throw new LakeHeldException(file.getParent(), holder);
      }
      Holder.current(command).write(channel);
      return new LakeLock(channel);
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot lock the lake by the file " + file, e);
    }
  }

  /** Gives the lock back. */
  @Override
  public void close() {
    try {
      channel.truncate(0);
      channel.close();
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot free the lake's lock", e);
    }
  }

  /** Returns the lock, or null where anybody holds it, in this process too. */
  private static FileLock lock(FileChannel channel) throws IOException {
    try {
      // The last byte of all, not the text: some systems let nobody read what is locked.
      return channel.tryLock(Long.MAX_VALUE - 1, 1, false);
    } catch (OverlappingFileLockException held) {
      return null;
    }
  }

  /** Who holds a lock: process id, start time and command, each empty where unknown. */
  public record Holder(String pid, String started, String command) {

    static Holder current(String command) {
      ProcessHandle process = ProcessHandle.current();
      String started = process.info().startInstant().map(Instant::toString).orElse("");
      return new Holder(Long.toString(process.pid()), started, command);
    }

    static Holder read(Path file) throws IOException {
      try {
        return JSON.readValue(Files.readString(file), Holder.class);
      } catch (JsonProcessingException e) {
        return new Holder("", "", ""); // it is just being written
      }
    }

    void write(FileChannel channel) throws IOException {
      channel.truncate(0);
      channel.write(
          ByteBuffer.wrap(JSON.writeValueAsString(this).getBytes(StandardCharsets.UTF_8)), 0);
      channel.force(false);
    }

    @Override
    public String toString() {
      return "process " + pid + ", started " + started + ", " + command;
    }
  }
}

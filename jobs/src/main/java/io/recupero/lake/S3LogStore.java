package io.recupero.lake;

import io.delta.storage.S3SingleDriverLogStore;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.util.Arrays;
import java.util.Iterator;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FSDataInputStream;
import org.apache.hadoop.fs.FSDataOutputStream;
import org.apache.hadoop.fs.FSDataOutputStreamBuilder;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Options.CreateFileOptionKeys;
import org.apache.hadoop.fs.Path;

/**
 * Commits to Delta tables in S3 so that of two writers of one version the store itself refuses the
 * second ({@code If-None-Match: *}), in whatever process they are.
 *
 * <p>Delta's own store for S3 asks whether the version is there and then writes over whatever is:
 * safe within one process alone. Public only because Delta makes it by name.
 */
public final class S3LogStore extends S3SingleDriverLogStore {

  /** Made by Delta. */
  public S3LogStore(Configuration hadoop) {
    super(hadoop);
  }

  @Override
  public void write(Path path, Iterator<String> actions, Boolean overwrite, Configuration hadoop)
      throws IOException {
    if (overwrite) {
      super.write(path, actions, true, hadoop);
      return;
    }
    StringBuilder lines = new StringBuilder();
    actions.forEachRemaining(action -> lines.append(action).append('\n'));
    byte[] commit = lines.toString().getBytes(StandardCharsets.UTF_8);
    FileSystem files = path.getFileSystem(hadoop);
    try {
      create(files, path, commit);
    } catch (IOException e) {
      refuseUnlessOurs(files, path, commit, e);
    }
  }

  @Override
  public Boolean isPartialWriteVisible(Path path, Configuration hadoop) {
    return false;
  }

  private static void create(FileSystem files, Path path, byte[] commit) throws IOException {
    FSDataOutputStreamBuilder<?, ?> file = files.createFile(path);
    file.overwrite(false).must(CreateFileOptionKeys.FS_OPTION_CREATE_CONDITIONAL_OVERWRITE, true);
    try (FSDataOutputStream out = file.build()) {
      out.write(commit);
    }
  }

  /**
   * A write whose answer was lost is tried again, and then refused because of itself. A commit
   * holds the id of its transaction, so one that reads as ours is ours.
   */
  private static void refuseUnlessOurs(
      FileSystem files, Path path, byte[] commit, IOException failure) throws IOException {
    byte[] there;
    try (FSDataInputStream in = files.open(path)) {
      there = in.readAllBytes();
    } catch (IOException unreadable) {
      failure.addSuppressed(unreadable);
      throw failure;
    }
    if (!Arrays.equals(there, commit)) {
      FileAlreadyExistsException taken = new FileAlreadyExistsException(path.toString());
      taken.initCause(failure);
      throw taken;
    }
  }
}

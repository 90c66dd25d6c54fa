package io.recupero.run;

import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.DelegateToFileSystem;
import org.apache.hadoop.fs.FSDataOutputStream;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.RawLocalFileSystem;
import org.apache.hadoop.fs.permission.FsPermission;
import org.apache.hadoop.util.Progressable;

/**
 * The local disk under the scheme {@code dying}, which takes so many writes and then no more: what
 * lies on it is what a process leaves that is killed at that write.
 */
public final class DyingFileSystem extends RawLocalFileSystem {

  static final String SCHEME = "dying";

  private static final AtomicLong LEFT = new AtomicLong(Long.MAX_VALUE);
  private static final AtomicLong DONE = new AtomicLong();

  /** Lets so many writes happen; an odd write that is the last is done before it dies. */
  static void dieAfter(long writes) {
    LEFT.set(writes);
    DONE.set(0);
  }

  static void revive() {
    dieAfter(Long.MAX_VALUE);
  }

  /** Returns how many writes there were since it was last told how many to take. */
  static long writes() {
    return DONE.get();
  }

  static void enable(Configuration hadoop) {
    hadoop.set("fs.dying.impl", DyingFileSystem.class.getName());
    hadoop.set("fs.AbstractFileSystem.dying.impl", Context.class.getName());
  }

  private static void write(String what) throws IOException {
    DONE.incrementAndGet();
    if (LEFT.decrementAndGet() < 0) {
      throw new IOException("No space left on device: " + what);
    }
  }

  @Override
  public URI getUri() {
    return URI.create(SCHEME + ":///");
  }

  @Override
  public String getScheme() {
    return SCHEME;
  }

  @Override
  public FSDataOutputStream create(
      Path file,
      FsPermission permission,
      boolean overwrite,
      int buffer,
      short replication,
      long block,
      Progressable progress)
      throws IOException {
    FSDataOutputStream out =
        super.create(file, permission, overwrite, buffer, replication, block, progress);
    try {
      write("create " + file);
    } catch (IOException full) {
      // What is left is half a file, as of a process that died while it wrote.
      out.write("PAR1".getBytes(java.nio.charset.StandardCharsets.UTF_8));
      out.close();
      throw full;
    }
    return out;
  }

  @Override
  public boolean rename(Path from, Path to) throws IOException {
    boolean after = DONE.get() % 2 == 1;
    if (after) {
      boolean done = super.rename(from, to);
      write("after rename to " + to);
      return done;
    }
    write("rename to " + to);
    return super.rename(from, to);
  }

  @Override
  public boolean delete(Path path, boolean recursive) throws IOException {
    write("delete " + path);
    return super.delete(path, recursive);
  }

  /** The same for Hadoop's other interface to file systems. */
  public static final class Context extends DelegateToFileSystem {

    /** Called by Hadoop. */
    public Context(URI uri, Configuration hadoop) throws IOException, URISyntaxException {
      super(uri, new DyingFileSystem(), hadoop, SCHEME, false);
    }
  }
}

package io.recupero.lake;

import java.nio.file.Path;

/** Another run holds the lake. */
public final class LakeHeldException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private final transient LakeLock.Holder holder;

  LakeHeldException(Path lake, LakeLock.Holder holder) {
    super(
        "Cannot write to the lake "
            + lake
            + ": another run holds it ("
            + holder
            + "). Wait until it ends, or choose another lake with --lake.");
    this.holder = holder;
  }

  /** Returns who holds the lake; its fields are empty texts where the lock does not say. */
  public LakeLock.Holder holder() {
    return holder;
  }
}

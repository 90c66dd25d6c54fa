package io.recupero.cli;

import io.recupero.watch.InQuarantine;
import io.recupero.watch.LeftOut;
import io.recupero.watch.Manifest;
import java.util.Map;

/** Tells which records a run did not count, so that it is not found out later. */
final class Quarantined {

  private Quarantined() {}

  static void say(Common common, Manifest manifest) {
    for (InQuarantine it : manifest.quarantine()) {
      String key = "run." + it.state().name().toLowerCase(java.util.Locale.ROOT);
      if (it.earlier()) {
        common.say(key + ".earlier", it.input(), it.records(), it.since().toString());
      } else {
        Map<String, Long> counts = manifest.inputs().getOrDefault(it.input(), Map.of());
        common.say(key, it.input(), it.records(), counts.getOrDefault("read", it.records()));
      }
    }
    for (LeftOut it : manifest.leftOut()) {
      common.say("run.left_out", it.file(), it.rows(), it.sameFile());
    }
  }
}

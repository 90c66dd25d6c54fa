package io.recupero.cli;

import io.recupero.lake.Release;

/** Tells what a run refused, so that it is not found out later. */
final class Quarantined {

  private static final String ENDING = ".quarantined";

  private Quarantined() {}

  static void say(Common common, Release release) {
    release
        .counts()
        .forEach(
            (name, count) -> {
              if (name.endsWith(ENDING) && count > 0) {
                String table = name.substring(0, name.length() - ENDING.length());
                long judged = count + release.counts().getOrDefault(table + ".accepted", 0L);
                common.say("run.quarantined", table, count, judged);
              }
            });
  }
}

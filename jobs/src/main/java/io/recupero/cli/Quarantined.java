package io.recupero.cli;

import io.recupero.contract.Counted;
import io.recupero.lake.Release;

/** Tells what a run refused, so that it is not found out later. */
final class Quarantined {

  private Quarantined() {}

  static void say(Common common, Release release) {
    release
        .counts()
        .forEach(
            (name, count) ->
                Counted.QUARANTINED
                    .input(name)
                    .filter(input -> count > 0)
                    .ifPresent(
                        input -> {
                          long judged = count + Counted.ACCEPTED.in(release.counts(), input);
                          common.say("run.quarantined", input, count, judged);
                        }));
  }
}

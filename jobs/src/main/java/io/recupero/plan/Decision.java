package io.recupero.plan;

import io.recupero.lake.Release.Stamp;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeSet;

/**
 * Whether a job must run.
 *
 * @param job the job's name
 * @param reasons why it must; empty: it is skipped
 */
public record Decision(String job, List<Reason> reasons) {

  /** Copies the reasons. */
  public Decision {
    reasons = List.copyOf(reasons);
  }

  /** Returns whether the job must run. */
  public boolean runs() {
    return !reasons.isEmpty();
  }

  /** Decides by what the job's last run left; {@code last} is null before the first. */
  static Decision of(Job job, Map<String, Long> versions, Stamp last) {
    if (last == null) {
      return new Decision(job.name(), List.of(new Reason(Reason.Kind.FIRST_RUN, "", "", "")));
    }
    List<Reason> reasons = new ArrayList<>();
    for (String input : job.inputs()) {
      // What a job adds to a table that it also reads is no reason to run it again.
      Long seen = last.written().getOrDefault(input, last.read().get(input));
      compare(reasons, Reason.Kind.INPUT_MOVED, input, seen, versions.get(input));
    }
    for (String output : job.outputs()) {
      if (!versions.containsKey(output)) {
        reasons.add(new Reason(Reason.Kind.OUTPUT_MISSING, output, "", ""));
      }
    }
    TreeSet<String> names = new TreeSet<>(last.settings().keySet());
    names.addAll(job.settings().keySet());
    for (String name : names) {
      compare(
          reasons,
          Reason.Kind.SETTING_CHANGED,
          name,
          last.settings().get(name),
          job.settings().get(name));
    }
    return new Decision(job.name(), reasons);
  }

  private static void compare(
      List<Reason> reasons, Reason.Kind kind, String name, Object before, Object after) {
    if (!Objects.equals(before, after)) {
      reasons.add(
          new Reason(kind, name, Objects.toString(before, ""), Objects.toString(after, "")));
    }
  }
}

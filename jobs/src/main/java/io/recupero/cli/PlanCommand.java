package io.recupero.cli;

import io.recupero.config.Settings;
import io.recupero.plan.Decision;
import io.recupero.plan.Reason;
import io.recupero.run.Pipeline;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Tells which jobs would run, and why. */
@Command(name = "plan")
final class PlanCommand implements Callable<Integer> {

  @Mixin private Common common;
  @Mixin private Clocks clocks;

  @Override
  public Integer call() {
    Settings settings = common.settings();
    Messages messages = common.messages();
    List<List<Object>> rows = new ArrayList<>();
    for (Decision decision : Pipeline.decide(settings, clocks.asOf(settings))) {
      List<Object> row = new ArrayList<>();
      row.add(decision.job());
      row.add(decision.runs());
      row.add(
          decision.runs()
              ? decision.reasons().stream()
                  .map(reason -> text(messages, reason))
                  .collect(Collectors.joining("; "))
              : messages.text("reason.skipped"));
      rows.add(row);
    }
    common.print(new Table(List.of("job", "runs", "why"), rows));
    return 0;
  }

  private static String text(Messages messages, Reason reason) {
    return messages.text(
        "reason." + reason.kind().name().toLowerCase(Locale.ROOT),
        reason.name(),
        reason.before(),
        reason.after());
  }
}

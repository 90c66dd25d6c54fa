package io.recupero.risk;

import com.fasterxml.jackson.annotation.JsonFormat;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;

/**
 * All that must be known of a trained model of late payment: what {@code LAKE/models/risk/<number>}
 * keeps beside Spark's own files.
 *
 * @param number 1 for a lake's first model, then counting up
 * @param asOf the date that outcomes are known to
 * @param knownAt their knowledge time
 * @param release the release it was trained on
 * @param seed what it draws on: the same release, date and seed give the same model
 * @param graceDays days after the due date that do not count as late
 * @param rows rows it was trained on, by target: documents at closes
 * @param judgements what it is worth, by target
 * @param baselines what it has to beat, learned of all rows, by target
 * @param reference usual values of the model's columns by slot name, against which reasons are told
 */
public record RiskCard(
    long number,
    @JsonFormat(shape = JsonFormat.Shape.STRING) LocalDate asOf,
    @JsonFormat(shape = JsonFormat.Shape.STRING) Instant knownAt,
    long release,
    long seed,
    int graceDays,
    Map<Target, Long> rows,
    Map<Target, Judgement> judgements,
    Map<Target, Baselines> baselines,
    List<Slot> reference) {

  /**
   * A place in the vector that the late-payment model reads.
   *
   * @param name the slot's name
   * @param usual its median
   */
  public record Slot(String name, double usual) {}

  /** Returns the name of what is offered for a target, such as {@code risk-3:gbt}. */
  public String offered(Target target) {
    return "risk-" + number + ":" + judgements.get(target).offered();
  }
}

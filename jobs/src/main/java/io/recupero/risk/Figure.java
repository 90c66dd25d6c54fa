package io.recupero.risk;

/**
 * A measure of a model, or its advantage over another.
 *
 * @param target late or days
 * @param model the model
 * @param over the model it is compared with; null: the measure itself. An advantage is above 0
 *     where the model is better, whichever way the measure goes
 * @param measure auc, pr_auc, brier, calibration_slope, calibration_intercept, lift_10, lift_20;
 *     mae, rmse, bias
 * @param value the figure; null where it has none
 * @param low lower 95 % limit, by customers drawn again with replacement; null without value
 * @param high upper limit
 */
public record Figure(
    String target,
    String model,
    String over,
    String measure,
    Double value,
    Double low,
    Double high) {}

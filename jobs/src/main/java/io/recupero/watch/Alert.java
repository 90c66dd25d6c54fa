package io.recupero.watch;

import io.recupero.contract.Text;
import java.math.BigDecimal;

/**
 * An alert that has fired.
 *
 * @param alert its id
 * @param kpi the figure
 * @param slice of what, such as {@code segment=sme, currency=CLP}; empty: all
 * @param severity info, warning or critical
 * @param value the figure, or its change, in the unit of its card
 * @param bound the threshold crossed
 * @param text what to tell people
 */
public record Alert(
    String alert,
    String kpi,
    String slice,
    String severity,
    BigDecimal value,
    BigDecimal bound,
    Text text) {}

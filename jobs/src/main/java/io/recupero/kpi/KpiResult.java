package io.recupero.kpi;

import java.util.List;

/**
 * The answer to a question.
 *
 * @param query the question
 * @param rows the figures: by KPI as asked, then date, then group
 * @param rates the exchange rates that were at hand for the conversion asked for
 */
public record KpiResult(KpiQuery query, List<KpiRow> rows, List<Rate> rates) {}

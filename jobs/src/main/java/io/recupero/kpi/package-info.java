/**
 * KPI cards and what answers a question with them.
 *
 * <p>A card (schemas/kpis/*.yaml) is one SQL formula over one mart; {@link io.recupero.kpi.Cards}
 * reads and judges them, {@link io.recupero.kpi.Kpis} evaluates a {@link io.recupero.kpi.KpiQuery},
 * and {@link io.recupero.kpi.Incidence} holds the statistics of days to recover.
 */
package io.recupero.kpi;

/**
 * Who will pay late, whom to contact next, and what cash to expect: models of late payment ({@link
 * io.recupero.risk.RiskTraining}), kept in the lake ({@link io.recupero.risk.RiskModels}), and the
 * tables that a run makes with the one in use.
 */
package io.recupero.risk;

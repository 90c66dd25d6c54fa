/**
 * What every table is, and which records keep to it.
 *
 * <p>{@link io.recupero.contract.Contracts} reads schemas/contracts/, the only place where a schema
 * is written. {@link io.recupero.contract.Judge} applies them: a record that breaks no rule goes to
 * silver, any other to quarantine with every reason.
 */
package io.recupero.contract;

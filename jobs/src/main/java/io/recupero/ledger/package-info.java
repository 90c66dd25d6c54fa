/**
 * From documents to balances: one walk over a customer's documents in date order, and the events
 * that come out of it.
 *
 * <p>Read in this order: {@link io.recupero.ledger.EventKind} (what can happen to a receivable),
 * {@link io.recupero.ledger.Document} (what a source record is), {@link io.recupero.ledger.Books}
 * (what is owed and what waits, on one day), {@link io.recupero.ledger.Walk} (the order of things,
 * on both clocks), {@link io.recupero.ledger.Ledger} (the same, for all customers, on Spark).
 */
package io.recupero.ledger;

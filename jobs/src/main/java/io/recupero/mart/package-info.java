/**
 * From the ledger to marts of additive deltas: what each receivable contributes to a figure,
 * written down on the days on which that changes.
 *
 * <p>The value of a part at a date is the sum of its deltas up to that date. Month-to-date parts
 * fall back to nothing on the first of the month; a customer that moves to another segment takes
 * its parts along. So every figure, of every date, by every dimension, is one sum.
 *
 * <p>A mart is one class that implements {@link io.recupero.mart.Mart}: which days matter, and what
 * a receivable contributes at the close of a day. {@link io.recupero.mart.Sweep} does the rest.
 */
package io.recupero.mart;

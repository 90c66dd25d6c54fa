/**
 * Segments that are found rather than thought up: customers grouped by likeness, and the rules that
 * tell people what was found. What Spark ML fits is only proposed; who is in which segment stays a
 * file of rules.
 */
package io.recupero.segment.learned;

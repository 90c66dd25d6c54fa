/**
 * The Superset that shows the dashboards: its home on this machine, its start and end, and the way
 * of dashboards into a Superset that a company already has.
 *
 * <p>What runs inside Superset is Python, in the folder {@code superset/server}; this package
 * installs it, starts it and says what went wrong.
 */
package io.recupero.superset;

/**
 * Small tables that people and dashboards read, made of the marts: the bridge of each month, why
 * the index moved, whether everything reconciles.
 */
package io.recupero.summary;

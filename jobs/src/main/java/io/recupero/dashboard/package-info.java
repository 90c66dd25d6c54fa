/**
 * The dashboards: charts and layouts made by hand in superset/, checked, and turned with the served
 * tables into the folder of assets that a Superset takes in.
 */
package io.recupero.dashboard;

package io.recupero.cli;

import java.util.List;

/**
 * Rows to print.
 *
 * @param columns the names of the columns
 * @param rows a value for each column: text, number, date, time, truth, or null
 */
record Table(List<String> columns, Iterable<List<Object>> rows) {}

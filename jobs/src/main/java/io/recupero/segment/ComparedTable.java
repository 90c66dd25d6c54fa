package io.recupero.segment;

import java.util.List;

/**
 * One table of a comparison.
 *
 * @param id what programs call it
 * @param columns the names of its columns
 * @param rows a value for each column: text, date, whole number, decimal, or null
 */
public record ComparedTable(String id, List<String> columns, List<List<Object>> rows) {}

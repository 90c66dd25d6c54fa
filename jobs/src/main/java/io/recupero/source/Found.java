package io.recupero.source;

/**
 * What is odd in the form of a file, and was read all the same.
 *
 * @param kind a kind of the contract {@code gold.findings}, which has its text
 * @param table the input it is about; null for the file as a whole
 * @param column the column it is about; null for none
 * @param file label of the file
 * @param records in how many records
 * @param value what is there, such as the encoding; null for nothing to show
 */
public record Found(
    String kind, String table, String column, String file, long records, String value) {}

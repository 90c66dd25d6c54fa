package io.recupero.contract;

import java.util.Map;

/**
 * A column that names a record of another table, or of its own (a reversal names its original).
 *
 * @param id the reason given where no accepted record has that name
 * @param column the column that names it
 * @param table the input named, such as invoices
 * @param target the column of that table
 * @param alias how rules call the record found, as in {@code invoice.currency}
 * @param alwaysChecked whether it is checked even where the input named was never delivered
 * @param kept whether a record that names an unknown one is accepted all the same, with a finding
 * @param carries columns that silver adds to the record, each with the column of the record named
 *     that it is taken from, as it stands when the record is judged; null where nothing is named
 */
public record Reference(
    String id,
    String column,
    String table,
    String target,
    String alias,
    boolean alwaysChecked,
    boolean kept,
    Map<String, String> carries) {}

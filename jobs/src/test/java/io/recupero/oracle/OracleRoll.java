package io.recupero.oracle;

import java.time.LocalDate;
import java.util.List;

/**
 * One cell of the roll matrix of the month to a date.
 *
 * @param dimensions in the order asked for; an element is null where the attribute is missing
 * @param from a bucket, new or charges
 * @param to a bucket, paid, credited, written_off or restructured
 * @param amount null where an exchange rate is missing
 * @param count invoices; 0 for charges
 * @param share of the row's amount, from 0 to 1
 */
public record OracleRoll(
    LocalDate asOf,
    List<String> dimensions,
    String from,
    String to,
    Double amount,
    long count,
    Double share) {}

package io.recupero.sample;

import java.util.Map;

/**
 * What was written.
 *
 * @param rows rows of each file, by table name such as {@code invoices}, faulty ones included
 * @param cases awkward stories told, by id such as {@code bounced_cheque}; every id is there
 * @param flaws records that break a rule, by id such as {@code due_before_issue}; every id is there
 */
public record GeneratorReport(
    Map<String, Long> rows, Map<String, Long> cases, Map<String, Long> flaws) {}

package io.recupero.config;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.nio.file.Path;
import java.time.ZoneId;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The settings of a run.
 *
 * @param timezone the creditor's time zone: what day it is there decides the day of a record
 * @param reportingCurrency the ISO 4217 code that amounts are converted to where nobody names one
 * @param segments where a customer's segment comes from
 * @param maxQuarantinedShare the greatest share of a table's delivered records that may be refused
 *     before a run fails; 0.05 is five percent
 * @param maxQuarantinedRecords so many refused records of a table never make a run fail, whatever
 *     their share
 * @param negativeIsCredit whether a negative invoice of a canonical file is a credit note
 * @param maxDaysAhead how many days after its arrival a record may be dated
 * @param automaticAllocation whether unapplied cash goes to the oldest open invoices
 * @param graceDays days after the due date that do not count as overdue
 * @param dueOnBusinessDay whether a due date on a weekend or holiday moves to the next business day
 * @param contactRules the switches of the contact rules that are on
 * @param checks a file of the user's own over schemas/rules/checks.yaml, absolute
 * @param alerts a file of the user's own in place of schemas/rules/alerts.yaml, absolute
 * @param lake the folder of the lake, absolute
 * @param tables where the tables lie apart from that folder: a folder, absolute, or a URI such as
 *     s3a://bucket/lake, without a slash at its end
 * @param input the folder of the input files, absolute
 * @param source the mapping file that brings the input into the canonical shape, absolute
 */
public record Settings(
    ZoneId timezone,
    Optional<String> reportingCurrency,
    Segments segments,
    BigDecimal maxQuarantinedShare,
    int maxQuarantinedRecords,
    boolean negativeIsCredit,
    int maxDaysAhead,
    boolean automaticAllocation,
    int graceDays,
    boolean dueOnBusinessDay,
    List<String> contactRules,
    Optional<Path> checks,
    Optional<Path> alerts,
    Path lake,
    Optional<String> tables,
    Optional<Path> input,
    Optional<Path> source) {

  /** Where a customer's segment comes from. */
  public enum Segments {
    /** The customers file's own column where the file has it, else the rules. */
    GIVEN,
    /** schemas/rules/segments.yaml, always. */
    RULES
  }

  /** Returns the same settings with segments from elsewhere. */
  public Settings with(Segments segments) {
    return new Settings(
        timezone,
        reportingCurrency,
        segments,
        maxQuarantinedShare,
        maxQuarantinedRecords,
        negativeIsCredit,
        maxDaysAhead,
        automaticAllocation,
        graceDays,
        dueOnBusinessDay,
        contactRules,
        checks,
        alerts,
        lake,
        tables,
        input,
        source);
  }

  /** Returns how many records of a table may be refused where so many were delivered. */
  public long refusedAllowed(long delivered) {
    long share =
        maxQuarantinedShare
            .multiply(BigDecimal.valueOf(delivered))
            .setScale(0, RoundingMode.FLOOR)
            .longValueExact();
    return Math.max(share, maxQuarantinedRecords);
  }

  /** Returns the settings that figures depend on, by key; where files lie is not among them. */
  public Map<String, String> figures() {
    Map<String, String> figures = new LinkedHashMap<>();
    figures.put("timezone", timezone.getId());
    figures.put("reporting_currency", reportingCurrency.orElse(""));
    figures.put("segments", segments.name().toLowerCase(java.util.Locale.ROOT));
    figures.put("automatic_allocation", Boolean.toString(automaticAllocation));
    figures.put("grace_days", Integer.toString(graceDays));
    figures.put("due_on_business_day", Boolean.toString(dueOnBusinessDay));
    figures.put("contact_rules", String.join(",", contactRules));
    return figures;
  }
}

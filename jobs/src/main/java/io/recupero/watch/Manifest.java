package io.recupero.watch;

import com.fasterxml.jackson.annotation.JsonFormat;
import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;

/**
 * What a run did, for operators and programs: {@code LAKE/runs/<run_id>.json}.
 *
 * @param runId the run; one that did not publish leaves its id to the next
 * @param status how it ended
 * @param failure why it did not publish; null where it did, or had nothing to
 * @param command what was typed
 * @param asOf the date that its figures are computed to
 * @param knownAt the knowledge time that they include
 * @param startedAt when it began, by the machine's clock
 * @param seconds how long it took in all
 * @param release the release that is current after it; 0 where there is none
 * @param inputs input to what judging counted of it: read, accepted, quarantined, identical, and
 *     the further ones of {@link io.recupero.contract.Counted}
 * @param leftOut files that rows were left out of, because an earlier row says the same
 * @param quarantine what is in quarantine after it, by input; empty where it did not publish
 * @param tables one for each table of each job, in the order of the plan
 * @param checks what was looked at; empty where the run failed before
 * @param alerts what fired
 * @param findings what is odd and kept no record out; where nothing was new, those of the release
 * @param figures headline figures at the as-of date; where nothing was new, those of the release
 */
public record Manifest(
    String runId,
    Status status,
    Failure failure,
    String command,
    @JsonFormat(shape = JsonFormat.Shape.STRING) LocalDate asOf,
    @JsonFormat(shape = JsonFormat.Shape.STRING) Instant knownAt,
    @JsonFormat(shape = JsonFormat.Shape.STRING) Instant startedAt,
    BigDecimal seconds,
    long release,
    Map<String, Map<String, Long>> inputs,
    List<LeftOut> leftOut,
    List<InQuarantine> quarantine,
    List<OfTable> tables,
    List<Check> checks,
    List<Alert> alerts,
    List<Finding> findings,
    List<Figure> figures) {

  /** Manifests of earlier versions of the program lack some of the lists. */
  public Manifest {
    leftOut = leftOut == null ? List.of() : leftOut;
    quarantine = quarantine == null ? List.of() : quarantine;
    findings = findings == null ? List.of() : List.copyOf(findings);
  }

  /** How a run ended. */
  public enum Status {
    /** A release was published. */
    @JsonProperty("published")
    PUBLISHED,
    /** Nothing had moved: the release before stands. */
    @JsonProperty("nothing_new")
    NOTHING_NEW,
    /** A check stopped it: nothing was published. */
    @JsonProperty("stopped")
    STOPPED,
    /** It broke: nothing was published. */
    @JsonProperty("failed")
    FAILED;

    /** Returns the word that manifests, logs and metrics use. */
    public String word() {
      return name().toLowerCase(java.util.Locale.ROOT);
    }
  }

  /**
   * What became of one table.
   *
   * @param version its version after the run
   * @param rows rows written; 0 where the job was skipped, null where nobody counted
   * @param seconds how long its job took, with all its tables
   * @param skipped whether its job was skipped
   * @param reasons why its job ran
   */
  public record OfTable(
      String job,
      String table,
      long version,
      Long rows,
      BigDecimal seconds,
      boolean skipped,
      List<String> reasons) {}

  /** Returns whether a release stands that says what the run would. */
  @JsonIgnore
  public boolean isGood() {
    return status == Status.PUBLISHED || status == Status.NOTHING_NEW;
  }
}

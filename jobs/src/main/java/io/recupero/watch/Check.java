package io.recupero.watch;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.recupero.contract.Text;
import java.math.BigDecimal;

/**
 * What a check found in one slice.
 *
 * @param check the key of schemas/rules/checks.yaml
 * @param slice what it looked at; empty: all
 * @param severity what it does where it fails
 * @param passed whether it held
 * @param value what was found; null where there was nothing to find
 * @param bound the limit that it is held against; null where there is none
 * @param text the finding, for readers
 */
public record Check(
    String check,
    String slice,
    Severity severity,
    boolean passed,
    BigDecimal value,
    BigDecimal bound,
    Text text) {

  /** What a failing check does. */
  public enum Severity {
    /** Nothing is published. */
    @JsonProperty("stop")
    STOP,
    /** The release is published, and people are told. */
    @JsonProperty("warn")
    WARN,
    /** It is not looked at. */
    @JsonProperty("off")
    OFF
  }

  /** Returns whether it is to be told. */
  public boolean failed() {
    return !passed;
  }

  boolean stops() {
    return !passed && severity == Severity.STOP;
  }
}

package io.recupero.mart;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.recupero.rules.InvalidRulesException;
import java.time.LocalDate;
import org.junit.jupiter.api.Test;

class AgeingSchemesTest {

  @Test
  void theProgramCarriesTheBucketsOfTheDefinitions() {
    assertThat(AgeingSchemes.load().on(LocalDate.of(2026, 3, 31)).labels())
        .containsExactly("current", "1-30", "31-60", "61-90", "91-180", "181+");
  }

  @Test
  void aRunUsesTheVersionInForceOnItsDate() {
    AgeingSchemes schemes =
        AgeingSchemes.parse(
            "a",
            """
            id: standard
            versions:
              - valid_to: 2025-12-31
                buckets: [{label: current}, {label: late, from_day: 1}]
              - valid_from: 2026-01-01
                buckets: [{label: current}, {label: 1-45, from_day: 1}, {label: 46+, from_day: 46}]
            """);
    assertThat(schemes.on(LocalDate.of(2025, 12, 31)).bucketOf(46)).isEqualTo("late");
    AgeingScheme now = schemes.on(LocalDate.of(2026, 1, 1));
    assertThat(now.bucketOf(0)).isEqualTo("current");
    assertThat(now.bucketOf(45)).isEqualTo("1-45");
    assertThat(now.bucketOf(46)).isEqualTo("46+");
  }

  @Test
  void allProblemsAreToldAtOnceWithTheirLines() {
    String bad =
        """
        id: standard
        versions:
          - valid_to: 2025-12-31
            buckets:
              - {label: current, from_day: 0}
              - {label: early, from_day: 2}
              - {label: early, from_day: 2}
              - {label: late, fromday: 61}
          - valid_from: 2026-02-01
            valid_to: soon
            buckets: [{label: current}]
        """;
    assertThat(
            catchThrowableOfType(
                    InvalidRulesException.class, () -> AgeingSchemes.parse("ageing.yaml", bad))
                .problems())
        .containsExactlyInAnyOrder(
            "ageing.yaml:5: the bucket current is the first, for what is not overdue. Delete its from_day.",
            "ageing.yaml:6: the bucket early begins on day 2, but debt is overdue from day 1. Write 1.",
            "ageing.yaml:7: the bucket early is there twice. Rename one.",
            "ageing.yaml:7: the bucket early begins on day 2, the one before it on day 2. Put them in order.",
            "ageing.yaml:8: a bucket has no key fromday. Did you mean from_day? Keys are label, from_day.",
            "ageing.yaml:8: the bucket late has no from_day. Add the day it begins.",
            "ageing.yaml:9: there are fewer than two buckets. Add one for what is not overdue, and others.",
            "ageing.yaml:10: valid_to is no date. Write it as 2026-01-01.",
            "ageing.yaml:9: no rules hold between 2025-12-31 and 2026-02-01. Let these begin the day after those before end.");
  }
}

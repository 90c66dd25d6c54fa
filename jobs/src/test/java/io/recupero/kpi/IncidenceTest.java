package io.recupero.kpi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.recupero.Shared;
import io.recupero.kpi.Exits.Kind;
import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import java.util.Random;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class IncidenceTest {

  @Test
  void competingExitsKeepPaidBelowWhatKaplanMeierSays() {
    // four invoices: paid on day 10, written off on 20, paid on 30, seen for 40 and open
    Incidence curve = Incidence.of(exits("10 PAID", "20 OTHER", "30 PAID", "40 CENSORED"));
    assertThat(curve.paidBy(10)).hasValue(0.25);
    assertThat(curve.paidBy(20)).hasValue(0.25);
    assertThat(curve.paidBy(29)).hasValue(0.25);
    assertThat(curve.paidBy(30)).hasValue(0.5);
    assertThat(curve.paidQuantile(0.5)).hasValue(30);
    assertThat(curve.exitQuantile(0.5)).hasValue(20);
  }

  @Test
  void endsComeBeforeCensoringsOnOneDay() {
    Incidence curve = Incidence.of(exits("10 CENSORED", "10 PAID"));
    assertThat(curve.paidBy(10)).hasValue(0.5);
  }

  @Test
  void nothingIsSaidBeyondTheLastDaySeenUnlessAllHasEnded() {
    Incidence open = Incidence.of(exits("10 PAID", "20 CENSORED"));
    assertThat(open.paidBy(20)).hasValue(0.5);
    assertThat(open.paidBy(21)).isEmpty();
    assertThat(open.paidMean(365)).isEmpty();
    Incidence tied = Incidence.of(exits("10 PAID", "20 PAID", "20 CENSORED"));
    assertThat(tied.paidBy(21)).as("what is censored was the last one seen").isEmpty();
    Incidence ended = Incidence.of(exits("10 PAID", "20 OTHER"));
    assertThat(ended.paidBy(21)).hasValue(0.5);
    assertThat(ended.paidMean(365)).hasValue(10 + 0.5 * 355);
  }

  @Test
  void aShareReachedOnlyThroughRoundedThirdsIsReached() {
    Incidence curve =
        Incidence.of(exits("1 PAID", "2 PAID", "3 PAID", "4 CENSORED", "4 CENSORED", "4 CENSORED"));
    assertThat(curve.paidQuantile(0.5)).hasValue(3);
  }

  @Test
  void weightsStandForCounts() {
    Exits weighted =
        new Exits().add(5, Kind.PAID, 3).add(9, Kind.OTHER, 1).add(12, Kind.CENSORED, 2);
    Incidence counted =
        Incidence.of(exits("5 PAID", "5 PAID", "5 PAID", "9 OTHER", "12 CENSORED", "12 CENSORED"));
    Incidence curve = Incidence.of(weighted);
    assertThat(curve.paidBy(12)).isEqualTo(counted.paidBy(12));
    assertThat(curve.paidQuantileHigh(0.5)).isEqualTo(counted.paidQuantileHigh(0.5));
    assertThat(curve.exitQuantileLow(0.5)).isEqualTo(counted.exitQuantileLow(0.5));
  }

  @Test
  void aCurveOfNothingAnswersNothing() {
    Incidence curve = Incidence.of(new Exits());
    assertThat(curve.paidQuantile(0.5)).isEmpty();
    assertThat(curve.exitQuantileHigh(0.5)).isEmpty();
    assertThat(curve.paidBy(30)).isEmpty();
    assertThat(curve.paidMean(365)).isEmpty();
  }

  @Test
  void limitsOfThirteenInvoicesAreThoseWorkedOutSeparately() {
    Incidence curve =
        Incidence.of(
            exits(
                "1 PAID",
                "1 PAID",
                "6 PAID",
                "7 PAID",
                "11 PAID",
                "15 PAID",
                "45 OTHER",
                "66 PAID",
                "67 PAID",
                "76 OTHER",
                "81 CENSORED",
                "92 CENSORED",
                "134 OTHER"));
    assertThat(curve.paidQuantile(0.5)).hasValue(66);
    assertThat(curve.paidQuantileLow(0.5)).hasValue(7);
    assertThat(curve.paidQuantileHigh(0.5)).isEmpty();
    assertThat(curve.exitQuantile(0.5)).hasValue(45);
    assertThat(curve.exitQuantileLow(0.5)).hasValue(7);
    assertThat(curve.exitQuantileHigh(0.5)).hasValue(134);
    assertThat(curve.paidMean(365).getAsDouble()).isCloseTo(153.769230769231, within(1e-9));
  }

  @Test
  void lungGivesTheMediansThatArePublished() throws IOException {
    Incidence all = Incidence.of(lung(row -> true));
    assertThat(all.exitQuantile(0.5)).hasValue(310);
    assertThat(all.exitQuantileLow(0.5)).hasValue(285);
    assertThat(all.exitQuantileHigh(0.5)).hasValue(363);
    assertThat(Incidence.of(lung(row -> row[4].equals("1"))).exitQuantile(0.5)).hasValue(270);
    assertThat(Incidence.of(lung(row -> row[4].equals("2"))).exitQuantile(0.5)).hasValue(426);
  }

  @Test
  void boneMarrowTransplantsGiveTheIncidenceComputedSeparately() throws IOException {
    // Scrucca, Santucci, Aversa 2007; in disease 0 nobody is censored before day 35: 3 of 17
    assertThat(boneMarrow("0").paidBy(34).getAsDouble()).isCloseTo(3 / 17.0, within(1e-12));
    assertThat(boneMarrow("1").paidBy(4).getAsDouble()).isCloseTo(0.2951388888889, within(1e-12));
    assertThat(boneMarrow("1").paidBy(70).getAsDouble()).isCloseTo(0.368185763889, within(1e-12));
    assertThat(boneMarrow("1").paidBy(71)).isEmpty();
  }

  @Test
  @Timeout(20) // one second on an idle machine
  void aMillionExitsAreOneSort() {
    Random random = new Random(7);
    Exits exits = new Exits();
    for (int i = 0; i < 1_000_000; i++) {
      exits.add(random.nextInt(900), Kind.values()[random.nextInt(3)], 1);
    }
    assertThat(Incidence.of(exits).paidQuantile(0.2)).isPresent();
  }

  private static Exits exits(String... each) {
    Exits exits = new Exits();
    for (String exit : each) {
      String[] parts = exit.split(" ");
      exits.add(Integer.parseInt(parts[0]), Kind.valueOf(parts[1]), 1);
    }
    return exits;
  }

  private static Exits lung(Predicate<String[]> wanted) throws IOException {
    Exits exits = new Exits();
    for (String line : shared("survival/lung.csv").subList(1, 229)) {
      String[] row = line.split(",", -1);
      if (wanted.test(row)) {
        exits.add(Integer.parseInt(row[1]), row[2].equals("1") ? Kind.PAID : Kind.CENSORED, 1);
      }
    }
    return exits;
  }

  private static Incidence boneMarrow(String disease) throws IOException {
    Exits exits = new Exits();
    for (String line : shared("survival/bmt.arff")) {
      if (line.startsWith(disease + ",")) {
        String[] row = line.split(",");
        Kind kind =
            switch (row[2]) {
              case "1" -> Kind.PAID;
              case "2" -> Kind.OTHER;
              default -> Kind.CENSORED;
            };
        exits.add(Integer.parseInt(row[1]), kind, 1);
      }
    }
    return Incidence.of(exits);
  }

  private static List<String> shared(String file) throws IOException {
    return Files.readAllLines(Shared.folder("data").resolve(file));
  }
}

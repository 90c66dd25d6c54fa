package io.recupero.cli;

import io.recupero.config.InvalidConfigException;
import io.recupero.config.Names;
import io.recupero.risk.Decile;
import io.recupero.risk.Figure;
import io.recupero.risk.Judgement;
import io.recupero.risk.Target;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/** Prints what models of late payment are worth. */
final class RiskTables {

  private static final String OFFERED = "offered";
  private static final String FIGURES = "figures";
  private static final String DECILES = "deciles";
  private static final List<String> ALL = List.of(OFFERED, FIGURES, DECILES);
  private static final int DECIMALS = 4;

  private RiskTables() {}

  static void check(String only) {
    if (only != null && !ALL.contains(only)) {
      throw new InvalidConfigException(
          "Invalid --table %s.%s There are %s."
              .formatted(only, Names.didYouMean(only, ALL), String.join(", ", ALL)));
    }
  }

  static void print(Common common, Map<Target, Judgement> judgements, String only) {
    List<String> wanted =
        only != null ? List.of(only) : common.format() == Format.TABLE ? ALL : List.of(FIGURES);
    for (String id : wanted) {
      if (wanted.size() > 1) {
        common.out().println();
        common.out().println(common.messages().text("risk.table." + id));
      }
      common.print(table(common, id, judgements));
    }
  }

  private static Table table(Common common, String id, Map<Target, Judgement> judgements) {
    return switch (id) {
      case OFFERED -> offered(common, judgements);
      case FIGURES -> figures(judgements);
      default -> deciles(judgements);
    };
  }

  private static Table offered(Common common, Map<Target, Judgement> judgements) {
    List<List<Object>> rows = new ArrayList<>();
    for (Judgement it : judgements.values()) {
      rows.add(
          Arrays.asList(
              it.target().id(),
              it.offered(),
              common.messages().text("risk.verdict." + (it.passed() ? "passed" : it.reason())),
              it.documents(),
              it.customers(),
              it.late()));
    }
    return new Table(List.of("target", OFFERED, "verdict", "documents", "customers", "late"), rows);
  }

  private static Table figures(Map<Target, Judgement> judgements) {
    List<List<Object>> rows = new ArrayList<>();
    for (Judgement judgement : judgements.values()) {
      for (Figure it : judgement.figures()) {
        rows.add(
            Arrays.asList(
                it.target(),
                it.model(),
                it.over(),
                it.measure(),
                decimal(it.value()),
                decimal(it.low()),
                decimal(it.high())));
      }
    }
    return new Table(List.of("target", "model", "over", "measure", "value", "low", "high"), rows);
  }

  private static Table deciles(Map<Target, Judgement> judgements) {
    List<List<Object>> rows = new ArrayList<>();
    for (Judgement judgement : judgements.values()) {
      for (Decile it : judgement.deciles()) {
        rows.add(
            Arrays.asList(
                it.model(), it.decile(), it.documents(), decimal(it.said()), decimal(it.late())));
      }
    }
    return new Table(List.of("model", "decile", "documents", "said_percent", "late_percent"), rows);
  }

  private static BigDecimal decimal(Double value) {
    return value == null
        ? null
        : BigDecimal.valueOf(value).setScale(DECIMALS, RoundingMode.HALF_UP);
  }
}

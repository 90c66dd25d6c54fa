package io.recupero.dashboard;

import io.recupero.publish.ServedMetric;
import java.util.Set;

/** How numbers are written, in the notation of D3. */
final class Formats {

  /** Figures far below a percent: two digits, wherever they begin. */
  private static final Set<String> SMALL = Set.of("cost_to_collect");

  private Formats() {}

  /** Returns whether it is a part of a whole; a cost per amount is none. */
  static boolean isShare(ServedMetric metric) {
    return metric.unit().equals("percent") && !SMALL.contains(metric.name());
  }

  /**
   * Returns the format of a figure. Money has as many decimals as it needs up to the four of CLF:
   * Chilean pesos have none.
   */
  static String of(ServedMetric metric) {
    if (metric.isChange()) {
      return "+,.1f";
    }
    return switch (metric.unit()) {
      case "percent" -> SMALL.contains(metric.name()) ? ".2~p" : ",.1%";
      case "days" -> ",.1~f";
      case "points" -> ",.1f";
      case "count" -> ",d";
      // A ratio of money needs no more than cents.
      default -> metric.formula() == null ? ",.4~f" : ",.2~f";
    };
  }

  /**
   * Returns the format where there is little room: on an axis, or of one great number.
   *
   * <p>Superset shortens thousands of millions to B, for billion, whatever the page's language. In
   * Spanish a billion is a million millions, so money is written out there.
   */
  static String brief(ServedMetric metric, String language) {
    return switch (metric.unit()) {
      case "money" -> language.equals("es") ? ",.2~f" : "SMART_NUMBER";
      default -> of(metric);
    };
  }
}

package io.recupero.dashboard;

import io.recupero.publish.ServedMetric;

/** How numbers are written, in the notation of D3. */
final class Formats {

  private Formats() {}

  /**
   * Returns the format of a figure. Money has as many decimals as it needs up to the four of CLF:
   * Chilean pesos have none.
   */
  static String of(ServedMetric metric) {
    if (metric.isChange()) {
      return "+,.1f";
    }
    return switch (metric.unit()) {
      case "percent" -> ",.1%";
      case "days" -> ",.1~f";
      case "points" -> ",.1f";
      case "count" -> ",d";
      // A ratio of money needs no more than cents.
      default -> metric.formula() == null ? ",.4~f" : ",.2~f";
    };
  }

  /** Returns the format where there is little room: on an axis, or of one great number. */
  static String brief(ServedMetric metric) {
    return switch (metric.unit()) {
      case "percent" -> metric.isChange() ? "+,.1f" : ",.1%";
      case "money" -> "SMART_NUMBER";
      default -> of(metric);
    };
  }
}

package io.recupero.compliance;

import io.recupero.contract.YamlNode;
import io.recupero.rules.YamlFile;
import java.time.DayOfWeek;
import java.time.LocalTime;
import java.time.format.DateTimeParseException;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** Reads what a rule says of {@code hours:}. */
record HoursReader(YamlFile file, Words words) {

  private static final List<String> KEYS = List.of("permitted", "holidays");
  private static final List<String> BLOCK_KEYS = List.of("days", "from", "to", "to_included");
  private static final List<String> DAYS = List.of("mon", "tue", "wed", "thu", "fri", "sat", "sun");
  private static final long DAY_MICROS = 86_400_000_000L;
  private static final long NO_TIME = -1;

  private enum OnHolidays {
    PERMITTED,
    FORBIDDEN
  }

  Hours read(YamlNode node, String rule) {
    String of = "the hours of " + rule;
    file.keys(node, of, KEYS);
    List<YamlNode> nodes = node.list("permitted");
    if (nodes.isEmpty()) {
      file.problem(node, of + " permit nothing. Add permitted: with days, from and to.");
    }
    List<Hours.Block> blocks = nodes.stream().map(block -> block(block, of)).toList();
    OnHolidays holidays = words.oneOf(node, "holidays", of, OnHolidays.class);
    return new Hours(blocks, holidays == OnHolidays.FORBIDDEN);
  }

  private Hours.Block block(YamlNode node, String of) {
    file.keys(node, of, BLOCK_KEYS);
    long from = time(node, "from", of);
    long to = time(node, "to", of);
    if (from != NO_TIME && to != NO_TIME && from >= to) {
      file.problem(node, of + " end before they begin. Split what crosses midnight in two.");
    }
    return new Hours.Block(days(node, of), from, to, words.flag(node, "to_included", of));
  }

  /** Microseconds since midnight. */
  private long time(YamlNode node, String key, String of) {
    String text = file.required(node, key, of);
    if (text.equals("24:00")) {
      return DAY_MICROS;
    }
    try {
      return text.isEmpty() ? NO_TIME : LocalTime.parse(text).toNanoOfDay() / 1000;
    } catch (DateTimeParseException e) {
      file.problem(
          node.field(key).orElse(node), "%s: %s is no time. Write it as 07:00.".formatted(of, key));
      return NO_TIME;
    }
  }

  /** Weekdays: mon-fri, sat, or a list of such. */
  private Set<DayOfWeek> days(YamlNode node, String of) {
    Set<DayOfWeek> days = EnumSet.noneOf(DayOfWeek.class);
    List<YamlNode> items =
        node.field("days")
            .map(list -> list.items().isEmpty() ? List.of(list) : list.items())
            .orElse(List.of());
    if (items.isEmpty()) {
      file.problem(node, of + " have no days. Add days, such as mon-fri.");
    }
    for (YamlNode item : items) {
      String text = item.scalar().orElse("these").toLowerCase(Locale.ROOT);
      String[] ends = text.split("-", 2);
      int first = DAYS.indexOf(ends[0]);
      int last = DAYS.indexOf(ends[ends.length - 1]);
      if (first < 0 || last < first) {
        file.problem(
            item,
            "%s: %s are no weekdays. Write them as mon-fri, sat or [mon, wed]."
                .formatted(of, text));
      } else {
        days.addAll(EnumSet.range(DayOfWeek.of(first + 1), DayOfWeek.of(last + 1)));
      }
    }
    return days;
  }
}

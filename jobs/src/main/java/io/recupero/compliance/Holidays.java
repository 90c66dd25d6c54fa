package io.recupero.compliance;

import java.io.Serializable;
import java.time.LocalDate;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/**
 * Public holidays by country, as far as they are known: those of a country and year are known where
 * the list has any day of both.
 */
public final class Holidays implements Serializable {

  private static final long serialVersionUID = 1L;

  private final Map<String, Set<LocalDate>> days = new HashMap<>();
  private final Map<String, Set<Integer>> years = new HashMap<>();

  private Holidays() {}

  /** Takes the holidays of each country, by its ISO 3166 alpha-2 code. */
  public static Holidays of(Map<String, ? extends Collection<LocalDate>> byCountry) {
    Holidays holidays = new Holidays();
    byCountry.forEach(
        (country, list) -> {
          holidays.days.put(country, new HashSet<>(list));
          Set<Integer> known = holidays.years.computeIfAbsent(country, any -> new HashSet<>());
          list.forEach(day -> known.add(day.getYear()));
        });
    return holidays;
  }

  boolean known(String country, int year) {
    return years.getOrDefault(country, Set.of()).contains(year);
  }

  boolean contains(String country, LocalDate day) {
    return days.getOrDefault(country, Set.of()).contains(day);
  }
}

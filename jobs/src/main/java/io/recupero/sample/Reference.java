package io.recupero.sample;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.DayOfWeek;
import java.time.LocalDate;

/** The tables that tell of the whole creditor: agents, rates, holidays. */
final class Reference {

  private static final Coin[] PER_DOLLAR = {Coin.CLP, Coin.COP, Coin.MXN, Coin.PEN};
  private static final Coin[] IN_PESOS = {Coin.COP, Coin.MXN, Coin.PEN};
  private static final String[] NAMES = {
    "Paula Soto", "Marco Díaz", "Elena Ruiz", "Tomás Vidal", "Inés Peña", "Bruno Lara",
    "Carla Reyes", "Simón Bravo", "Noelia Paz", "Gaspar Rey", "Julia Mora", "Pedro León"
  };

  private Reference() {}

  static void tell(GeneratorSettings settings, Out out) {
    agents(out);
    rates(settings, out);
    holidays(out);
  }

  private static void agents(Out out) {
    for (int i = 0; i < CollectionsWork.AGENTS; i++) {
      String id = (i < 9 ? "A0" : "A") + (i + 1);
      boolean own = i % 3 != 2;
      String agency = own ? null : i % 2 == 0 ? "Recaudo Sur" : "Cobros del Norte";
      out.row(
          Table.AGENTS,
          id,
          NAMES[i],
          own ? (i % 2 == 0 ? "norte" : "sur") : "externa",
          agency,
          8 + i * 7 % 40,
          Coin.CLP.money(20_000_000L + i * 1_500_000L),
          "CLP");
    }
  }

  /**
   * Dollars, and pesos for the neighbours' currencies, on weekdays; UF every day; from a month
   * before the history on. A rate is only ever taken from its own pair, never by way of the dollar.
   */
  private static void rates(GeneratorSettings settings, Out out) {
    LocalDate end = settings.end();
    for (LocalDate day = settings.start().minusDays(31); !day.isAfter(end); day = day.plusDays(1)) {
      out.row(Table.FX_RATES, day, "CLF", "CLP", Coin.CLF.rate(day));
      if (day.getDayOfWeek().compareTo(DayOfWeek.FRIDAY) <= 0) {
        for (Coin coin : PER_DOLLAR) {
          out.row(Table.FX_RATES, day, "USD", coin.name(), coin.rate(day));
        }
        for (Coin coin : IN_PESOS) {
          out.row(Table.FX_RATES, day, coin.name(), "CLP", coin.inPesos(day));
        }
      }
    }
  }

  /** Public holidays of 2023 to 2027, from the Python package holidays 0.109 (MIT licence). */
  private static void holidays(Out out) {
    try (InputStream in = Reference.class.getResourceAsStream("holidays.csv");
        BufferedReader lines =
            new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8))) {
      lines.readLine();
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        String[] fields = line.split(",", 3);
        out.row(Table.HOLIDAYS, fields[0], LocalDate.parse(fields[1]), fields[2]);
      }
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot read holidays.csv from the class path", e);
    }
  }
}

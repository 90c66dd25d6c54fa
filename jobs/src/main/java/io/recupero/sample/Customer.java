package io.recupero.sample;

import java.time.LocalDate;
import java.util.Locale;

/**
 * One customer, a function of the settings' seed and its number.
 *
 * @param number from 1
 * @param tidy pays every invoice in full and early, so that refunding a double payment to it never
 *     depends on how cash is allocated
 * @param failsOn the day an insolvent payer stops paying
 */
record Customer(
    long number,
    String id,
    Size size,
    Country country,
    int place,
    Payer payer,
    boolean tidy,
    String name,
    String taxId,
    String industry,
    String debtType,
    String channel,
    LocalDate since,
    LocalDate failsOn) {

  private static final String[] FIRST = {
    "Ana",
    "Luis",
    "Camila",
    "Jorge",
    "María José",
    "Diego",
    "Valentina",
    "Andrés",
    "Lucía",
    "Raúl",
    "Sofía",
    "Iván",
    "Rosa",
    "Héctor",
    "Daniela",
    "Óscar"
  };
  private static final String[] LAST = {
    "Muñoz",
    "Rojas",
    "Quispe",
    "Gómez",
    "Hernández",
    "Ñancupil",
    "Pérez",
    "Castillo",
    "Vargas",
    "Mamani",
    "Ríos",
    "Torres",
    "O'Higgins",
    "Núñez",
    "Aguirre",
    "Salazar"
  };
  private static final String[] TRADE = {
    "Comercial",
    "Distribuidora",
    "Transportes",
    "Constructora",
    "Ferretería",
    "Agrícola",
    "Servicios",
    "Importadora",
    "Clínica",
    "Textiles"
  };
  private static final String[] INDUSTRY = {
    "retail",
    "wholesale",
    "transport",
    "construction",
    "retail",
    "agriculture",
    "services",
    "wholesale",
    "health",
    "manufacturing"
  };
  private static final String[] PLACE = {
    "del Sur",
    "Andina",
    "Los Robles",
    "El Cóndor",
    "Pacífico",
    "San Martín",
    "Nueva Era",
    "La Frontera",
    "Altiplano",
    "Tres Ríos"
  };

  static Customer of(GeneratorSettings settings, long number) {
    Draw draw = new Draw(settings.seed(), number);
    Size size = Volume.sizeOf(number);
    Country country =
        Country.valueOf(draw.weighted("CL", 42, "CO", 20, "MX", 19, "PE", 14, "US", 5));
    boolean consumer = size == Size.PERSON;
    int trade = draw.below(TRADE.length);
    String name =
        consumer
            ? draw.of(FIRST) + " " + draw.of(LAST) + " " + draw.of(LAST)
            : TRADE[trade] + " " + draw.of(PLACE) + " " + country.companySuffix;
    boolean tidy = draw.chance(0.05) && !consumer && size != Size.LARGE && number > 1;
    int period = (int) (settings.end().toEpochDay() - settings.start().toEpochDay());
    return new Customer(
        number,
        id(settings, number),
        size,
        country,
        draw.below(country.regions.length),
        tidy ? Payer.PROMPT : Payer.drawn(draw),
        tidy,
        name,
        country.taxId(draw),
        consumer ? null : INDUSTRY[trade],
        consumer
            ? draw.weighted("service", 5, "loan", 4, "rent", 1)
            : draw.weighted("trade", 7, "service", 2, "rent", 1),
        draw.weighted("whatsapp", 5, "call", 3, "email", 2),
        settings.start().minusDays(draw.between(30, 3_600)),
        settings.start().plusDays(period / 4 + draw.below(period / 2 + 1)));
  }

  static String id(GeneratorSettings settings, long number) {
    return "C" + digits(settings, number);
  }

  /** Returns the number with zeros before it, as wide as the greatest, so that ids sort. */
  static String digits(GeneratorSettings settings, long number) {
    int width = Math.max(4, Long.toString(settings.customers()).length());
    String text = Long.toString(number);
    return "0".repeat(Math.max(0, width - text.length())) + text;
  }

  Coin coin() {
    return country.coin;
  }

  String timezone() {
    return country.timezones[place];
  }

  /** Writes the customer's row or, where its attributes change, rows. */
  void tell(GeneratorSettings settings, Out out) {
    if (!out.wants(Table.CUSTOMERS)) {
      return;
    }
    Draw draw = new Draw(settings.seed(), number, 0, 1);
    long limit = coin().worth(size.medianDollars * 8);
    int story = draw.below(100);
    long days = settings.end().toEpochDay() - settings.start().toEpochDay() + 1;
    LocalDate change =
        settings.start().plusDays((int) (days / 4) + draw.below((int) (days / 2) + 1));
    String promoted = size.segment.equals("corporate") ? "strategic" : "key_account";
    if (story < 4) {
      out.count(Case.SEGMENT_CHANGE);
      row(out, limit, size.segment, industry, null);
      row(out, limit * 2, promoted, industry, change);
    } else if (story < 6) {
      out.count(Case.ATTRIBUTE_BECOMES_NULL);
      row(out, limit, size.segment, industry, null);
      row(out, limit, null, industry, change);
    } else if (story < 8) {
      out.count(Case.DATED_ROWS_ONLY);
      row(out, limit, size.segment, industry, settings.start().plusDays(days / 8));
      row(out, limit, promoted, null, change);
    } else {
      row(out, limit, story == 8 ? null : size.segment, industry, null);
    }
  }

  private void row(Out out, long limit, String segment, String industryThen, LocalDate validFrom) {
    out.row(
        Table.CUSTOMERS,
        id,
        name,
        taxId,
        country.name(),
        country.regions[place],
        industryThen,
        size.code(),
        segment,
        timezone(),
        coin().money(limit),
        coin().name(),
        payer == Payer.PROMPT
            ? "A"
            : payer == Payer.INSOLVENT ? "D" : payer.ordinal() % 2 == 0 ? "B" : "C",
        since,
        size == Size.PERSON ? "consumer" : "business",
        channel.toLowerCase(Locale.ROOT),
        validFrom);
  }
}

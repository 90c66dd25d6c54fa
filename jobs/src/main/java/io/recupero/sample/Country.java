package io.recupero.sample;

/** Where the customers live, with what differs there. */
enum Country {
  CL(
      Coin.CLP,
      new String[] {"Metropolitana", "Valparaíso", "Biobío", "Magallanes"},
      new String[] {
        "America/Santiago", "America/Santiago", "America/Santiago", "America/Punta_Arenas"
      },
      "SpA"),
  CO(
      Coin.COP,
      new String[] {"Bogotá", "Antioquia", "Valle del Cauca", "Atlántico"},
      new String[] {"America/Bogota", "America/Bogota", "America/Bogota", "America/Bogota"},
      "S.A.S."),
  MX(
      Coin.MXN,
      new String[] {"Ciudad de México", "Nuevo León", "Baja California", "Quintana Roo"},
      new String[] {
        "America/Mexico_City", "America/Monterrey", "America/Tijuana", "America/Cancun"
      },
      "S.A. de C.V."),
  PE(
      Coin.PEN,
      new String[] {"Lima", "Arequipa", "La Libertad", "Cusco"},
      new String[] {"America/Lima", "America/Lima", "America/Lima", "America/Lima"},
      "S.A.C."),
  US(
      Coin.USD,
      new String[] {"Florida", "Texas", "California", "New York"},
      new String[] {
        "America/New_York", "America/Chicago", "America/Los_Angeles", "America/New_York"
      },
      "LLC");

  final Coin coin;
  final String[] regions;
  final String[] timezones;
  final String companySuffix;

  Country(Coin coin, String[] regions, String[] timezones, String companySuffix) {
    this.coin = coin;
    this.regions = regions;
    this.timezones = timezones;
    this.companySuffix = companySuffix;
  }

  /** Returns an invented tax number in the country's usual form. */
  String taxId(Draw draw) {
    int a = draw.between(10, 99);
    int b = draw.below(1000);
    int c = draw.below(1000);
    return switch (this) {
      case CL -> three(a, b, c, ".") + "-" + draw.below(10);
      case CO -> "9" + three(a, b, c, "") + "-" + draw.below(10);
      case MX -> draw.of("XAX", "XEX", "XIX", "XOX") + three(a, b, c, "") + "Z" + draw.below(10);
      case PE -> "20" + three(a, b, c, "") + draw.below(10);
      case US -> "00-" + three(a, b, c, "").substring(1);
    };
  }

  private static String three(int a, int b, int c, String point) {
    return a + point + (1000 + b + "").substring(1) + point + (1000 + c + "").substring(1);
  }
}

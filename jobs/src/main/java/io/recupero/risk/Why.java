package io.recupero.risk;

import io.recupero.contract.Text;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Why a customer is on the worklist, and why not contacted, in words. */
final class Why {

  private static final Map<String, Text> HELD =
      Map.of(
          "disputed", new Text("En disputa: se resuelve antes", "Disputed: to be solved first"),
          "promised",
              new Text("Compromiso pendiente: se espera", "A promise is pending: to be waited for"),
          "no_treatment",
              new Text("Su segmento no tiene tratamiento", "Its segment has no treatment"),
          "not_permitted",
              new Text(
                  "Las reglas de contacto no lo permiten esta semana",
                  "The contact rules do not permit it this week"),
          "cannot_judge",
              new Text(
                  "Faltan datos para saber si se permite",
                  "Facts are missing to tell if permitted"));

  private Why() {}

  static String text(
      String status,
      Documents documents,
      Documents main,
      Long brokenPromises,
      Permitted.Slot slot,
      boolean spanish) {
    Locale locale = Locale.forLanguageTag(spanish ? "es-CL" : "en-US");
    String language = spanish ? "es" : "en";
    List<String> words = new ArrayList<>();
    Text held = HELD.get(status);
    if (held != null) {
      String missing = slot == null || slot.missing() == null ? "" : " (" + slot.missing() + ")";
      words.add(held.in(language) + missing);
    }
    words.add(
        String.format(
            locale,
            spanish ? "documentos: %d, %,.2f %s" : "documents: %d, %,.2f %s",
            documents.size(),
            main.open(),
            main.list().get(0).currency()));
    if (documents.daysPastDue() > 0) {
      words.add(
          (spanish ? "mora máxima: %d días" : "oldest past due: %d days")
              .formatted(documents.daysPastDue()));
    } else {
      words.add(
          String.format(
              locale,
              spanish ? "%.0f %% de riesgo de atraso" : "%.0f %% risk of lateness",
              100 * documents.highestRisk()));
    }
    if (brokenPromises != null && brokenPromises > 0) {
      words.add(
          (spanish ? "compromisos incumplidos seguidos: %d" : "promises broken in a row: %d")
              .formatted(brokenPromises));
    }
    return String.join("; ", words);
  }
}

package io.recupero.dashboard;

import java.nio.charset.StandardCharsets;
import java.util.UUID;

/** The identity of things in Superset: from their names, so that importing again updates them. */
final class Ids {

  private Ids() {}

  static String uuid(String kind, String name) {
    String text = "io.recupero/" + kind + "/" + name;
    return UUID.nameUUIDFromBytes(text.getBytes(StandardCharsets.UTF_8)).toString();
  }
}

package io.recupero.publish;

/**
 * A small table that is kept with a release, so that no chart adds up what all charts ask for.
 *
 * @param name its name in the schema {@code charts}
 * @param sql its SELECT, the same in both languages: words are put to codes by what reads it
 */
public record Stored(String name, String sql) {

  /** The schema of these tables. */
  public static final String SCHEMA = "charts";

  /** Returns the name that queries call it by. */
  String table() {
    return SCHEMA + "." + name;
  }
}

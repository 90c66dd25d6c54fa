package io.recupero.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class MessagesTest {

  private static final Messages EN = Messages.of(Messages.Lang.EN);
  private static final Messages ES = Messages.of(Messages.Lang.ES);

  @Test
  void oneIsWrittenAsOne() {
    assertThat(EN.text("run.left_out", "a.csv", 1L, 0L))
        .isEqualTo("a.csv: 1 repeated row, counted once (0 within the file)");
    assertThat(ES.text("run.left_out", "a.csv", 1L, 1L))
        .isEqualTo("a.csv: 1 fila repetida, que cuenta una sola vez (1 dentro del archivo)");
    assertThat(EN.text("run.waiting", "payments", 1L, 1L))
        .isEqualTo("payments: 1 of 1 record waits for another that it names");
    assertThat(ES.text("run.refused", "payments", 1L, 7L)).contains("se rechazó 1 de 7 registros;");
    assertThat(ES.text("run.refused.earlier", "payments", 1L, "2026-03-30"))
        .isEqualTo(
            "payments: 1 registro de entregas anteriores sigue rechazado, desde el 2026-03-30");
    assertThat(EN.text("progress.finished.rows", 1, 21, "ledger", 0.5, 1L)).endsWith(" 1 row");
    assertThat(ES.text("tidy.done", 1, 1, 1, 0.1)).contains("1 archivo borrado (");
  }

  @Test
  void manyAreWrittenAsMany() {
    assertThat(ES.text("run.left_out", "a.csv", 1234L, 2L))
        .isEqualTo("a.csv: 1.234 filas repetidas, que cuentan una sola vez (2 dentro del archivo)");
    assertThat(EN.text("run.refused", "payments", 2L, 7L)).contains("2 of 7 records refused;");
    assertThat(ES.text("run.waiting", "payments", 2L, 7L))
        .isEqualTo("payments: 2 de 7 registros esperan por otros que nombran");
    assertThat(EN.text("progress.finished.rows", 1, 21, "ledger", 0.5, 0L)).endsWith(" 0 rows");
    assertThat(EN.text("tidy.done", 0, 2, 3, 0.1)).startsWith("Tidied: 0 releases forgotten, 2");
  }
}

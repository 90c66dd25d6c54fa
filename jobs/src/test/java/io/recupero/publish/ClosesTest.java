package io.recupero.publish;

import static org.assertj.core.api.Assertions.assertThat;

import io.recupero.kpi.Cards;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ClosesTest {

  private static final LocalDate FIRST = LocalDate.parse("2024-01-10");

  @Test
  void aCloseIsCalledByItsOwnMonthInTheOrderOfTheDates() throws SQLException {
    for (String order : List.of("close", "close_es", "close_en")) {
      assertThat(closes("2026-03-02", "close_es", order))
          .hasSize(25)
          .endsWith("nov 25", "dic 25", "ene 26", "feb 26", "2 mar 26");
      assertThat(closes("2026-03-02", "close_en", order)).endsWith("Feb 26", "2 Mar 26");
    }
    assertThat(closes("2026-03-31", "close_en", "close_en")).endsWith("Feb 26", "Mar 26");
  }

  @Test
  void closedMonthsAreCountedFromTheLatestOneAndARunningOneIsNone() throws SQLException {
    assertThat(closes("2026-03-02", "closed_back", "close")).endsWith("2", "1", "0", null);
    assertThat(closes("2026-03-31", "closed_back", "close")).endsWith("2", "1", "0");
    assertThat(closes("2026-03-02", "steps_back", "close")).endsWith("3", "2", "1", "0");
  }

  /** Returns a column of an as-of date without the sort keys before its words. */
  private static List<String> closes(String asOf, String column, String order) throws SQLException {
    Closes closes = new Closes(FIRST, LocalDate.parse(asOf), Cards.load());
    List<String> values = new ArrayList<>();
    try (Connection duck = DriverManager.getConnection("jdbc:duckdb:");
        Statement statement = duck.createStatement()) {
      statement.execute("CREATE TABLE closes (" + closes.columns() + ")");
      statement.execute("INSERT INTO closes VALUES " + closes.values());
      String sql =
          "SELECT CAST(%s AS VARCHAR) FROM closes WHERE as_of = '%s' ORDER BY %s"
              .formatted(column, asOf, order);
      try (ResultSet rows = statement.executeQuery(sql)) {
        while (rows.next()) {
          String value = rows.getString(1);
          values.add(value == null ? null : value.replaceAll("^[\\u200A\\u200B\\u2060]+", ""));
        }
      }
    }
    return values;
  }
}

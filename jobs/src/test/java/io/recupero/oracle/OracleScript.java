package io.recupero.oracle;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/**
 * The statements of one SQL file of the oracle. A file may hold the placeholders that {@link #with}
 * fills.
 */
record OracleScript(List<String> statements) {

  static OracleScript read(String name) {
    try (InputStream file = OracleScript.class.getResourceAsStream("/oracle/" + name)) {
      String text = new String(file.readAllBytes(), StandardCharsets.UTF_8);
      String code =
          text.lines()
              .filter(line -> !line.strip().startsWith("--"))
              .collect(Collectors.joining("\n"));
      return new OracleScript(
          Arrays.stream(code.split(";")).map(String::strip).filter(s -> !s.isEmpty()).toList());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  OracleScript with(String placeholder, String text) {
    return new OracleScript(
        statements.stream().map(s -> s.replace("${" + placeholder + "}", text)).toList());
  }

  void run(Connection duck) throws SQLException {
    try (Statement statement = duck.createStatement()) {
      for (String sql : statements) {
        statement.execute(sql);
      }
    }
  }

  /** Runs all but the last statement, which is a query, and returns that. */
  String runUpToQuery(Connection duck) throws SQLException {
    int last = statements.size() - 1;
    new OracleScript(statements.subList(0, last)).run(duck);
    return statements.get(last);
  }
}

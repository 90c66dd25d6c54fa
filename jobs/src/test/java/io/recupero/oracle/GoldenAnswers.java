package io.recupero.oracle;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Answers of a worked scenario, as lists of columns by name. No field of those files is quoted. */
final class GoldenAnswers {

  private GoldenAnswers() {}

  static List<Map<String, String>> read(Path file) throws IOException {
    List<String> lines = Files.readAllLines(file);
    String[] header = lines.get(0).split(",");
    List<Map<String, String>> rows = new ArrayList<>();
    for (String line : lines.subList(1, lines.size())) {
      String[] fields = line.split(",", -1);
      Map<String, String> row = new HashMap<>();
      for (int i = 0; i < header.length; i++) {
        row.put(header[i], fields[i].isEmpty() ? null : fields[i]);
      }
      rows.add(row);
    }
    return rows;
  }

  static LocalDate day(Map<String, String> row) {
    return LocalDate.parse(row.get("as_of"));
  }
}

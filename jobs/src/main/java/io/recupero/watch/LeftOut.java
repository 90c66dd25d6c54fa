package io.recupero.watch;

import io.recupero.contract.Tally;
import io.recupero.contract.Text;
import io.recupero.watch.Check.Severity;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Rows of a file that were left out, because an earlier row says exactly the same.
 *
 * @param file the file, as quarantine names it
 * @param rows how many were left out
 * @param sameFile how many of them repeat a row of the same file, which may be lines of a document
 */
public record LeftOut(String input, String file, long rows, long sameFile) {

  static List<LeftOut> of(Map<String, List<Tally.OfFile>> repeated) {
    List<LeftOut> all = new ArrayList<>();
    repeated.forEach(
        (input, files) ->
            files.forEach(
                file -> all.add(new LeftOut(input, file.file(), file.repeated(), file.twice()))));
    return all;
  }

  /** Tells of a file that repeats its own rows; one that repeats earlier deliveries is ordinary. */
  Check check(Severity severity) {
    Map<String, String> slice = new LinkedHashMap<>();
    slice.put("table", input);
    slice.put("file", file);
    return new Check(
        CheckRules.REPEATED_ROWS,
        Slice.of(slice),
        severity,
        sameFile == 0,
        BigDecimal.valueOf(sameFile),
        BigDecimal.ZERO,
        new Text(
            "%s: %s una sola vez; %d dentro del archivo.%s"
                .formatted(
                    file,
                    rows == 1
                        ? "1 fila repetida, que cuenta"
                        : rows + " filas repetidas, que cuentan",
                    sameFile,
                    sameFile == 0
                        ? ""
                        : " Si son líneas de un documento, súmelas por documento o dé a cada una su propio número."),
            "%s: %s, counted once; %d within the file.%s"
                .formatted(
                    file,
                    rows == 1 ? "1 repeated row" : rows + " repeated rows",
                    sameFile,
                    sameFile == 0
                        ? ""
                        : " If they are lines of a document, add them up by document or give each its own number.")));
  }
}

package io.recupero.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CorrectedMappingTest {

  @TempDir Path folder;

  private void mapping(String file, String dates) throws IOException {
    Files.writeString(
        folder.resolve(file),
        """
        mapping: export
        formats: {dates: [%s]}
        sources:
          facturas: {files: facturas.csv}
        tables:
          invoices:
            from: facturas
            columns:
              invoice_id: Folio
              customer_id: Cliente
              issue_date: parse_date(Emision)
              due_date: parse_date(Vence)
              amount: Monto
              currency: "'USD'"
        """
            .formatted(dates));
  }

  @Test
  void itsFilesAreReadAgainAndReplaceWhatItMadeOfThem() throws IOException {
    mapping("mapping.yaml", "M/d/yyyy");
    Nights nights =
        new Nights(folder, Map.of("source", folder.resolve("mapping.yaml").toString()))
            .file(
                "facturas.csv",
                "Folio,Cliente,Emision,Vence,Monto",
                "F1,C1,02/03/2026,04/03/2026,100");
    nights.night("2026-04-01T09:00:00Z");
    assertThat(nights.seen("silver.invoices", "due_date")).containsExactly("2026-04-03");
    assertThat(nights.isReadOtherwise(Map.of(), "mapping.yaml")).isFalse();

    // the same mapping, corrected in another file
    mapping("corrected.yaml", "d/M/yyyy");
    assertThat(nights.isReadOtherwise(Map.of(), "corrected.yaml")).isTrue();
    nights.again(Map.of(), "corrected.yaml");
    assertThat(nights.seen("silver.invoices", "issue_date || ' ' || due_date"))
        .containsExactly("2026-03-02 2026-03-04");
  }
}

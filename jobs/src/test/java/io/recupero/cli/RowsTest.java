package io.recupero.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.recupero.TestSpark;
import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.api.Test;

class RowsTest {

  @Test
  void anArrayIsPrintedAsItsElements() {
    StringWriter out = new StringWriter();
    String sql = "SELECT array('unknown_invoice', 'amount_missing') AS reasons, array() AS none";
    Csv.print(Rows.of(TestSpark.session().sql(sql)), new PrintWriter(out, true));
    assertThat(out.toString().lines())
        .containsExactly("reasons,none", "\"unknown_invoice, amount_missing\",");
  }
}

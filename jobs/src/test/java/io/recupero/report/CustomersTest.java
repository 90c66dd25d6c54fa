package io.recupero.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.recupero.TestSpark;
import io.recupero.config.NamedCustomers;
import java.util.List;
import org.apache.spark.sql.Encoders;
import org.junit.jupiter.api.Test;

class CustomersTest {

  @Test
  void onlyWhoIsKnownToBeACompanyIsNamedUnlessTheSettingSaysOtherwise() {
    List<String> all = List.of("Acme SpA", "Banco", "Eva", "Iris", "Juan", "Nadia");
    assertThat(shown(NamedCustomers.ALL)).isEqualTo(all);
    assertThat(shown(NamedCustomers.COMPANIES)).containsExactly("Acme SpA", "Banco");
    assertThat(shown(NamedCustomers.NONE)).isEmpty();
  }

  /** A row by its kinds: by both words, by one, by words that differ, and by none. */
  private static List<String> shown(NamedCustomers names) {
    return TestSpark.session()
        .sql(
            "SELECT STRUCT(name, person_type, company_size) AS known FROM VALUES"
                + " ('Acme SpA', 'business', 'large'), ('Banco', NULL, 'small'),"
                + " ('Eva', 'consumer', NULL), ('Iris', NULL, 'person'),"
                + " ('Juan', 'business', 'person'), ('Nadia', NULL, NULL)"
                + " AS t (name, person_type, company_size)")
        .select(Customers.shown(names).as("name"))
        .where("name IS NOT NULL")
        .orderBy("name")
        .as(Encoders.STRING())
        .collectAsList();
  }
}

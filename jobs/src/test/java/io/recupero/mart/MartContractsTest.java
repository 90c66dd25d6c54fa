package io.recupero.mart;

import static org.assertj.core.api.Assertions.assertThat;

import io.recupero.contract.Contract;
import io.recupero.contract.Contracts;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class MartContractsTest {

  private static final Contracts CONTRACTS = Contracts.load();

  static List<Mart> marts() {
    AgeingScheme ageing = AgeingSchemes.load().on(LocalDate.of(2026, 3, 31));
    return Stream.concat(Marts.standard(ageing, 0).stream(), Marts.ofWork(ageing, 0).stream())
        .toList();
  }

  @DisplayName("a mart writes the columns that its contract declares")
  @ParameterizedTest(name = "{0}")
  @MethodSource("marts")
  void columns(Mart mart) {
    Contract contract = CONTRACTS.contract(mart.table());
    assertThat(contract.dimensions()).isEqualTo(Marts.DIMENSIONS);
    List<String> keys = new ArrayList<>(mart.keys().texts());
    keys.add(mart.keys().number());
    keys.removeIf(key -> key == null);
    assertThat(contract.keyColumns()).isEqualTo(keys);
    assertThat(contract.amounts())
        .isEqualTo(
            mart.parts().stream()
                .filter(part -> part.kind() != Part.Kind.COUNT)
                .map(Part::name)
                .toList());
    assertThat(contract.counts())
        .isEqualTo(
            mart.parts().stream()
                .filter(part -> part.kind() == Part.Kind.COUNT)
                .map(Part::name)
                .toList());
    for (Part part : mart.parts()) {
      assertThat(contract.column(part.name()).type()).as(part.name()).isEqualTo(part.type());
    }
  }
}

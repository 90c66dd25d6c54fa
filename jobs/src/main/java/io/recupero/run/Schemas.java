package io.recupero.run;

import io.recupero.contract.Contract;
import io.recupero.contract.Contracts;
import java.util.Optional;
import org.apache.spark.sql.types.StructType;

/** The columns of the lake's tables, as the contracts declare them. */
final class Schemas {

  private static final String SILVER = "silver.";

  private final Contracts contracts;

  Schemas(Contracts contracts) {
    this.contracts = contracts;
  }

  /** Returns a table's columns; empty where no contract declares it. */
  Optional<StructType> of(String table) {
    Optional<Contract> own = declared(table);
    if (own.isEmpty() && table.startsWith(SILVER)) {
      String input = table.substring(SILVER.length());
      return declared("input." + input).map(contract -> contracts.silver(input));
    }
    return own.map(Contract::schema);
  }

  private Optional<Contract> declared(String id) {
    return contracts.all().stream().filter(contract -> contract.id().equals(id)).findFirst();
  }
}

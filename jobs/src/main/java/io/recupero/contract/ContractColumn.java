package io.recupero.contract;

import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;
import org.apache.spark.sql.types.DataType;

/**
 * A column of a table.
 *
 * @param name the name in every layer
 * @param type the Spark type
 * @param meaning what it says
 * @param required whether a record without it is refused
 * @param keyPosition its place in the primary key from 1, or 0
 * @param values the values allowed, empty for any
 * @param codes the code list it is from: iso4217, iso3166 or iana
 * @param minimum the least value allowed
 * @param positive whether it must be greater than zero
 * @param maximum the greatest value allowed
 * @param currencyFrom of money: where its currency is, {@code currency} or {@code invoice.currency}
 * @param fallback Spark SQL for the value where it is empty
 * @param bareDate whether a time may be a date alone, meaning the end of that day
 * @param role in a mart: day, dimension, key, amount or count
 * @param reference the record it names
 * @param attribute whether no balance needs it: what cannot be read of it is a finding
 * @param nearArrival whether a date far after its record's arrival is refused
 * @param within of a number: the column with the company whose numbers it is one of
 * @param examples values as they are written
 */
public record ContractColumn(
    String name,
    DataType type,
    Text meaning,
    boolean required,
    int keyPosition,
    List<String> values,
    Optional<String> codes,
    Optional<BigDecimal> minimum,
    boolean positive,
    Optional<BigDecimal> maximum,
    Optional<String> currencyFrom,
    Optional<String> fallback,
    boolean bareDate,
    Optional<String> role,
    Optional<Reference> reference,
    boolean attribute,
    boolean nearArrival,
    Optional<String> within,
    List<String> examples) {

  ContractColumn withType(DataType other) {
    return new ContractColumn(
        name,
        other,
        meaning,
        required,
        keyPosition,
        values,
        codes,
        minimum,
        positive,
        maximum,
        currencyFrom,
        fallback,
        bareDate,
        role,
        reference,
        attribute,
        nearArrival,
        within,
        examples);
  }

  /** Returns whether its values are of a list. */
  boolean isCode() {
    return codes.isPresent() || !values.isEmpty();
  }

  boolean isKey() {
    return keyPosition > 0;
  }

  boolean hasRole(String wanted) {
    return role.filter(wanted::equals).isPresent();
  }
}

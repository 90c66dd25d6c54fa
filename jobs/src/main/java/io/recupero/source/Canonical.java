package io.recupero.source;

import io.recupero.contract.Contract;
import io.recupero.contract.ContractColumn;
import io.recupero.contract.Contracts;
import java.text.Normalizer;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.spark.sql.types.DataType;

/** The names of the canonical tables and of their columns, as the contracts say. */
final class Canonical {

  private static final Map<String, Contract> TABLES = new LinkedHashMap<>();

  static {
    Contracts.load().inputs().forEach(contract -> TABLES.put(contract.table(), contract));
  }

  private Canonical() {}

  /**
   * Returns a header's column as a canonical name would be written: " Invoice ID " is invoice_id.
   */
  static String name(String header) {
    return clean(header).toLowerCase(Locale.ROOT).replaceAll("[\\s-]+", "_");
  }

  /**
   * Returns a header's column without what nobody sees: accents in one form (NFC), no marks of byte
   * order or direction, plain single spaces.
   */
  static String clean(String header) {
    return Normalizer.normalize(header, Normalizer.Form.NFC)
        .replaceAll("\\p{Cf}+", "")
        .replaceAll("[\\s\\p{Z}\\p{Cc}]+", " ")
        .strip();
  }

  static Set<String> tables() {
    return TABLES.keySet();
  }

  static List<String> columns(String table) {
    return TABLES.get(table).names();
  }

  /** Returns a table's columns and those that reading alone uses. */
  static List<String> readable(String table) {
    return table.equals(NegativeInvoices.TABLE)
        ? Stream.concat(columns(table).stream(), Stream.of(NegativeInvoices.CREDITED)).toList()
        : columns(table);
  }

  static Map<String, DataType> types(String table) {
    return TABLES.get(table).columns().stream()
        .collect(Collectors.toMap(ContractColumn::name, ContractColumn::type));
  }

  /** Returns whether no balance needs a column. */
  static boolean isAttribute(String table, String column) {
    return TABLES.get(table).column(column).attribute();
  }

  static List<String> required(String table) {
    return TABLES.get(table).columns().stream()
        .filter(ContractColumn::required)
        .map(ContractColumn::name)
        .toList();
  }
}

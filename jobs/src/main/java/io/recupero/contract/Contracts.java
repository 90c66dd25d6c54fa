package io.recupero.contract;

import io.recupero.config.CarriedFiles;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;
import org.yaml.snakeyaml.error.MarkedYAMLException;

/** All contracts, by id. */
public final class Contracts {

  private static final String FOLDER = "schemas/contracts";

  /** The program's own never change while it runs, and many ask for them. */
  private static Contracts loaded;

  private final Map<String, Contract> byId;

  private Contracts(Map<String, Contract> byId) {
    this.byId = byId;
  }

  /**
   * Loads the contracts that the program carries.
   *
   * @throws InvalidContractsException if any cannot be used, with every problem's file and line
   */
  public static synchronized Contracts load() {
    if (loaded == null) {
      loaded = read();
    }
    return loaded;
  }

  private static Contracts read() {
    return parse(named(CarriedFiles.texts(FOLDER)));
  }

  /**
   * Loads the contracts of a folder: every {@code .yaml} file in it is one.
   *
   * @throws InvalidContractsException if any cannot be used, with every problem's file and line
   */
  public static Contracts load(Path folder) {
    return parse(named(CarriedFiles.texts(FOLDER, folder)));
  }

  /** Reads contracts from texts by file name, and checks them together. */
  private static Map<String, String> named(Map<String, String> byPath) {
    Map<String, String> byName = new TreeMap<>();
    byPath.forEach((path, text) -> byName.put(Path.of(path).getFileName().toString(), text));
    return byName;
  }

  static Contracts parse(Map<String, String> texts) {
    Problems problems = new Problems();
    Map<String, YamlNode> documents = new LinkedHashMap<>();
    texts.forEach((file, text) -> documents.put(file, document(file, text, problems)));
    YamlNode nothing = YamlNode.parse("");
    Map<String, Text> shared =
        ContractReader.sharedReasons(documents.getOrDefault("quarantine.yaml", nothing));

    Map<String, Contract> contracts = new LinkedHashMap<>();
    List<ContractReader> readers = new ArrayList<>();
    documents.forEach(
        (file, document) -> {
          ContractReader reader = new ContractReader(file, document, problems);
          readers.add(reader);
          contracts.put(file.replaceFirst("\\.yaml$", ""), reader.read(shared));
        });
    CrossChecks checks = new CrossChecks(contracts, problems);
    readers.forEach(
        reader -> checks.check(contracts.get(reader.file().replaceFirst("\\.yaml$", "")), reader));
    problems.throwIfAny();
    Monthly.addTo(contracts);
    return new Contracts(new TreeMap<>(contracts));
  }

  private static YamlNode document(String file, String text, Problems problems) {
    try {
      return YamlNode.parse(text);
    } catch (MarkedYAMLException e) {
      problems.add(file, e.getProblemMark().getLine() + 1, "this is not YAML: " + e.getProblem());
      return YamlNode.parse("");
    }
  }

  /**
   * Returns a contract, such as {@code gold.balance_daily}.
   *
   * @throws IllegalArgumentException if there is none; the message suggests one
   */
  public Contract contract(String id) {
    Contract contract = byId.get(id);
    if (contract == null) {
      throw new IllegalArgumentException(
          "Cannot find the contract %s.%s There are %s."
              .formatted(id, Nearest.hint(id, byId.keySet()), String.join(", ", byId.keySet())));
    }
    return contract;
  }

  /** Returns the contract of an input by its short name, such as {@code invoices}. */
  public Contract input(String table) {
    return contract("input." + table);
  }

  /** Returns the contracts of all inputs, in the order of their names. */
  public List<Contract> inputs() {
    return all().stream().filter(contract -> contract.id().startsWith("input.")).toList();
  }

  /** Returns all contracts, in the order of their ids. */
  public List<Contract> all() {
    return List.copyOf(byId.values());
  }

  /**
   * Returns the silver table of an input: the input's columns, those that it carries from the
   * records it names, then lineage and known_at.
   */
  public StructType silver(String table) {
    StructType schema = input(table).schema();
    for (Reference reference : input(table).references()) {
      Contract named = input(reference.table());
      for (Map.Entry<String, String> carried : reference.carries().entrySet()) {
        schema = schema.add(carried.getKey(), named.column(carried.getValue()).type());
      }
    }
    for (StructField field : contract("lineage").schema().fields()) {
      schema = schema.add(field);
    }
    return schema;
  }
}

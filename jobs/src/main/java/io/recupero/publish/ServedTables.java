package io.recupero.publish;

import io.recupero.config.CarriedFiles;
import io.recupero.contract.Contracts;
import io.recupero.kpi.Cards;
import io.recupero.rules.InvalidRulesException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Every table that charts can read: those made of marts, and those of superset/datasets. */
public final class ServedTables {

  /** The folder with the tables that are no mart. */
  public static final String FOLDER = "superset/datasets";

  private final List<ServedTable> tables;

  private ServedTables(List<ServedTable> tables) {
    this.tables = List.copyOf(tables);
  }

  /**
   * Makes them of the contracts, cards, labels and datasets that the program carries.
   *
   * @throws InvalidRulesException with every problem found in labels and datasets
   */
  public static ServedTables load(Contracts contracts, Cards cards, Labels labels) {
    List<ServedTable> tables = new ArrayList<>(new MartTables(contracts, cards, labels).all());
    DatasetFiles files = new DatasetFiles(labels);
    List<String> problems = new ArrayList<>();
    CarriedFiles.texts(FOLDER)
        .forEach(
            (path, text) -> {
              try {
                tables.add(files.read(path, text));
              } catch (InvalidRulesException e) {
                problems.addAll(e.problems());
              }
            });
    if (!problems.isEmpty()) {
      throw new InvalidRulesException(FOLDER, problems);
    }
    return new ServedTables(tables);
  }

  /** Returns all tables. */
  public List<ServedTable> all() {
    return tables;
  }

  /** Returns the small tables that are kept for them, each once. */
  List<Stored> stored() {
    return tables.stream().flatMap(table -> table.stored().stream()).distinct().toList();
  }

  /** Returns the table of this name, if there is one. */
  public Optional<ServedTable> find(String name) {
    return tables.stream().filter(table -> table.name().equals(name)).findFirst();
  }

  /** Returns the names of all tables. */
  public List<String> names() {
    return tables.stream().map(ServedTable::name).toList();
  }
}

package io.recupero.mart;

import io.recupero.plan.Inputs;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * The record of the work of collecting: silver frames by the input's name, all versions. An input
 * that the source does not have is not among them.
 */
public record WorkFrames(Map<String, Dataset<Row>> frames) {

  /** No record of any work. */
  public static final WorkFrames NONE = new WorkFrames(Map.of());

  /** The inputs that work is recorded in. */
  public static final List<String> INPUTS =
      List.of(
          "contacts",
          "promises",
          "payments",
          "surveys",
          "disputes",
          "agents",
          "stages",
          "strategies",
          "customers");

  /** Returns a job's inputs of these names. */
  static WorkFrames of(Inputs inputs, List<String> names) {
    return new WorkFrames(
        names.stream()
            .filter(name -> inputs.present("silver." + name))
            .collect(Collectors.toMap(name -> name, name -> inputs.read("silver." + name))));
  }

  Optional<Dataset<Row>> find(String name) {
    return Optional.ofNullable(frames.get(name));
  }
}

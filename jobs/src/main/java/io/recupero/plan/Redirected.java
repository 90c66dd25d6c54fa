package io.recupero.plan;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** A job that reads another table in place of one of its own, and knows nothing of it. */
public final class Redirected implements Job {

  private final Job job;
  private final String table;
  private final String instead;

  private Redirected(Job job, String table, String instead) {
    this.job = job;
    this.table = table;
    this.instead = instead;
  }

  /** Returns the jobs, of which each that would read {@code table} reads {@code instead}. */
  public static List<Job> all(List<Job> jobs, String table, String instead) {
    return jobs.stream()
        .map(job -> job.inputs().contains(table) ? new Redirected(job, table, instead) : job)
        .toList();
  }

  @Override
  public String name() {
    return job.name();
  }

  @Override
  public List<String> inputs() {
    return job.inputs().stream().map(input -> input.equals(table) ? instead : input).toList();
  }

  @Override
  public List<String> outputs() {
    return job.outputs();
  }

  @Override
  public Map<String, String> settings() {
    return job.settings();
  }

  @Override
  public Write write(String output) {
    return job.write(output);
  }

  @Override
  public boolean isDiary() {
    return job.isDiary();
  }

  @Override
  public Map<String, Dataset<Row>> build(Inputs inputs) {
    return job.build(inputs.reading(table, instead));
  }

  @Override
  public Optional<Map<String, Dataset<Row>>> additions(Since since) {
    return job.additions(since.reading(table, instead));
  }
}

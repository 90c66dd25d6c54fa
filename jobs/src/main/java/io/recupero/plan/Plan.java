package io.recupero.plan;

import io.recupero.lake.Lake;
import io.recupero.lake.Release.Stamp;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.StructType;

/** Jobs in an order in which each runs after those that write what it reads. */
public final class Plan {

  private final List<Job> jobs;

  private Plan(List<Job> jobs) {
    this.jobs = jobs;
  }

  /**
   * Orders jobs by their inputs and outputs; jobs that do not depend on each other keep the order
   * given.
   *
   * @throws InvalidPlanException where two jobs share a name or an output, or wait for each other
   */
  public static Plan of(List<Job> jobs) {
    Map<String, Job> writers = writers(jobs);
    Set<Job> ordered = new LinkedHashSet<>();
    while (ordered.size() < jobs.size()) {
      Optional<Job> next =
          jobs.stream()
              .filter(job -> !ordered.contains(job))
              .filter(job -> ordered.containsAll(upstream(job, writers)))
              .findFirst();
      ordered.add(
          next.orElseThrow(
              () ->
                  new InvalidPlanException(
                      List.of(
                          "Cannot order the jobs "
                              + names(jobs, ordered)
                              + ": each waits for what another of them writes. Take one of the"
                              + " inputs away."))));
    }
    return new Plan(List.copyOf(ordered));
  }

  /** Returns the jobs in order. */
  public List<Job> jobs() {
    return jobs;
  }

  /** Returns the jobs that write what a job reads, apart from itself. */
  Set<Job> upstream(Job job) {
    return upstream(job, writers(jobs));
  }

  /**
   * Builds every job on empty tables, so that a misspelt column fails before anything is written.
   *
   * @param schemas the declared columns of a table; empty where no contract declares it
   * @throws InvalidPlanException naming every job that cannot be built
   */
  public void tryOut(SparkSession spark, Function<String, Optional<StructType>> schemas) {
    new DryBuild(spark, schemas).run(jobs);
  }

  /**
   * Tells which jobs would run, and why, without running them.
   *
   * @param versions table name to its version now; a table without one does not exist
   * @param stamps job name to what its last run left
   */
  public List<Decision> decide(Map<String, Long> versions, Map<String, Stamp> stamps) {
    List<Decision> decisions = new ArrayList<>();
    Set<String> moving = new HashSet<>();
    for (Job job : jobs) {
      Decision own = Decision.of(job, versions, stamps.get(job.name()));
      List<Reason> reasons = new ArrayList<>(own.reasons());
      if (stamps.containsKey(job.name())) {
        job.inputs().stream()
            .filter(moving::contains)
            .map(input -> new Reason(Reason.Kind.INPUT_WILL_MOVE, input, "", ""))
            .forEach(reasons::add);
      }
      if (!reasons.isEmpty()) {
        moving.addAll(job.outputs());
      }
      decisions.add(new Decision(job.name(), reasons));
    }
    return decisions;
  }

  /**
   * Runs the jobs that must run, side by side where they do not wait for each other.
   *
   * @param versions the tables to read, at the versions to read them at
   * @param stamps what each job's last run left
   * @param schemas the declared columns of a table, for those that do not exist
   * @throws JobFailedException where a job fails; jobs already started are waited for
   */
  public Outcome run(
      Lake lake,
      Map<String, Long> versions,
      Map<String, Stamp> stamps,
      Function<String, Optional<StructType>> schemas,
      Progress progress) {
    return new PlanRun(this, lake, versions, stamps, schemas, progress).run();
  }

  private static Map<String, Job> writers(List<Job> jobs) {
    Map<String, Job> writers = new LinkedHashMap<>();
    Map<String, Job> byName = new HashMap<>();
    List<String> problems = new ArrayList<>();
    for (Job job : jobs) {
      if (byName.put(job.name(), job) != null) {
        problems.add("Invalid plan: two jobs are called " + job.name() + ". Rename one.");
      }
      for (String output : job.outputs()) {
        Job other = writers.put(output, job);
        if (other != null) {
          problems.add(
              "Invalid plan: the jobs "
                  + other.name()
                  + " and "
                  + job.name()
                  + " both write "
                  + output
                  + ". Let one of them write another table.");
        }
      }
    }
    InvalidPlanException.throwIfAny(problems);
    return writers;
  }

  private static Set<Job> upstream(Job job, Map<String, Job> writers) {
    Set<Job> upstream = new LinkedHashSet<>();
    for (String input : job.inputs()) {
      Job writer = writers.get(input);
      if (writer != null && writer != job) {
        upstream.add(writer);
      }
    }
    return upstream;
  }

  private static List<String> names(List<Job> jobs, Set<Job> without) {
    return jobs.stream().filter(job -> !without.contains(job)).map(Job::name).toList();
  }
}

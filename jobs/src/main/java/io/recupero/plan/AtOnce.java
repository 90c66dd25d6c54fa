package io.recupero.plan;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** Runs tasks side by side: most of each is waiting for Spark's driver or a commit. */
public final class AtOnce {

  private static final int THREADS = 8;

  private AtOnce() {}

  /** Returns the result of each task, by its name; throws what the first failing one threw. */
  public static <T> Map<String, T> run(Map<String, Callable<T>> tasks) {
    ExecutorService threads = Executors.newFixedThreadPool(THREADS);
    try {
      Map<String, Future<T>> running = new LinkedHashMap<>();
      tasks.forEach((name, task) -> running.put(name, threads.submit(task)));
      Map<String, T> results = new LinkedHashMap<>();
      for (Map.Entry<String, Future<T>> entry : running.entrySet()) {
        results.put(entry.getKey(), entry.getValue().get());
      }
      return results;
    } catch (ExecutionException e) {
      if (e.getCause() instanceof RuntimeException cause) {
        throw cause;
      }
      throw new IllegalStateException("Cannot finish: " + e.getCause().getMessage(), e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("Cannot finish: interrupted", e);
    } finally {
      threads.shutdown();
    }
  }
}

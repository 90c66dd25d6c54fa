package io.recupero.lake;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedReader;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.regex.Pattern;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;

/**
 * What a Delta table's own log says of its versions.
 *
 * <p>The names and content of commit files are fixed by Delta's protocol. Reading them takes
 * microseconds, where asking Spark takes a job.
 */
final class CommitLog {

  private static final Pattern COMMIT = Pattern.compile("\\d{20}\\.json");
  private static final ObjectMapper JSON = new ObjectMapper();

  private final Path table;
  private final Path log;
  private final FileSystem files;

  CommitLog(Path table, Configuration hadoop) {
    this.table = table;
    this.log = new Path(table, "_delta_log");
    try {
      this.files = table.getFileSystem(hadoop);
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot reach the table " + table, e);
    }
  }

  /** Returns the newest version; empty where there is no table. */
  OptionalLong latest() {
    try {
      return Arrays.stream(files.listStatus(log))
          .map(file -> file.getPath().getName())
          .filter(name -> COMMIT.matcher(name).matches())
          .mapToLong(name -> Long.parseLong(name.substring(0, 20)))
          .max();
    } catch (FileNotFoundException e) {
      return OptionalLong.empty();
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot list the table's log " + log, e);
    }
  }

  /** Returns the number of rows that a version added; -1 where its commit does not say. */
  long rowsAdded(long version) {
    long rows = 0;
    for (JsonNode action : actions(version)) {
      JsonNode add = action.path("add");
      if (!add.isMissingNode()) {
        JsonNode records = parse(add.path("stats").asText("{}")).path("numRecords");
        if (records.isMissingNode()) {
          return -1;
        }
        rows += records.asLong();
      }
    }
    return rows;
  }

  /** Returns whether a version did nothing but restore an earlier one. */
  boolean restores(long version, long earlier) {
    for (JsonNode action : actions(version)) {
      JsonNode info = action.path("commitInfo");
      if (info.path("operation").asText().equals("RESTORE")) {
        return info.path("operationParameters").path("version").asLong(-1) == earlier;
      }
    }
    return false;
  }

  /**
   * Returns the files that the versions after one, up to another, added; empty where they did
   * anything else to the table's rows or columns, or where their commits are gone.
   */
  Optional<List<Path>> filesAdded(long after, long until) {
    List<Path> added = new ArrayList<>();
    for (long version = after + 1; version <= until; version++) {
      if (!exists(commit(version))) {
        return Optional.empty();
      }
      for (JsonNode action : actions(version)) {
        if (action.has("metaData") || action.path("remove").path("dataChange").asBoolean()) {
          return Optional.empty();
        }
        JsonNode add = action.path("add");
        if (add.path("dataChange").asBoolean()) {
          // Paths are relative to the table, and written as a URI is.
          added.add(new Path(table, new Path(URI.create(add.path("path").asText()))));
        }
      }
    }
    return Optional.of(added);
  }

  private Path commit(long version) {
    return new Path(log, String.format("%020d.json", version));
  }

  private boolean exists(Path commit) {
    try {
      return files.exists(commit);
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot look for the commit " + commit, e);
    }
  }

  private List<JsonNode> actions(long version) {
    Path commit = commit(version);
    try (var in = files.open(commit);
        var lines = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8))) {
      return lines.lines().map(CommitLog::parse).toList();
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot read the commit " + commit, e);
    }
  }

  private static JsonNode parse(String json) {
    try {
      return JSON.readTree(json);
    } catch (JsonProcessingException e) {
      throw new UncheckedIOException("Cannot read a commit of a table's log", e);
    }
  }
}

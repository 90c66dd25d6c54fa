package io.recupero.plan;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.FileNotFoundException;
import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RemedyTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          NO_SPACE    | No space left on device
          NO_SPACE    | /lake/gold/a.parquet: Disk quota exceeded
          MEMORY      | Java heap space
          MEMORY      | Job 3 cancelled because SparkContext was shut down: OutOfMemoryError
          STOPPED     | Job 12 cancelled because SparkContext was shut down
          STOPPED     | Cannot call methods on a stopped SparkContext.
          STOPPED     | [FAILED_READ_FILE.NO_HINT] /lake/gold/a: Shutdown in progress
          OPEN_FILES  | /lake/silver/a.parquet (Too many open files)
          PERMISSION  | /lake/silver/a.parquet (Permission denied)
          TEMPORARY   | /tmp/blockmgr-1f/0c/shuffle_0_1_0.data (No such file or directory)
          INPUT       | [FAILED_READ_FILE.NO_HINT] file:/lake/bronze/a/x.parquet is not a Parquet file
          EXPRESSION  | [CAST_INVALID_INPUT] The value 'x' cannot be cast. SQLSTATE: 22018
          EXPRESSION  | [DIVIDE_BY_ZERO] Division by zero. SQLSTATE: 22012
          EXPRESSION  | [MALFORMED_RECORD_IN_PARSING.WITHOUT_SUGGESTION] Malformed. SQLSTATE: 22023
          EXPRESSION  | [USER_DEFINED] any other error of data SQLSTATE: 22P03
          DAMAGED     | [FAILED_READ_FILE.NO_HINT] file:/lake/silver/a.parquet. SQLSTATE: KD001
          DAMAGED     | file:/lake/gold/a/_delta_log/0.json: Malformed records. SQLSTATE: 22023
          DAMAGED     | [DELTA_VERSIONS_NOT_CONTIGUOUS] Versions (0, 2) are not contiguous
          DAMAGED     | file:/lake/gold/a.parquet is not a Parquet file
          OTHER_TYPES | the earlier version of silver.a has x as STRING
          OTHER       | For input string: none of the above
          """)
  void eachKindOfFailureHasItsRemedy(Remedy remedy, String message) {
    Throwable failure = new IllegalStateException("Job aborted", new IOException(message));

    assertThat(Remedy.of(failure)).isEqualTo(remedy);
    assertThat(remedy.text().contains("damaged or gone")).isEqualTo(remedy == Remedy.DAMAGED);
  }

  @Test
  void whatCannotBeOpenedIsNotGone() {
    assertThat(Remedy.of(new FileNotFoundException("/lake/a (Permission denied)")))
        .isEqualTo(Remedy.PERMISSION);
    assertThat(Remedy.of(new FileNotFoundException("/lake/a (No such file or directory)")))
        .isEqualTo(Remedy.DAMAGED);
  }

  @Test
  void aRunThatASignalEndedDoesNotBlameItsJob() {
    JobFailedException failed =
        new JobFailedException(
            "ledger", new IOException("Job 12 cancelled because SparkContext was shut down"));

    assertThat(failed)
        .hasMessage(
            "The run was ended from outside while the job ledger ran. The last release stays."
                + " Run again.");
  }
}

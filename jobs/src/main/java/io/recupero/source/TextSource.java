package io.recupero.source;

import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import org.apache.spark.sql.connector.catalog.SupportsRead;
import org.apache.spark.sql.connector.catalog.Table;
import org.apache.spark.sql.connector.catalog.TableCapability;
import org.apache.spark.sql.connector.catalog.TableProvider;
import org.apache.spark.sql.connector.expressions.Transform;
import org.apache.spark.sql.connector.read.Batch;
import org.apache.spark.sql.connector.read.InputPartition;
import org.apache.spark.sql.connector.read.PartitionReaderFactory;
import org.apache.spark.sql.connector.read.Scan;
import org.apache.spark.sql.connector.read.ScanBuilder;
import org.apache.spark.sql.connector.read.Statistics;
import org.apache.spark.sql.connector.read.SupportsPushDownRequiredColumns;
import org.apache.spark.sql.connector.read.SupportsReportStatistics;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.sql.util.CaseInsensitiveStringMap;

/**
 * Spark's door to the text files: a data source that gives the columns as text with file, record
 * number, problem and line, and reads only what a query asks for. Public only because Spark makes
 * it by name.
 */
public final class TextSource implements TableProvider {

  @Override
  public StructType inferSchema(CaseInsensitiveStringMap options) {
    return TextSpec.read(options).schema();
  }

  @Override
  public Table getTable(
      StructType schema, Transform[] partitioning, Map<String, String> properties) {
    return new TextTable(TextSpec.read(properties));
  }

  private record TextTable(TextSpec spec) implements Table, SupportsRead {

    @Override
    public String name() {
      return spec.files().isEmpty() ? "text" : spec.files().get(0).name();
    }

    @Override
    @SuppressWarnings(
        "deprecation") // Table still declares it abstract or defaulted through columns()
    public StructType schema() {
      return spec.schema();
    }

    @Override
    public Set<TableCapability> capabilities() {
      return Set.of(TableCapability.BATCH_READ);
    }

    @Override
    public ScanBuilder newScanBuilder(CaseInsensitiveStringMap options) {
      return new Builder(spec);
    }
  }

  private static final class Builder implements ScanBuilder, SupportsPushDownRequiredColumns {

    private final TextSpec spec;
    private StructType required;

    Builder(TextSpec spec) {
      this.spec = spec;
      this.required = spec.schema();
    }

    @Override
    public void pruneColumns(StructType requiredSchema) {
      this.required = requiredSchema;
    }

    @Override
    public Scan build() {
      return new TextScan(spec, required);
    }
  }

  private record TextScan(TextSpec spec, StructType required)
      implements Scan, Batch, SupportsReportStatistics {

    @Override
    public StructType readSchema() {
      return required;
    }

    @Override
    public Batch toBatch() {
      return this;
    }

    @Override
    public InputPartition[] planInputPartitions() {
      return spec.tasks().stream()
          .map(t -> TextPartition.of(spec, t))
          .toArray(InputPartition[]::new);
    }

    @Override
    public PartitionReaderFactory createReaderFactory() {
      return new TextPartition.Factory(required);
    }

    @Override
    public Statistics estimateStatistics() {
      return new Size(spec.bytes(), spec.splits().stream().mapToLong(Split::records).sum());
    }
  }

  private record Size(long bytes, long rows) implements Statistics {

    @Override
    public OptionalLong sizeInBytes() {
      return OptionalLong.of(bytes);
    }

    @Override
    public OptionalLong numRows() {
      return OptionalLong.of(rows);
    }
  }
}

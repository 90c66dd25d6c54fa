package io.recupero.contract;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.when;

import java.nio.ByteBuffer;
import java.nio.LongBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.spark.api.java.function.MapPartitionsFunction;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/**
 * Finds, in one pass over the keys of all tables, which keys may be said more than once.
 *
 * <p>Repeated keys are rare in good data, and grouping millions of texts is dear. So only hashes of
 * keys travel, in blocks, and are sorted; of a key that hashes to nothing else's nothing more need
 * be known.
 */
final class RepeatedKeys {

  /** Beyond so many, every record is compared with its like. */
  private static final int MOST = 4 << 20;

  /** The rest of a hash tells the table. */
  private static final int HASH_BITS = 58;

  private static final long HASH = (1L << HASH_BITS) - 1;

  private static final int BUCKETS = 64;
  private static final int BLOCK = 1 << 15;

  /** On hashes of keys that are known already: two of those are only versions of one record. */
  private static final long KNOWN = 1;

  private static final long NO_KEY = 0;

  private static final StructType BLOCKS =
      new StructType()
          .add("table", DataTypes.StringType)
          .add("known", DataTypes.BooleanType)
          .add("records", DataTypes.LongType)
          .add("bucket", DataTypes.IntegerType)
          .add("hashes", DataTypes.BinaryType);

  private final Optional<Hashes> repeated;
  private final Map<String, Long> read;
  private final Map<String, Long> known;

  private RepeatedKeys(Optional<Hashes> repeated, Map<String, Long> read, Map<String, Long> known) {
    this.repeated = repeated;
    this.read = read;
    this.known = known;
  }

  /**
   * Looks through keys.
   *
   * @param records typed records, by the input's name
   * @param known silver tables, by the input's name; only those of inputs in {@code records} count
   */
  static RepeatedKeys find(
      Contracts contracts, Map<String, Dataset<Row>> records, Map<String, Dataset<Row>> known) {
    if (records.isEmpty()) {
      return new RepeatedKeys(Optional.empty(), Map.of(), Map.of());
    }
    SparkSession spark = records.values().iterator().next().sparkSession();
    List<Dataset<Row>> blocks = new ArrayList<>();
    records.forEach((table, frame) -> blocks.add(blocks(contracts.input(table), frame, false)));
    records.keySet().stream()
        .filter(known::containsKey)
        .forEach(table -> blocks.add(blocks(contracts.input(table), known.get(table), true)));
    List<Row> found =
        blocks.stream()
            .reduce(Dataset::unionAll)
            .orElseThrow()
            .repartition(col("bucket"))
            .mapPartitions(
                (MapPartitionsFunction<Row, Row>) RepeatedKeys::several, Encoders.row(BLOCKS))
            .collectAsList();

    Map<String, Long> read = new HashMap<>();
    Map<String, Long> before = new HashMap<>();
    int count = 0;
    for (Row row : found) {
      if (row.isNullAt(4)) {
        (row.getBoolean(1) ? before : read).merge(row.getString(0), row.getLong(2), Long::sum);
      } else {
        count += row.<byte[]>getAs(4).length / Long.BYTES;
      }
    }
    if (count > MOST) {
      return new RepeatedKeys(Optional.empty(), read, before);
    }
    LongBuffer hashes = LongBuffer.allocate(count);
    found.stream()
        .filter(row -> !row.isNullAt(4))
        .forEach(row -> hashes.put(ByteBuffer.wrap(row.getAs(4)).asLongBuffer()));
    return new RepeatedKeys(Optional.of(Hashes.of(spark, hashes.array())), read, before);
  }

  /** Returns how many records of a table were read. */
  long read(String table) {
    return read.getOrDefault(table, 0L);
  }

  /** Returns how many records of a table were known, all versions. */
  long known(String table) {
    return known.getOrDefault(table, 0L);
  }

  /** Returns whether any key of a table may be said more than once. */
  boolean anyRepeats(Contract contract) {
    long first = place(contract) << HASH_BITS;
    return repeated.map(hashes -> hashes.hasAny(first, first | HASH)).orElse(true);
  }

  /** Returns whether a record's key may be said more than once; false without a whole key. */
  Column mayRepeat(Contract contract, boolean isKnown) {
    return repeated
        .map(hashes -> hashes.has(hash(contract, isKnown)))
        .orElseGet(() -> hasKey(contract, isKnown));
  }

  private static Dataset<Row> blocks(Contract contract, Dataset<Row> frame, boolean known) {
    String table = contract.table();
    long mark = known ? 0 : KNOWN;
    return frame
        .select(
            when(hasKey(contract, known), hash(contract, known).minus(lit(mark)))
                .otherwise(lit(NO_KEY))
                .as("hash"))
        .as(Encoders.LONG())
        .mapPartitions(
            (MapPartitionsFunction<Long, Row>) hashes -> new Blocks(table, known).of(hashes),
            Encoders.row(BLOCKS));
  }

  /**
   * The hash of a key. A part that a default may fill is left out of it, since the default may name
   * another record: records that differ in it alone are looked at more closely, too.
   */
  private static Column hash(Contract contract, boolean known) {
    Stream<Column> parts =
        contract.keys().stream()
            .filter(key -> contract.column(key).fallback().isEmpty())
            .map(Typed::quoted);
    Column ofTable =
        Hashes.hash(parts.toArray(Column[]::new))
            .bitwiseAND(lit(HASH))
            .bitwiseOR(lit(place(contract) << HASH_BITS));
    return when(hasKey(contract, known), ofTable);
  }

  private static long place(Contract contract) {
    return Contracts.load().inputs().stream().map(Contract::id).toList().indexOf(contract.id());
  }

  private static Column hasKey(Contract contract, boolean known) {
    return contract.keys().stream()
        .filter(key -> contract.column(key).required())
        .map(key -> Typed.quoted(key).isNotNull())
        .reduce(known ? lit(true) : col(Lineage.PROBLEM).isNull(), Column::and);
  }

  /**
   * Returns the hashes that occur several times, at least once newly; and the counts as they are.
   */
  private static Iterator<Row> several(Iterator<Row> blocks) {
    List<Row> results = new ArrayList<>();
    long[] all = new long[BLOCK];
    int size = 0;
    while (blocks.hasNext()) {
      Row block = blocks.next();
      if (block.isNullAt(4)) {
        results.add(block);
        continue;
      }
      LongBuffer hashes = ByteBuffer.wrap(block.getAs(4)).asLongBuffer();
      int more = hashes.remaining();
      if (size + more > all.length) {
        all = Arrays.copyOf(all, Math.max(size + more, 2 * all.length));
      }
      hashes.get(all, size, more);
      size += more;
    }
    Arrays.sort(all, 0, size);
    int found = 0;
    for (int from = 0, to; from < size; from = to) {
      to = from + 1;
      while (to < size && (all[to] | KNOWN) == (all[from] | KNOWN)) {
        to++;
      }
      // of those with one hash, new ones are first
      if (to - from > 1 && (all[from] & KNOWN) == 0) {
        all[found++] = all[from] | KNOWN;
      }
    }
    results.add(row(null, false, 0, bytes(all, found)));
    return results.iterator();
  }

  private static Row row(String table, boolean known, int bucket, byte[] hashes) {
    return RowFactory.create(table, known, 0L, bucket, hashes);
  }

  private static byte[] bytes(long[] values, int count) {
    ByteBuffer bytes = ByteBuffer.allocate(count * Long.BYTES);
    bytes.asLongBuffer().put(values, 0, count);
    return bytes.array();
  }

  /** Packs the hashes of one partition, so that a row that travels holds thousands. */
  private static final class Blocks {

    private final String table;
    private final boolean known;
    private final long[][] waiting = new long[BUCKETS][];
    private final int[] sizes = new int[BUCKETS];

    Blocks(String table, boolean known) {
      this.table = table;
      this.known = known;
    }

    Iterator<Row> of(Iterator<Long> hashes) {
      return new Iterator<>() {
        private long records;
        private int rest = -1;
        private Row next = advance();

        @Override
        public boolean hasNext() {
          return next != null;
        }

        @Override
        public Row next() {
          Row row = next;
          next = advance();
          return row;
        }

        private Row advance() {
          while (hashes.hasNext()) {
            records++;
            int full = add(hashes.next());
            if (full >= 0) {
              return flush(full);
            }
          }
          while (++rest < BUCKETS) {
            if (sizes[rest] > 0) {
              return flush(rest);
            }
          }
          return rest == BUCKETS ? RowFactory.create(table, known, records, 0, null) : null;
        }
      };
    }

    /** Returns the bucket that is full now, else -1. */
    private int add(long hash) {
      if (hash == NO_KEY) {
        return -1;
      }
      int bucket = (int) (hash >>> 2) & (BUCKETS - 1);
      if (waiting[bucket] == null) {
        waiting[bucket] = new long[64];
      } else if (sizes[bucket] == waiting[bucket].length) {
        waiting[bucket] = Arrays.copyOf(waiting[bucket], 2 * sizes[bucket]);
      }
      waiting[bucket][sizes[bucket]++] = hash;
      return sizes[bucket] == BLOCK ? bucket : -1;
    }

    private Row flush(int bucket) {
      Row row = row(table, known, bucket, bytes(waiting[bucket], sizes[bucket]));
      sizes[bucket] = 0;
      return row;
    }
  }
}

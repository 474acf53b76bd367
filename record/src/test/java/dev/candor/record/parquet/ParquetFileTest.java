package dev.candor.record.parquet;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hardwood.InputFile;
import dev.hardwood.reader.ParquetFileReader;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is written is what DuckDB's own reader reads. */
final class ParquetFileTest {
  @TempDir Path temp;

  private record Row(
      @Nullable Long wide,
      @Nullable Integer narrow,
      @Nullable String text,
      long @Nullable [] list,
      int @Nullable [] ints) {}

  private static void assertSame(List<Row> read, List<Row> written) {
    assertThat(read).hasSameSizeAs(written);
    for (int i = 0; i < read.size(); i++) {
      Row r = read.get(i);
      Row w = written.get(i);
      boolean same =
          Objects.equals(r.wide, w.wide)
              && Objects.equals(r.narrow, w.narrow)
              && Objects.equals(r.text, w.text)
              && Arrays.equals(r.list, w.list)
              && Arrays.equals(r.ints, w.ints);
      assertThat(same).as("row %d: %s, written as %s", i, r, w).isTrue();
    }
  }

  private Path write(List<Row> rows) throws IOException {
    Path path = temp.resolve("x.parquet");
    NumberColumn wide = new NumberColumn("wide", true);
    NumberColumn narrow = new NumberColumn("narrow", false);
    TextColumn text = new TextColumn("text");
    ListColumn list = new ListColumn("list", true);
    ListColumn ints = new ListColumn("ints", false);
    try (ParquetFile file = new ParquetFile(path, List.of(wide, narrow, text, list, ints))) {
      for (Row row : rows) {
        if (row.wide == null) {
          wide.addNull();
        } else {
          wide.add(row.wide);
        }
        if (row.narrow == null) {
          narrow.addNull();
        } else {
          narrow.add(row.narrow);
        }
        text.add(row.text);
        if (row.list == null) {
          list.addNull();
        } else {
          list.add(row.list);
        }
        if (row.ints == null) {
          ints.addNull();
        } else {
          ints.add(row.ints);
        }
        file.endRow();
      }
      file.finish();
    }
    return path;
  }

  private static List<Row> read(Path path) throws SQLException {
    List<Row> rows = new ArrayList<>();
    try (Connection connection = DriverManager.getConnection("jdbc:duckdb:");
        Statement statement = connection.createStatement();
        ResultSet row =
            statement.executeQuery("SELECT * FROM read_parquet('%s')".formatted(path))) {
      while (row.next()) {
        long[] list = longs(row, 4);
        long[] ints = longs(row, 5);
        rows.add(
            new Row(
                (Long) row.getObject(1),
                (Integer) row.getObject(2),
                row.getString(3),
                list,
                ints == null ? null : Arrays.stream(ints).mapToInt(Math::toIntExact).toArray()));
      }
    }
    return rows;
  }

  private static long @Nullable [] longs(ResultSet row, int column) throws SQLException {
    java.sql.Array array = row.getArray(column);
    return array == null
        ? null
        : Arrays.stream((Object[]) array.getArray())
            .mapToLong(v -> ((Number) v).longValue())
            .toArray();
  }

  private static final long[] EXTREMES = {
    0, 1, -1, Long.MIN_VALUE, Long.MAX_VALUE, Integer.MIN_VALUE, Integer.MAX_VALUE, 1L << 33
  };

  private static long number(Random random) {
    return switch (random.nextInt(4)) {
      case 0 -> EXTREMES[random.nextInt(EXTREMES.length)];
      case 1 -> random.nextInt(1000);
      default -> random.nextLong() >> random.nextInt(64);
    };
  }

  private static List<Row> rows(Random random, int count, int longest) {
    List<Row> rows = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      long[] list = new long[random.nextInt(longest + 1)];
      Arrays.setAll(list, k -> number(random));
      int[] ints = new int[random.nextInt(longest + 1)];
      Arrays.setAll(ints, k -> (int) number(random));
      rows.add(
          new Row(
              random.nextInt(3) == 0 ? null : number(random),
              random.nextInt(3) == 0 ? null : (int) number(random),
              random.nextInt(3) == 0 ? null : "täxt " + random.nextInt(40),
              random.nextInt(5) == 0 ? null : list,
              random.nextInt(5) == 0 ? null : ints));
    }
    return rows;
  }

  @Test
  void anyRows_comeBack() throws Exception {
    for (int seed = 0; seed < 60; seed++) {
      Random random = new Random(seed);
      List<Row> rows = rows(random, random.nextInt(400), random.nextInt(300));
      assertSame(read(write(rows)), rows);
    }
  }

  @Test
  void manyRows_andLongLists_makeSeveralRowGroups() throws Exception {
    List<Row> rows = new ArrayList<>(rows(new Random(7), 140_000, 2));
    for (int i = 0; i < 5; i++) {
      long[] list = new long[400_000];
      Arrays.setAll(list, k -> 20_000_000L * k);
      rows.add(new Row(1L, 1, "long", list, new int[] {1}));
    }
    Path path = write(rows);
    assertSame(read(path), rows);
    try (ParquetFileReader other = ParquetFileReader.open(InputFile.of(path))) {
      assertThat(other.getFileMetaData().numRows()).isEqualTo(rows.size());
      // 65,536 rows, as many again, and the rest in two: three long lists fill a group.
      assertThat(other.getFileMetaData().rowGroups()).hasSize(4);
    }
  }

  @Test
  void nothingButNulls_andNoRows_canBeRead() throws Exception {
    List<Row> nulls = Collections.nCopies(3, new Row(null, null, null, null, null));
    assertSame(read(write(nulls)), nulls);
    assertThat(read(write(List.of()))).isEmpty();
  }
}

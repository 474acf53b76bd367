package dev.candor.record.history;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.candor.record.history.CataloguedRun.Figure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class HistoryTest {
  @TempDir private Path folder;
  private Path file = Path.of("");

  @BeforeEach
  void inAFolderThatIsNotThere() {
    file = folder.resolve("candor/history.duckdb");
  }

  private History open() {
    return History.open(
        file,
        message -> {
          throw new AssertionError(message);
        });
  }

  private static CataloguedRun run(String directory, int start, String... tags) {
    return new CataloguedRun(
        0,
        directory,
        "chat",
        "abc",
        List.of(tags),
        "1.0",
        Instant.ofEpochSecond(start),
        "pass",
        tags.length == 0 ? null : "c0ffee");
  }

  @Test
  void add_runs_areThereAgainInTheOrderOfTheirStarts() {
    try (History history = open()) {
      assertThat(history.add(run("/b", 20, "nightly", "it's"), List.of()).id()).isEqualTo(1);
      assertThat(history.add(run("/a", 10), List.of()).id()).isEqualTo(2);
    }
    try (History history = open()) {
      assertThat(history.runs())
          .containsExactly(run("/a", 10).numbered(2), run("/b", 20, "nightly", "it's").numbered(1));
    }
  }

  @Test
  void add_sameRunAgain_replacesIt() {
    try (History history = open()) {
      long first = history.add(run("/a", 10), List.of(new Figure("overall", "x", 1))).id();
      CataloguedRun again =
          history.add(run("/a", 10, "good"), List.of(new Figure("overall", "x", 2)));
      assertThat(again.id()).isEqualTo(first);
      assertThat(history.runs()).containsExactly(again);
      assertThat(history.values("overall", "x")).containsExactly(Map.entry(first, 2.0));
      assertThat(history.add(run("/a", 11), List.of()).id()).isNotEqualTo(first);
    }
  }

  @Test
  void values_areThoseOfThePhaseAndMetric() {
    try (History history = open()) {
      long a = history.add(run("/a", 1), List.of(new Figure("hold", "itl.p50", 10))).id();
      long b =
          history
              .add(
                  run("/b", 2),
                  List.of(new Figure("hold", "itl.p50", 11), new Figure("overall", "itl.p50", 12)))
              .id();
      assertThat(history.values("hold", "itl.p50")).hasSize(2).containsEntry(a, 10.0);
      assertThat(history.values("hold", "itl.p50")).containsEntry(b, 11.0);
      assertThat(history.metrics()).containsExactly("itl.p50");
      assertThat(history.phases()).containsExactly("hold", "overall");
    }
  }

  @Test
  void remove_run_takesItsFiguresWithIt_andItsNumberIsNotGivenAgain() {
    try (History history = open()) {
      long a = history.add(run("/a", 1), List.of(new Figure("hold", "x", 10))).id();
      assertThat(history.remove(a)).isTrue();
      assertThat(history.remove(a)).isFalse();
      assertThat(history.runs()).isEmpty();
      assertThat(history.values("hold", "x")).isEmpty();
      assertThat(history.add(run("/b", 1), List.of()).id()).isGreaterThan(a);
    }
  }

  @Test
  void open_whileAnotherHasIt_waits() throws InterruptedException {
    CountDownLatch begun = new CountDownLatch(1);
    List<Long> ids = new ArrayList<>();
    Thread other;
    try (History history = open()) {
      other =
          Thread.ofPlatform()
              .start(
                  () -> {
                    begun.countDown();
                    try (History second = open()) {
                      ids.add(second.add(run("/b", 2), List.of()).id());
                    }
                  });
      begun.await();
      ids.add(history.add(run("/a", 1), List.of()).id());
    }
    other.join();
    assertThat(ids).containsExactly(1L, 2L);
  }

  @Test
  void open_damagedFile_saysSo() throws IOException {
    Files.createDirectories(file.getParent());
    Files.writeString(file, "not a database, but long enough to be taken for one".repeat(200));
    assertThatThrownBy(this::open)
        .hasMessageContaining(file.toString())
        .hasMessageContaining("cannot be opened as a history")
        .hasMessageNotContaining("\n");
    Files.delete(file);
    // The lock was let go of.
    open().close();
  }

  @Test
  void open_otherDatabase_isLeftAlone() throws IOException, SQLException {
    execute("CREATE TABLE mine (x INTEGER)");
    assertThatThrownBy(this::open).hasMessageContaining("no history of Candor's");
    execute("INSERT INTO mine VALUES (1)");
  }

  @Test
  void open_laterVersion_isLeftAlone() throws IOException, SQLException {
    open().close();
    execute("UPDATE candor_history SET version = 99");
    assertThatThrownBy(this::open).hasMessageContaining("is a history of version 99");
  }

  private void execute(String sql) throws IOException, SQLException {
    Files.createDirectories(file.getParent());
    try (Connection connection = DriverManager.getConnection("jdbc:duckdb:" + file);
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }
}

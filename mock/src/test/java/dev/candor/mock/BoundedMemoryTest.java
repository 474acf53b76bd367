package dev.candor.mock;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.StringWriter;
import java.io.Writer;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

/** What the mock remembers of requests stays within bounds, however many there are. */
final class BoundedMemoryTest {
  private static final int MOST_RECORDS = 100_000;
  private static final int MOST_EVENTS = 5_000_000;
  private static final int REMEMBERED = 100_000;

  private static TruthRecord record(long request, int events) {
    SentEvents sent = new SentEvents();
    for (int i = 0; i < events; i++) {
      sent.add(i, i, 1);
    }
    return new TruthRecord(
        request,
        "/v1/chat/completions",
        200,
        10,
        20,
        40,
        1,
        5,
        4,
        events,
        0,
        new long[0],
        sent,
        List.of(),
        false,
        true);
  }

  @Test
  void truth_manyRecords_theLastAreKept() {
    TruthLog log = new TruthLog(null, "");
    for (int request = 0; request < MOST_RECORDS + 10; request++) {
      log.add(record(request, 1));
    }
    assertThat(log.kept()).hasSize(MOST_RECORDS);
    assertThat(log.kept().getFirst().request()).isEqualTo(10);
    assertThat(log.last(2))
        .extracting(TruthRecord::request)
        .containsExactly(MOST_RECORDS + 8L, MOST_RECORDS + 9L);
  }

  @Test
  void truth_manyEvents_theLastAreKept() {
    TruthLog log = new TruthLog(null, "");
    int each = 500_000;
    for (int request = 0; request < 25; request++) {
      log.add(record(request, each));
    }
    assertThat(log.kept()).hasSize(MOST_EVENTS / each);
    assertThat(log.kept().getLast().request()).isEqualTo(24);
  }

  @Test
  void truth_fileThatHangs_isGivenUp_beforeMoreWaitsThanIsKept() {
    CountDownLatch hangs = new CountDownLatch(1);
    TruthLog log = new TruthLog(new HangingWriter(hangs), "truth.jsonl");
    int each = 500_000;
    int records = 0;
    for (; log.failure() == null; records++) {
      assertThat(records).isLessThanOrEqualTo(MOST_EVENTS / each);
      log.add(record(records, each));
    }
    hangs.countDown();
    log.close();
    assertThat(log.failure()).contains("requests end faster than the file takes them");
    assertThat(log.kept()).hasSize(MOST_EVENTS / each);
  }

  @Test
  void truth_fileThatKeepsUp_takesMoreEventsThanAreKept() {
    StringWriter file = new StringWriter();
    TruthLog log = new TruthLog(file, "truth.jsonl");
    for (int request = 0; request < 6; request++) {
      int written = file.getBuffer().length();
      log.add(record(request, MOST_EVENTS / 5));
      await().until(() -> file.getBuffer().length() > written);
    }
    log.close();
    assertThat(log.failure()).isNull();
    assertThat(file.toString().lines()).hasSize(6);
  }

  @Test
  void requestNumbers_whatWasAskedLongAgo_isForgotten() {
    RequestNumbers numbers = new RequestNumbers();
    long first = numbers.next(null, 1).drawn();
    assertThat(numbers.next(null, 1).drawn()).isNotEqualTo(first);
    for (int other = 1; other < REMEMBERED; other++) {
      numbers.next(null, other * 10L);
    }
    assertThat(numbers.next(null, 1).drawn()).isNotEqualTo(first);
    for (int other = 0; other < REMEMBERED; other++) {
      numbers.next(null, -10L - other);
    }
    assertThat(numbers.next(null, 1).drawn()).isEqualTo(first);
  }

  /** Takes nothing until it is let go. */
  private static final class HangingWriter extends Writer {
    private final CountDownLatch until;

    HangingWriter(CountDownLatch until) {
      this.until = until;
    }

    @Override
    public void write(char[] text, int offset, int length) {
      try {
        until.await();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }

    @Override
    public void flush() {}

    @Override
    public void close() {}
  }
}

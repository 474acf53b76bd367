package dev.candor.load.transport;

import static org.assertj.core.api.Assertions.assertThat;

import dev.candor.protocol.ResponseListener.TextKind;
import dev.candor.record.AttemptRecord;
import dev.candor.record.Outcome;
import dev.candor.record.TokenSource;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a trace is told is what its record says, whichever way its blocks have gone. */
final class TraceReaderTest {
  private static final byte[] LETTERS =
      "abcdefghijklmnopqrstuvwxyz".repeat(200).getBytes(StandardCharsets.US_ASCII);

  @TempDir Path temp;

  private final ArrayDeque<TraceBlock> toWriter = new ArrayDeque<>();
  private final List<String> counted = new ArrayList<>();

  private int count(String text) {
    counted.add(text);
    return text.length() / 4;
  }

  /** An attempt under way, and what it was told. */
  private static final class Told {
    final AttemptTrace trace;
    final List<Long> nanos = new ArrayList<>();
    final List<Long> silent = new ArrayList<>();
    final StringBuilder text = new StringBuilder();

    Told(AttemptTrace trace, long sent) {
      this.trace = trace;
      trace.sent = trace.headers = sent;
      trace.readNanos = sent;
    }

    void event(Random random) {
      trace.readNanos += random.nextInt(5) == 0 ? 0 : random.nextLong(1L << random.nextInt(1, 40));
      if (random.nextInt(10) == 0) {
        trace.onSilentEvent(true);
        silent.add(trace.readNanos);
      } else {
        int length = random.nextInt(100) == 0 ? 3000 : random.nextInt(12);
        trace.onText(TextKind.ANSWER, LETTERS, 7, length);
        nanos.add(trace.readNanos);
        text.append(new String(LETTERS, 7, length, StandardCharsets.US_ASCII));
      }
    }

    void end(Outcome outcome) {
      trace.outcome = outcome;
      trace.onDone();
    }
  }

  @ParameterizedTest
  @CsvSource({"100000, true", "100000, false", "5, true", "5, false", "0, false"})
  void manyAtOnce_allComeBackWhole(int mostKept, boolean text) throws IOException {
    Random random = new Random(mostKept);
    TraceBlocks blocks = new TraceBlocks(1 << 20, toWriter::add);
    TraceStore store = new TraceStore(mostKept, temp.resolve("spill"));
    int spilled = 0;
    try (TraceReader reader = new TraceReader(0, this::count, store)) {
      List<Told> underWay = new ArrayList<>();
      for (int i = 0; i < 20; i++) {
        underWay.add(told(blocks, i, text));
      }
      for (int i = 0; i < 60_000; i++) {
        int which = random.nextInt(underWay.size());
        underWay.get(which).event(random);
        toWriter.forEach(reader::keep);
        toWriter.clear();
        spilled = Math.max(spilled, store.spilled());
        assertThat(store.kept()).isLessThanOrEqualTo(mostKept);
        if (random.nextInt(2_000) == 0) {
          end(underWay.get(which), reader, text);
          underWay.set(which, told(blocks, 1000L * i, text));
        }
      }
      for (Told each : underWay) {
        end(each, reader, text);
      }
    }
    assertThat(store.kept()).isZero();
    assertThat(store.spilled()).isZero();
    assertThat(spilled > 0).isEqualTo(mostKept < 100_000);
    try (var left = Files.list(temp)) {
      assertThat(left).isEmpty();
    }
  }

  private static Told told(TraceBlocks blocks, long sent, boolean text) {
    AttemptTrace trace = new AttemptTrace(blocks);
    trace.reset();
    trace.keepText(text);
    return new Told(trace, sent);
  }

  private void end(Told told, TraceReader reader, boolean text) {
    told.end(Outcome.COMPLETED);
    counted.clear();
    AttemptRecord read = reader.read(told.trace);
    assertThat(read.eventNanos()).containsExactly(longs(told.nanos));
    assertThat(read.silentNanos()).containsExactly(longs(told.silent));
    if (text) {
      assertThat(counted).containsExactly(told.text.toString());
      assertThat(read.tokenSource()).isEqualTo(TokenSource.TOKENIZER);
    }
  }

  private static long[] longs(List<Long> values) {
    return values.stream().mapToLong(Long::longValue).toArray();
  }

  private static AttemptTrace answer(TraceReader reader, int events, int usage, Outcome outcome) {
    AttemptTrace trace = new AttemptTrace();
    trace.keepText(reader.wantsText());
    trace.sent = 0;
    for (int i = 0; i < events; i++) {
      trace.readNanos = i;
      trace.onText(TextKind.ANSWER, LETTERS, 0, 8);
    }
    if (usage >= 0) {
      trace.onUsage(1, -1, usage, -1);
    }
    trace.outcome = outcome;
    return trace;
  }

  @Test
  void text_isWantedUntilTheServerCounts_andACutAnswerIsEstimatedByIt() {
    try (TraceReader reader = new TraceReader(0, this::count)) {
      AttemptRecord before = reader.read(answer(reader, 3, -1, Outcome.DISCONNECTED));
      assertThat(before.tokenSource()).isEqualTo(TokenSource.TOKENIZER);
      assertThat(before.outputTokens()).isEqualTo(6);
      assertThat(reader.wantsText()).isTrue();
      // Four tokens an event, two bytes a token.
      reader.read(answer(reader, 10, 40, Outcome.COMPLETED));
      assertThat(reader.wantsText()).isFalse();
      AttemptRecord cut = reader.read(answer(reader, 5, -1, Outcome.TIMEOUT_TOTAL));
      assertThat(cut.tokenSource()).isEqualTo(TokenSource.ESTIMATE);
      assertThat(cut.outputTokens()).isEqualTo(20);
      assertThat(cut.eventTokens()).containsExactly(4, 4, 4, 4, 4);
      assertThat(reader.wantsText()).isFalse();
    }
  }

  @Test
  void cutAnswer_whereEveryEventHadAToken_isCountedByItsEvents() {
    try (TraceReader reader = new TraceReader(0, this::count)) {
      AttemptTrace whole = new AttemptTrace();
      whole.sent = 0;
      for (int i = 0; i < 4; i++) {
        whole.onText(TextKind.ANSWER, LETTERS, 0, i + 1);
      }
      whole.onUsage(1, -1, 4, -1);
      whole.outcome = Outcome.COMPLETED;
      reader.read(whole);
      AttemptRecord cut = reader.read(answer(reader, 7, -1, Outcome.DISCONNECTED));
      assertThat(cut.tokenSource()).isEqualTo(TokenSource.ESTIMATE);
      assertThat(cut.outputTokens()).as("by bytes it were 22").isEqualTo(7);
    }
  }

  @Test
  void cacheWrites_reachTheRecord_andAreForgottenWithTheAttempt() {
    try (TraceReader reader = new TraceReader(0, this::count)) {
      AttemptTrace trace = answer(reader, 2, 2, Outcome.COMPLETED);
      trace.onCacheWrite(9);
      assertThat(reader.read(trace).cacheWriteTokens()).isEqualTo(9);
      trace.reset();
      trace.sent = 0;
      trace.outcome = Outcome.COMPLETED;
      assertThat(reader.read(trace).cacheWriteTokens()).isEqualTo(AttemptRecord.NONE);
    }
  }

  @Test
  void text_isWantedForGood_onceAWholeAnswerHadNoUsage() {
    try (TraceReader reader = new TraceReader(0, this::count)) {
      reader.read(answer(reader, 10, 10, Outcome.COMPLETED));
      AttemptRecord without = reader.read(answer(reader, 10, -1, Outcome.COMPLETED));
      assertThat(without.tokenSource()).isEqualTo(TokenSource.ESTIMATE);
      assertThat(reader.wantsText()).isTrue();
      reader.read(answer(reader, 10, 10, Outcome.COMPLETED));
      assertThat(reader.wantsText()).isTrue();
    }
  }

  @Test
  void writerThatTakesNoMore_losesTheTimeline_butNotTheAttempt() {
    TraceBlocks blocks = new TraceBlocks(2, toWriter::add);
    try (TraceReader reader = new TraceReader(0, this::count)) {
      AttemptTrace trace = new AttemptTrace(blocks);
      trace.reset();
      trace.sent = 0;
      for (int i = 1; i <= 10_000; i++) {
        trace.readNanos = i * 20_000_000L;
        trace.onText(TextKind.ANSWER, LETTERS, 0, 4);
      }
      trace.onUsage(1, -1, 10_000, -1);
      trace.outcome = Outcome.COMPLETED;
      assertThat(toWriter).hasSize(2);
      toWriter.forEach(reader::keep);
      AttemptRecord read = reader.read(trace);
      assertThat(trace.incomplete()).isTrue();
      assertThat(read.first()).isEqualTo(20_000_000L);
      assertThat(read.last()).isEqualTo(10_000 * 20_000_000L);
      assertThat(read.outputTokens()).isEqualTo(10_000);
      assertThat(read.eventNanos()).isEmpty();
      trace.reset();
      assertThat(trace.incomplete()).isFalse();
    }
  }

  @Test
  void listedTokens_areThoseThatHaveCome_andNoMoreThanTheirUserWants() {
    long[] instants = {30, 40, 60, 90};
    for (long origin : new long[] {0, 10}) {
      try (TraceReader reader = new TraceReader(origin, null)) {
        AttemptTrace trace = new AttemptTrace();
        trace.reset();
        trace.sent = 20;
        trace.onTokens(instants, 1);
        assertThat(trace.events()).isEqualTo(1);
        trace.onTokens(instants, 4);
        trace.onUsage(5, -1, 4, -1);
        trace.outcome = Outcome.COMPLETED;
        AttemptRecord whole = reader.read(trace);
        assertThat(whole.eventNanos())
            .containsExactly(30 - origin, 40 - origin, 60 - origin, 90 - origin);
        assertThat(whole.eventTokens()).containsExactly(1, 1, 1, 1);
        assertThat(whole.first()).isEqualTo(30 - origin);
        assertThat(whole.second()).isEqualTo(40 - origin);
        assertThat(whole.last()).isEqualTo(90 - origin);

        trace.reset();
        trace.sent = 20;
        trace.leaveAfter = 2;
        trace.onTokens(instants, 3);
        assertThat(trace.finished()).isTrue();
        assertThat(trace.judge(true, false)).isEqualTo(Outcome.ABANDONED);
        AttemptRecord left = reader.read(trace);
        assertThat(left.eventNanos()).containsExactly(30 - origin, 40 - origin);
        assertThat(left.last()).isEqualTo(40 - origin);
      }
    }
    assertThat(instants).containsExactly(30, 40, 60, 90);
  }

  @Test
  void endlessAnswer_isOversized() {
    AttemptTrace trace = new AttemptTrace();
    trace.keepText(false);
    trace.sent = 0;
    for (int i = 0; i <= 1 << 22; i++) {
      trace.onText(TextKind.ANSWER, LETTERS, 0, 1);
    }
    assertThat(trace.finished()).isTrue();
    assertThat(trace.judge(true, false)).isEqualTo(Outcome.OVERSIZED);
  }
}

package dev.candor.workload;

import dev.candor.base.random.Seed;
import dev.candor.corpus.CorpusRow;
import dev.candor.corpus.CorpusWriter;
import dev.candor.scenario.CachePlan;
import dev.candor.scenario.SaltScope;
import dev.candor.scenario.Workload;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Corpus files for tests, row by row. */
final class Corpora {
  static final long SECOND = 1_000_000_000L;
  static final int SALT_TOKENS = Salt.of(1, Mixes.TOKENIZER).tokens();

  private final List<CorpusRow> rows = new ArrayList<>();
  private int session = -1;
  private int turn;

  /** Begins a session that came at {@code atNanos}. */
  Corpora session(long atNanos, int input, int output, long... blocks) {
    session++;
    turn = 0;
    return row(CorpusRow.NONE, atNanos, input, output, blocks, null);
  }

  /** A turn after the one before it. */
  Corpora turn(long waitNanos, int input, int output, long... blocks) {
    turn++;
    return row(waitNanos, CorpusRow.NONE, input, output, blocks, null, turn - 1);
  }

  /** A turn after these. */
  Corpora after(long waitNanos, int... turns) {
    turn++;
    return row(waitNanos, CorpusRow.NONE, 100 + turn, 5, new long[0], null, turns);
  }

  /** A session of these prompts one after the other, each a JSON array of messages. */
  Corpora texts(String... prompts) {
    session++;
    for (turn = 0; turn < prompts.length; turn++) {
      int[] before = turn == 0 ? new int[0] : new int[] {turn - 1};
      row(SECOND, session * SECOND, 7, 9, new long[0], prompts[turn], before);
    }
    return this;
  }

  /** A turn as it is. */
  Corpora row(
      long waitNanos,
      long atNanos,
      int input,
      int output,
      long[] blocks,
      @Nullable String messages,
      int... after) {
    rows.add(
        new CorpusRow(
            session,
            turn,
            after,
            waitNanos,
            atNanos,
            session % 2 == 0 ? "chat" : "code",
            input,
            output,
            CorpusRow.NONE,
            blocks.length == 0 ? 0 : 16,
            blocks,
            messages,
            null,
            "log.jsonl",
            rows.size() + 1));
    return this;
  }

  Path write(Path file) throws IOException {
    try (CorpusWriter writer = new CorpusWriter(file)) {
      for (CorpusRow row : rows) {
        writer.append(row);
      }
      writer.finish();
    }
    return file;
  }

  List<CorpusRow> rows() {
    return rows;
  }

  static Workload.Corpus source(Path file) {
    return new Workload.Corpus(file, 0, 0, false);
  }

  static Workload.Corpus real(Path file) {
    return new Workload.Corpus(file, 0, 0, true);
  }

  static Workload workload(Workload.Corpus source, SaltScope salt) {
    return new Workload(source, "o200k_base", null, salt, false, List.of());
  }

  static Workload warm(Workload.Corpus source) {
    return workload(source, SaltScope.RUN)
        .withCache(new CachePlan(new CachePlan.Warm(), CachePlan.TOLERANCE, null));
  }

  static OpenedSource open(Workload workload, boolean timed) {
    return PromptSources.open(workload, Mixes.TOKENIZER, new Seed(5), 1, timed);
  }

  static SessionSource open(Workload.Corpus source) {
    return open(workload(source, SaltScope.RUN), false).source();
  }

  /** What a prompt says, message by message, without its salt. */
  static List<String> contents(Prompt prompt) {
    List<String> contents = new ArrayList<>();
    for (Prompt.Message message : prompt.messages()) {
      contents.add(message.content());
    }
    contents.set(0, contents.getFirst().replaceFirst("^\\[[0-9a-f]{16}]", ""));
    return contents;
  }

  /** Tokens that two texts begin with in common. */
  static int common(Prompt one, Prompt other) {
    int[] first = Mixes.TOKENIZER.encode(one.messages().getFirst().content());
    int[] second = Mixes.TOKENIZER.encode(other.messages().getFirst().content());
    int differ = Arrays.mismatch(first, second);
    return differ < 0 ? first.length : differ;
  }
}

package dev.candor.workload;

import dev.candor.base.error.CandorException;
import dev.candor.corpus.Corpus;
import dev.candor.corpus.CorpusRow;
import dev.candor.scenario.Workload;
import dev.candor.workload.arrival.RowTimes;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;

/**
 * Which sessions of a corpus a run uses, when they came, and which lie together. Some bytes a
 * session. <b>Safe for use by several threads.</b>
 */
final class CorpusIndex {
  private final Workload.Corpus source;
  private final Corpus corpus;
  private final long[] used;
  private final long[] groupStarts;
  private final @Nullable RowTimes times;

  private CorpusIndex(
      Workload.Corpus source,
      Corpus corpus,
      long[] used,
      long[] groupStarts,
      @Nullable RowTimes times) {
    this.source = source;
    this.corpus = corpus;
    this.used = used;
    this.groupStarts = groupStarts;
    this.times = times;
  }

  /**
   * Reads all of {@code source} but its texts and blocks; says in {@code notes} what is left out.
   *
   * @param timed whether each session must have an instant
   */
  static CorpusIndex read(Workload.Corpus source, boolean timed, List<String> notes) {
    Corpus corpus = Corpus.existing(source.file());
    Scan scan = new Scan(source, timed);
    corpus.whileBare(scan::take);
    if (scan.used.isEmpty()) {
      throw CandorException.user(
          "workload.corpus.file: %s has no %s"
              .formatted(
                  source.file(),
                  scan.leftOut == 0
                      ? "request"
                      : "session whose first prompt is of at most %d tokens"
                          .formatted(source.maxInputTokens())));
    }
    scan.finish(notes);
    long[] times = scan.times.toArray();
    return new CorpusIndex(
        source,
        corpus,
        scan.used.toArray(),
        scan.groupStarts.toArray(),
        timed ? new RowTimes(times) : null);
  }

  /** How many sessions are used. */
  int size() {
    return used.length;
  }

  /** The number in the corpus of the used session {@code index}. */
  long session(int index) {
    return used[index];
  }

  /** The group of sessions that are read together in which {@code session} is. */
  int group(long session) {
    int found = Arrays.binarySearch(groupStarts, session);
    return found >= 0 ? found : -found - 2;
  }

  /** The sessions of a group, in order from {@link #groupStart}; those left out have no turns. */
  List<RecordedSession> sessions(int group) {
    List<RecordedSession> sessions = new ArrayList<>();
    List<CorpusRow> rows = new ArrayList<>();
    for (CorpusRow row : corpus.sessions(groupStarts[group], groupStarts[group + 1])) {
      if (row.turn() == 0 && !rows.isEmpty()) {
        sessions.add(RecordedSession.of(source.file(), rows, source.maxInputTokens()));
        rows.clear();
      }
      rows.add(row);
    }
    sessions.add(RecordedSession.of(source.file(), rows, source.maxInputTokens()));
    return sessions;
  }

  int groups() {
    return groupStarts.length - 1;
  }

  long groupStart(int group) {
    return groupStarts[group];
  }

  Corpus corpus() {
    return corpus;
  }

  /** When the used sessions came; null where that was not asked for. */
  @Nullable RowTimes times() {
    return times;
  }

  /** One reading of the corpus. For one thread. */
  private static final class Scan {
    /*
     * A group is read at once: enough for the look-up to be cheap, few enough to be held. Tokens
     * stand for the letters of texts, which are not read yet, and for ids of blocks.
     */
    private static final int MOST_ROWS = 1024;
    private static final long MOST_TOKENS = 1 << 21;

    private final Workload.Corpus source;
    private final boolean timed;
    private final CorpusUse use;
    private final Numbers used = new Numbers();
    private final Numbers times = new Numbers();
    private final Numbers groupStarts = new Numbers();
    private long sessionsSeen;
    private int groupRows;
    private long groupTokens;
    private long leftOut;
    private long shortened;
    private long sessionCut = -1;
    private long besideFirst;
    private long unknownWaits;

    Scan(Workload.Corpus source, boolean timed) {
      this.source = source;
      this.timed = timed;
      this.use = new CorpusUse(source);
    }

    boolean take(CorpusRow row) {
      CorpusUse.Use how = use.of(row);
      if (how == CorpusUse.Use.BEYOND) {
        return false;
      }
      if (row.turn() == 0) {
        begin(row, how);
      } else if (how == CorpusUse.Use.CUT) {
        shortened += sessionCut == row.session() ? 0 : 1;
      } else {
        besideFirst += row.after().length == 0 ? 1 : 0;
        unknownWaits += row.after().length > 0 && row.waitNanos() == CorpusRow.NONE ? 1 : 0;
      }
      sessionCut = how == CorpusUse.Use.CUT ? row.session() : sessionCut;
      groupRows++;
      groupTokens += row.inputTokens();
      return true;
    }

    private void begin(CorpusRow row, CorpusUse.Use how) {
      if (sessionsSeen == 0 || groupRows >= MOST_ROWS || groupTokens >= MOST_TOKENS) {
        groupStarts.add(row.session());
        groupRows = 0;
        groupTokens = 0;
      }
      sessionsSeen++;
      if (how == CorpusUse.Use.CUT) {
        leftOut++;
        return;
      }
      used.add(row.session());
      if (timed) {
        checkTime(row);
        times.add(row.atNanos());
      }
    }

    private void checkTime(CorpusRow row) {
      if (row.atNanos() == CorpusRow.NONE) {
        throw CandorException.user(
            "workload.corpus.file: %s does not say when session %d came (%s:%d), which a replay needs"
                .formatted(source.file(), row.session(), row.source(), row.line()));
      }
      if (!times.isEmpty() && row.atNanos() < times.last()) {
        throw CandorException.user(
            "workload.corpus.file: %s has session %d, which came before the one ahead of it; a replay needs times that never go back"
                .formatted(source.file(), row.session()));
      }
    }

    void finish(List<String> notes) {
      groupStarts.add(sessionsSeen);
      if (used.size() == Integer.MAX_VALUE) {
        throw CandorException.user(
            "workload.corpus.file: %s has too many sessions; set a limit".formatted(source.file()));
      }
      if (leftOut > 0 || shortened > 0) {
        notes.add(
            "prompts of over %d tokens: %d sessions of the corpus that begin with one were left out, %d end before their first one"
                .formatted(source.maxInputTokens(), leftOut, shortened));
      }
      if (unknownWaits > 0) {
        notes.add(
            "the corpus does not know how long %d requests waited after the answers before them; they start at once"
                .formatted(unknownWaits));
      }
      if (besideFirst > 0) {
        notes.add(
            "%d requests of the corpus ran beside the first one of their session; they start when that has ended"
                .formatted(besideFirst));
      }
    }
  }

  /** A growing list of numbers. */
  private static final class Numbers {
    private final LongStream.Builder numbers = LongStream.builder();
    private int size;
    private long last;

    void add(long number) {
      numbers.add(number);
      last = number;
      size++;
    }

    boolean isEmpty() {
      return size == 0;
    }

    int size() {
      return size;
    }

    long last() {
      return last;
    }

    long[] toArray() {
      return numbers.build().toArray();
    }
  }
}

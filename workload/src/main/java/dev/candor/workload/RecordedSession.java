package dev.candor.workload;

import dev.candor.corpus.CorpusRow;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** A session of a corpus: its turns, and which waits for which. Unchangeable. */
final class RecordedSession {
  /** Carries no earlier turn on. */
  static final int NONE = -1;

  private final List<RecordedTurn> turns;
  private final long letters;
  private final List<List<Integer>> followers = new ArrayList<>();
  private final int[] waitsFor;
  private final int[] carries;
  private final boolean[] carried;

  private RecordedSession(List<RecordedTurn> turns, List<int[]> predecessors, long letters) {
    this.turns = List.copyOf(turns);
    this.letters = letters;
    this.waitsFor = new int[turns.size()];
    this.carries = new int[turns.size()];
    this.carried = new boolean[turns.size()];
    for (int turn = 0; turn < turns.size(); turn++) {
      followers.add(new ArrayList<>());
      int[] before = predecessors.get(turn);
      waitsFor[turn] = before.length;
      for (int each : before) {
        followers.get(each).add(turn);
      }
      carries[turn] = carries(turns, turn, before);
      if (carries[turn] != NONE) {
        carried[carries[turn]] = true;
      }
    }
  }

  /**
   * The session of {@code rows}, cut before the first prompt that is too long.
   *
   * @param maxInputTokens 0: none is too long
   */
  static RecordedSession of(Path file, List<CorpusRow> rows, int maxInputTokens) {
    RecordedTexts texts = new RecordedTexts(file);
    List<RecordedTurn> turns = new ArrayList<>();
    List<int[]> predecessors = new ArrayList<>();
    for (CorpusRow row : rows) {
      if (maxInputTokens > 0 && row.inputTokens() > maxInputTokens) {
        break;
      }
      turns.add(RecordedTurn.of(row, texts));
      predecessors.add(predecessors(row));
    }
    return new RecordedSession(turns, predecessors, texts.letters());
  }

  /** Of several that begin a session side by side, the others follow the first. */
  private static int[] predecessors(CorpusRow row) {
    if (row.after().length == 0) {
      return row.turn() == 0 ? row.after() : new int[] {0};
    }
    return Arrays.stream(row.after()).distinct().toArray();
  }

  private static int carries(List<RecordedTurn> turns, int turn, int[] predecessors) {
    RecordedTurn later = turns.get(turn);
    if (!later.hasText()) {
      boolean alone = predecessors.length == 1 && !later.hasBlocks();
      return alone && !turns.get(predecessors[0]).hasText() ? predecessors[0] : NONE;
    }
    int longest = NONE;
    for (int each : predecessors) {
      RecordedTurn earlier = turns.get(each);
      if (later.goesOnFrom(earlier)
          && (longest == NONE || earlier.lines().size() > turns.get(longest).lines().size())) {
        longest = each;
      }
    }
    return longest;
  }

  int turns() {
    return turns.size();
  }

  RecordedTurn turn(int index) {
    return turns.get(index);
  }

  /** Letters of its texts, and what its ids of blocks take. */
  long size() {
    long size = letters;
    for (RecordedTurn turn : turns) {
      size += (long) Long.BYTES * turn.beginning().blocks().length;
    }
    return size;
  }

  /** The turns that wait for {@code turn}. */
  List<Integer> followers(int turn) {
    return followers.get(turn);
  }

  /** How many turns each one waits for, by turn. */
  int[] waitsFor() {
    return waitsFor.clone();
  }

  /** The turn whose messages and answer {@code turn} begins with; {@link #NONE}. */
  int carries(int turn) {
    return carries[turn];
  }

  /** Whether a later turn carries its answer on. */
  boolean carried(int turn) {
    return carried[turn];
  }
}

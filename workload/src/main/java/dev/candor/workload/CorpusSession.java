package dev.candor.workload;

import dev.candor.workload.CorpusPrompts.Answered;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A session of a corpus, played again: each turn starts when those that it waits for have ended.
 */
final class CorpusSession implements Session {
  private final long number;
  private final RecordedSession recorded;
  private final CorpusPrompts prompts;
  private final Map<Integer, CorpusPrompts.Asked> inFlight = new HashMap<>();
  private final Map<Integer, Answered> carried = new HashMap<>();
  private final int[] waitsFor;

  CorpusSession(long number, RecordedSession recorded, CorpusPrompts prompts) {
    this.number = number;
    this.recorded = recorded;
    this.prompts = prompts;
    this.waitsFor = recorded.waitsFor();
  }

  @Override
  public long number() {
    return number;
  }

  @Override
  public Call first() {
    return call(0, 0);
  }

  @Override
  public List<Call> next(int turn, Answer answer) {
    CorpusPrompts.Asked asked = inFlight.remove(turn);
    if (asked == null) {
      throw new IllegalArgumentException(
          "session %d has no call %d in flight".formatted(number, turn));
    }
    if (recorded.carried(turn)) {
      carried.put(turn, new Answered(turn, recorded.turn(turn), asked, answer.text()));
    }
    List<Call> calls = new ArrayList<>();
    for (int follower : recorded.followers(turn)) {
      if (--waitsFor[follower] == 0) {
        calls.add(call(follower, recorded.turn(follower).waitNanos()));
      }
    }
    return calls;
  }

  private Call call(int turn, long waitNanos) {
    @Nullable Answered before = carried.get(recorded.carries(turn));
    CorpusPrompts.Asked asked = prompts.ask(number, turn, recorded.turn(turn), before);
    inFlight.put(turn, asked);
    return new Call(turn, waitNanos, asked.prompt(), follow(turn));
  }

  private Follow follow(int turn) {
    if (recorded.followers(turn).isEmpty()) {
      return Follow.NOTHING;
    }
    return prompts.realAnswers() && recorded.carried(turn) ? Follow.ANSWER : Follow.END;
  }
}

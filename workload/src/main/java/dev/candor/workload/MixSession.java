package dev.candor.workload;

import dev.candor.base.random.Seed;
import dev.candor.scenario.Turns;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** A generated session: a conversation, and the sub-agents that its turns set to work. */
final class MixSession implements Session {
  private final long number;
  private final ClassPlan plan;
  private final Seed seed;
  private final Script script;
  private final Conversation.Setup setup;
  private final Conversation main;
  private final Map<Integer, Conversation> inFlight = new HashMap<>();
  private List<Conversation> subagents = List.of();
  private int subagentsAtWork;
  private int strands = 1;
  private int handedOut;

  MixSession(long number, ClassPlan plan, Seed seed, Conversation.Setup setup) {
    this.number = number;
    this.plan = plan;
    this.seed = seed;
    this.setup = setup;
    this.script = plan.script(number, seed);
    this.main = new Conversation(script, setup);
  }

  @Override
  public long number() {
    return number;
  }

  @Override
  public Call first() {
    return call(main, main.first(handedOut), 0);
  }

  @Override
  public List<Call> next(int turn, Answer answer) {
    Conversation answered = inFlight.remove(turn);
    if (answered == null) {
      throw new IllegalArgumentException(
          "session %d has no call %d in flight".formatted(number, turn));
    }
    answered.answered(answer);
    return answered == main ? afterMain() : afterSubagent(answered);
  }

  private List<Call> afterMain() {
    int wanted = plan.subagents(seed, main.turn());
    Turns.Subagents kind = plan.subagents();
    if (wanted == 0 || kind == null || !main.mayGoOn(true)) {
      return goOn(main, List.of());
    }
    subagents = new ArrayList<>();
    List<Call> calls = new ArrayList<>();
    for (int i = 0; i < wanted; i++) {
      Conversation subagent = new Conversation(plan.subagent(kind, script, strands++, seed), setup);
      subagents.add(subagent);
      calls.add(call(subagent, subagent.first(handedOut), 0));
    }
    subagentsAtWork = wanted;
    return calls;
  }

  private List<Call> afterSubagent(Conversation subagent) {
    List<Call> more = goOn(subagent, List.of());
    if (!more.isEmpty() || --subagentsAtWork > 0) {
      return more;
    }
    return goOn(main, subagents.stream().map(Conversation::lastAnswer).toList());
  }

  private List<Call> goOn(Conversation conversation, List<Piece> results) {
    Prompt prompt = conversation.next(handedOut, results);
    if (prompt == null) {
      return List.of();
    }
    // Whoever waited for sub-agents has what it needs when the last of them ends.
    long waitNanos = results.isEmpty() ? conversation.thinkNanos() : 0;
    return List.of(call(conversation, prompt, waitNanos));
  }

  private Call call(Conversation conversation, Prompt prompt, long waitNanos) {
    int turn = handedOut++;
    inFlight.put(turn, conversation);
    return new Call(turn, waitNanos, prompt, follow(conversation));
  }

  private Follow follow(Conversation conversation) {
    boolean over = conversation == main && !main.mayGoOn(plan.subagents(seed, main.turn()) > 0);
    if (over) {
      return Follow.NOTHING;
    }
    return setup.rules().realAnswers() ? Follow.ANSWER : Follow.END;
  }
}

package dev.candor.workload;

import dev.candor.base.random.Seed;
import dev.candor.base.stats.Distribution;
import dev.candor.base.stats.Distribution.Constant;
import dev.candor.scenario.ContextLimit;
import dev.candor.scenario.PromptContext;
import dev.candor.scenario.SaltScope;
import dev.candor.scenario.SessionRules;
import dev.candor.scenario.Turns;
import dev.candor.scenario.Workload;
import dev.candor.scenario.Workload.RequestClass;
import dev.candor.token.Tokenizer;
import dev.candor.token.Tokenizers;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Mixes for tests, and what is made of them. */
final class Mixes {
  static final Tokenizer TOKENIZER = Tokenizers.open("o200k_base");
  static final PromptContext SYSTEM =
      new PromptContext(new PromptContext.SystemPrompts(new Constant(64), 3, 0), null, null);

  private Mixes() {}

  static SessionSource open(Workload.Synthetic mix, SaltScope salt, long nonce) {
    return open(new Workload(mix, "o200k_base", null, salt, false, List.of()), TOKENIZER, nonce);
  }

  static SessionSource open(Workload workload, Tokenizer tokenizer, long nonce) {
    return PromptSources.open(workload, tokenizer, new Seed(5), nonce).source();
  }

  static SessionRules rules(ContextLimit limit, boolean realAnswers) {
    return new SessionRules(limit, realAnswers);
  }

  /** A class of conversations with messages of 50 tokens, answers of 30 and 2 s in between. */
  static RequestClass talk(PromptContext context, int turns, Turns.@Nullable Subagents subagents) {
    Distribution message = new Constant(50);
    return new RequestClass(
        "talk",
        1,
        message,
        new Constant(30),
        0,
        context,
        new Turns(new Constant(turns), message, new Constant(2e9), subagents));
  }

  static Workload.Synthetic one(RequestClass kind, SessionRules rules) {
    return new Workload.Synthetic(List.of(kind), rules);
  }

  /** All calls of a session, each answered in order with {@code answer} and its turn. */
  static List<Session.Call> play(Session session, String answer) {
    List<Session.Call> calls = new ArrayList<>();
    Deque<Session.Call> waiting = new ArrayDeque<>(List.of(session.first()));
    while (!waiting.isEmpty()) {
      Session.Call call = waiting.remove();
      calls.add(call);
      if (call.follow() != Session.Follow.NOTHING) {
        waiting.addAll(session.next(call.turn(), new Session.Answer(answer + call.turn(), 1)));
      }
    }
    return calls;
  }

  static int tokens(Prompt prompt) {
    return prompt.messages().stream().mapToInt(each -> TOKENIZER.count(each.content())).sum();
  }

  static List<String> roles(Prompt prompt) {
    return prompt.messages().stream().map(Prompt.Message::role).toList();
  }
}

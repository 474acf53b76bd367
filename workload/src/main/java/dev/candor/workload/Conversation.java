package dev.candor.workload;

import dev.candor.scenario.ContextLimit;
import dev.candor.scenario.SessionRules;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Requests in a row, each of which carries all that was said before. <b>For one thread at a
 * time.</b>
 */
final class Conversation {
  /** Many servers refuse an assistant's message without text. */
  static final String NO_ANSWER = "(no answer)";

  private final Script script;
  private final Setup setup;
  private final History history;
  private int turn;
  private @Nullable Piece lastAnswer;

  /**
   * What all conversations of a run have in common.
   *
   * @param maxTokens bound of every answer
   * @param templateTokens what the server adds to a prompt; the first message is that much shorter
   */
  record Setup(
      MessageText text, Salts salts, SessionRules rules, int maxTokens, int templateTokens) {
    ContextWindow window() {
      return new ContextWindow(rules.limit());
    }

    Setup withTemplate(int tokens) {
      return new Setup(text, salts, rules, maxTokens, tokens);
    }
  }

  Conversation(Script script, Setup setup) {
    this.script = script;
    this.setup = setup;
    this.history = new History(setup.text(), setup.salts(), script.session());
  }

  /** The index of the request that was made last. */
  int turn() {
    return turn;
  }

  /** The first request, the session's call {@code number}. */
  Prompt first(int number) {
    Script.Turn drawn = script.turn().apply(0);
    List<Piece> user = new ArrayList<>(script.documents());
    user.add(script.message(0, firstTokens(drawn)));
    history.open(number, script.system(), user);
    return prompt(drawn);
  }

  /** Takes the answer to the last request. */
  void answered(Session.Answer answer) {
    Piece said;
    if (setup.rules().realAnswers()) {
      said = new Piece.Quoted(answer.text().isBlank() ? NO_ANSWER : answer.text());
    } else {
      said = script.answer(turn, outputTokens(script.turn().apply(turn)));
    }
    lastAnswer = said;
    history.answers(said);
  }

  /** The last answer, as it is carried on. */
  Piece lastAnswer() {
    if (lastAnswer == null) {
      throw new IllegalStateException("no answer yet");
    }
    return lastAnswer;
  }

  /**
   * Whether another request may follow the last one, whose answer may not be there yet.
   *
   * @param results whether it would carry others' results, of any length
   */
  boolean mayGoOn(boolean results) {
    if (turn + 1 >= script.turns()) {
      return false;
    }
    Script.Turn next = script.turn().apply(turn + 1);
    long more = (results ? 0L : next.messageTokens()) + outputTokens(next);
    return setup.window().mayTake(history, more + setup.templateTokens());
  }

  /**
   * The next request, the session's call {@code number}; null where none follows.
   *
   * @param results what it asks in place of a text of its own; empty: its own
   */
  @Nullable Prompt next(int number, List<Piece> results) {
    if (!mayGoOn(!results.isEmpty())) {
      return null;
    }
    turn++;
    Script.Turn drawn = script.turn().apply(turn);
    history.asks(
        results.isEmpty() ? List.of(script.message(turn, drawn.messageTokens())) : results);
    history.salt(number);
    while (history.tokens() + outputTokens(drawn) + setup.templateTokens()
        > setup.window().tokens()) {
      if (!setup.window().shorten(history, () -> summary(turn))) {
        return null;
      }
      history.salt(number);
    }
    return prompt(drawn);
  }

  /** How long after the answer the request that was made last is to start. */
  long thinkNanos() {
    return script.turn().apply(turn).thinkNanos();
  }

  private Piece summary(int index) {
    return script.summary(
        index,
        setup.rules().limit() instanceof ContextLimit.Summarise(int tokens, int summaryTokens)
            ? summaryTokens
            : 1);
  }

  /** As drawn, but no longer than the context has room for. */
  private int firstTokens(Script.Turn drawn) {
    long others = setup.templateTokens() + tokens(script.documents());
    long room = setup.window().tokens() - outputTokens(drawn) - others - tokens(script.system());
    return (int)
        Math.clamp(drawn.messageTokens() - (long) setup.templateTokens(), 1, Math.max(1, room));
  }

  private static long tokens(List<Piece> pieces) {
    long tokens = 0;
    for (Piece piece : pieces) {
      tokens += piece instanceof Piece.Generated generated ? generated.tokens() : 0;
    }
    return tokens;
  }

  private int outputTokens(Script.Turn drawn) {
    return Math.min(drawn.outputTokens(), setup.maxTokens());
  }

  private Prompt prompt(Script.Turn drawn) {
    long tokens = history.tokens() + setup.templateTokens();
    return new Prompt(
        script.requestClass(),
        history.messages(),
        (int) Math.min(tokens, Integer.MAX_VALUE),
        outputTokens(drawn));
  }
}

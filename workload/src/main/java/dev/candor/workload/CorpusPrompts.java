package dev.candor.workload;

import dev.candor.base.random.Seed;
import dev.candor.corpus.CorpusRow;
import dev.candor.token.Tokenizer;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Makes the requests of a corpus's sessions. <b>Safe for use by several threads.</b> */
final class CorpusPrompts {
  /** A word without a space ahead of it may be two tokens. */
  private static final int LEAST_MESSAGE = 2;

  private final Tokenizer tokenizer;
  private final MessageText text;
  private final GeneratedText words;
  private final BlockText blocks;
  private final SpelledWords spelled;
  private final Salts salts;
  private final int sessions;
  private final int maxTokens;
  private final boolean realAnswers;
  private volatile int templateTokens;

  /**
   * @param sessions of the corpus, after which it starts over with other texts
   * @param maxTokens bound of every answer
   * @param realAnswers whether what the server said is carried on, not what is recorded
   */
  CorpusPrompts(
      Tokenizer tokenizer,
      Salts salts,
      Seed seed,
      int sessions,
      int maxTokens,
      boolean realAnswers) {
    this.tokenizer = tokenizer;
    this.text = new MessageText(tokenizer, seed);
    this.words = new GeneratedText(tokenizer);
    this.blocks = new BlockText(words, seed);
    this.spelled = new SpelledWords(words.words(), seed);
    this.salts = salts;
    this.sessions = sessions;
    this.maxTokens = maxTokens;
    this.realAnswers = realAnswers;
  }

  /**
   * A request as it was made.
   *
   * @param lines what it said, without its salt; empty: it is a generated one
   * @param history of a generated one that may be carried on
   */
  record Asked(Prompt prompt, List<RecordedLine> lines, @Nullable History history) {}

  /**
   * A turn that has been answered.
   *
   * @param number of the turn
   * @param answer the server's text
   */
  record Answered(int number, RecordedTurn turn, Asked asked, String answer) {}

  boolean realAnswers() {
    return realAnswers;
  }

  void subtractTemplateTokens(int tokens) {
    templateTokens = tokens;
  }

  /**
   * The request of a turn.
   *
   * @param session its number in the run
   * @param before the turn that it carries on, null where there is none
   */
  Asked ask(long session, int number, RecordedTurn turn, @Nullable Answered before) {
    if (turn.hasText()) {
      return recorded(session, number, turn, before);
    }
    if (turn.hasBlocks()) {
      return new Asked(ofBlocks(session, number, turn, session / sessions), List.of(), null);
    }
    return generated(session, number, turn, before);
  }

  private Asked recorded(long session, int number, RecordedTurn turn, @Nullable Answered before) {
    List<RecordedLine> lines = turn.lines();
    if (realAnswers && before != null) {
      int said = before.turn().lines().size();
      List<RecordedLine> replaced = new ArrayList<>(before.asked().lines());
      replaced.add(new RecordedLine("assistant", real(before)));
      replaced.addAll(lines.subList(said + 1, lines.size()));
      lines = replaced;
    }
    String salt = salts.ofRound(session, number, sessions).text();
    List<Prompt.Message> messages = new ArrayList<>(lines.size());
    int tokens = 0;
    for (RecordedLine line : lines) {
      String content = messages.isEmpty() ? salt + line.content() : line.content();
      tokens +=
          messages.isEmpty() && !salt.isEmpty() ? tokenizer.count(content) : line.tokens(tokenizer);
      messages.add(new Prompt.Message(line.role(), content));
    }
    return new Asked(
        new Prompt(turn.requestClass(), messages, tokens, maxTokens(turn)), lines, null);
  }

  private static String real(Answered before) {
    return before.answer().isBlank() ? Conversation.NO_ANSWER : before.answer();
  }

  private Asked generated(long session, int number, RecordedTurn turn, @Nullable Answered before) {
    int template = templateTokens;
    int tokens = Math.max(1, turn.inputTokens() - template);
    History history = before == null ? null : goneOn(session, number, tokens, before);
    if (history == null) {
      history = new History(text, salts, session);
      history.open(number, List.of(), List.of(own(session, 2 * number, tokens)));
    }
    return new Asked(
        new Prompt(
            turn.requestClass(),
            history.messages(),
            (int) history.tokens() + template,
            maxTokens(turn)),
        List.of(),
        history);
  }

  /** What was said before and a message that makes it {@code tokens}; null where it has no room. */
  private @Nullable History goneOn(long session, int number, int tokens, Answered before) {
    History earlier = before.asked().history();
    if (earlier == null || earlier.tokens() >= tokens) {
      return null;
    }
    History history = earlier.copy();
    history.answers(
        realAnswers
            ? new Piece.Quoted(real(before))
            : own(session, 2 * before.number() + 1, Math.max(1, before.turn().outputTokens())));
    long room = tokens - history.tokens();
    if (room < LEAST_MESSAGE) {
      return null;
    }
    history.asks(List.of(own(session, 2 * number, (int) room)));
    history.salt(number);
    return history;
  }

  private static Piece.Generated own(long session, int place, int tokens) {
    return new Piece.Generated(TextNumbers.own(session, 0, place), tokens, false);
  }

  /** Its blocks behind the salt, the last of them as far as there is room, and its own rest. */
  private Prompt ofBlocks(long session, int number, RecordedTurn turn, long round) {
    int template = templateTokens;
    int tokens = Math.max(1, turn.inputTokens() - template);
    Salt salt = salts.of(session, number).fitting(tokens, tokenizer);
    StringBuilder prefix = new StringBuilder(salt.text());
    int has = salt.tokens();
    int blockTokens = turn.beginning().blockTokens();
    for (long id : turn.beginning().blocks()) {
      long ofRound = round == 0 ? id : new Seed(id).derive(round).value();
      int room = tokens - 1 - has;
      if (room < 1) {
        break;
      }
      GeneratedText.Counted block =
          room < blockTokens ? blocks.beginning(ofRound, room) : blocks.whole(ofRound, blockTokens);
      prefix.append(block.text());
      has += block.tokens();
    }
    GeneratedText.Counted whole =
        words.text(
            new GeneratedText.Counted(prefix.toString(), has),
            tokens,
            spelled.of(TextNumbers.own(session, 0, 2 * number)));
    return new Prompt(
        turn.requestClass(),
        List.of(new Prompt.Message("user", whole.text())),
        whole.tokens() + template,
        maxTokens(turn));
  }

  /** Prompts of each of these beginnings, and a token more, for answers of one token. */
  List<Prompt> primers(List<SharedBeginnings.Beginning> beginnings) {
    List<Prompt> primers = new ArrayList<>();
    int others = salts.of(0, 0).tokens() + 1 + templateTokens;
    for (SharedBeginnings.Beginning each : beginnings) {
      RecordedTurn turn = new RecordedTurn("primer", 0, each.tokens() + others, 1, each, List.of());
      primers.add(ofBlocks(-1L - primers.size(), 0, turn, 0));
    }
    return primers;
  }

  private int maxTokens(RecordedTurn turn) {
    if (turn.outputTokens() == CorpusRow.NONE) {
      return maxTokens == Integer.MAX_VALUE ? 0 : maxTokens;
    }
    return Math.min(Math.max(1, turn.outputTokens()), maxTokens);
  }
}

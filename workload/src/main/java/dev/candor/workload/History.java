package dev.candor.workload;

import java.util.ArrayList;
import java.util.List;

/** What was said in a conversation, as it is sent with the next request. For one thread. */
final class History {
  private static final String SYSTEM = "system";
  private static final String USER = "user";
  private static final String ASSISTANT = "assistant";

  private final MessageText text;
  private final Salts salts;
  private final long session;
  private final List<Line> lines = new ArrayList<>();

  /**
   * @param session its number in the run
   */
  History(MessageText text, Salts salts, long session) {
    this.text = text;
    this.salts = salts;
    this.session = session;
  }

  /** What was said until now, to be gone on with in another way. */
  History copy() {
    History copy = new History(text, salts, session);
    copy.lines.addAll(lines);
    return copy;
  }

  private record Line(String role, List<Piece> pieces, Salt salt, GeneratedText.Counted content) {}

  /** The first lines, behind the salt of the call {@code turn}. */
  void open(int turn, List<Piece> system, List<Piece> user) {
    Salt salt = salts.of(session, turn);
    if (!system.isEmpty()) {
      lines.add(line(SYSTEM, system, salt));
    }
    lines.add(line(USER, user, lines.isEmpty() ? salt : Salt.NONE));
  }

  void asks(List<Piece> pieces) {
    lines.add(line(USER, pieces, Salt.NONE));
  }

  void answers(Piece piece) {
    lines.add(line(ASSISTANT, List.of(piece), Salt.NONE));
  }

  /** Puts the salt of the call {@code turn} ahead of what is the first line now. */
  void salt(int turn) {
    Line first = lines.getFirst();
    Salt salt = salts.of(session, turn);
    if (!first.salt().equals(salt)) {
      lines.set(0, line(first.role(), first.pieces(), salt));
    }
  }

  /**
   * Drops the oldest question and its answer.
   *
   * @return whether there was one
   */
  boolean dropOldest() {
    int oldest = systemLines();
    if (lines.size() - oldest < 3) {
      return false;
    }
    lines.subList(oldest, oldest + 2).clear();
    return true;
  }

  /**
   * Puts {@code summary} ahead of the last question, in place of all that was said before it.
   *
   * @return whether something was
   */
  boolean summarise(Piece summary) {
    Line last = lines.getLast();
    List<Line> before = lines.subList(systemLines(), lines.size());
    if (before.size() < 3) {
      return false;
    }
    List<Piece> pieces = new ArrayList<>();
    pieces.add(summary);
    pieces.addAll(last.pieces());
    before.clear();
    lines.add(line(USER, pieces, Salt.NONE));
    return true;
  }

  /** Tokens of all that was said. */
  long tokens() {
    return lines.stream().mapToLong(line -> line.content().tokens()).sum();
  }

  /** Tokens of the system message. */
  long systemTokens() {
    return systemLines() == 0 ? 0 : lines.getFirst().content().tokens();
  }

  List<Prompt.Message> messages() {
    List<Prompt.Message> messages = new ArrayList<>(lines.size());
    for (Line line : lines) {
      messages.add(new Prompt.Message(line.role(), line.content().text()));
    }
    return messages;
  }

  private int systemLines() {
    return lines.getFirst().role().equals(SYSTEM) ? 1 : 0;
  }

  private Line line(String role, List<Piece> pieces, Salt salt) {
    return new Line(role, pieces, salt, text.message(salt, salts.shared(), pieces));
  }
}

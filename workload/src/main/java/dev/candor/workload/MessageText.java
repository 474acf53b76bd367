package dev.candor.workload;

import dev.candor.base.random.Seed;
import dev.candor.token.Tokenizer;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * Writes messages of pieces. What is shared is written once, within bounds. <b>Safe for use by
 * several threads.</b>
 */
final class MessageText {
  private static final long LETTERS_KEPT = 64L << 20;

  private final Tokenizer tokenizer;
  private final GeneratedText words;
  private final SpelledWords spelled;
  private final ConcurrentMap<Key, GeneratedText.Counted> kept = new ConcurrentHashMap<>();
  private final AtomicLong lettersKept = new AtomicLong();

  MessageText(Tokenizer tokenizer, Seed seed) {
    this.tokenizer = tokenizer;
    this.words = new GeneratedText(tokenizer);
    this.spelled = new SpelledWords(words.words(), seed);
  }

  /** Text behind a salt, or, where there is none, behind other text. */
  private record Key(@Nullable Salt salt, List<Piece> pieces) {}

  /**
   * The message that {@code pieces} make, as many tokens as they, behind {@code salt}, which takes
   * its tokens from the first of them.
   *
   * @param saltShared whether other sessions' messages have the same salt
   */
  GeneratedText.Counted message(Salt salt, boolean saltShared, List<Piece> pieces) {
    if (!saltShared || !pieces.stream().allMatch(MessageText::shared)) {
      return write(salt, pieces);
    }
    Key key = new Key(salt, pieces);
    GeneratedText.Counted known = kept.get(key);
    return known != null ? known : keep(key, write(salt, pieces));
  }

  private GeneratedText.Counted write(Salt salt, List<Piece> pieces) {
    if (pieces.stream().anyMatch(Piece.Quoted.class::isInstance)) {
      return quoting(salt, pieces);
    }
    StringBuilder text = new StringBuilder();
    int tokens = 0;
    for (Piece piece : pieces) {
      if (piece instanceof Piece.Generated next) {
        GeneratedText.Counted counted =
            text.isEmpty() ? first(salt, next) : after(text, tokens, next);
        text.append(counted.text());
        tokens += counted.tokens();
      }
    }
    // Joined texts may make other tokens than each for itself.
    return words.addsUpWhenJoined() || pieces.size() == 1
        ? new GeneratedText.Counted(text.toString(), tokens)
        : counted(text.toString());
  }

  private GeneratedText.Counted first(Salt salt, Piece.Generated piece) {
    Salt ahead = salt.fitting(piece.tokens(), tokenizer);
    return words.text(
        new GeneratedText.Counted(ahead.text(), ahead.tokens()),
        piece.tokens(),
        spelled.of(piece.number()));
  }

  /** What {@code piece} adds to {@code text}. */
  private GeneratedText.Counted after(StringBuilder text, int tokens, Piece.Generated piece) {
    if (piece.shared()) {
      Key key = new Key(null, List.of(piece));
      GeneratedText.Counted known = kept.get(key);
      return known != null ? known : keep(key, continuation(piece));
    }
    if (words.addsUpWhenJoined()) {
      return continuation(piece);
    }
    GeneratedText.Counted whole =
        words.text(
            new GeneratedText.Counted(text.toString(), tokens),
            tokens + piece.tokens(),
            spelled.of(piece.number()));
    return new GeneratedText.Counted(
        whole.text().substring(text.length()), whole.tokens() - tokens);
  }

  private GeneratedText.Counted continuation(Piece.Generated piece) {
    return words.continuation(piece.tokens(), spelled.of(piece.number()));
  }

  private GeneratedText.Counted quoting(Salt salt, List<Piece> pieces) {
    StringBuilder text = new StringBuilder(salt.text());
    for (Piece piece : pieces) {
      if (!text.isEmpty()) {
        text.append("\n\n");
      }
      switch (piece) {
        case Piece.Quoted(String quoted) -> text.append(quoted);
        case Piece.Generated generated -> text.append(first(Salt.NONE, generated).text());
      }
    }
    return counted(text.toString());
  }

  private GeneratedText.Counted counted(String text) {
    return new GeneratedText.Counted(text, tokenizer.count(text));
  }

  private GeneratedText.Counted keep(Key key, GeneratedText.Counted made) {
    int letters = made.text().length();
    if (lettersKept.addAndGet(letters) > LETTERS_KEPT) {
      lettersKept.addAndGet(-letters);
      return made;
    }
    GeneratedText.Counted earlier = kept.putIfAbsent(key, made);
    return earlier == null ? made : earlier;
  }

  private static boolean shared(Piece piece) {
    return piece instanceof Piece.Generated generated && generated.shared();
  }
}

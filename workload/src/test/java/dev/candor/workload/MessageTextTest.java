package dev.candor.workload;

import static org.assertj.core.api.Assertions.assertThat;

import dev.candor.base.random.Seed;
import dev.candor.token.Tokenizer;
import dev.candor.token.Tokenizers;
import java.util.List;
import org.junit.jupiter.api.Test;

final class MessageTextTest {
  private static final Tokenizer TOKENIZER = Tokenizers.open("o200k_base");

  @Test
  void message_isWrittenOnce_whereAllShareIt() {
    MessageText text = new MessageText(TOKENIZER, new Seed(1));
    Salt salt = Salt.of(9, TOKENIZER);
    List<Piece> shared =
        List.of(new Piece.Generated(1, 90, true), new Piece.Generated(3, 40, true));
    GeneratedText.Counted first = text.message(salt, true, shared);
    assertThat(text.message(salt, true, shared)).isSameAs(first);
    assertThat(text.message(Salt.of(8, TOKENIZER), true, shared).text()).isNotEqualTo(first.text());
    assertThat(first.tokens()).isEqualTo(130).isEqualTo(TOKENIZER.count(first.text()));
    List<Piece> own = List.of(new Piece.Generated(1, 90, true), new Piece.Generated(4, 40, false));
    assertThat(text.message(salt, true, own)).isNotSameAs(text.message(salt, true, own));
  }
}

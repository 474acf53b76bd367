package dev.candor.corpus.read;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import dev.candor.base.random.Seed;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

final class Utf8Test {

  private static boolean valid(byte[] bytes) {
    try {
      StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes));
      return true;
    } catch (CharacterCodingException e) {
      return false;
    }
  }

  private static boolean passes(byte[] bytes) {
    try {
      Utf8.check(bytes, bytes.length);
      return true;
    } catch (BadRecord e) {
      return false;
    }
  }

  @Test
  void check_anyBytes_agreesWithTheDecoder() {
    RandomGenerator random = new Seed(5).stream();
    byte[] edges = {
      0x41,
      (byte) 0x80,
      (byte) 0xbf,
      (byte) 0xc0,
      (byte) 0xc1,
      (byte) 0xc2,
      (byte) 0xe0,
      (byte) 0xa0,
      (byte) 0x9f,
      (byte) 0xed,
      (byte) 0xf0,
      (byte) 0x90,
      (byte) 0x8f,
      (byte) 0xf4,
      (byte) 0xf5
    };
    int good = 0;
    for (int i = 0; i < 200_000; i++) {
      byte[] bytes = new byte[1 + random.nextInt(5)];
      for (int j = 0; j < bytes.length; j++) {
        bytes[j] = edges[random.nextInt(edges.length)];
      }
      assertThat(passes(bytes)).as("bytes %s", bytes).isEqualTo(valid(bytes));
      good += passes(bytes) ? 1 : 0;
    }
    assertThat(good).isGreaterThan(1000);
  }

  @Test
  void check_text_passes() {
    byte[] text = "a\u00e4\u20ac\ud83d\ude00".getBytes(StandardCharsets.UTF_8);
    assertThatCode(() -> Utf8.check(text, text.length)).doesNotThrowAnyException();
  }
}

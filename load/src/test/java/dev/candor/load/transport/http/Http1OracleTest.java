package dev.candor.load.transport.http;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.Unpooled;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpDecoderConfig;
import io.netty.handler.codec.http.HttpObject;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpResponseDecoder;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.util.ReferenceCountUtil;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Holds the parser to Netty's decoder, over responses made at random, whole and damaged. */
final class Http1OracleTest {
  private static final int ROUNDS = 20_000;
  private static final long SEED = 20_261_125;

  @Test
  void wholeResponses_areReadAsNettyReadsThem() {
    Random random = new Random(SEED);
    for (int round = 0; round < ROUNDS; round++) {
      String text = responses(random);
      byte[] bytes = text.getBytes(ISO_8859_1);
      String expected = netty(bytes);
      assertThat(expected).as("seed %d, round %d", SEED, round).isNotNull();
      assertThat(HeardHttp.of(true, bytes, cuts(random, bytes.length)).all())
          .as("seed %d, round %d: %s", SEED, round, text)
          .isEqualTo(expected);
    }
  }

  @Test
  void damagedResponses_areReadAlike_whereBothReadThem() {
    Random random = new Random(SEED);
    int both = 0;
    int neither = 0;
    for (int round = 0; round < ROUNDS; round++) {
      byte[] bytes = responses(random).getBytes(ISO_8859_1);
      damage(bytes, random);
      String ours = HeardHttp.of(true, bytes).all();
      assertThat(HeardHttp.of(true, bytes, cuts(random, bytes.length)).all())
          .as("seed %d, round %d: %s", SEED, round, new String(bytes, ISO_8859_1))
          .isEqualTo(ours);
      String theirs = netty(bytes);
      boolean broken = ours.endsWith("not_http") || ours.endsWith("oversized");
      if (theirs == null && broken) {
        neither++;
      } else if (theirs != null && !broken && !hasOtherCoding(bytes)) {
        both++;
        assertThat(ours)
            .as("seed %d, round %d: %s", SEED, round, new String(bytes, ISO_8859_1))
            .isEqualTo(theirs);
      }
    }
    // Else the comparison has compared nothing.
    assertThat(both).isGreaterThan(ROUNDS / 10);
    assertThat(neither).isGreaterThan(ROUNDS / 50);
  }

  /** Netty takes a transfer coding that it does not know for none; RFC 9112, 6.3 does not. */
  private static boolean hasOtherCoding(byte[] bytes) {
    return Pattern.compile("(?i)transfer-encoding\\s*:(?!\\s*chunked\\s*\n)")
        .matcher(new String(bytes, ISO_8859_1))
        .find();
  }

  private static int[] cuts(Random random, int length) {
    return random.ints(random.nextInt(8), 0, length + 1).sorted().toArray();
  }

  private static void damage(byte[] bytes, Random random) {
    for (int n = random.nextInt(3); n >= 0; n--) {
      int at = random.nextInt(bytes.length);
      switch (random.nextInt(3)) {
        case 0 -> bytes[at] = (byte) random.nextInt(256);
        case 1 -> bytes[at] = (byte) "\r\n \t:;,0a".charAt(random.nextInt(9));
        default -> System.arraycopy(bytes, at, bytes, at / 2, bytes.length - at);
      }
    }
  }

  private static String responses(Random random) {
    StringBuilder text = new StringBuilder();
    for (int n = random.nextInt(3); n >= 0; n--) {
      response(text, random);
    }
    return text.toString();
  }

  private static void response(StringBuilder text, Random random) {
    while (random.nextInt(6) == 0) {
      text.append("HTTP/1.1 103 Early Hints\r\nlink: </a>\r\n\r\n");
    }
    int[] statuses = {200, 200, 200, 201, 204, 304, 400, 404, 429, 500, 599};
    int status = statuses[random.nextInt(statuses.length)];
    boolean old = random.nextInt(4) == 0;
    text.append(old ? "HTTP/1.0 " : "HTTP/1.1 ").append(status);
    text.append(random.nextBoolean() ? " Some Reason\r\n" : " \r\n");
    List<String> fields = new ArrayList<>();
    for (int n = random.nextInt(4); n > 0; n--) {
      fields.add("x-" + random.nextInt(9) + ":" + " ".repeat(random.nextInt(3)) + word(random));
    }
    if (random.nextInt(4) == 0) {
      fields.add(random.nextBoolean() ? "Connection: close" : "connection: Keep-Alive");
    }
    boolean bodiless = status == 204 || status == 304;
    // Netty refuses chunks of HTTP/1.0; RFC 9112, 6.1 does not.
    boolean chunked = !old && !bodiless && random.nextInt(3) > 0;
    String body = bodiless ? "" : word(random).repeat(random.nextInt(6));
    fields.add(
        random.nextInt(fields.size() + 1),
        chunked ? "Transfer-Encoding: chunked" : "content-length: " + body.length());
    for (String field : fields) {
      text.append(field).append("\r\n");
    }
    text.append("\r\n");
    if (chunked) {
      chunks(text, body, random);
    } else {
      text.append(body);
    }
  }

  private static void chunks(StringBuilder text, String body, Random random) {
    int at = 0;
    while (at < body.length()) {
      int size = Math.min(body.length() - at, 1 + random.nextInt(20));
      text.append(random.nextInt(5) == 0 ? "00" : "");
      text.append(random.nextBoolean() ? Integer.toHexString(size) : "%X".formatted(size));
      text.append(random.nextInt(5) == 0 ? ";ext=\"a b\"" : "").append("\r\n");
      text.append(body, at, at + size).append("\r\n");
      at += size;
    }
    text.append("0\r\n");
    while (random.nextInt(5) == 0) {
      text.append("trailer: x\r\n");
    }
    text.append("\r\n");
  }

  private static String word(Random random) {
    StringBuilder word = new StringBuilder();
    for (int n = 1 + random.nextInt(12); n > 0; n--) {
      word.append((char) ('!' + random.nextInt(94)));
    }
    return word.toString();
  }

  /** As {@link HeardHttp} writes it down, without what becomes of the connection; null: broken. */
  private static @Nullable String netty(byte[] bytes) {
    EmbeddedChannel channel =
        new EmbeddedChannel(
            new HttpResponseDecoder(new HttpDecoderConfig().setStrictLineParsing(false)));
    channel.writeInbound(Unpooled.copiedBuffer(bytes));
    StringBuilder heard = new StringBuilder();
    StringBuilder open = new StringBuilder();
    boolean interim = false;
    boolean broken = false;
    for (Object next = channel.readInbound(); next != null; next = channel.readInbound()) {
      broken |= next instanceof HttpObject object && object.decoderResult().isFailure();
      if (!broken) {
        if (next instanceof HttpResponse response) {
          interim = response.status().code() < 200;
          if (!interim) {
            open.append(response.status().code()).append(" [");
          }
        }
        if (next instanceof HttpContent content && !interim) {
          open.append(content.content().toString(ISO_8859_1));
          if (next instanceof LastHttpContent) {
            heard.append(heard.isEmpty() ? "" : "\n").append(open).append("]");
            open.setLength(0);
          }
        }
      }
      ReferenceCountUtil.release(next);
    }
    channel.close();
    return broken ? null : heard + "\n" + (open.isEmpty() ? "" : open + "…");
  }
}

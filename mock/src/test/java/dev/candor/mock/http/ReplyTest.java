package dev.candor.mock.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpObjectAggregator;
import io.netty.handler.codec.http.HttpResponseDecoder;
import io.netty.handler.codec.http.HttpServerCodec;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Answers over HTTP/1.1, as Netty's own decoder reads them. */
final class ReplyTest {
  private final EmbeddedChannel server = new EmbeddedChannel(new HttpServerCodec());
  private final EmbeddedChannel client =
      new EmbeddedChannel(new HttpResponseDecoder(), new HttpObjectAggregator(1 << 24));
  private final List<String> ended = new ArrayList<>();

  private Reply reply(boolean pastTheEncoder) {
    server.writeInbound(Unpooled.copiedBuffer("GET / HTTP/1.1\r\n\r\n", StandardCharsets.US_ASCII));
    return new Reply(
        server,
        pastTheEncoder ? server.pipeline().context(HttpServerCodec.class) : null,
        () -> ended.add("ended"));
  }

  /** What the client has read whole, null where it still waits. */
  private @Nullable String read() {
    for (ByteBuf sent = server.readOutbound(); sent != null; sent = server.readOutbound()) {
      client.writeInbound(sent);
    }
    FullHttpResponse response = client.readInbound();
    if (response == null) {
      return null;
    }
    try {
      assertThat(response.decoderResult().isSuccess()).isTrue();
      return response.content().toString(StandardCharsets.UTF_8);
    } finally {
      response.release();
    }
  }

  /** The lengths at which the number of a chunk's hexadecimal digits changes. */
  @ParameterizedTest
  @ValueSource(ints = {1, 9, 10, 15, 16, 17, 255, 256, 4_095, 4_096, 65_535, 65_536, 1_048_576})
  void events_ofAnyLength_areReadAsTheyWereWritten(int length) {
    Reply reply = reply(true);
    reply.openEvents(Map.of());
    reply.events("x".repeat(length));
    reply.events("é");
    assertThat(read()).isNull();
    reply.lastEvents("y".repeat(length));
    assertThat(read()).isEqualTo("x".repeat(length) + "é" + "y".repeat(length));
    assertThat(ended).containsExactly("ended");
  }

  /** A chunk of no length would be the end of them all. */
  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void events_ofNothing_areNotTheEnd(boolean pastTheEncoder) {
    Reply reply = reply(pastTheEncoder);
    reply.openEvents(Map.of());
    reply.events("");
    reply.events("more");
    reply.lastEvents("");
    assertThat(read()).isEqualTo("more");
    assertThat(ended).hasSize(1);
  }

  @Test
  void whole_isReadAsItWasWritten_andTheNextOneToo() {
    Reply first = reply(true);
    assertThat(first.headSent()).isFalse();
    first.json(200, "{\"a\":\"é\"}");
    assertThat(first.headSent()).isTrue();
    assertThat(first.isOpen()).isFalse();
    assertThat(read()).isEqualTo("{\"a\":\"é\"}");
    Reply second = reply(true);
    second.openEvents(Map.of("x-request-id", "req_1"));
    second.lastEvents("data: 1\n\n");
    assertThat(read()).isEqualTo("data: 1\n\n");
    assertThat(ended).hasSize(2);
  }

  @Test
  void close_inMidStream_endsTheConnection_onceTold() {
    Reply reply = reply(true);
    reply.openEvents(Map.of());
    reply.events("data");
    reply.close();
    assertThat(read()).isNull();
    assertThat(server.isOpen()).isFalse();
    assertThat(reply.isOpen()).isFalse();
    assertThat(ended).hasSize(1);
  }
}

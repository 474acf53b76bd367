package dev.candor.mock;

import dev.candor.protocol.openai.serve.ChatChunks;
import dev.candor.protocol.openai.serve.ChatRequest;
import dev.candor.protocol.openai.serve.InvalidRequestException;
import dev.candor.scenario.MockFault;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.DefaultHttpContent;
import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.LastHttpContent;
import java.nio.charset.StandardCharsets;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Routes one connection's requests. */
final class MockConnection extends SimpleChannelInboundHandler<FullHttpRequest> {
  private static final int ENDLESS_BYTES = 4 << 20;

  private final ChatService service;
  private final TruthLog truth;

  MockConnection(ChatService service, TruthLog truth) {
    this.service = service;
    this.truth = truth;
  }

  @Override
  protected void channelRead0(ChannelHandlerContext context, FullHttpRequest request) {
    Channel channel = context.channel();
    if (request.decoderResult().isFailure()) {
      error(channel, 400, null, "bad_request", "the request is not HTTP/1.1");
      return;
    }
    String path = request.uri().split("\\?", 2)[0];
    boolean post = request.method().equals(HttpMethod.POST);
    if (path.equals("/health")) {
      respond(channel, 200, "text/plain", new byte[] {'o', 'k'});
    } else if (path.equals("/truth")) {
      String lines = truth.kept().stream().map(TruthLog::json).collect(Collectors.joining("\n"));
      respond(channel, 200, "application/x-ndjson", lines.getBytes(StandardCharsets.UTF_8));
    } else if (!authorized(request)) {
      error(channel, 401, null, "invalid_api_key", "the API key is missing or wrong");
    } else if (path.equals("/v1/models")) {
      String models = ChatChunks.models(service.options.model());
      respond(channel, 200, "application/json", models.getBytes(StandardCharsets.UTF_8));
    } else if (path.equals("/v1/chat/completions") && post) {
      chat(channel, request);
    } else {
      error(
          channel,
          404,
          null,
          "not_found",
          "there is no " + request.method() + " " + path + " here");
    }
  }

  private boolean authorized(FullHttpRequest request) {
    String key = service.options.requiredKey();
    return key == null
        || ("Bearer " + key).equals(request.headers().get(HttpHeaderNames.AUTHORIZATION));
  }

  private void chat(Channel channel, FullHttpRequest request) {
    ChatRequest chat;
    try {
      chat = ChatRequest.read(ByteBufUtil.getBytes(request.content()));
    } catch (InvalidRequestException e) {
      error(channel, 400, e.field(), "invalid_request", String.valueOf(e.getMessage()));
      return;
    }
    if (answeredByFault(channel)) {
      return;
    }
    String header = request.headers().get("x-candor-request", "");
    service.answer(channel, chat, service.number(header));
  }

  /** Faults that leave no room for an answer. */
  private boolean answeredByFault(Channel channel) {
    return switch (service.options.fault()) {
      case MockFault.HtmlInsteadOfJson ignored -> {
        byte[] page = "<html><body>It works!</body></html>".getBytes(StandardCharsets.UTF_8);
        respond(channel, 200, "text/html", page);
        yield true;
      }
      case MockFault.ErrorStatus(int code, var _, var body) -> {
        respond(
            channel,
            code,
            "application/json",
            String.valueOf(body).getBytes(StandardCharsets.UTF_8));
        yield true;
      }
      case MockFault.EndlessLine ignored -> {
        stream(channel, "data: " + "x".repeat(ENDLESS_BYTES), null);
        yield true;
      }
      case MockFault.InvalidUtf8 ignored -> {
        byte[] bad =
            "data: {\"choices\":[{\"index\":0,\"delta\":{\"content\":\"a?b\"}}]}\n\n"
                .getBytes(StandardCharsets.ISO_8859_1);
        for (int i = 0; i < bad.length; i++) {
          bad[i] = bad[i] == '?' ? (byte) 0xFF : bad[i];
        }
        stream(channel, "", bad);
        yield true;
      }
      case MockFault.EmptyAnswer ignored -> {
        ChatChunks chunks = new ChatChunks("chatcmpl-empty", service.options.model(), 0);
        stream(channel, chunks.role() + chunks.finish("stop") + chunks.done(), null);
        yield true;
      }
      case MockFault.NoAnswer ignored -> true;
      case null -> false;
      default -> false;
    };
  }

  private static void stream(Channel channel, String text, byte @Nullable [] bytes) {
    byte[] body = bytes == null ? text.getBytes(StandardCharsets.UTF_8) : bytes;
    channel.write(StreamedAnswer.responseHead());
    channel.write(new DefaultHttpContent(Unpooled.wrappedBuffer(body)));
    channel.writeAndFlush(LastHttpContent.EMPTY_LAST_CONTENT);
  }

  private static void error(
      Channel channel, int status, @Nullable String field, String code, String message) {
    String body = ChatChunks.error("invalid_request_error", field, code, message);
    respond(channel, status, "application/json", body.getBytes(StandardCharsets.UTF_8));
  }

  static void respond(Channel channel, int status, String type, byte[] body) {
    FullHttpResponse response =
        new DefaultFullHttpResponse(
            HttpVersion.HTTP_1_1, HttpResponseStatus.valueOf(status), Unpooled.wrappedBuffer(body));
    response.headers().set(HttpHeaderNames.CONTENT_TYPE, type);
    response.headers().set(HttpHeaderNames.CONTENT_LENGTH, body.length);
    channel.writeAndFlush(response);
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
    context.close();
  }
}

package dev.candor.mock.http;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.socket.SocketChannel;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.DefaultHttpContent;
import io.netty.handler.codec.http.DefaultHttpResponse;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.handler.codec.http2.DefaultHttp2ResetFrame;
import io.netty.handler.codec.http2.Http2Error;
import io.netty.handler.codec.http2.Http2StreamChannel;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The answer to one request, over HTTP/1.1 or one stream of HTTP/2. <b>For its channel's event
 * loop.</b>
 */
public final class Reply {
  private static final byte[] HEX = "0123456789abcdef".getBytes(StandardCharsets.US_ASCII);
  private static final int CRLF = '\r' << 8 | '\n';
  private static final int MOST_FRAMING = 14;

  private final Channel channel;
  private final @Nullable ChannelHandlerContext encoder;
  private final Runnable ended;
  private boolean headSent;
  private boolean done;

  /**
   * @param encoder of HTTP/1.1, before which chunks may be written that need no encoding; null:
   *     there is none
   * @param ended told once, when the answer is written to its end or given up
   */
  Reply(Channel channel, @Nullable ChannelHandlerContext encoder, Runnable ended) {
    this.channel = channel;
    this.encoder = encoder;
    this.ended = ended;
  }

  public Channel channel() {
    return channel;
  }

  /** Whether a client is still there to be answered. */
  public boolean isOpen() {
    return channel.isActive() && !done;
  }

  /** False while the client reads slower than it is sent to. */
  public boolean isWritable() {
    return channel.isWritable();
  }

  public boolean headSent() {
    return headSent;
  }

  /** A whole answer. */
  public void whole(int status, String type, byte[] body, Map<String, String> headers) {
    FullHttpResponse response =
        new DefaultFullHttpResponse(
            HttpVersion.HTTP_1_1, HttpResponseStatus.valueOf(status), Unpooled.wrappedBuffer(body));
    response
        .headers()
        .set(HttpHeaderNames.CONTENT_TYPE, type)
        .set(HttpHeaderNames.CONTENT_LENGTH, body.length);
    addTo(response.headers(), headers);
    headSent = true;
    channel.writeAndFlush(response);
    finish();
  }

  public void whole(int status, String type, String body, Map<String, String> headers) {
    whole(status, type, body.getBytes(StandardCharsets.UTF_8), headers);
  }

  public void json(int status, String body) {
    whole(status, "application/json", body, Map.of());
  }

  /** Opens a stream of events; nothing is sent before the first of them. */
  public void openEvents(Map<String, String> headers) {
    HttpResponse head = new DefaultHttpResponse(HttpVersion.HTTP_1_1, HttpResponseStatus.OK);
    head.headers()
        .set(HttpHeaderNames.CONTENT_TYPE, "text/event-stream; charset=utf-8")
        .set(HttpHeaderNames.CACHE_CONTROL, HttpHeaderValues.NO_CACHE)
        .set(HttpHeaderNames.TRANSFER_ENCODING, HttpHeaderValues.CHUNKED);
    addTo(head.headers(), headers);
    headSent = true;
    channel.write(head);
  }

  private static void addTo(HttpHeaders to, Map<String, String> headers) {
    headers.forEach(to::set);
  }

  /** Events, which are sent at once. */
  public void events(CharSequence text) {
    if (encoder == null) {
      bytes(ByteBufUtil.writeUtf8(channel.alloc(), text));
    } else {
      encoder.writeAndFlush(chunk(text), encoder.voidPromise());
    }
  }

  public void bytes(ByteBuf bytes) {
    channel.writeAndFlush(new DefaultHttpContent(bytes));
  }

  /** The last events and the end of the stream, in one write. */
  public void lastEvents(CharSequence text) {
    if (encoder == null) {
      channel.write(new DefaultHttpContent(ByteBufUtil.writeUtf8(channel.alloc(), text)));
    } else {
      encoder.write(chunk(text), encoder.voidPromise());
    }
    end();
  }

  /**
   * One chunk of HTTP/1.1 in one buffer: past the encoder and the handlers before it, a token costs
   * half as much, and one part instead of three in its system call.
   */
  private ByteBuf chunk(CharSequence text) {
    byte[] bytes = text.toString().getBytes(StandardCharsets.UTF_8);
    if (bytes.length == 0) {
      // A chunk of no length would be the end of them all.
      return Unpooled.EMPTY_BUFFER;
    }
    ByteBuf chunk = channel.alloc().directBuffer(bytes.length + MOST_FRAMING);
    int digits = (35 - Integer.numberOfLeadingZeros(bytes.length)) / 4;
    for (int shift = 4 * (digits - 1); shift >= 0; shift -= 4) {
      chunk.writeByte(HEX[(bytes.length >>> shift) & 0xF]);
    }
    return chunk.writeShort(CRLF).writeBytes(bytes).writeShort(CRLF);
  }

  /** An orderly end of the stream. */
  public void end() {
    channel.writeAndFlush(LastHttpContent.EMPTY_LAST_CONTENT);
    finish();
  }

  /** The connection ends here, in the middle of whatever was sent. */
  public void close() {
    if (channel instanceof Http2StreamChannel) {
      reset();
      return;
    }
    channel.close();
    finish();
  }

  /** The connection ends with a reset: TCP's RST, or the stream's over HTTP/2. */
  public void reset() {
    if (channel instanceof Http2StreamChannel) {
      channel.writeAndFlush(new DefaultHttp2ResetFrame(Http2Error.INTERNAL_ERROR));
    } else if (channel instanceof SocketChannel socket) {
      socket.config().setSoLinger(0);
    }
    channel.close();
    finish();
  }

  /** Nothing more comes, though the connection stays. */
  public void abandon() {
    done = true;
  }

  private void finish() {
    if (!done) {
      done = true;
      ended.run();
    }
  }
}

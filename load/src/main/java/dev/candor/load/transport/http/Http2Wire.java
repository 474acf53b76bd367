package dev.candor.load.transport.http;

import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.http2.AbstractHttp2ConnectionHandlerBuilder;
import io.netty.handler.codec.http2.DefaultHttp2Connection;
import io.netty.handler.codec.http2.Http2Connection;
import io.netty.handler.codec.http2.Http2ConnectionDecoder;
import io.netty.handler.codec.http2.Http2ConnectionEncoder;
import io.netty.handler.codec.http2.Http2ConnectionHandler;
import io.netty.handler.codec.http2.Http2EventAdapter;
import io.netty.handler.codec.http2.Http2Exception;
import io.netty.handler.codec.http2.Http2Settings;

/**
 * The frames of one HTTP/2 connection: Netty's, with windows that the client never fills, and whose
 * errors are told. <b>For its event loop's thread only.</b>
 */
final class Http2Wire extends Http2ConnectionHandler {
  /*
   * What is read is consumed at once, so that the windows bound nothing but the bytes on their way:
   * at 10 Gbit/s, those of 25 ms.
   */
  private static final int STREAM_WINDOW = 4 << 20;
  private static final int CONNECTION_WINDOW = 32 << 20;

  /** As much as HTTP/1.1 may send of headers. */
  private static final int MOST_HEADER_BYTES = 64 << 10;

  private final Watcher watcher;

  /** Hears of what frames do not tell. */
  interface Watcher {
    /** A socket read is over, and with it what its frames told. */
    void ofRead();

    /** The server's frames broke the rules on one stream, whose end follows. */
    void ofStream(int id, Http2Exception cause);

    /** The connection is lost; the ends of its streams follow. */
    void ofConnection(Throwable cause);
  }

  private Http2Wire(
      Http2ConnectionDecoder decoder,
      Http2ConnectionEncoder encoder,
      Http2Settings settings,
      Watcher watcher) {
    super(decoder, encoder, settings, true);
    this.watcher = watcher;
  }

  static Http2Wire create(Http2EventAdapter listener, Watcher watcher) {
    return new Builder(listener, watcher).build();
  }

  @Override
  public void handlerAdded(ChannelHandlerContext context) throws Exception {
    super.handlerAdded(context);
    Http2Connection connection = connection();
    connection
        .local()
        .flowController()
        .incrementWindowSize(
            connection.connectionStream(),
            CONNECTION_WINDOW
                - connection.local().flowController().windowSize(connection.connectionStream()));
    flush(context);
  }

  @Override
  public void channelReadComplete(ChannelHandlerContext context) throws Exception {
    watcher.ofRead();
    super.channelReadComplete(context);
  }

  @Override
  protected void onStreamError(
      ChannelHandlerContext context,
      boolean outbound,
      Throwable cause,
      Http2Exception.StreamException problem) {
    watcher.ofStream(problem.streamId(), problem);
    super.onStreamError(context, outbound, cause, problem);
  }

  @Override
  protected void onConnectionError(
      ChannelHandlerContext context, boolean outbound, Throwable cause, Http2Exception problem) {
    watcher.ofConnection(cause);
    super.onConnectionError(context, outbound, cause, problem);
    context.close();
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext context, Throwable cause) throws Exception {
    if (io.netty.handler.codec.http2.Http2CodecUtil.getEmbeddedHttp2Exception(cause) == null) {
      watcher.ofConnection(cause);
      context.close();
    } else {
      super.exceptionCaught(context, cause);
    }
  }

  private static final class Builder
      extends AbstractHttp2ConnectionHandlerBuilder<Http2Wire, Builder> {
    private final Watcher watcher;

    Builder(Http2EventAdapter listener, Watcher watcher) {
      this.watcher = watcher;
      Http2Connection connection = new DefaultHttp2Connection(false);
      connection.addListener(listener);
      connection(connection);
      frameListener(listener);
      initialSettings(
          Http2Settings.defaultSettings()
              .pushEnabled(false)
              .initialWindowSize(STREAM_WINDOW)
              .maxHeaderListSize(MOST_HEADER_BYTES));
      decoupleCloseAndGoAway(true);
    }

    @Override
    protected Http2Wire build() {
      return super.build();
    }

    @Override
    protected Http2Wire build(
        Http2ConnectionDecoder decoder, Http2ConnectionEncoder encoder, Http2Settings settings) {
      return new Http2Wire(decoder, encoder, settings, watcher);
    }
  }
}

package dev.candor.mock.http;

import io.netty.handler.codec.http.FullHttpRequest;

/** What came where a request was due. */
sealed interface Received permits Received.Whole, UnreadableRequest {

  /** Owned by whoever has it. */
  record Whole(FullHttpRequest request) implements Received {}
}

package dev.candor.mock.http;

import io.netty.handler.codec.TooLongFrameException;
import java.util.Map;

/** Why a request is not handed on; its connection ends with the answer to it. */
enum UnreadableRequest implements Received {
  MALFORMED(400, "the request is not HTTP as it should be"),
  HEAD_TOO_LONG(431, "the request line or a header is too long"),
  BODY_TOO_LARGE(413, "the body is larger than 32 MiB"),
  NO_ROOM(503, "too many large bodies at once; try again later");

  private final int status;
  private final String message;

  UnreadableRequest(int status, String message) {
    this.status = status;
    this.message = message;
  }

  static UnreadableRequest of(Throwable decoderFailure) {
    return decoderFailure instanceof TooLongFrameException ? HEAD_TOO_LONG : MALFORMED;
  }

  void tell(Reply reply) {
    String body =
        "{\"error\":{\"message\":\"%s\",\"type\":\"%s\",\"param\":null,\"code\":%s}}"
            .formatted(
                message,
                status < 500 ? "invalid_request_error" : "server_error",
                status == 400 ? "\"bad_request\"" : "null");
    reply.whole(
        status,
        "application/json",
        body,
        this == NO_ROOM
            ? Map.of("connection", "close", "retry-after", "1")
            : Map.of("connection", "close"));
  }
}

package dev.candor.load.transport.http;

import io.netty.handler.codec.http2.DefaultHttp2Headers;
import io.netty.handler.codec.http2.Http2Headers;
import io.netty.util.AsciiString;
import java.util.Map;

/** A request's head as HTTP/2 says it. */
final class Http2Head {
  private static final AsciiString NUMBER = AsciiString.cached("x-candor-request");
  private static final AsciiString LENGTH = AsciiString.cached("content-length");

  private final AsciiString method;
  private final AsciiString scheme;
  private final AsciiString authority;
  private final AsciiString path;
  private final AsciiString[] names;
  private final AsciiString[] values;

  Http2Head(RequestHead head) {
    method = AsciiString.of(head.method());
    scheme = AsciiString.of(head.scheme());
    authority = AsciiString.of(head.authority());
    path = AsciiString.of(head.path());
    Map<String, String> headers = head.headers();
    names = headers.keySet().stream().map(AsciiString::of).toArray(AsciiString[]::new);
    values = headers.values().stream().map(AsciiString::of).toArray(AsciiString[]::new);
  }

  /** The head of the request that {@code number} names, with a body of {@code length} bytes. */
  Http2Headers of(String number, int length) {
    Http2Headers headers = new DefaultHttp2Headers(false, names.length + 6);
    headers.method(method).scheme(scheme).authority(authority).path(path);
    for (int i = 0; i < names.length; i++) {
      headers.add(names[i], values[i]);
    }
    headers.add(NUMBER, AsciiString.of(number));
    if (length > 0) {
      headers.add(LENGTH, AsciiString.of(Integer.toString(length)));
    }
    return headers;
  }
}

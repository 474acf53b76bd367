package dev.candor.load.transport.http;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import dev.candor.record.Outcome;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

final class Http1ResponseTest {
  private static final String OK = "HTTP/1.1 200 OK\r\n";
  private static final String CHUNKED = OK + "Transfer-Encoding: chunked\r\n\r\n";

  @Test
  void fields_ofARefusalAlone_areKept() {
    HeardHttp heard =
        HeardHttp.of(
            "HTTP/1.1 429 No\r\nRetry-After: 7\r\nX-Long:\r\n a b\r\ncontent-length: 0\r\n\r\n"
                + OK
                + "retry-after: 9\r\ncontent-length: 0\r\n\r\n"
                + "HTTP/1.1 503 No\r\ncontent-length: 1\r\n\r\nx");
    assertThat(heard.kept)
        .containsEntry("retry-after", "7")
        .containsEntry("content-length", "1")
        .hasSize(3);
  }

  static Stream<Arguments> wellFormed() {
    return Stream.of(
        Arguments.of(OK + "content-length: 2\r\n\r\nhi", "200 [hi] kept"),
        Arguments.of(OK + "Content-Length:2 \t\r\n\r\nhi", "200 [hi] kept"),
        Arguments.of(OK + "content-length: 0\r\n\r\n", "200 [] kept"),
        Arguments.of("HTTP/1.1 204 No\r\ncontent-length: 5\r\n\r\n", "204 [] kept"),
        Arguments.of("HTTP/1.1 304\r\ntransfer-encoding: chunked\r\n\r\n", "304 [] kept"),
        Arguments.of(CHUNKED + "2\r\nhi\r\n0\r\n\r\n", "200 [hi] kept"),
        Arguments.of(CHUNKED + "0\r\n\r\n", "200 [] kept"),
        Arguments.of(
            CHUNKED + "000A\r\n0123456789\r\n1\r\nx\r\n00\r\n\r\n", "200 [0123456789x] kept"),
        Arguments.of(
            CHUNKED + "2;a=\"b\";c\r\nhi\r\n0 ;x\r\nt: u\r\nv: w\r\n\r\n", "200 [hi] kept"),
        Arguments.of(CHUNKED + "2\t \r\n\r\n\r\n0\r\n\r\n", "200 [\r\n] kept"),
        // A line feed alone may end a line (RFC 9112, 2.2).
        Arguments.of((OK + "content-length: 2\r\n\r\nhi").replace("\r", ""), "200 [hi] kept"),
        Arguments.of((CHUNKED + "2\r\nhi\r\n0\r\n\r\n").replace("\r", ""), "200 [hi] kept"),
        Arguments.of("HTTP/1.1 200\r\ncontent-length: 1\r\n\r\nx", "200 [x] kept"),
        Arguments.of("HTTP/1.1 999 \r\ncontent-length: 1\r\n\r\nx", "999 [x] kept"),
        // A continued field.
        Arguments.of(OK + "content-length:\r\n  2\r\n\r\nhi", "200 [hi] kept"),
        Arguments.of(
            OK + "x: a\r\n\tb\r\nconnection:\r\n close\r\ncontent-length: 0\r\n\r\n",
            "200 [] closed"),
        Arguments.of(OK + "content-length: 2\r\ncontent-length: 2\r\n\r\nhi", "200 [hi] kept"),
        Arguments.of(OK + "content-length: 2, 2\r\n\r\nhi", "200 [hi] kept"),
        Arguments.of(OK + "connection: x, Close\r\ncontent-length: 0\r\n\r\n", "200 [] closed"),
        Arguments.of(OK + "connection: closed\r\ncontent-length: 0\r\n\r\n", "200 [] kept"),
        Arguments.of("HTTP/1.0 200 OK\r\ncontent-length: 0\r\n\r\n", "200 [] closed"),
        Arguments.of(
            "HTTP/1.0 200 OK\r\nconnection: Keep-Alive\r\ncontent-length: 0\r\n\r\n",
            "200 [] kept"),
        // Chunks win over a length, but what follows is not to be trusted (6.1, 6.3).
        Arguments.of(
            OK + "content-length: 9\r\ntransfer-encoding: chunked\r\n\r\n1\r\nx\r\n0\r\n\r\n",
            "200 [x] closed"),
        Arguments.of(
            CHUNKED.replace("1.1 200 OK", "1.0 200 OK\r\nconnection: keep-alive")
                + "1\r\nx\r\n0\r\n\r\n",
            "200 [x] closed"),
        Arguments.of(
            OK + "transfer-encoding: gzip, chunked\r\n\r\n1\r\nx\r\n0\r\n\r\n",
            "200 gzip [x] kept"),
        Arguments.of(OK + "content-encoding: br\r\ncontent-length: 1\r\n\r\nx", "200 br [x] kept"),
        Arguments.of(
            "HTTP/1.1 100 Continue\r\n\r\n"
                + "HTTP/1.1 103 Early Hints\r\nlink: x\r\n\r\n"
                + OK
                + "content-length: 1\r\n\r\nx",
            "200 [x] kept"),
        Arguments.of(
            OK + "content-length: 1\r\n\r\nx" + CHUNKED + "1\r\ny\r\n0\r\n\r\n",
            "200 [x] kept\n200 [y] kept"));
  }

  @ParameterizedTest
  @MethodSource("wellFormed")
  void response_whereverItIsSplit(String text, String heard) {
    byte[] bytes = text.getBytes(ISO_8859_1);
    assertThat(HeardHttp.of(bytes).all()).isEqualTo(heard + "\n");
    assertThat(HeardHttp.byteByByte(bytes).all()).isEqualTo(heard + "\n");
    for (int cut = 1; cut < bytes.length; cut++) {
      assertThat(HeardHttp.of(bytes, cut).all()).as("cut at %d", cut).isEqualTo(heard + "\n");
    }
  }

  static Stream<Arguments> upToTheClose() {
    return Stream.of(
        Arguments.of(OK + "\r\nhi", null),
        Arguments.of(OK + "transfer-encoding: identity\r\n\r\nhi", null),
        Arguments.of(OK + "transfer-encoding: chunked, gzip\r\n\r\nhi", "gzip"));
  }

  @ParameterizedTest
  @MethodSource("upToTheClose")
  void noLength_lastsUpToTheClose(String text, @Nullable String encoding) {
    Http1Response parser = new Http1Response();
    HeardHttp heard = new HeardHttp(parser);
    byte[] bytes = text.getBytes(ISO_8859_1);
    assertThat(parser.read(bytes, 0, bytes.length, heard)).isEqualTo(bytes.length);
    assertThat(parser.endsWithConnection()).isTrue();
    assertThat(parser.keepAlive()).isFalse();
    assertThat(heard.all()).isEqualTo("\n200 " + (encoding == null ? "" : encoding + " ") + "[hi…");
  }

  static Stream<Arguments> broken() {
    String sized = OK + "content-length: ";
    return Stream.of(
        Arguments.of("<html>hi", "'<html>hi' instead of a status line"),
        Arguments.of("data: {}\n\n", "instead of a status line"),
        Arguments.of("\r\n" + OK, "instead of a status line"),
        Arguments.of("HTTP/2 200\r\n\r\n", "instead of a status line"),
        Arguments.of("HTTP/1.1 20 OK\r\n\r\n", "instead of a status line"),
        Arguments.of("HTTP/1.1 2000 OK\r\n\r\n", "instead of a status line"),
        Arguments.of("HTTP/1.1 099 OK\r\n\r\n", "instead of a status line"),
        Arguments.of("HTTP/1.1\t200 OK\r\n\r\n", "instead of a status line"),
        Arguments.of("HTTP/1.1 -20 OK\r\n\r\n", "instead of a status line"),
        Arguments.of("\25\3\1\0\2\2\n", "this is TLS"),
        Arguments.of("\0\0\6\4\0\0\0\0\0", "HTTP/2"),
        Arguments.of("HTTP/1.1 101 Switching\r\n\r\n", "another protocol"),
        Arguments.of(OK + "no colon\r\n\r\n", "'no colon' instead of a response header"),
        Arguments.of(OK + ": x\r\n\r\n", "instead of a response header"),
        Arguments.of(OK + "a b: x\r\n\r\n", "instead of a response header"),
        Arguments.of(OK + " a: x\r\n\r\n", "white space"),
        Arguments.of(OK + "a: x\ry\r\n\r\n", "control character"),
        Arguments.of(OK + "a: x\0y\r\n\r\n", "control character"),
        Arguments.of(sized + "-1\r\n\r\n", "content-length '-1'"),
        Arguments.of(sized + "+1\r\n\r\n", "content-length '+1'"),
        Arguments.of(sized + "\r\n\r\n", "content-length ''"),
        Arguments.of(sized + "1,\r\n\r\n", "content-length ''"),
        Arguments.of(sized + "0x10\r\n\r\n", "content-length '0x10'"),
        Arguments.of(sized + "9".repeat(40) + "\r\n\r\n", "at most 18 digits"),
        Arguments.of(sized + "1\r\ncontent-length: 2\r\n\r\n", "both 1 and 2"),
        Arguments.of(sized + "1, 2\r\n\r\n", "both 1 and 2"),
        Arguments.of(OK + "transfer-encoding: chunked, chunked\r\n\r\n", "chunked twice"),
        Arguments.of(CHUNKED + "-1\r\n", "instead of a chunk's size"),
        Arguments.of(CHUNKED + "\r\n", "instead of a chunk's size"),
        Arguments.of(CHUNKED + "; ext\r\n", "instead of a chunk's size"),
        Arguments.of(CHUNKED + "zz\r\n", "'z' instead of a chunk's size"),
        Arguments.of(CHUNKED + "2x\r\n", "instead of the end of a chunk's size"),
        Arguments.of(CHUNKED + "8000000000000000\r\n", "63 bits"),
        Arguments.of(CHUNKED + "ffffffffffffffffff\r\n", "63 bits"),
        Arguments.of(CHUNKED + "2\rhi\r\n", "the line feed behind a chunk's size"),
        Arguments.of(CHUNKED + "2\r\nhixx", "as long as its size says"),
        Arguments.of(CHUNKED + "2\r\nhi\rx", "the line feed behind a chunk"));
  }

  @ParameterizedTest
  @MethodSource("broken")
  void notHttp_saysWhatIsWrong_whereverItIsSplit(String text, String why) {
    byte[] bytes = text.getBytes(ISO_8859_1);
    HeardHttp whole = HeardHttp.of(bytes);
    assertThat(whole.broken).isEqualTo(Outcome.NOT_HTTP);
    assertThat(whole.why).contains(why);
    assertThat(HeardHttp.byteByByte(bytes).all()).isEqualTo(whole.all());
  }

  @Test
  void bodyAheadOfABadChunk_isTold() {
    assertThat(HeardHttp.of(CHUNKED + "2\r\nhi\r\n1\r\n!\r\nzz").all())
        .isEqualTo("\n200 [hi!…not_http");
  }

  static Stream<Arguments> oversized() {
    return Stream.of(
        Arguments.of("HTTP/1.1 200 " + "y".repeat(9000), "a status line of over 8192 bytes"),
        Arguments.of(OK + "x: " + "y".repeat(70_000), "a response header of over 65536 bytes"),
        Arguments.of(OK + "x: y\r\n".repeat(12_000), "a response header of over 65536 bytes"),
        Arguments.of(OK + "x: y\r\n" + " z\r\n".repeat(20_000), "a response header of over"),
        Arguments.of(CHUNKED + "1;" + "e".repeat(9000), "a chunk's line of over 8192 bytes"),
        Arguments.of(CHUNKED + "0".repeat(9000), "a chunk's size of over 8192 bytes"),
        Arguments.of(CHUNKED + "0\r\n" + "t: u\r\n".repeat(12_000), "trailers of over 65536"),
        Arguments.of("HTTP/1.1 102 Processing\r\n\r\n".repeat(65), "over 64 informational"));
  }

  @ParameterizedTest
  @MethodSource("oversized")
  void endlessParts_endAtTheirLimit(String text, String why) {
    byte[] bytes = text.getBytes(ISO_8859_1);
    HeardHttp whole = HeardHttp.of(bytes);
    assertThat(whole.broken).isEqualTo(Outcome.OVERSIZED);
    assertThat(whole.why).contains(why);
    assertThat(HeardHttp.byteByByte(bytes).all()).isEqualTo(whole.all());
  }

  @Test
  void largestSize_isJustAChunkThatGoesOn() {
    HeardHttp heard = HeardHttp.of(CHUNKED + "7fffffffffffffff\r\nhi");
    assertThat(heard.all()).isEqualTo("\n200 [hi…");
  }

  @Test
  void stopped_readsNothingMore() {
    Http1Response parser = new Http1Response();
    byte[] bytes = (CHUNKED + "2\r\nhi\r\nzz").getBytes(ISO_8859_1);
    HeardHttp heard = new HeardHttp(parser);
    parser.stop();
    assertThat(parser.read(bytes, 0, bytes.length, heard)).isEqualTo(bytes.length);
    assertThat(heard.all()).isEqualTo("\n");
  }
}

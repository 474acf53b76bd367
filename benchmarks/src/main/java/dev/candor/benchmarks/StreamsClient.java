package dev.candor.benchmarks;

import dev.candor.base.time.Clock;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Iterator;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * Holds many streams open at once and reads them, no more: the mock's own lateness is what is
 * looked for, while all of them run. Streams start evenly over some seconds, so that their tokens
 * are spread over time.
 *
 * <p>Arguments: the mock's port, streams, seconds over which they start, seconds to measure once
 * all of them run, tokens a second that each has.
 */
public final class StreamsClient {
  private static final int BUFFER = 1 << 16;
  private static final int SETTLING_SECONDS = 2;

  private final Clock clock = Clock.system();
  private final int port;
  private final int streams;
  private final int tokens;
  private final long startNanos;
  private final long measureNanos;
  private final ByteBuffer buffer = ByteBuffer.allocateDirect(BUFFER);
  private long bytes;
  private int ended;

  private StreamsClient(int port, int streams, int startSeconds, int seconds, int perSecond) {
    this.port = port;
    this.streams = streams;
    this.tokens = (startSeconds + seconds + 2 * SETTLING_SECONDS) * perSecond;
    this.startNanos = TimeUnit.SECONDS.toNanos(startSeconds);
    this.measureNanos = TimeUnit.SECONDS.toNanos(seconds);
  }

  public static void main(String[] arguments) throws IOException {
    StreamsClient client =
        new StreamsClient(
            Integer.parseInt(arguments[0]),
            Integer.parseInt(arguments[1]),
            Integer.parseInt(arguments[2]),
            Integer.parseInt(arguments[3]),
            Integer.parseInt(arguments[4]));
    String lateness = client.run();
    System.out.printf(
        "%d streams of %d tokens, %.0f MB read; while all of them ran:%n%s%n",
        client.streams, client.tokens, client.bytes / 1e6, lateness);
  }

  private String run() throws IOException {
    ArrayDeque<SocketChannel> connected = connect();
    byte[] request = request();
    CompletableFuture<String> lateness = null;
    try (HttpClient http = HttpClient.newHttpClient();
        Selector selector = Selector.open()) {
      long begin = clock.nanoTime();
      long settled = begin + startNanos + TimeUnit.SECONDS.toNanos(SETTLING_SECONDS);
      boolean forgotten = false;
      int started = 0;
      while (ended < streams) {
        long now = clock.nanoTime();
        while (started < streams && now - begin >= startNanos * started / streams) {
          start(connected.remove(), request, selector);
          started++;
        }
        if (!forgotten && now >= settled) {
          ask(http, "DELETE", "/truth");
          forgotten = true;
        }
        if (lateness == null && now >= settled + measureNanos) {
          lateness = ask(http, "GET", "/truth?last=0");
        }
        // Woken for each token, it would be paid for by the sender's core, which no network does.
        LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(1));
        selector.selectNow();
        for (Iterator<SelectionKey> keys = selector.selectedKeys().iterator(); keys.hasNext(); ) {
          SelectionKey key = keys.next();
          keys.remove();
          read((SocketChannel) key.channel());
        }
      }
      return lateness == null ? "the streams ended before" : lateness.join();
    }
  }

  private CompletableFuture<String> ask(HttpClient http, String method, String path) {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
            .method(method, HttpRequest.BodyPublishers.noBody())
            .build();
    return http.sendAsync(request, HttpResponse.BodyHandlers.ofString())
        .thenApply(response -> response.body().strip());
  }

  private ArrayDeque<SocketChannel> connect() throws IOException {
    ArrayDeque<SocketChannel> connected = new ArrayDeque<>();
    for (int i = 0; i < streams; i++) {
      connected.add(
          SocketChannel.open(new InetSocketAddress(InetAddress.getLoopbackAddress(), port)));
    }
    return connected;
  }

  private static void start(SocketChannel channel, byte[] request, Selector selector)
      throws IOException {
    channel.write(ByteBuffer.wrap(request));
    channel.configureBlocking(false);
    channel.register(selector, SelectionKey.OP_READ);
  }

  private byte[] request() {
    String body =
        "{\"model\":\"m\",\"messages\":[{\"role\":\"user\",\"content\":\"count\"}],\"stream\":true,\"max_tokens\":%d}"
            .formatted(tokens);
    return "POST /v1/chat/completions HTTP/1.1\r\nhost: a\r\nconnection: close\r\ncontent-type: application/json\r\ncontent-length: %d\r\n\r\n%s"
        .formatted(body.length(), body)
        .getBytes(StandardCharsets.UTF_8);
  }

  private void read(SocketChannel channel) throws IOException {
    buffer.clear();
    int count = channel.read(buffer);
    if (count < 0) {
      channel.close();
      ended++;
    } else {
      bytes += count;
    }
  }
}

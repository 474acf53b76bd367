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
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * Holds many streams open at once and reads them, no more: the mock's own lateness is what is
 * looked for. Streams start evenly over the first seconds, so that their tokens are spread over
 * time.
 *
 * <p>Arguments: the mock's port, streams, tokens of each, seconds over which they start.
 */
public final class StreamsClient {
  private static final int BUFFER = 1 << 16;

  private final int port;
  private final int streams;
  private final int tokens;
  private final long startNanos;
  private final ByteBuffer buffer = ByteBuffer.allocateDirect(BUFFER);
  private long bytes;
  private int ended;

  private StreamsClient(int port, int streams, int tokens, long startNanos) {
    this.port = port;
    this.streams = streams;
    this.tokens = tokens;
    this.startNanos = startNanos;
  }

  public static void main(String[] arguments) throws IOException, InterruptedException {
    int port = Integer.parseInt(arguments[0]);
    int streams = Integer.parseInt(arguments[1]);
    int tokens = Integer.parseInt(arguments[2]);
    double seconds = Double.parseDouble(arguments[3]);
    StreamsClient client = new StreamsClient(port, streams, tokens, Math.round(seconds * 1e9));
    Clock clock = Clock.system();
    ask(port, "DELETE", "/truth");
    long begin = clock.nanoTime();
    client.run(clock);
    double took = (clock.nanoTime() - begin) / 1e9;
    System.out.printf(
        "%d streams of %d tokens ended after %.1f s, %.0f MB read%n",
        client.ended, tokens, took, client.bytes / 1e6);
    System.out.println(ask(port, "GET", "/truth?last=0"));
  }

  private static String ask(int port, String method, String path)
      throws IOException, InterruptedException {
    try (HttpClient http = HttpClient.newHttpClient()) {
      HttpRequest request =
          HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
              .method(method, HttpRequest.BodyPublishers.noBody())
              .build();
      return http.send(request, HttpResponse.BodyHandlers.ofString()).body().strip();
    }
  }

  private void run(Clock clock) throws IOException {
    ArrayDeque<SocketChannel> connected = connect();
    byte[] request = request();
    try (Selector selector = Selector.open()) {
      long begin = clock.nanoTime();
      int started = 0;
      while (ended < streams) {
        long now = clock.nanoTime();
        while (started < streams && now - begin >= startNanos * started / streams) {
          SocketChannel channel = connected.remove();
          channel.write(ByteBuffer.wrap(request));
          channel.configureBlocking(false);
          channel.register(selector, SelectionKey.OP_READ);
          started++;
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
    }
  }

  private ArrayDeque<SocketChannel> connect() throws IOException {
    ArrayDeque<SocketChannel> connected = new ArrayDeque<>();
    for (int i = 0; i < streams; i++) {
      connected.add(
          SocketChannel.open(new InetSocketAddress(InetAddress.getLoopbackAddress(), port)));
    }
    return connected;
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

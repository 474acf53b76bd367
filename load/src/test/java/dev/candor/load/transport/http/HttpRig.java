package dev.candor.load.transport.http;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.candor.base.time.Clock;
import dev.candor.load.driver.Loop;
import dev.candor.load.transport.AttemptTrace;
import dev.candor.load.transport.ChatDialect;
import dev.candor.load.transport.PreparedRequest;
import dev.candor.load.transport.TraceReader;
import dev.candor.record.AttemptRecord;
import dev.candor.scenario.Api;
import dev.candor.scenario.ClientSettings;
import dev.candor.scenario.Connections;
import dev.candor.scenario.MockSettings;
import dev.candor.scenario.Target;
import dev.candor.scenario.Timeouts;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** One loop that sends chat requests over sockets. */
final class HttpRig implements AutoCloseable {
  static final long MS = 1_000_000;
  static final Timeouts LONG =
      new Timeouts(10_000 * MS, 10_000 * MS, 10_000 * MS, 10_000 * MS, 20_000 * MS);
  static final String STREAM =
      "HTTP/1.1 200 OK\r\ncontent-type: text/event-stream\r\ntransfer-encoding: chunked\r\n\r\n";
  static final String EVENT = "data: {\"choices\":[{\"delta\":{\"content\":\"hi\"}}]}\n\n";
  static final String TOKEN = chunk(EVENT);
  static final String DONE = chunk("data: [DONE]\n\n");
  static final String END = "0\r\n\r\n";

  private final HttpLoops loops;
  private final Loop loop;
  private int number;

  HttpRig(URI url, Timeouts timeouts, boolean stream) {
    Target target = target(timeouts, stream);
    loops = new HttpLoops(1, url, target, new ChatDialect(target), Clock.system());
    loop = loops.loops().getFirst();
  }

  HttpRig(URI url) {
    this(url, LONG, true);
  }

  static String chunk(String text) {
    return Integer.toHexString(text.length()) + "\r\n" + text + "\r\n";
  }

  static Target target(Timeouts timeouts, boolean stream) {
    return new Target(
        List.of(),
        Api.OPENAI_CHAT,
        null,
        "m",
        null,
        Map.of(),
        Map.of(),
        stream,
        false,
        "max_tokens",
        true,
        timeouts,
        true,
        null,
        Connections.DEFAULT,
        new ClientSettings(1, ClientSettings.Io.AUTO, false, List.of()),
        MockSettings.DEFAULT);
  }

  /** Starts a request with {@code body}; the answer comes when its attempt has ended. */
  CompletableFuture<AttemptRecord> start(byte[] body) {
    return start(body, Integer.MAX_VALUE);
  }

  private CompletableFuture<AttemptRecord> start(byte[] body, int leaveAfter) {
    PreparedRequest request = new PreparedRequest(number++, "test", 5, 9, body);
    CompletableFuture<AttemptRecord> ended = new CompletableFuture<>();
    loop.executor()
        .execute(
            () -> {
              AttemptTrace trace = new AttemptTrace();
              trace.leaveAfter = leaveAfter;
              trace.intended = loop.scheduler().nanoTime();
              loop.transport()
                  .start(
                      request, trace, done -> ended.complete(new TraceReader(0, null).read(done)));
            });
    return ended;
  }

  AttemptRecord send(byte[] body) throws Exception {
    return start(body).get(30, TimeUnit.SECONDS);
  }

  AttemptRecord send() throws Exception {
    return send("{}".getBytes(UTF_8));
  }

  static List<AttemptRecord> send(URI url, Timeouts timeouts, boolean stream, int count)
      throws Exception {
    return send(url, timeouts, stream, count, Integer.MAX_VALUE);
  }

  /** Sends {@code count} requests, one after the other, on one loop. */
  static List<AttemptRecord> send(
      URI url, Timeouts timeouts, boolean stream, int count, int leaveAfter) throws Exception {
    List<AttemptRecord> records = new ArrayList<>();
    try (HttpRig rig = new HttpRig(url, timeouts, stream)) {
      for (int i = 0; i < count; i++) {
        records.add(rig.start("{}".getBytes(UTF_8), leaveAfter).get(30, TimeUnit.SECONDS));
      }
    }
    return records;
  }

  @Override
  public void close() {
    loops.close();
  }
}

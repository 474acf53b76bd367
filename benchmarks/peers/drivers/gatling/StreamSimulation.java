import static io.gatling.javaapi.core.CoreDsl.StringBody;
import static io.gatling.javaapi.core.CoreDsl.asLongAs;
import static io.gatling.javaapi.core.CoreDsl.exec;
import static io.gatling.javaapi.core.CoreDsl.pause;
import static io.gatling.javaapi.core.CoreDsl.rampUsers;
import static io.gatling.javaapi.core.CoreDsl.scenario;
import static io.gatling.javaapi.http.HttpDsl.http;
import static io.gatling.javaapi.http.HttpDsl.sse;

import io.gatling.http.action.sse.SseInboundMessage;
import io.gatling.javaapi.core.ChainBuilder;
import io.gatling.javaapi.core.Session;
import io.gatling.javaapi.core.Simulation;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.stream.LongStream;

/**
 * Chat streams over Gatling's SSE. Its messages carry the wall-clock millisecond at which Gatling had decoded them; TTFT
 * and gaps are taken from these, as Gatling itself reports neither.
 */
public class StreamSimulation extends Simulation {
  private static final int USERS = Integer.getInteger("peer.users");
  private static final long SKIP_MILLIS = (long) (Double.parseDouble(System.getProperty("peer.skip")) * 1000);
  private static final long SECONDS = Long.getLong("peer.seconds");

  private final Sample ttfts = new Sample();
  private final Sample gaps = new Sample();
  private volatile long firstRequest;

  {
    var begin = System.nanoTime();
    ChainBuilder stream =
        exec(session -> session.remove("stop").remove("last").set("sent", sent()))
            .exec(sse("stream").post("/v1/chat/completions").body(StringBody(body())).asJson())
            .exec(
                asLongAs("#{stop.isUndefined()}")
                    .on(
                        pause(Duration.ofMillis(50)),
                        sse.processUnmatchedMessages(this::measure)))
            .exec(sse("close").close());
    var total = Duration.ofSeconds(SECONDS).plusMillis(SKIP_MILLIS);
    setUp(
            scenario("streams")
                .exec(
                    asLongAs(session -> System.nanoTime() - begin < total.toNanos()).on(stream))
                .injectOpen(rampUsers(USERS).during(Duration.ofMillis(Math.max(1, SKIP_MILLIS)))))
        .maxDuration(total.plusSeconds(10))
        .protocols(
            http.baseUrl(System.getProperty("peer.url")).sseUnmatchedInboundMessageBufferSize(100_000));
  }

  private synchronized long sent() {
    var now = System.currentTimeMillis();
    if (firstRequest == 0) {
      firstRequest = now;
    }
    return now;
  }

  private Session measure(List<SseInboundMessage> messages, Session session) {
    var measured = session.getLong("sent") >= firstRequest + SKIP_MILLIS;
    var last = session.contains("last") ? session.getLong("last") : 0;
    for (var message : messages) {
      if (message.message().contains("[DONE]")) {
        return session.set("stop", true);
      }
      if (!message.message().contains("\\\"content\\\":\\\"")) {
        continue;
      }
      if (measured && last == 0) {
        ttfts.add(message.timestamp() - session.getLong("sent"));
      } else if (measured) {
        gaps.add(message.timestamp() - last);
      }
      last = message.timestamp();
    }
    return session.set("last", last);
  }

  @Override
  public void after() {
    var json = "{\"ttft\": %s, \"itl\": %s}".formatted(ttfts.ranks(), gaps.ranks());
    try {
      Files.writeString(Path.of(System.getProperty("peer.out")), json);
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  private static String body() {
    try {
      return Files.readString(Path.of(System.getProperty("peer.body")));
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Milliseconds, from several threads. */
  private static final class Sample {
    private long[] values = new long[1 << 16];
    private int count;

    synchronized void add(long value) {
      if (count == values.length) {
        values = Arrays.copyOf(values, 2 * count);
      }
      values[count++] = value;
    }

    synchronized String ranks() {
      if (count == 0) {
        return "null";
      }
      var sorted = LongStream.of(values).limit(count).sorted().toArray();
      return "{\"p50\": %d, \"p99\": %d}".formatted(rank(sorted, 50), rank(sorted, 99));
    }

    private static long rank(long[] sorted, int percent) {
      return sorted[(int) ((sorted.length * (long) percent + 99) / 100) - 1];
    }
  }
}

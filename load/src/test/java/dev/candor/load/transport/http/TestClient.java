package dev.candor.load.transport.http;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.candor.base.time.Clock;
import dev.candor.load.driver.Loop;
import dev.candor.load.transport.AttemptTrace;
import dev.candor.load.transport.ChatDialect;
import dev.candor.load.transport.PreparedRequest;
import dev.candor.load.transport.TraceReader;
import dev.candor.load.transport.Transport;
import dev.candor.record.AttemptRecord;
import dev.candor.record.Outcome;
import dev.candor.scenario.Api;
import dev.candor.scenario.ClientCertificate;
import dev.candor.scenario.ClientSettings;
import dev.candor.scenario.Connections;
import dev.candor.scenario.Connections.HttpVersion;
import dev.candor.scenario.MockSettings;
import dev.candor.scenario.Target;
import dev.candor.scenario.Timeouts;
import java.net.InetAddress;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** One loop that sends what a test wants, with the settings of the test. */
final class TestClient implements AutoCloseable {
  private static final long MS = 1_000_000;
  static final Connections HTTP_2 =
      new Connections(HttpVersion.HTTP_2, false, true, 0, null, null, null);

  private final HttpLoops loops;
  private final Loop loop;
  private int sent;

  TestClient(Settings settings, URI... urls) {
    Target target = settings.target();
    loops =
        new HttpLoops(
            1,
            List.of(urls),
            target,
            new ChatDialect(target),
            Clock.system(),
            new Resolver(settings.names));
    loop = loops.loops().getFirst();
  }

  /** What differs from an ordinary client. */
  static final class Settings {
    Connections connections = Connections.DEFAULT;
    Timeouts timeouts =
        new Timeouts(10_000 * MS, 10_000 * MS, 10_000 * MS, 10_000 * MS, 20_000 * MS);
    boolean verify = true;
    @Nullable Path authority;
    ClientSettings.Io io = ClientSettings.Io.AUTO;
    Resolver.Names names = InetAddress::getAllByName;

    static Settings of(Connections connections) {
      Settings settings = new Settings();
      settings.connections = connections;
      return settings;
    }

    Settings trusting(Path certificate) {
      authority = certificate;
      return this;
    }

    Settings showing(Path chain, Path key) {
      Connections c = connections;
      connections =
          new Connections(
              c.version(),
              c.onePerRequest(),
              c.keepAlive(),
              c.most(),
              c.proxy(),
              c.unixSocket(),
              new ClientCertificate(chain, key));
      return this;
    }

    Target target() {
      return new Target(
          List.of(),
          Api.OPENAI_CHAT,
          null,
          "m",
          null,
          Map.of("x-secret", "a-secret-value"),
          Map.of(),
          true,
          false,
          "max_tokens",
          true,
          timeouts,
          verify,
          authority,
          connections,
          new ClientSettings(1, io, false, List.of()),
          MockSettings.DEFAULT);
    }
  }

  /** An attempt on its way. */
  record Sent(
      CompletableFuture<AttemptRecord> ended, AtomicReference<Transport.Exchange> exchange) {
    AttemptRecord await() throws Exception {
      return ended.get(30, TimeUnit.SECONDS);
    }
  }

  Sent send() {
    return send("{}");
  }

  Sent send(String body) {
    int number = sent++;
    PreparedRequest request = new PreparedRequest(number, "test", 5, 9, body.getBytes(UTF_8));
    Sent attempt = new Sent(new CompletableFuture<>(), new AtomicReference<>());
    loop.executor()
        .execute(
            () -> {
              AttemptTrace trace = new AttemptTrace();
              trace.request = number;
              trace.intended = loop.scheduler().nanoTime();
              attempt.exchange.set(
                  loop.transport()
                      .start(
                          request,
                          trace,
                          done -> attempt.ended.complete(new TraceReader(0, null).read(done))));
            });
    return attempt;
  }

  /** {@code count} at once. */
  List<AttemptRecord> together(int count) throws Exception {
    List<Sent> all = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      all.add(send());
    }
    List<AttemptRecord> records = new ArrayList<>();
    for (Sent each : all) {
      records.add(each.await());
    }
    return records;
  }

  /** {@code count}, one after the other. */
  List<AttemptRecord> inTurn(int count) throws Exception {
    List<AttemptRecord> records = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      records.add(send().await());
    }
    return records;
  }

  void cut(Sent attempt, Outcome outcome) {
    loop.executor().execute(() -> attempt.exchange.get().cut(outcome));
  }

  @Override
  public void close() {
    loops.close();
  }
}

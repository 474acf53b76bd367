package dev.candor.mock;

import dev.candor.base.error.CandorException;
import dev.candor.base.random.Seed;
import dev.candor.base.time.Clock;
import dev.candor.mock.answer.AnswerPlans;
import dev.candor.mock.audit.AuditReport;
import dev.candor.mock.audit.RetryAudit;
import dev.candor.mock.http.HttpPipeline;
import dev.candor.mock.metrics.MockMetrics;
import dev.candor.mock.prompt.PromptReader;
import dev.candor.mock.quota.Quotas;
import dev.candor.mock.times.ServedProfile;
import dev.candor.scenario.FaultRule;
import dev.candor.scenario.MockSettings;
import io.netty.channel.EventLoop;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.epoll.Epoll;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.nio.NioIoHandler;
import io.netty.handler.ssl.SslContext;
import java.net.URI;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * A mock LLM service on loopback: the dialects of OpenAI and Anthropic, answered by an engine
 * simulator or with latencies from distributions, and a record of what it truly did. One event loop
 * serves it all. Thread-safe.
 *
 * <pre>{@code
 * try (MockServer mock = MockServer.start(MockOptions.of(MockSettings.DEFAULT, 42))) {
 *   ... mock.baseUrl() ...
 * }
 * }</pre>
 */
public final class MockServer implements AutoCloseable {
  private final MultiThreadIoEventLoopGroup group;
  private final EventLoop loop;
  private final Listener listener;
  private final LargeBodies bodies;
  private final TruthLog truth;
  private final Lateness lateness;
  private final RetryAudit audit;
  private final ServiceFaults faults;
  private final boolean secure;

  private MockServer(
      MultiThreadIoEventLoopGroup group,
      EventLoop loop,
      Listener listener,
      LargeBodies bodies,
      TruthLog truth,
      Lateness lateness,
      RetryAudit audit,
      ServiceFaults faults,
      boolean secure) {
    this.group = group;
    this.loop = loop;
    this.listener = listener;
    this.bodies = bodies;
    this.truth = truth;
    this.lateness = lateness;
    this.audit = audit;
    this.faults = faults;
    this.secure = secure;
  }

  /**
   * Starts serving.
   *
   * @throws CandorException where the port is taken, the profile or the TLS identity cannot be read
   *     or the truth file cannot be written
   */
  public static MockServer start(MockOptions options) {
    return start(options, HttpPipeline.Limits.DEFAULT);
  }

  static MockServer start(MockOptions options, HttpPipeline.Limits limits) {
    TlsIdentity identity = options.tls();
    SslContext tls = identity == null ? null : identity.serverContext();
    MockSettings settings = options.settings();
    ServedProfile profile = ServedProfile.of(settings);
    TruthLog truth = TruthLog.open(settings.truth());
    Clock clock = Clock.system();
    MultiThreadIoEventLoopGroup group =
        new MultiThreadIoEventLoopGroup(
            1, Epoll.isAvailable() ? EpollIoHandler.newFactory() : NioIoHandler.newFactory());
    try {
      return serve(options, limits, profile, tls, truth, clock, group);
    } catch (CandorException e) {
      group.shutdownGracefully(0, 0, TimeUnit.SECONDS);
      truth.close();
      throw e;
    }
  }

  private static MockServer serve(
      MockOptions options,
      HttpPipeline.Limits limits,
      ServedProfile profile,
      @Nullable SslContext tls,
      TruthLog truth,
      Clock clock,
      MultiThreadIoEventLoopGroup group) {
    MockSettings settings = options.settings();
    EventLoop loop = group.next();
    Seed seed = new Seed(options.seed()).derive("mock");
    LoopScheduler scheduler = new LoopScheduler(loop, clock);
    Backend backend = Backend.of(profile, seed, scheduler);
    AdmissionQueue queue = new AdmissionQueue(settings.maxConcurrency());
    MockMetrics metrics =
        new MockMetrics(
            settings.metrics(),
            options.model(),
            backend.maxModelLen(),
            backend.prefixCaching(),
            backend.gpu(),
            () -> backend.states(queue.waiting()),
            clock::nanoTime);
    Quotas quotas = new Quotas(settings.quotas(), clock.nanoTime());
    RetryAudit audit = new RetryAudit();
    Lateness lateness = new Lateness();
    ServiceFaults faults = new ServiceFaults(settings.faults(), seed.derive("faults"), scheduler);
    PromptReader prompts = new PromptReader(options.tokenizer());
    RequestParser parser = new RequestParser(prompts, backend.times().blockSize());
    LargeBodies bodies = new LargeBodies(loop);
    GenerationService generations =
        new GenerationService(
            options,
            clock,
            new AnswerPlans(ServedProfile.answers(settings), seed),
            prompts,
            backend.times(),
            quotas,
            audit,
            faults,
            queue,
            new Exchanges(scheduler, metrics, truth, lateness, quotas, queue),
            metrics,
            truth);
    Inspection inspection =
        new Inspection(
            truth, lateness, metrics, audit, faults, backend.replicas(), backend, bodies.aside());
    MockService service =
        new MockService(
            options,
            clock,
            prompts,
            parser,
            bodies,
            generations,
            inspection,
            backend.maxModelLen());
    Listener listener = Listener.open(loop, new HttpPipeline(service, tls, limits), options.port());
    loop.execute(() -> faults.applyTo(new FaultyService(backend, listener)));
    return new MockServer(
        group, loop, listener, bodies, truth, lateness, audit, faults, tls != null);
  }

  /** Where faults of the whole service take effect. */
  private record FaultyService(Backend backend, Listener listener)
      implements ServiceFaults.Service {
    @Override
    public int replicas() {
      return backend.replicas();
    }

    @Override
    public void slowdown(int replica, double factor) {
      backend.slowdown(replica, factor);
    }

    @Override
    public void up(int replica, boolean up) {
      backend.up(replica, up);
    }

    @Override
    public void listening(boolean listening) {
      listener.listen(listening);
    }
  }

  public int port() {
    return listener.port();
  }

  /**
   * {@code http://127.0.0.1:PORT/v1}, or https. An address and not {@code localhost}, which may
   * mean ::1, where nobody listens: a certificate must name 127.0.0.1 to be accepted here.
   */
  public URI baseUrl() {
    return URI.create((secure ? "https" : "http") + "://127.0.0.1:" + port() + "/v1");
  }

  /** The truth of the last requests that have ended, up to 100,000. */
  public List<TruthRecord> truth() {
    return truth.kept();
  }

  /** How late the mock itself was so far. */
  public LatenessReport lateness() {
    return LatenessReport.of(lateness);
  }

  /** How the application under test behaved so far. */
  public AuditReport audit() {
    return audit.report();
  }

  /** How it behaved in [from, to), instants of the monotonic clock. */
  public AuditReport audit(long fromNanos, long toNanos) {
    return audit.report(fromNanos, toNanos);
  }

  /**
   * Puts {@code rules} in place of all faults. Their windows and counts begin anew; an answer under
   * way keeps what struck it.
   *
   * @return the instant from which on they strike, of the monotonic clock
   */
  public long strike(List<FaultRule> rules) {
    return loop.submit(() -> faults.replace(rules)).syncUninterruptibly().getNow();
  }

  /**
   * Why the truth file is incomplete (a full disk, say), or null; final once this is closed. {@link
   * #truth()} has everything all the same.
   */
  public @Nullable String truthFailure() {
    return truth.failure();
  }

  /** Ends all connections and waits until the truth is written. */
  @Override
  public void close() {
    loop.submit(listener::close).awaitUninterruptibly();
    group.shutdownGracefully(0, 1, TimeUnit.SECONDS).awaitUninterruptibly(2, TimeUnit.SECONDS);
    bodies.close();
    LatenessReport report = lateness();
    if (report.warning() != null) {
      truth.note(report.json());
    }
    truth.close();
  }
}

package dev.candor.load.transport.simulated;

import dev.candor.base.random.Seed;
import dev.candor.base.time.Scheduler;
import dev.candor.base.time.Timer;
import dev.candor.engine.Admission;
import dev.candor.engine.Engine;
import dev.candor.engine.EngineListener;
import dev.candor.engine.EngineRequest;
import dev.candor.engine.EngineSettings;
import dev.candor.engine.Fleet;
import dev.candor.engine.IdMap;
import dev.candor.engine.Routing;
import dev.candor.engine.Serving;
import dev.candor.load.transport.ServerHints;
import dev.candor.record.ServerSample;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Engines on a scheduler, which simulated transports ask: the rules by which the mock admits a
 * request, without its sockets. <b>For its scheduler's thread only.</b>
 */
public final class SimulatedServer {
  private final Scheduler scheduler;
  private final Serving serving;
  private final Answering answering;
  private final ServerTerms terms;
  private final List<Gate> gates;
  private final IdMap<SimulatedExchange> answers = new IdMap<>();
  private final ArrayDeque<SimulatedExchange> waiting = new ArrayDeque<>();
  private long nextId;
  private long arrived;
  private int inService;
  private boolean admitting;
  private long armedFor = Long.MAX_VALUE;
  private @Nullable Timer armed;
  private boolean refusing;
  private boolean listening = true;

  /** What stands behind a server. */
  @FunctionalInterface
  public interface Engines {
    /**
     * @param listener to be told of all that the engines do
     * @param numbers tells the run's number of a request by its id at the engines
     */
    Serving open(EngineListener listener, Numbers numbers);
  }

  /** Numbers of requests, by their ids at the engines. */
  @FunctionalInterface
  public interface Numbers {
    long of(long id);
  }

  /** Replicas of one engine that answer as they are asked. */
  public SimulatedServer(
      EngineSettings settings, int replicas, Routing routing, Seed seed, Scheduler scheduler) {
    this(
        (listener, ignored) -> new Fleet(settings, replicas, routing, seed, listener),
        Answering.AS_ASKED,
        ServerTerms.NONE,
        scheduler);
  }

  /** One that lets all through. */
  public SimulatedServer(
      Engines engines, Answering answering, ServerTerms terms, Scheduler scheduler) {
    this(engines, answering, terms, List.of(), scheduler);
  }

  /**
   * @param gates that each request passes in this order
   */
  public SimulatedServer(
      Engines engines,
      Answering answering,
      ServerTerms terms,
      List<Gate> gates,
      Scheduler scheduler) {
    this.scheduler = scheduler;
    this.answering = answering;
    this.terms = terms;
    this.gates = List.copyOf(gates);
    this.serving = engines.open(new Told(), this::numberOf);
  }

  private long numberOf(long id) {
    SimulatedExchange exchange = answers.get(id);
    if (exchange == null) {
      return id;
    }
    long number = exchange.request.number();
    // Who is asked again draws again.
    int attempt = exchange.trace.attempt;
    return attempt == 1 ? number : new Seed(number).derive(attempt).value();
  }

  ServerTerms terms() {
    return terms;
  }

  /** Whether every request from now on is answered with HTTP 503. */
  public void refuse(boolean refuse) {
    refusing = refuse;
  }

  /** Whether connections are taken. */
  public void listen(boolean listen) {
    listening = listen;
  }

  boolean listening() {
    return listening;
  }

  /** Replicas, those that are down included; 1 where there is no engine. */
  public int replicas() {
    return Math.max(1, serving.size());
  }

  /** Multiplies the step times of all replicas, as {@code Engine.slowdown}. */
  public void slowdown(double factor) {
    for (int i = 0; i < replicas(); i++) {
      slowdown(i, factor);
    }
  }

  /** Multiplies the step times of a replica. */
  public void slowdown(int replica, double factor) {
    long now = scheduler.nanoTime();
    serving.advance(now);
    if (serving instanceof DrawnServing drawn) {
      drawn.slowdown(now, factor);
    } else {
      serving.replica(replica).slowdown(factor);
    }
    arm();
  }

  /** Has the server die with all its replicas, or start again. */
  public void up(boolean up) {
    listening = up;
    for (int i = 0; i < replicas(); i++) {
      up(i, up);
    }
  }

  /** Has a replica crash, or start again; without effect where it is so. */
  public void up(int replica, boolean up) {
    long now = scheduler.nanoTime();
    serving.advance(now);
    if (serving instanceof DrawnServing drawn) {
      drawn.up(now, up);
      arm();
      return;
    }
    boolean isUp = !serving.replica(replica).state().down();
    if (up && !isUp) {
      serving.replica(replica).restart(now);
    } else if (!up && isUp) {
      serving.replica(replica).crash(now);
    }
    arm();
  }

  /** Empties the prefix caches of all replicas; false where requests hold some of them. */
  public boolean resetPrefixCaches() {
    long now = scheduler.nanoTime();
    serving.advance(now);
    for (int i = 0; i < serving.size(); i++) {
      if (serving.replica(i).state().usedBlocks() > 0) {
        return false;
      }
    }
    for (int i = 0; i < serving.size(); i++) {
      serving.replica(i).resetPrefixCache(now);
    }
    return true;
  }

  /** What {@code /metrics} would tell now; {@code atNanos} since the start of the run. */
  public List<ServerSample> samples(long atNanos) {
    return samples(List.of(this), atNanos);
  }

  /** What one page for all of {@code servers} would tell now. */
  public static List<ServerSample> samples(List<SimulatedServer> servers, long atNanos) {
    List<Engine> engines = new ArrayList<>();
    int outside = 0;
    for (SimulatedServer server : servers) {
      server.tellSoFar(server.scheduler.nanoTime());
      outside += server.waiting.size();
      for (int i = 0; i < server.serving.size(); i++) {
        engines.add(server.serving.replica(i));
      }
    }
    return ServerGauges.of(engines, outside, atNanos);
  }

  /** Tells all exchanges of the tokens that are ready at {@code now}. */
  void tellSoFar(long now) {
    serving.advance(now);
    serving.tellSoFar(now);
    arm();
  }

  /** Has it told what is ready of one exchange at least. */
  void tellSoFar(long now, SimulatedExchange exchange) {
    serving.advance(now);
    serving.tellSoFar(now, exchange.id);
    arm();
  }

  /** Takes a request in, or ends its exchange soon. */
  void submit(SimulatedExchange exchange) {
    if (refusing) {
      exchange.refused(503, "the service is not available");
      return;
    }
    int promptTokens = answering.promptTokens(exchange.request);
    if (!admitted(exchange, promptTokens)) {
      return;
    }
    int asked = Math.max(1, exchange.request.maxTokens());
    int room = terms.maxModelLen() - promptTokens;
    if (room < asked) {
      exchange.endedAtServer(Gate.Served.NOTHING);
      exchange.refused(
          400,
          "this model's context has %d tokens, found a prompt of %d and an answer of up to %d; shorten one of them"
              .formatted(terms.maxModelLen(), promptTokens, asked));
      return;
    }
    exchange.answeredWith(
        promptTokens, answering.answer(exchange.request, exchange.request.number(), room));
    exchange.served = true;
    if (terms.maxConcurrency() > 0 && inService >= terms.maxConcurrency()) {
      waiting.add(exchange);
    } else {
      begin(exchange);
    }
  }

  private boolean admitted(SimulatedExchange exchange, int promptTokens) {
    if (gates.isEmpty()) {
      return true;
    }
    Gate.Arrival arrival =
        new Gate.Arrival(exchange.request, arrived++, exchange.trace.attempt, promptTokens);
    for (Gate gate : gates) {
      switch (gate.admit(arrival, scheduler.nanoTime())) {
        case Gate.Admitted admitted -> exchange.admitted(admitted);
        case Gate.Refused(int status, String why, ServerHints hints) -> {
          exchange.endedAtServer(Gate.Served.NOTHING);
          exchange.refused(status, why, hints);
          return false;
        }
      }
    }
    return true;
  }

  private void begin(SimulatedExchange exchange) {
    inService++;
    long id = nextId++;
    exchange.id = id;
    answers.put(id, exchange);
    SimulatedAnswer answer = exchange.answer();
    Admission admission =
        serving.submit(
            scheduler.nanoTime(),
            new EngineRequest(
                id,
                exchange.promptTokens(),
                answer.tokens(),
                answer.blockHashes(),
                exchange.session(),
                answering.model(exchange.request),
                0,
                exchange.lastWanted()));
    switch (admission) {
      case ACCEPTED -> {}
      case DOWN -> turnAway(exchange, 503, "no replica is up; try again later");
      case TOO_LONG ->
          turnAway(
              exchange,
              400,
              "the prompt and its answer can never fit into the KV cache; shorten one of them");
      case QUEUE_FULL -> turnAway(exchange, 503, "the queue is full; try again later");
    }
    arm();
  }

  private void turnAway(SimulatedExchange exchange, int status, String why) {
    var _ = answers.remove(exchange.id);
    exchange.endedAtServer(Gate.Served.NOTHING);
    exchange.refused(status, why);
    release();
  }

  /** Lets those that wait take the places that are free; not from within an engine. */
  private void release() {
    inService--;
    if (!waiting.isEmpty()) {
      scheduler.at(scheduler.nanoTime(), this::admit);
    }
  }

  private void admit() {
    if (admitting) {
      return;
    }
    admitting = true;
    while (inService < terms.maxConcurrency() && !waiting.isEmpty()) {
      begin(waiting.remove());
    }
    admitting = false;
  }

  /** Takes a request back. */
  void cancel(SimulatedExchange exchange) {
    if (waiting.remove(exchange)) {
      exchange.endedAtServer(new Gate.Served(0, 0, 0, true));
      return;
    }
    if (answers.remove(exchange.id) != null) {
      exchange.endedAtServer(exchange.soFar(true));
      serving.cancel(scheduler.nanoTime(), exchange.id);
      release();
      arm();
    }
  }

  /** Ends an answer that its exchange takes for broken; not from within an engine. */
  void breakOff(SimulatedExchange exchange) {
    if (answers.remove(exchange.id) != null) {
      exchange.endedAtServer(exchange.soFar(false));
      serving.cancel(scheduler.nanoTime(), exchange.id);
      release();
      arm();
    }
  }

  private void arm() {
    long next = serving.nextNanos();
    if (next >= armedFor) {
      return;
    }
    if (armed != null) {
      armed.cancel();
    }
    armedFor = next;
    armed =
        scheduler.at(
            next,
            () -> {
              armed = null;
              armedFor = Long.MAX_VALUE;
              serving.advance(scheduler.nanoTime());
              arm();
            });
  }

  private final class Told implements EngineListener {
    @Override
    public void scheduled(EngineRequest request, long nanos, int cachedTokens) {
      SimulatedExchange answer = answers.get(request.id());
      if (answer != null) {
        answer.scheduled(cachedTokens);
      }
    }

    @Override
    public void token(EngineRequest request, int index, long nanos) {
      SimulatedExchange answer = answers.get(request.id());
      if (answer != null) {
        answer.token(nanos);
      }
    }

    @Override
    public void tokens(EngineRequest request, int firstIndex, long[] nanos, int from, int count) {
      SimulatedExchange answer = answers.get(request.id());
      if (answer != null) {
        answer.tokens(nanos, from, count);
      }
    }

    @Override
    public void finished(EngineRequest request, long nanos) {
      SimulatedExchange answer = answers.remove(request.id());
      if (answer != null) {
        answer.endedAtServer(answer.soFar(false));
        answer.finished();
        release();
      }
    }

    @Override
    public void preempted(EngineRequest request, long nanos) {}

    @Override
    public void failed(EngineRequest request, long nanos) {
      SimulatedExchange answer = answers.remove(request.id());
      if (answer != null) {
        answer.endedAtServer(answer.soFar(false));
        answer.broken();
        release();
      }
    }
  }
}

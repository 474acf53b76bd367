package dev.candor.engine.cluster;

import dev.candor.base.random.Seed;
import dev.candor.engine.Admission;
import dev.candor.engine.Engine;
import dev.candor.engine.EngineListener;
import dev.candor.engine.EngineRequest;
import dev.candor.engine.IdMap;
import dev.candor.engine.MinTree;
import dev.candor.engine.Serving;
import dev.candor.engine.Telling;
import dev.candor.engine.cluster.Flight.Stage;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;

/**
 * Pools of replicas behind one address, on one time, which is the caller's. <b>Not safe for use by
 * several threads.</b>
 *
 * <p>A request goes to the pool of its model, where the routing picks a replica. Of a disaggregated
 * model, a second pool goes on from the prompt's KV, and tells of all tokens. Replicas come and go
 * by the pools' autoscaling, and are disturbed as the settings say. The same calls and seed give
 * the same events; at one instant, what the cluster does comes first, in the order in which it was
 * settled on, and then what engines do, in the order of their indices.
 */
public final class Cluster implements Serving {
  /*
   * Two kinds of things happen: those of the agenda, which are few, and those of engines, whose next
   * instants are in a tree.
   */
  private final ClusterSettings settings;
  private final Seed seed;
  private final Telling telling;
  private final EngineListener listener;
  private final Agenda agenda;
  private final Lifecycle lifecycle;
  private final KvTransfers transfers;
  private final Pool[] pools;
  private final Replica[] replicas;
  private final MinTree next;
  private final IdMap<Flight> flights = new IdMap<>();

  /** Those that were handed out, to whom anything may have been done. */
  private final ArrayDeque<Replica> handedOut = new ArrayDeque<>();

  /**
   * @param startNanos from when on disturbances and evaluations count
   */
  public Cluster(
      ClusterSettings settings,
      Seed seed,
      Telling telling,
      long startNanos,
      EngineListener listener) {
    this.settings = settings;
    this.seed = seed;
    this.telling = telling;
    this.listener = listener;
    agenda = new Agenda(startNanos);
    lifecycle = new Lifecycle(agenda, this::touch, this::crashed);
    pools = new Pool[settings.pools().size()];
    int first = 0;
    for (int i = 0; i < pools.length; i++) {
      pools[i] = new Pool(settings.pools().get(i), first, agenda, this::engine);
      first += pools[i].replicas.length;
    }
    replicas =
        Arrays.stream(pools).flatMap(pool -> Arrays.stream(pool.replicas)).toArray(Replica[]::new);
    next = new MinTree(replicas.length);
    transfers = new KvTransfers(settings.transfer(), pools, agenda, this::goOn, this::lose);
    begin(startNanos);
  }

  private Engine engine(Replica replica) {
    return new Engine(
        replica.pool.settings.engine(),
        seed.derive("replica").derive(replica.index),
        telling,
        new Told(replica));
  }

  private void begin(long startNanos) {
    for (Pool pool : pools) {
      for (int i = 0; i < pool.settings.replicas(); i++) {
        lifecycle.up(pool.replicas[i]);
      }
      Autoscaling autoscaling = pool.settings.autoscaling();
      if (autoscaling != null) {
        pool.scaleBy(new Autoscaler(autoscaling, pool, lifecycle, agenda));
      }
    }
    for (Disturbance each : settings.disturbances()) {
      agenda.after(startNanos, each.atNanos(), () -> disturb(each));
    }
  }

  private void disturb(Disturbance disturbance) {
    Replica replica = pools[disturbance.pool()].replicas[disturbance.replica()];
    switch (disturbance) {
      case Disturbance.Crash crash -> lifecycle.crash(replica, crash.forNanos());
      case Disturbance.Slowdown slow -> {
        slowdown(replica, slow.factor());
        if (slow.forNanos() != Disturbance.FOR_EVER) {
          agenda.after(agenda.nowNanos(), slow.forNanos(), () -> slowdown(replica, 1));
        }
      }
    }
  }

  private void slowdown(Replica replica, double factor) {
    if (replica.exists() || replica.state() == ReplicaState.UP) {
      replica.engine().advance(agenda.nowNanos());
      replica.engine().slowdown(factor);
      touch(replica);
    }
  }

  private void crashed(Replica replica) {
    transfers.crashed(replica);
    touch(replica);
  }

  private void touch(Replica replica) {
    next.set(replica.index, replica.nextNanos());
  }

  /**
   * As {@link Engine#submit}; {@link Admission#DOWN} where no replica of the model's pool is up.
   *
   * @throws IllegalArgumentException as {@link Engine#submit}, and where there is no such model
   */
  @Override
  public Admission submit(long nanos, EngineRequest request) {
    advance(nanos);
    if (flights.get(request.id()) != null || request.model() >= settings.routes().size()) {
      throw new IllegalArgumentException(
          "request %d is here already, or there is no model %d"
              .formatted(request.id(), request.model()));
    }
    Route route = settings.routes().get(request.model());
    Pool pool = pools[route.pool()];
    if (route.disaggregated() && !pools[route.decodePool()].fits(request)) {
      return Admission.TOO_LONG;
    }
    Replica replica = pool.pick(request);
    if (replica == null) {
      return Admission.DOWN;
    }
    Flight flight = new Flight(request, route, replica);
    // Known before its callbacks come, which may come at once.
    flights.put(request.id(), flight);
    pool.took(replica);
    boolean accepted = false;
    try {
      Admission admission = replica.engine().submit(nanos, flight.first());
      accepted = admission == Admission.ACCEPTED;
      return admission;
    } finally {
      if (!accepted) {
        flights.remove(request.id());
        pool.gave(replica);
      }
      touch(replica);
    }
  }

  /** Has a request, whose KV is there, computed further. */
  private void goOn(Flight flight, Replica target) {
    flight.stage = Stage.DECODE;
    flight.replica = target;
    Admission admission = target.engine().submit(agenda.nowNanos(), flight.second());
    if (admission != Admission.ACCEPTED) {
      target.pool.gave(target);
      lose(flight);
    }
    touch(target);
  }

  private void lose(Flight flight) {
    flights.remove(flight.request.id());
    listener.failed(flight.request, agenda.nowNanos());
  }

  /** As {@link Engine#cancel}, wherever the request is. */
  @Override
  public boolean cancel(long nanos, long id) {
    advance(nanos);
    Flight flight = flights.get(id);
    if (flight == null) {
      return false;
    }
    if (flight.moving()) {
      transfers.drop(flight);
    } else {
      Replica replica = flight.replica;
      // One that ran ahead tells of what it has not told of.
      replica.engine().cancel(nanos, id);
      replica.pool.gave(replica);
      touch(replica);
    }
    flights.remove(id);
    return true;
  }

  @Override
  public long nextNanos() {
    takeBack();
    return Math.min(agenda.nextNanos(), next.min());
  }

  @Override
  public void advance(long nanos) {
    takeBack();
    long until = Math.min(nanos, Long.MAX_VALUE - 1);
    for (long due = nextNanos(); due <= until; due = nextNanos()) {
      if (agenda.nextNanos() == due) {
        agenda.doNext();
      } else {
        agenda.reach(due);
        Replica replica = replicas[next.first()];
        replica.engine().advance(due);
        touch(replica);
      }
    }
    agenda.reach(until);
  }

  @Override
  public void tellSoFar(long nanos) {
    advance(nanos);
    for (Replica replica : replicas) {
      if (replica.load > 0) {
        replica.engine().tellSoFar(nanos);
        touch(replica);
      }
    }
  }

  private void takeBack() {
    while (!handedOut.isEmpty()) {
      lifecycle.reconcile(handedOut.remove());
    }
  }

  /** Places of replicas, whether anything runs there or not. */
  @Override
  public int size() {
    return replicas.length;
  }

  /**
   * What runs, or could run, at a place, to look at or to disturb, after {@link #advance} to that
   * instant. Requests come and go through the cluster.
   */
  @Override
  public Engine replica(int index) {
    handedOut.add(replicas[index]);
    Engine engine = replicas[index].engine();
    engine.catchUp(agenda.nowNanos());
    return engine;
  }

  /** Index of the pool of a place. */
  public int poolOf(int index) {
    return Arrays.asList(pools).indexOf(replicas[index].pool);
  }

  /** What is at a place. */
  public ReplicaState stateOf(int index) {
    return replicas[index].state();
  }

  /** Where a request is served, or its KV is; -1 where it is not here. */
  public int replicaOf(long id) {
    Flight flight = flights.get(id);
    return flight == null ? -1 : flight.replica.index;
  }

  /** Tokens of a block where requests for a model are hashed. */
  public int blockSize(int model) {
    Route route = settings.routes().get(model);
    return settings.pools().get(route.pool()).engine().kvCache().blockSize();
  }

  /** What pools are and have used up until the latest instant. */
  public List<PoolState> pools() {
    return Arrays.stream(pools).map(pool -> pool.state(agenda.nowNanos())).toList();
  }

  public TransferState transfers() {
    return transfers.state();
  }

  /** Hears an engine, and tells of its requests as the cluster's. */
  private final class Told implements EngineListener {
    private final Replica replica;
    private final Part part;

    Told(Replica replica) {
      this.replica = replica;
      part = settings.part(poolOf(replica.index));
    }

    @Override
    public void scheduled(EngineRequest request, long nanos, int cachedTokens) {
      replica.pool.holds(replica, request);
      switch (part) {
        case WHOLE -> listener.scheduled(request, nanos, cachedTokens);
        case PREFILL -> listener.scheduled(whole(request), nanos, cachedTokens);
        case DECODE -> {
          // Told of when its prefill began.
        }
      }
    }

    @Override
    public void token(EngineRequest request, int index, long nanos) {
      switch (part) {
        case WHOLE -> listener.token(request, index, nanos);
        case PREFILL -> {
          // It is computed again where the answer is, and told of then.
        }
        case DECODE -> listener.token(whole(request), index, nanos);
      }
    }

    @Override
    public void tokens(EngineRequest request, int firstIndex, long[] nanos, int from, int count) {
      switch (part) {
        case WHOLE -> listener.tokens(request, firstIndex, nanos, from, count);
        case PREFILL -> {
          // As above.
        }
        case DECODE -> listener.tokens(whole(request), firstIndex, nanos, from, count);
      }
    }

    @Override
    public void finished(EngineRequest request, long nanos) {
      replica.pool.holds(replica, request);
      replica.pool.gave(replica);
      if (part == Part.PREFILL) {
        transfers.add(flight(request), nanos);
        return;
      }
      Flight flight = flights.remove(request.id());
      listener.finished(flight == null ? request : flight.request, nanos);
    }

    @Override
    public void preempted(EngineRequest request, long nanos) {
      listener.preempted(whole(request), nanos);
    }

    @Override
    public void failed(EngineRequest request, long nanos) {
      replica.pool.gave(replica);
      Flight flight = flights.remove(request.id());
      listener.failed(flight == null ? request : flight.request, nanos);
    }

    private EngineRequest whole(EngineRequest part) {
      return flight(part).request;
    }

    private Flight flight(EngineRequest part) {
      return Objects.requireNonNull(flights.get(part.id()));
    }
  }
}

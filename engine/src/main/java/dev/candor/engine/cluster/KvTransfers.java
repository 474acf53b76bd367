package dev.candor.engine.cluster;

import dev.candor.engine.cluster.Flight.Stage;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.function.Consumer;

/** Moves the KV of prompts from where they were computed. <b>For one thread.</b> */
final class KvTransfers {
  /*
   * A request whose prompt is computed waits for the link of its replica. When it gets the link,
   * the replica that goes on is picked, as late as it can be; what that has of the prompt already
   * does not travel. One that ends on the way leaves the link busy until it would have been through.
   */
  private final KvTransfer settings;
  private final Pool[] pools;
  private final Agenda agenda;
  private final BiConsumer<Flight, Replica> arrived;
  private final Consumer<Flight> failed;

  /** In order of their prefills' ends. */
  private final Set<Flight> moving = new LinkedHashSet<>();

  private long startedCount;
  private long arrivedCount;
  private long bytes;
  private int waiting;

  /**
   * @param arrived is told of each whose KV has come, and where it goes on
   * @param failed is told of each that has nowhere to go on
   */
  KvTransfers(
      KvTransfer settings,
      Pool[] pools,
      Agenda agenda,
      BiConsumer<Flight, Replica> arrived,
      Consumer<Flight> failed) {
    this.settings = settings;
    this.pools = pools;
    this.agenda = agenda;
    this.arrived = arrived;
    this.failed = failed;
  }

  /** Moves a request on whose prompt is computed at {@code nanos}, which may lie ahead. */
  void add(Flight flight, long nanos) {
    flight.stage = Stage.MOVING;
    flight.replica.leaving++;
    moving.add(flight);
    waiting++;
    agenda.at(
        nanos,
        () -> {
          if (flight.moving()) {
            flight.replica.outgoing.add(flight);
            useLink(flight.replica);
          }
        });
  }

  /** Gives the link of a replica to the next one. */
  private void useLink(Replica source) {
    while (source.onLink == null && !source.outgoing.isEmpty()) {
      Flight flight = source.outgoing.remove();
      if (flight.moving()) {
        send(flight, source);
      }
    }
  }

  private void send(Flight flight, Replica source) {
    Pool pool = pools[flight.route.decodePool()];
    Replica target = pool.pick(flight.request);
    if (target == null) {
      drop(flight);
      failed.accept(flight);
      return;
    }
    flight.target = target;
    pool.took(target);
    int tokens =
        flight.request.promptTokens() - target.cachedTokens(agenda.nowNanos(), flight.request);
    long size = tokens * pool.settings.kvBytesPerToken();
    waiting--;
    startedCount++;
    bytes += size;
    source.onLink = flight;
    long sentNanos = agenda.nowNanos() + settings.linkNanos(size);
    agenda.at(sentNanos, () -> sent(flight, source));
    agenda.after(sentNanos, settings.latencyNanos(), () -> arrive(flight, target));
  }

  private void sent(Flight flight, Replica source) {
    // After a crash the link is another's, or nobody's.
    if (source.onLink == flight) {
      source.onLink = null;
      useLink(source);
    }
  }

  private void arrive(Flight flight, Replica target) {
    if (flight.moving()) {
      moving.remove(flight);
      arrivedCount++;
      flight.replica.pool.left(flight.replica);
      arrived.accept(flight, target);
    }
  }

  /** Ends a request that moves. */
  void drop(Flight flight) {
    moving.remove(flight);
    flight.stage = Stage.OVER;
    flight.replica.pool.left(flight.replica);
    Replica target = flight.target;
    if (target == null) {
      waiting--;
    } else {
      target.pool.gave(target);
    }
  }

  /** Fails all that come from or go to a replica, which has crashed. */
  void crashed(Replica replica) {
    for (Flight flight : List.copyOf(moving)) {
      if (flight.replica == replica || flight.target == replica) {
        drop(flight);
        failed.accept(flight);
      }
    }
    replica.outgoing.clear();
    replica.onLink = null;
  }

  TransferState state() {
    return new TransferState(startedCount, arrivedCount, bytes, waiting, moving.size() - waiting);
  }
}

package dev.candor.load.transport.http;

import dev.candor.record.Outcome;
import java.util.ArrayDeque;
import org.jspecify.annotations.Nullable;

/**
 * The connections of one loop to one address, and the exchanges that wait for one. <b>For its event
 * loop only.</b>
 */
final class Pool implements Place {
  /*
   * Free connections are a stack, the most recently used on top: those beyond what the load needs
   * stay idle and can be closed by the server. Who finds none free waits in order and is served by
   * the first that is made or freed; so many are in the making as those who wait need, up to the
   * bound. Nobody waits while one is free.
   *
   * A connection is popped before an exchange goes onto it, since the exchange may end at once and
   * its user start the next one. It goes back by release, or at once if it has room for more.
   */
  private final HttpTransport transport;
  private final Opener opener;
  private final int most;
  private final boolean keepAlive;
  private final ArrayDeque<Connection> free = new ArrayDeque<>();
  private final ArrayDeque<HttpExchange> waiting = new ArrayDeque<>();

  /** Those of whom a kept connection has failed once: they wait for a new one. */
  private final ArrayDeque<HttpExchange> again = new ArrayDeque<>();

  private long exchangesPerConnection;
  private int opening;
  private int open;
  private boolean closed;

  /**
   * @param most connections, those in the making included
   * @param keepAlive whether a connection is kept when it is given back
   * @param multiplexed whether a connection takes many exchanges; how many is seen of the first
   */
  Pool(HttpTransport transport, Opener opener, int most, boolean keepAlive, boolean multiplexed) {
    this.transport = transport;
    this.opener = opener;
    this.most = most;
    this.keepAlive = keepAlive;
    this.exchangesPerConnection = multiplexed ? Integer.MAX_VALUE : 1;
  }

  /** Sends the exchange over a free connection, or has it wait for one. */
  void start(HttpExchange exchange) {
    Connection connection = poll();
    if (connection != null) {
      exchange.trace.blockedNanos = 0;
      use(connection, exchange);
    } else {
      waiting.add(exchange);
      exchange.waits(this);
      openAsNeeded();
    }
  }

  /** Has it wait for a connection that is yet to be made. */
  void startOnNew(HttpExchange exchange) {
    again.add(exchange);
    exchange.waits(this);
    openAsNeeded();
  }

  /** A connection that {@link Opener#open} began is ready. */
  void made(Connection connection, Setup setup) {
    opening--;
    exchangesPerConnection = Math.max(1, connection.room());
    if (closed) {
      connection.close();
      return;
    }
    HttpExchange first = again.isEmpty() ? waiting.poll() : again.poll();
    if (first == null) {
      free.push(connection);
      return;
    }
    setup.tell(first.trace, first.waitingSince(), transport.scheduler.nanoTime());
    connection.send(first);
    while (!again.isEmpty() && connection.room() > 0 && connection.isOpen()) {
      HttpExchange next = again.remove();
      blocked(next);
      connection.send(next);
    }
    offer(connection);
    serve();
    openAsNeeded();
  }

  /** It could not be made: nor could it for those who wait for it. */
  void failed(Outcome outcome, String why) {
    opening--;
    open--;
    // Those who come as others end have not been tried: another connection may do for them.
    int those = (int) Math.min(exchangesPerConnection, waiting.size() + again.size());
    for (int left = those; left > 0; left--) {
      HttpExchange next = again.isEmpty() ? waiting.poll() : again.poll();
      if (next == null) {
        break;
      }
      next.finish(outcome, why);
    }
    openAsNeeded();
  }

  /** One that was made has closed. */
  void closed() {
    open--;
    openAsNeeded();
  }

  /** Takes back a connection that is free again, or has room again; it may be used at once. */
  void release(Connection connection) {
    if (closed || !keepAlive) {
      connection.close();
    } else {
      free.push(connection);
      serve();
    }
  }

  /** Forgets a free connection: it has closed, or takes no more. */
  void forget(Connection connection) {
    free.remove(connection);
  }

  @Override
  public void abort(HttpExchange exchange, Outcome outcome, @Nullable String why) {
    if (!waiting.remove(exchange)) {
      again.remove(exchange);
    }
    exchange.finish(outcome, why);
  }

  void close() {
    closed = true;
    for (Connection next = free.poll(); next != null; next = free.poll()) {
      next.close();
    }
  }

  private void use(Connection connection, HttpExchange exchange) {
    connection.send(exchange);
    offer(connection);
  }

  private void offer(Connection connection) {
    if (connection.room() > 0 && connection.isOpen()) {
      free.push(connection);
    }
  }

  private void blocked(HttpExchange exchange) {
    exchange.trace.blockedNanos = transport.scheduler.nanoTime() - exchange.waitingSince();
  }

  private void serve() {
    while (!waiting.isEmpty()) {
      Connection connection = poll();
      if (connection == null) {
        openAsNeeded();
        return;
      }
      HttpExchange next = waiting.remove();
      blocked(next);
      use(connection, next);
    }
  }

  private void openAsNeeded() {
    while (!closed
        && open < most
        && opening * exchangesPerConnection < waiting.size() + again.size()) {
      opening++;
      open++;
      opener.open(transport, this);
    }
  }

  private @Nullable Connection poll() {
    for (Connection next = free.poll(); next != null; next = free.poll()) {
      if (next.isOpen()) {
        return next;
      }
    }
    return null;
  }
}

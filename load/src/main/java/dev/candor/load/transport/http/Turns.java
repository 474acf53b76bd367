package dev.candor.load.transport.http;

import dev.candor.load.health.LoopGauges;
import dev.candor.load.transport.AttemptTrace;
import dev.candor.load.transport.PreparedRequest;
import dev.candor.load.transport.Transport;
import java.util.List;
import java.util.function.Consumer;

/**
 * Several addresses that take turns: each loop's requests go round them, that of loop <i>i</i> from
 * address <i>i</i> on. <b>For its event loop's thread only.</b>
 *
 * @param loops of the run; request <i>n</i> is sent by loop <i>n mod loops</i>
 */
record Turns(List<HttpTransport> addresses, int loops) implements Transport {
  Turns {
    addresses = List.copyOf(addresses);
  }

  /** Which of {@code count} addresses request {@code number} goes to: by its number alone. */
  static int turn(long number, int loops, int count) {
    return (int) ((number / loops + number % loops) % count);
  }

  @Override
  public Exchange start(PreparedRequest request, AttemptTrace trace, Consumer<AttemptTrace> ended) {
    return addresses
        .get(turn(request.number(), loops, addresses.size()))
        .start(request, trace, ended);
  }

  @Override
  public LoopGauges gauges() {
    return addresses.getFirst().gauges();
  }

  @Override
  public void close() {
    addresses.forEach(HttpTransport::close);
  }
}

package dev.candor.load.transport.http;

import dev.candor.load.transport.AttemptTrace;
import dev.candor.load.transport.PreparedRequest;
import dev.candor.load.transport.Transport;
import java.util.List;
import java.util.function.Consumer;

/**
 * Several addresses that take turns: request <i>n</i> goes to address <i>n mod addresses</i>,
 * whichever loop sends it. <b>For its event loop's thread only.</b>
 */
record Turns(List<HttpTransport> addresses) implements Transport {
  Turns {
    addresses = List.copyOf(addresses);
  }

  @Override
  public Exchange start(PreparedRequest request, AttemptTrace trace, Consumer<AttemptTrace> ended) {
    int index = (int) Math.floorMod(request.number(), (long) addresses.size());
    return addresses.get(index).start(request, trace, ended);
  }

  @Override
  public void close() {
    addresses.forEach(HttpTransport::close);
  }
}

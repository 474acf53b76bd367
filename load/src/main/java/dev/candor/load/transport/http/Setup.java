package dev.candor.load.transport.http;

import dev.candor.load.transport.AttemptTrace;

/**
 * How a connection came to be; spans in nanoseconds, {@link AttemptTrace#NO_INSTANT} where there
 * was no such step.
 *
 * @param started instant at which its making began
 * @param dns resolving the name
 * @param tcp the TCP handshake, a proxy's tunnel included
 * @param tls the TLS handshake
 */
record Setup(long started, long dns, long tcp, long tls) {

  /** Tells it to the attempt that waited for it since {@code since} and has it {@code now}. */
  void tell(AttemptTrace trace, long since, long now) {
    trace.blockedNanos = Math.max(0, started - since);
    trace.connectNanos = now - Math.max(started, since);
    trace.dnsNanos = dns;
    trace.tcpNanos = tcp;
    trace.tlsNanos = tls;
  }
}

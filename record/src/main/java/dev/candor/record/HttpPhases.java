package dev.candor.record;

/**
 * Where an attempt's time went before its answer, in nanoseconds; {@link AttemptRecord#NONE} where
 * there was no such phase or it is not known. With the times to the headers (wait) and from there
 * to the end (receive) these are the phases of HTTP Archive 1.2.
 *
 * @param blocked from the wish to send to the start of a new connection or the use of a kept one
 * @param dns resolving the name
 * @param tcp the TCP handshake (a proxy's: with the proxy, and its tunnel)
 * @param tls the TLS handshake
 * @param send from the first byte of the request handed to the socket to the last
 * @param rtt the kernel's smoothed round trip ({@code TCP_INFO}) as the response began; else the
 *     connection's TCP handshake
 */
public record HttpPhases(long blocked, long dns, long tcp, long tls, long send, long rtt) {
  /** Nothing known. */
  public static final HttpPhases UNKNOWN = new HttpPhases(-1, -1, -1, -1, -1, -1);
}

/**
 * HTTP/1.1 and HTTP/2 over Netty. An {@code HttpTransport} is one loop's way to one address: its
 * {@code Pool} has the connections and who waits for one, its {@code Connector} makes them.
 */
@NullMarked
package dev.candor.load.transport.http;

import org.jspecify.annotations.NullMarked;

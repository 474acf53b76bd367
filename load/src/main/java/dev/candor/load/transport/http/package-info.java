/** HTTP/1.1 over Netty, a pool of connections per event loop. */
@NullMarked
package dev.candor.load.transport.http;

import org.jspecify.annotations.NullMarked;

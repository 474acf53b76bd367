/** Server-sent events off the wire: bytes in, events out, whatever the dialect inside them. */
@NullMarked
package dev.candor.protocol.sse;

import org.jspecify.annotations.NullMarked;

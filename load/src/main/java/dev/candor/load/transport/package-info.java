/** How a request reaches its target and what came back, as an attempt's trace. */
@NullMarked
package dev.candor.load.transport;

import org.jspecify.annotations.NullMarked;

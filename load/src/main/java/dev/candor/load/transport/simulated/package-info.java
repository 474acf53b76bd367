/**
 * A way to the engine simulator that needs no socket: the load generator's requests as the engine
 * sees them, on whatever time the scheduler runs.
 */
@NullMarked
package dev.candor.load.transport.simulated;

import org.jspecify.annotations.NullMarked;

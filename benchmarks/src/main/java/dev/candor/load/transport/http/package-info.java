/** Benchmarks of the transport's parts, which are its own. */
@NullMarked
package dev.candor.load.transport.http;

import org.jspecify.annotations.NullMarked;

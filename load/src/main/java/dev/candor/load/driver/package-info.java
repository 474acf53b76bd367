/** When requests start and on whose behalf. Knows schedulers and transports, no sockets. */
@NullMarked
package dev.candor.load.driver;

import org.jspecify.annotations.NullMarked;

/** What the server tells of itself at {@code /metrics}, read while a run lasts. */
@NullMarked
package dev.candor.load.server;

import org.jspecify.annotations.NullMarked;

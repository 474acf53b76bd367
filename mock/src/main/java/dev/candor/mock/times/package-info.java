/** Where the instants of tokens come from: distributions, or an engine that all requests share. */
@NullMarked
package dev.candor.mock.times;

import org.jspecify.annotations.NullMarked;

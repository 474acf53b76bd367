/** Failures of the program, as opposed to failures of requests, which are data. */
@NullMarked
package dev.candor.base.error;

import org.jspecify.annotations.NullMarked;

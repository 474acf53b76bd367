/** When requests of an open loop are meant to start. */
@NullMarked
package dev.candor.workload.arrival;

import org.jspecify.annotations.NullMarked;

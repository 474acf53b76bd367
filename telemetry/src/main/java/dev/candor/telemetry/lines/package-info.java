/** InfluxDB's line protocol. */
@NullMarked
package dev.candor.telemetry.lines;

import org.jspecify.annotations.NullMarked;

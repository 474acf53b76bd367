/**
 * A run's figures where people already look: Prometheus, OpenTelemetry, InfluxDB's line protocol.
 */
@NullMarked
package dev.candor.telemetry;

import org.jspecify.annotations.NullMarked;

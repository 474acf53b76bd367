/** For Prometheus: a page on loopback that it reads, and remote write. */
@NullMarked
package dev.candor.telemetry.prometheus;

import org.jspecify.annotations.NullMarked;

/**
 * What the server tells of itself on its pages for Prometheus, read while a run lasts: {@link
 * dev.candor.load.server.MetricsText} is the format, {@code ServerNames} what each kind of server
 * calls its figures, {@code PageReading} the two together, {@link
 * dev.candor.load.server.ServerScrape} the reading once a second.
 */
@NullMarked
package dev.candor.load.server;

import org.jspecify.annotations.NullMarked;

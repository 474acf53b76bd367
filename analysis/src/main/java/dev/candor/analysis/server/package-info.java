/**
 * What the server told of itself, beside what the client saw: {@code Track} is a figure of one page
 * over time, {@link dev.candor.analysis.server.ServerRecords} all of them, {@link
 * dev.candor.analysis.server.ServerSide} what they say of a run's phases, {@link
 * dev.candor.analysis.server.ServerSeconds} of its seconds.
 */
@NullMarked
package dev.candor.analysis.server;

import org.jspecify.annotations.NullMarked;

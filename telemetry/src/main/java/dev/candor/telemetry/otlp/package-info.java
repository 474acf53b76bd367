/**
 * OpenTelemetry: metrics and spans of the conventions for generative AI, sent by OTLP over HTTP.
 */
@NullMarked
package dev.candor.telemetry.otlp;

import org.jspecify.annotations.NullMarked;

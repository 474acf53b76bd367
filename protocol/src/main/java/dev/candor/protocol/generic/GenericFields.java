package dev.candor.protocol.generic;

import org.jspecify.annotations.Nullable;

/**
 * Where a frame says what, as JSON Pointers; null: nowhere.
 *
 * @param text generated text
 * @param reasoning generated text of a reasoning
 * @param inputTokens tokens of the prompt
 * @param cachedTokens of those, cached
 * @param outputTokens tokens of the answer
 * @param error an error's message, or an object with it
 * @param end what shows that the frame is the last
 * @param endValue the text of what {@code end} must find; null: anything but null and false
 */
public record GenericFields(
    String text,
    @Nullable String reasoning,
    @Nullable String inputTokens,
    @Nullable String cachedTokens,
    @Nullable String outputTokens,
    @Nullable String error,
    @Nullable String end,
    @Nullable String endValue) {}

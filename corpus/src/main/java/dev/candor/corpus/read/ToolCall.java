package dev.candor.corpus.read;

/**
 * A tool that a model wants called.
 *
 * @param arguments as JSON, as the model wrote them
 */
public record ToolCall(String id, String name, String arguments) {}

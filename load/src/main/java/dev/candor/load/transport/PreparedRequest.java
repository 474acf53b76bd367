package dev.candor.load.transport;

/**
 * A request encoded ahead of its start.
 *
 * @param number of the request in the run
 * @param inputTokens prompt tokens by our tokenizer
 * @param maxTokens answer length asked for, 0: none
 * @param body the whole request body
 */
public record PreparedRequest(
    long number, String requestClass, int inputTokens, int maxTokens, byte[] body) {}

package dev.candor.mock;

import dev.candor.mock.audit.Attempt;
import dev.candor.mock.quota.QuotaDecision;
import dev.candor.protocol.serve.Dialect;
import java.util.Map;

/**
 * A request that is being answered.
 *
 * @param number how logs name it
 * @param maxTokens the client's limit, 0 where it gave none
 * @param id in the answer
 * @param cacheableTokens of the prompt, what the client wants written into the prefix cache where
 *     that has it not yet
 * @param headers for the response
 */
record Admitted(
    long number,
    Dialect dialect,
    boolean stream,
    int maxTokens,
    String id,
    int promptTokens,
    int cacheableTokens,
    long arrivalNanos,
    Map<String, String> headers,
    Attempt attempt,
    QuotaDecision quota) {}

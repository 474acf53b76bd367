package dev.candor.mock;

import dev.candor.mock.audit.CallKey;
import dev.candor.mock.prompt.PromptReader;
import dev.candor.protocol.serve.GenerationRequest;
import dev.candor.protocol.serve.InvalidRequestException;
import java.nio.ByteBuffer;

/** Reads requests and counts their prompts. Thread-safe. */
final class RequestParser {
  private final PromptReader prompts;
  private final int blockSize;

  /**
   * @param blockSize of the prefix cache, 0: there is none
   */
  RequestParser(PromptReader prompts, int blockSize) {
    this.prompts = prompts;
    this.blockSize = blockSize;
  }

  /**
   * @throws InvalidRequestException as {@link dev.candor.protocol.serve.Dialect#read}
   */
  ParsedRequest parse(ClientRequest client, byte[] body) {
    GenerationRequest generation = client.dialect().read(body);
    String path = client.dialect().path();
    ByteBuffer bytes = ByteBuffer.wrap(body);
    return new ParsedRequest(
        client,
        generation,
        prompts.read(generation.prompt(), blockSize),
        CallKey.of(
            client.header("idempotency-key"),
            client.header("x-stainless-retry-count"),
            client.apiKey(),
            path,
            bytes),
        CallKey.of(null, null, "", path, bytes).fingerprint());
  }
}

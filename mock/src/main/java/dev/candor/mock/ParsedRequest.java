package dev.candor.mock;

import dev.candor.mock.audit.CallKey;
import dev.candor.mock.prompt.BlockHashes;
import dev.candor.protocol.serve.GenerationRequest;

/**
 * A request for text, read and counted.
 *
 * @param prompt its tokens, to be continued by the answer's
 * @param call by which attempts of one call are known
 * @param fingerprint of what is asked, the same for the same body
 */
record ParsedRequest(
    ClientRequest client,
    GenerationRequest generation,
    BlockHashes prompt,
    CallKey call,
    long fingerprint) {

  /** What was counted is kept, what was said is not. */
  ParsedRequest withoutPrompt() {
    return new ParsedRequest(client, generation.withoutPrompt(), prompt, call, fingerprint);
  }
}

package dev.candor.load.transport;

import dev.candor.protocol.ResponseReader;
import dev.candor.workload.Prompt;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What a transport must know of a wire dialect. <b>Safe for use by several threads.</b> */
public interface Dialect {

  /** The HTTP method. */
  default String method() {
    return "POST";
  }

  /**
   * Headers of every request beside the framing's and the scenario's own, such as the one for the
   * key.
   *
   * @param apiKey the target's key, or null
   */
  Map<String, String> headers(@Nullable String apiKey);

  /** Path below the target's base address, with its leading slash. */
  String path();

  /** Whether answers come event by event rather than as one object. */
  boolean streamed();

  /** Whether an answer consists of tokens; one of embeddings does not. */
  default boolean generates() {
    return true;
  }

  /** The request body for {@code prompt}. */
  byte[] encode(Prompt prompt);

  /** A reader of its own for every connection. */
  ResponseReader newReader();

  /** What the body of an error response says, in a line. */
  String describeError(byte[] body);
}

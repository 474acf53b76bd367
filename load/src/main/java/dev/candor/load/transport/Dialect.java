package dev.candor.load.transport;

import dev.candor.protocol.ResponseReader;
import dev.candor.workload.Prompt;

/** What a transport must know of a wire dialect. <b>Safe for use by several threads.</b> */
public interface Dialect {

  /** Path below the target's base address, with its leading slash. */
  String path();

  /** Whether answers come event by event rather than as one object. */
  boolean streamed();

  /** The request body for {@code prompt}. */
  byte[] encode(Prompt prompt);

  /** A reader of its own for every connection. */
  ResponseReader newReader();

  /** What the body of an error response says, in a line. */
  String describeError(byte[] body);
}

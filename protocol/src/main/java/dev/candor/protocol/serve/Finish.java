package dev.candor.protocol.serve;

/** Why an answer ended well. */
public enum Finish {
  /** The model had said what it had to say. */
  STOP,
  /** The limit of tokens was reached. */
  LENGTH,
  /** The model waits for the results of its tool calls. */
  TOOL_CALLS
}

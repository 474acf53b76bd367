package dev.candor.protocol.serve;

/** What a piece of generated text is for. */
public enum PieceKind {
  REASONING,
  TEXT,
  /** JSON text of a tool call's arguments. */
  TOOL_ARGUMENTS
}

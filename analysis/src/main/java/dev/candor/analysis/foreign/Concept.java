package dev.candor.analysis.foreign;

/** What a figure is about, whatever its tool calls it: tools are set side by side by it. */
public enum Concept {
  TTFT,
  ITL,
  TPOT,
  LATENCY,
  OUTPUT_RATE,
  REQUEST_RATE
}

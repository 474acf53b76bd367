package dev.candor.report.picture;

import java.util.List;

/** Requests, one below the other, over milliseconds since each was meant to start. */
public record Waterfall(PlotAxis x, List<Request> requests) implements Plot {

  /**
   * A request.
   *
   * @param tokens when tokens arrived, in ms; of long answers not all
   */
  public record Request(String name, String outcome, List<Part> parts, List<Double> tokens) {}

  /** What happened from one millisecond to another. */
  public record Part(Kind kind, double from, double to) {}

  /** What a part of a request's time went into. */
  public enum Kind {
    /** The client had not sent it yet. */
    HELD,
    /** Connecting and sending. */
    SEND,
    /** The server's queue and its reading of the prompt: no token yet. */
    PREFILL,
    /** Tokens arrive. */
    DECODE,
    /** No token for longer than the stall bound. */
    STALL
  }
}

package dev.candor.record;

import org.jspecify.annotations.Nullable;

/**
 * How the client itself fared in one second of the run; of several loops the worst one's figures.
 * Null is what this machine does not tell.
 *
 * @param second since the start of the run
 * @param loopDelayP99Nanos how late the event loops' own 10 ms probes ran
 * @param sendLatenessP99Nanos sent − intended where the profile, not the server, decided; 0 without
 *     such starts
 * @param inFlight attempts in flight, mean over the second
 * @param users active users or, in an open step, 0
 * @param tokenEvents that arrived in it
 * @param memory what the client held at its end
 */
public record HealthWindow(
    int second,
    long loopDelayP99Nanos,
    long sendLatenessP99Nanos,
    Pauses pauses,
    Cpu cpu,
    Queues queues,
    double inFlight,
    int users,
    long tokenEvents,
    Memory memory) {

  public HealthWindow {
    // Runs of before 2026-12 have none.
    memory = memory == null ? Memory.UNKNOWN : memory;
  }

  /** A second of which nobody watched the memory. */
  public HealthWindow(
      int second,
      long loopDelayP99Nanos,
      long sendLatenessP99Nanos,
      Pauses pauses,
      Cpu cpu,
      Queues queues,
      double inFlight,
      int users,
      long tokenEvents) {
    this(
        second,
        loopDelayP99Nanos,
        sendLatenessP99Nanos,
        pauses,
        cpu,
        queues,
        inFlight,
        users,
        tokenEvents,
        Memory.UNKNOWN);
  }

  /**
   * The longest times that reached into the second in which threads of ours stood still.
   *
   * @param gcNanos a garbage collection's pause, all threads
   * @param safepointNanos any stop of all threads, with the time that it took to stop them; garbage
   *     collections are among them
   * @param allocationStallNanos one thread's wait for memory that a concurrent collector had not
   *     yet freed
   */
  public record Pauses(
      @Nullable Long gcNanos, @Nullable Long safepointNanos, @Nullable Long allocationStallNanos) {
    public static final Pauses UNKNOWN = new Pauses(null, null, null);
  }

  /**
   * @param share process CPU time over the time of the cores allowed, 0 to 1
   * @param stealShare of the machine's CPU time, taken by the hypervisor for others, 0 to 1
   * @param runQueueShare of the second in which a loop's thread wanted to run and had no core, 0 to
   *     1
   * @param preemptions how often a loop's thread was put off its core while it wanted to go on
   */
  public record Cpu(
      double share,
      @Nullable Double stealShare,
      @Nullable Double runQueueShare,
      @Nullable Long preemptions) {}

  /**
   * What waited to be dealt with.
   *
   * @param receiveMaxBytes most bytes that one sampled connection held unread
   * @param receiveWaitingShare of the samples in which bytes were unread, 0 to 1
   * @param writerAttempts ended, and not yet recorded, when the writer came to this second
   * @param writerLagNanos from the second's end until the writer came to it
   * @param writerDropped attempts that were given up unrecorded
   */
  public record Queues(
      @Nullable Long receiveMaxBytes,
      @Nullable Double receiveWaitingShare,
      long writerAttempts,
      long writerLagNanos,
      long writerDropped) {}

  /**
   * What the client's process held, an embedded mock with it.
   *
   * @param heapUsedBytes garbage included
   * @param heapAfterGcBytes what the last collection left, null before the first
   * @param residentBytes of the process in the machine's memory
   * @param openFiles of the process, sockets among them
   * @param threads of the JVM
   * @param connections to the target that are open
   * @param newConnections to the target that were made in the second
   */
  public record Memory(
      @Nullable Long heapUsedBytes,
      @Nullable Long heapAfterGcBytes,
      @Nullable Long residentBytes,
      @Nullable Long openFiles,
      @Nullable Long threads,
      @Nullable Long connections,
      @Nullable Long newConnections) {
    public static final Memory UNKNOWN = new Memory(null, null, null, null, null, null, null);
  }
}

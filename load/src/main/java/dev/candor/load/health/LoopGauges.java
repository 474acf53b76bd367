package dev.candor.load.health;

import org.jspecify.annotations.Nullable;

/** What the platform tells about a loop's thread and its sockets. <b>For that thread only.</b> */
public interface LoopGauges {

  /** For loops without a thread or sockets of their own, as in virtual time. */
  LoopGauges NONE =
      new LoopGauges() {
        @Override
        public void probe() {}

        @Override
        public Reading read() {
          return Reading.NONE;
        }
      };

  /** Looks at some of the sockets; called with each of the loop's probes. */
  void probe();

  /** What has come together since the last call. */
  Reading read();

  /**
   * Null is what is not known.
   *
   * @param runQueueNanos in which the thread wanted to run and had no core
   * @param preemptions how often it was put off its core while it wanted to go on
   * @param receiveMaxBytes most bytes unread on one socket
   * @param receiveWaitingShare of the looks at a socket that found bytes unread, 0 to 1
   * @param connections that are open now
   * @param newConnections that were made
   */
  record Reading(
      @Nullable Long runQueueNanos,
      @Nullable Long preemptions,
      @Nullable Long receiveMaxBytes,
      @Nullable Double receiveWaitingShare,
      @Nullable Long connections,
      @Nullable Long newConnections) {
    static final Reading NONE = new Reading(null, null, null, null);

    /** A loop whose connections are not counted. */
    public Reading(
        @Nullable Long runQueueNanos,
        @Nullable Long preemptions,
        @Nullable Long receiveMaxBytes,
        @Nullable Double receiveWaitingShare) {
      this(runQueueNanos, preemptions, receiveMaxBytes, receiveWaitingShare, null, null);
    }
  }
}

package dev.candor.mock.http;

import io.netty.handler.codec.http.FullHttpRequest;

/** Answers requests, on the event loop of their channel. */
public interface RequestHandler {

  /**
   * Answers {@code request} through {@code reply}, now or later.
   *
   * @param request released by the caller after the return
   * @return what to tell of the connection while the answer lasts
   */
  InFlight handle(FullHttpRequest request, Reply reply);

  /** An answer that is being given. */
  interface InFlight {
    InFlight NOTHING =
        new InFlight() {
          @Override
          public void clientGone() {}

          @Override
          public void writable() {}
        };

    /** Nobody waits for the answer any longer. */
    void clientGone();

    /** The client has caught up with what it was sent. */
    void writable();
  }
}

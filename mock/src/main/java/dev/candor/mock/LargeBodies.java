package dev.candor.mock;

import dev.candor.mock.http.RequestHandler.InFlight;
import dev.candor.protocol.serve.InvalidRequestException;
import dev.candor.protocol.serve.ServiceError;
import io.netty.channel.EventLoop;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads small bodies at once, and large ones on a thread of their own, so that a prompt of
 * megabytes makes nobody's tokens late. <b>For the mock's event loop.</b>
 */
final class LargeBodies implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(LargeBodies.class);

  /** A real tokenizer takes about a millisecond for so many bytes. */
  private static final int LARGE = 8 << 10;

  private static final long MOST_WAITING = 256L << 20;

  private final EventLoop loop;
  private final ExecutorService reader =
      Executors.newSingleThreadExecutor(
          Thread.ofPlatform().daemon().name("candor-mock-reader").factory());
  private long waiting;

  LargeBodies(EventLoop loop) {
    this.loop = loop;
  }

  /** The thread that reads, for other work of its kind. */
  Executor aside() {
    return reader;
  }

  /**
   * Reads at once or aside, by the body's size.
   *
   * @param bytes of the body
   * @param reading may throw {@link InvalidRequestException}
   * @param next goes on with what was read
   * @param refuse answers where it cannot be read
   */
  <T> InFlight read(
      int bytes,
      Supplier<T> reading,
      Function<T, InFlight> next,
      Function<ServiceError, InFlight> refuse) {
    return bytes > LARGE
        ? readAside(bytes, reading, next, refuse)
        : outcome(reading, next, refuse).get();
  }

  /** The same, for a body whose size does not tell how long it takes. */
  <T> InFlight readAside(
      int bytes,
      Supplier<T> reading,
      Function<T, InFlight> next,
      Function<ServiceError, InFlight> refuse) {
    if (waiting + bytes > MOST_WAITING) {
      return refuse.apply(ServiceError.of(503, "too many large prompts at once"));
    }
    waiting += bytes;
    Later later = new Later();
    reader.execute(
        () -> {
          Supplier<InFlight> outcome = outcome(reading, next, refuse);
          loop.execute(
              () -> {
                waiting -= bytes;
                if (!later.gone) {
                  later.inFlight = outcome.get();
                }
              });
        });
    return later;
  }

  /** Reads, and tells how to go on. Whatever goes wrong, the client is answered. */
  private static <T> Supplier<InFlight> outcome(
      Supplier<T> reading, Function<T, InFlight> next, Function<ServiceError, InFlight> refuse) {
    try {
      T read = reading.get();
      return () -> next.apply(read);
    } catch (InvalidRequestException e) {
      return () -> refuse.apply(ServiceError.of(e));
    } catch (RuntimeException | StackOverflowError | OutOfMemoryError e) {
      LOG.error("a request could not be read", e);
      return () -> refuse.apply(ServiceError.of(500, "the request could not be read: " + e));
    }
  }

  @Override
  public void close() {
    reader.shutdownNow();
  }

  /** Stands for the answer while its request is read. */
  private static final class Later implements InFlight {
    private @Nullable InFlight inFlight;
    private boolean gone;

    @Override
    public void clientGone() {
      gone = true;
      if (inFlight != null) {
        inFlight.clientGone();
      }
    }

    @Override
    public void writable() {
      if (inFlight != null) {
        inFlight.writable();
      }
    }
  }
}

package dev.candor.mock;

import dev.candor.mock.http.Reply;
import dev.candor.mock.http.RequestHandler.InFlight;
import dev.candor.protocol.serve.InvalidRequestException;
import dev.candor.protocol.serve.ServiceError;
import io.netty.channel.EventLoop;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Reads small bodies at once, and large ones on a thread of their own, so that a prompt of
 * megabytes makes nobody's tokens late. <b>For the mock's event loop.</b>
 */
final class LargeBodies implements AutoCloseable {
  /** A real tokenizer takes about a millisecond for so many bytes. */
  private static final int LARGE = 8 << 10;

  private static final long MOST_WAITING = 256L << 20;

  private final RequestParser parser;
  private final EventLoop loop;
  private final ExecutorService reader =
      Executors.newSingleThreadExecutor(
          Thread.ofPlatform().daemon().name("candor-mock-reader").factory());
  private long waiting;

  LargeBodies(RequestParser parser, EventLoop loop) {
    this.parser = parser;
    this.loop = loop;
  }

  /** The thread that reads, for other work of its kind. */
  Executor aside() {
    return reader;
  }

  InFlight parse(
      ClientRequest client,
      Reply reply,
      Function<ParsedRequest, InFlight> next,
      Function<InvalidRequestException, InFlight> invalid) {
    int bytes = client.body().length;
    if (bytes <= LARGE) {
      return goOn(client, next, invalid);
    }
    if (waiting + bytes > MOST_WAITING) {
      reply.json(
          503,
          client
              .dialect()
              .provider()
              .errorBody(ServiceError.of(503, "too many large prompts at once"), "req_refused"));
      return InFlight.NOTHING;
    }
    waiting += bytes;
    Later later = new Later();
    reader.execute(() -> read(client, later, next, invalid));
    return later;
  }

  private InFlight goOn(
      ClientRequest client,
      Function<ParsedRequest, InFlight> next,
      Function<InvalidRequestException, InFlight> invalid) {
    ParsedRequest parsed;
    try {
      parsed = parser.parse(client);
    } catch (InvalidRequestException e) {
      return invalid.apply(e);
    }
    return next.apply(parsed);
  }

  private void read(
      ClientRequest client,
      Later later,
      Function<ParsedRequest, InFlight> next,
      Function<InvalidRequestException, InFlight> invalid) {
    ParsedRequest parsed = null;
    InvalidRequestException failure = null;
    try {
      parsed = parser.parse(client);
    } catch (InvalidRequestException e) {
      failure = e;
    }
    ParsedRequest read = parsed;
    InvalidRequestException wrong = failure;
    loop.execute(
        () -> {
          waiting -= client.body().length;
          if (later.gone) {
            return;
          }
          if (read != null) {
            later.inFlight = next.apply(read);
          } else if (wrong != null) {
            later.inFlight = invalid.apply(wrong);
          }
        });
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

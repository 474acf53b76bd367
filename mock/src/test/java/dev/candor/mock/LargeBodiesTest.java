package dev.candor.mock;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.candor.mock.http.RequestHandler.InFlight;
import dev.candor.protocol.serve.Dialect;
import dev.candor.protocol.serve.ServiceError;
import io.netty.channel.DefaultEventLoop;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Bodies are read aside within bounds, and whatever goes wrong is answered. */
final class LargeBodiesTest {
  private static final int SMALL = 10;
  private static final int LARGE = 200 << 20;

  private final DefaultEventLoop loop = new DefaultEventLoop();
  private final LargeBodies bodies = new LargeBodies(loop);
  private final List<String> read = new CopyOnWriteArrayList<>();
  private final List<ServiceError> refused = new CopyOnWriteArrayList<>();

  @AfterEach
  void close() {
    bodies.close();
    loop.shutdownGracefully(0, 1, TimeUnit.SECONDS);
  }

  private InFlight read(int bytes, Supplier<String> reading) {
    return loop.submit(
            () ->
                bodies.read(
                    bytes,
                    reading,
                    text -> {
                      read.add(text);
                      return InFlight.NOTHING;
                    },
                    error -> {
                      refused.add(error);
                      return InFlight.NOTHING;
                    }))
        .syncUninterruptibly()
        .getNow();
  }

  @Test
  void tooManyAtOnce_areRefused_untilOthersAreRead() {
    CompletableFuture<String> slow = new CompletableFuture<>();
    read(LARGE, slow::join);
    read(LARGE, () -> "too much");
    assertThat(refused).extracting(ServiceError::status).containsExactly(503);
    read(SMALL, () -> "small");
    assertThat(read).containsExactly("small");
    slow.complete("slow");
    await().until(() -> read.contains("slow"));
    read(LARGE, () -> "later");
    await().until(() -> read.contains("later"));
    assertThat(refused).hasSize(1);
  }

  @Test
  void readerFails_isAnswered_andNoLongerCounts() {
    for (int i = 0; i < 3; i++) {
      int before = i;
      read(
          LARGE,
          () -> {
            throw new IllegalStateException("a bug");
          });
      await().until(() -> refused.size() == before + 1);
    }
    assertThat(refused).extracting(ServiceError::status).containsOnly(500);
    read(LARGE, () -> Dialect.MESSAGES.read(new byte[0]).model());
    await().until(() -> refused.size() == 4);
    assertThat(refused.getLast().status()).isEqualTo(400);
  }

  @Test
  void clientGone_whileItIsRead_goesNoFurther() {
    CompletableFuture<String> slow = new CompletableFuture<>();
    InFlight reading = read(LARGE, slow::join);
    loop.submit(reading::clientGone).syncUninterruptibly();
    slow.complete("for nobody");
    read(SMALL << 10, () -> "next");
    await().until(() -> read.contains("next"));
    assertThat(read).containsExactly("next");
  }
}

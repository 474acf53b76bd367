package dev.candor.mock;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.CompletableFuture;

/** A client that behaves, and asks again and again while others do not. */
final class Bystander implements AutoCloseable {
  /** Its requests' numbers begin here. */
  static final long FIRST = 1_000_000;

  private static final int TOKENS = 20;

  private final CompletableFuture<Long> answered = new CompletableFuture<>();
  private volatile boolean done;

  Bystander(MockServer mock) {
    Thread.startVirtualThread(
        () -> {
          try (MockClient client = new MockClient(mock)) {
            answered.complete(ask(client));
          } catch (Throwable e) {
            answered.completeExceptionally(e);
          }
        });
  }

  private long ask(MockClient client) {
    long asked = 0;
    do {
      MockClient.Answer answer = client.answer(FIRST + asked, MockClient.streamed(TOKENS));
      assertThat(MockClient.words(answer.text())).isEqualTo(TOKENS);
      asked++;
    } while (!done);
    return asked;
  }

  /** Fails where one of its answers was not as it should be. */
  @Override
  public void close() {
    done = true;
    assertThat(answered.join()).isPositive();
  }
}

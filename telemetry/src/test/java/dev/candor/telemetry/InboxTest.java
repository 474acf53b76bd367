package dev.candor.telemetry;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

final class InboxTest {
  private final Inbox inbox = new Inbox();

  @Test
  void put_beyondItsItems_dropsAndCounts_untilSomeAreTaken() {
    for (int i = 0; i < Inbox.MOST_ITEMS + 3; i++) {
      inbox.put(new Inbox.Item.Second(TestRun.second(i), false));
    }
    List<Inbox.Item> taken = new ArrayList<>();
    inbox.take(taken::add);
    assertThat(taken).hasSize(Inbox.MOST_ITEMS);
    assertThat(inbox.dropped()).isEqualTo(3);
    inbox.put(new Inbox.Item.Second(TestRun.second(0), true));
    inbox.take(taken::add);
    assertThat(taken).hasSize(Inbox.MOST_ITEMS + 1);
    assertThat(inbox.dropped()).isEqualTo(3);
  }

  @Test
  void put_beyondItsEvents_drops_untilSomeAreTaken() {
    int tokens = 100_000;
    Inbox.Item item = new Inbox.Item.Ended(TestRun.completed(1, tokens));
    for (int i = 0; i < 2 * Inbox.MOST_EVENTS / tokens; i++) {
      inbox.put(item);
    }
    List<Inbox.Item> taken = new ArrayList<>();
    inbox.take(taken::add);
    assertThat(taken).hasSize((int) (Inbox.MOST_EVENTS / tokens));
    inbox.put(item);
    inbox.take(taken::add);
    assertThat(taken).hasSize((int) (Inbox.MOST_EVENTS / tokens) + 1);
  }
}

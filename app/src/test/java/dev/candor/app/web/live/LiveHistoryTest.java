package dev.candor.app.web.live;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

final class LiveHistoryTest {
  private static final int DAY = 86_400;

  @Test
  void add_ofADay_keepsBoundedStretchesWithItsStallAndSums() {
    LiveHistory history = new LiveHistory();
    for (int i = 0; i < DAY; i++) {
      history.add(Seconds.second(i));
      assertThat(history.size()).isLessThanOrEqualTo(LiveHistory.MOST);
    }

    List<Stretch> stretches = history.stretches();
    assertThat(stretches).hasSizeBetween(LiveHistory.MOST / 2, LiveHistory.MOST);
    assertThat(stretches.stream().mapToInt(Stretch::seconds).sum()).isEqualTo(DAY);
    assertThat(stretches.stream().mapToLong(each -> each.figures().completed()).sum())
        .isEqualTo(100L * DAY);
    assertThat(stretches.stream().mapToLong(each -> each.figures().failed()).sum())
        .isEqualTo(DAY / 2);
    int begin = 0;
    for (Stretch each : stretches) {
      assertThat(each.figures().second()).isEqualTo(begin);
      assertThat(each.figures().outputTps()).isBetween(999.999, 1000.001);
      assertThat(each.figures().goodput()).isBetween(0.4999, 0.5001);
      boolean stalled = Seconds.STALL >= begin && Seconds.STALL < begin + each.seconds();
      assertThat(each.figures().ttftP99()).isEqualTo(stalled ? Seconds.STALL_MS : 40.0);
      assertThat(each.figures().itlP99()).isEqualTo(7.0);
      begin += each.seconds();
    }
  }

  @Test
  void add_ofFewSeconds_keepsEach() {
    LiveHistory history = new LiveHistory();
    for (int i = 0; i < LiveHistory.MOST; i++) {
      history.add(Seconds.second(i));
    }
    assertThat(history.stretches()).hasSize(LiveHistory.MOST).allMatch(each -> each.seconds() == 1);
  }
}

package dev.candor.mock.fault;

import static org.assertj.core.api.Assertions.assertThat;

import dev.candor.base.stats.Distribution;
import dev.candor.scenario.FaultRule;
import dev.candor.scenario.FaultRule.Match;
import dev.candor.scenario.FaultRule.Window;
import dev.candor.scenario.MockFault;
import dev.candor.scenario.yaml.MockFile;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class FaultsJsonTest {

  @Test
  void write_rules_areReadBack() {
    List<FaultRule> rules =
        List.of(
            new FaultRule(
                new MockFault.ErrorStatus(429, 2_000_000_000L, "{\"error\": \"é\\n\"}"),
                new Match(0.05, null, null, Map.of("x-test", "\"1\""), 1, 0),
                new Window(1, 2_000_000, new Distribution.Exponential(60e9))),
            FaultRule.always(new MockFault.Leak(0.1)));
    String json = FaultsJson.write(rules);
    assertThat(MockFile.faults("json", json, 1)).isEqualTo(rules);
  }

  @Test
  void write_rule_hasTheScenariosKeys() {
    assertThat(FaultsJson.write(List.of(FaultRule.always(new MockFault.Stall(5, 0)))))
        .isEqualTo("{\"faults\":[{\"fault\":\"stall\",\"after\":5}]}");
    assertThat(FaultsJson.write(List.of())).isEqualTo("{\"faults\":[]}");
  }
}

package dev.candor.mock.fault;

import dev.candor.scenario.FaultRule;
import dev.candor.scenario.yaml.MockFile;
import java.util.List;
import tools.jackson.databind.json.JsonMapper;

/** Fault rules as JSON, with the keys by which they are read. */
public final class FaultsJson {
  private FaultsJson() {}

  /** {@code {"faults":[...]}}, which {@link MockFile#faults} reads back. */
  public static String write(List<FaultRule> rules) {
    return JsonMapper.shared().writeValueAsString(MockFile.entries(rules));
  }
}

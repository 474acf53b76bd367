package dev.candor.workload;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.candor.scenario.Workload;
import dev.candor.scenario.yaml.Overrides;
import dev.candor.scenario.yaml.ScenarioFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.ToDoubleFunction;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Presets come to the figures of the sources that docs/presets.md cites. */
final class PresetFiguresTest {
  @TempDir Path temp;

  private List<List<Session.Call>> sessions(String preset, int count) throws IOException {
    Path file = temp.resolve("s.yaml");
    Files.writeString(
        file, "load: [{users: 1, for: 1s}]\nworkload: {preset: %s, salt: false}".formatted(preset));
    Workload workload = ScenarioFile.read(file, Overrides.NONE, variable -> null).workload();
    if (workload.source() instanceof Workload.Synthetic mix) {
      Workload.Synthetic generated =
          new Workload.Synthetic(mix.classes(), Mixes.rules(mix.rules().limit(), false));
      SessionSource source = Mixes.open(generated, workload.salt(), 1);
      List<List<Session.Call>> sessions = new ArrayList<>();
      for (int number = 0; number < count; number++) {
        sessions.add(Mixes.play(source.session(number), ""));
      }
      return sessions;
    }
    throw new IllegalStateException("not synthetic");
  }

  private static double mean(List<List<Session.Call>> sessions, ToDoubleFunction<Session.Call> of) {
    return sessions.stream().flatMap(List::stream).mapToDouble(of).average().orElse(Double.NaN);
  }

  private static double median(
      List<List<Session.Call>> sessions, ToDoubleFunction<Session.Call> of) {
    double[] sorted = sessions.stream().flatMap(List::stream).mapToDouble(of).sorted().toArray();
    return sorted[sorted.length / 2];
  }

  private static double words(Prompt.Message message) {
    return message.content().split(" ").length;
  }

  @Test
  void chat_hasTheTurnsOfShareGpt_theMessagesOfLmsys_andAzuresPrompts() throws IOException {
    List<List<Session.Call>> sessions = sessions("chat", 4000);
    double turns = sessions.stream().mapToInt(List::size).average().orElse(0);
    double message = mean(sessions, call -> words(call.prompt().messages().getLast()));
    double prompt = mean(sessions, call -> call.prompt().inputTokens());
    double output = mean(sessions, call -> call.prompt().maxTokens());
    assertThat(turns).isCloseTo(3.51, within(0.15));
    assertThat(message).isCloseTo(69.5, within(4.0));
    assertThat(prompt).isCloseTo(1155, within(60.0));
    assertThat(output).isCloseTo(211.1, within(4.0));
  }

  @Test
  void codeCompletion_hasAzuresLengths() throws IOException {
    List<List<Session.Call>> sessions = sessions("code-completion", 6000);
    double input = mean(sessions, call -> call.prompt().inputTokens());
    double output = mean(sessions, call -> call.prompt().maxTokens());
    assertThat(input).isCloseTo(2048, within(80.0));
    assertThat(output).isCloseTo(27.9, within(3.0));
    assertThat(median(sessions, call -> call.prompt().inputTokens())).isCloseTo(1469, within(60.0));
    assertThat(median(sessions, call -> call.prompt().maxTokens())).isCloseTo(13, within(1.0));
  }

  @Test
  void rag_fillsThePromptWithPassages() throws IOException {
    List<List<Session.Call>> sessions = sessions("rag", 500);
    double input = mean(sessions, call -> call.prompt().inputTokens());
    assertThat(input).isCloseTo(300 + 12.5 * 800 + 30, within(600.0));
  }

  @Test
  void summarise_hasTheLengthsOfItsDatasets() throws IOException {
    List<List<Session.Call>> sessions = sessions("summarise", 3000);
    double[][] means = new double[3][3];
    List<String> names = List.of("news", "paper", "report");
    sessions.forEach(
        session -> {
          Prompt prompt = session.getFirst().prompt();
          double[] mean = means[names.indexOf(prompt.requestClass())];
          mean[0]++;
          mean[1] += prompt.inputTokens() - 100;
          mean[2] += prompt.maxTokens();
        });
    double[][] expected = {{781, 56}, {6030, 273}, {9409, 553}};
    for (int i = 0; i < means.length; i++) {
      assertThat(means[i][1] / means[i][0] * 3 / 4 / expected[i][0]).isCloseTo(1, within(0.05));
      assertThat(means[i][2] / means[i][0] * 3 / 4 / expected[i][1]).isCloseTo(1, within(0.05));
    }
  }

  @Test
  void agent_growsAsCodingAgentsDo() throws IOException {
    List<List<Session.Call>> sessions = sessions("agent", 60);
    double thirtieth =
        sessions.stream()
            .filter(session -> session.size() >= 30)
            .filter(session -> session.get(29).prompt().messages().size() == 60)
            .mapToInt(session -> session.get(29).prompt().inputTokens())
            .average()
            .orElse(0);
    double[] steps = sessions.stream().mapToDouble(List::size).sorted().toArray();
    double ratio =
        mean(sessions, call -> call.prompt().inputTokens())
            / mean(sessions, call -> call.prompt().maxTokens());
    assertThat(thirtieth).isCloseTo(80_000, within(8_000.0));
    assertThat(steps[30]).isCloseTo(33, within(6.0));
    // Prompt to answer tokens: 131 in vLLM's traces.
    assertThat(ratio).isCloseTo(131, within(20.0));
  }
}

package dev.candor.scenario.yaml;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.candor.base.error.CandorException;
import dev.candor.base.stats.Distribution.Constant;
import dev.candor.base.stats.Distribution.Exponential;
import dev.candor.base.stats.Distribution.LogNormal;
import dev.candor.base.stats.Distribution.Uniform;
import dev.candor.scenario.ContextLimit;
import dev.candor.scenario.PromptContext;
import dev.candor.scenario.SaltScope;
import dev.candor.scenario.Scenario;
import dev.candor.scenario.SessionRules;
import dev.candor.scenario.Turns;
import dev.candor.scenario.Workload;
import dev.candor.scenario.Workload.RequestClass;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Mixes with contexts and conversations, presets, rules of sessions, scopes of salts. */
final class WorkloadFileTest {
  private static final String EVERYTHING =
      """
      salt: session
      mix:
        - name: assistant
          share: 70
          input: lognormal(120, 0.8)
          output: lognormal(250, 0.7)
          correlation: 0.3
          system: {tokens: 600, variants: 20, skew: 1}
          tools: {count: 8, tokens: 90}
          documents: {count: "uniform(2, 5)", tokens: 350, pool: 1000, skew: 0.8}
          turns: "uniform(1, 10)"
          follow_up: lognormal(60, 0.8)
          think: exponential(12s)
          subagents:
            {share: 30%, count: "uniform(2, 4)", turns: 3, input: 2000, output: 300, think: 1s}
        - {name: plain, input: 50, output: 5}
      sessions: {context_limit: 32000, at_limit: summarise, summary: 400, answers: generated}
      """;

  private static final String CORPUS = "corpus: {file: p.parquet}";

  @TempDir Path temp;

  @BeforeEach
  void makeCorpus() throws IOException {
    Files.createFile(temp.resolve("p.parquet"));
  }

  private Workload read(String workload) throws IOException {
    return file("w.yaml", "load: [{users: 1, for: 1s}]\nworkload:\n" + workload.indent(2))
        .workload();
  }

  private Scenario file(String name, String text) throws IOException {
    Path file = Files.writeString(temp.resolve(name), text);
    return ScenarioFile.read(file, Overrides.NONE, variable -> null);
  }

  private static Workload.Synthetic mix(Workload workload) {
    return (Workload.Synthetic) workload.source();
  }

  @Test
  void everything_isRead() throws IOException {
    Workload workload = read(EVERYTHING);
    assertThat(workload.salt()).isEqualTo(SaltScope.SESSION);
    assertThat(mix(workload).rules())
        .isEqualTo(new SessionRules(new ContextLimit.Summarise(32000, 400), false));
    RequestClass assistant = mix(workload).classes().getFirst();
    assertThat(assistant.correlation()).isEqualTo(0.3);
    assertThat(assistant.context())
        .isEqualTo(
            new PromptContext(
                new PromptContext.SystemPrompts(new Constant(600), 20, 1),
                new PromptContext.Tools(8, new Constant(90)),
                new PromptContext.Documents(new Uniform(2, 5), new Constant(350), 1000, 0.8)));
    assertThat(assistant.turns())
        .isEqualTo(
            new Turns(
                new Uniform(1, 10),
                new LogNormal(60, 0.8),
                new Exponential(12e9),
                new Turns.Subagents(
                    0.3,
                    new Uniform(2, 4),
                    new Constant(3),
                    new Constant(2000),
                    new Constant(2000),
                    new Constant(300),
                    new Constant(1e9))));
    assertThat(mix(workload).classes().get(1))
        .isEqualTo(new RequestClass("plain", 1, new Constant(50), new Constant(5)))
        .matches(RequestClass::plain);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        EVERYTHING,
        "salt: request\nmix: [{input: 5, turns: 2}]",
        "salt: false\nmix: [{input: 5, correlation: -0.5, tools: {count: 2, tokens: 9}}]",
        "mix: [{input: 5, turns: 3}]\nsessions: {context_limit: 500, at_limit: truncate}",
        "mix: [{input: 5, turns: 3}]\nsessions: {context_limit: 500}",
        "preset: chat",
        "preset: rag",
        "preset: code-completion",
        "preset: summarise",
        "preset: agent",
        "preset: agent\nsessions: {answers: generated, summary: 100}",
        CORPUS,
        "cache: warm\n" + CORPUS,
        "corpus: {file: p.parquet, limit: 1000, max_input: 8000, answers: real}",
      })
  void resolved_isReadBackEqual(String text) throws IOException {
    String head = "load: [{users: 1, for: 1s}]\nworkload:\n";
    Scenario scenario = file("w.yaml", head + text.indent(2));
    Scenario again = file("again.yaml", ResolvedYaml.write(scenario));
    assertThat(again.workload()).isEqualTo(scenario.workload());
  }

  @ParameterizedTest
  @CsvSource({"true,RUN", "run,RUN", "session,SESSION", "request,REQUEST", "false,NONE"})
  void salt_hasAScope(String text, SaltScope scope) throws IOException {
    assertThat(read("salt: " + text).salt()).isEqualTo(scope);
  }

  @Test
  void preset_givesWayToWhatIsGiven() throws IOException {
    Workload.Synthetic agent = mix(read("preset: agent"));
    assertThat(agent.rules().limit()).isEqualTo(new ContextLimit.Summarise(200_000, 3000));
    Workload.Synthetic less = mix(read("preset: agent\nsessions: {context_limit: 9000}"));
    assertThat(less.rules().limit()).isEqualTo(new ContextLimit.Summarise(9000, 3000));
    assertThat(less.classes()).isEqualTo(agent.classes());
    Workload.Synthetic own = mix(read("preset: agent\nmix: [{name: a, input: 5, turns: 2}]"));
    assertThat(own.classes()).extracting(RequestClass::name).containsExactly("a");
    assertThat(own.rules()).isEqualTo(agent.rules());
  }

  @Test
  void corpus_isRead() throws IOException {
    Path file = temp.resolve("p.parquet");
    Workload plain = read(CORPUS);
    assertThat(plain.source()).isEqualTo(new Workload.Corpus(file, 0, 0, false));
    assertThat(plain.source().timed()).isTrue();
    assertThat(plain.mayBeMixed()).isFalse();
    assertThat(
            read("corpus: {file: p.parquet, limit: 5, max_input: 9, answers: recorded}").source())
        .isEqualTo(new Workload.Corpus(file, 5, 9, false));
    assertThat(read("corpus: {file: p.parquet, answers: real}").source())
        .isEqualTo(new Workload.Corpus(file, 0, 0, true));
  }

  static Stream<Arguments> mistakes() {
    return Stream.of(
        Arguments.of("corpus: {limit: 5}", "workload.corpus: needs a file"),
        Arguments.of("corpus: {file: no.parquet}", "workload.corpus.file: there is no file"),
        Arguments.of(
            "corpus: {file: p.parquet, limit: -1}",
            "workload.corpus.limit: found -1, must be at least 0"),
        Arguments.of(
            "corpus: {file: p.parquet, answers: generated}",
            "w.yaml:3:38: workload.corpus.answers: found 'generated', must be real or recorded"),
        Arguments.of(
            "mix: [{input: 5}]\n" + CORPUS, "workload.corpus: stands beside mix; keep one of them"),
        Arguments.of(
            CORPUS + "\nsessions: {answers: real}",
            "workload.sessions: stands beside corpus, which has sessions of its own"),
        Arguments.of(
            CORPUS + "\ncache: {state: mixed, hit_rate: 60%}",
            "workload.cache.state: mixed gives every prompt a shared part"),
        Arguments.of(
            "mix: [{input: 5, correlation: 1}]",
            "w.yaml:3:33: workload.mix[0].correlation: found 1, must be between -1 and 1"),
        Arguments.of("mix: [{input: 5, correlation: NaN}]", "must be a number"),
        Arguments.of(
            "mix: [{input: 5, subagents: {share: 1, input: 5}}]",
            "w.yaml:3:31: workload.mix[0].subagents: needs turns"),
        Arguments.of("mix: [{input: 5, think: 1s}]", "workload.mix[0].think: needs turns"),
        Arguments.of(
            "mix: [{input: 5, turns: 2, subagents: {input: 5}}]",
            "workload.mix[0].subagents: needs a share of the turns"),
        Arguments.of(
            "mix: [{input: 5, turns: 2, subagents: {share: 5%}}]",
            "workload.mix[0].subagents: needs an input"),
        Arguments.of(
            "mix: [{input: 5, turns: 0}]",
            "workload.mix[0].turns: found '0', must be a number of at least 1"),
        Arguments.of(
            "mix: [{input: 5, system: {variants: 2}}]", "workload.mix[0].system: needs tokens"),
        Arguments.of(
            "mix: [{input: 5, system: {tokens: 2, skew: -1}}]",
            "workload.mix[0].system.skew: found '-1', must be a number of at least 0"),
        Arguments.of(
            "mix: [{input: 5, tools: {count: 0, tokens: 9}}]",
            "workload.mix[0].tools.count: found 0, must be at least 1"),
        Arguments.of(
            "mix: [{input: 5, documents: {tokens: 9, count: 20, pool: 10}}]",
            "workload.mix[0].documents.count: found 20, the pool has only 10"),
        Arguments.of(
            "mix: [{input: 5, documents: {tokens: 9, pool: 2000000}}]", "must be at most 1000000"),
        Arguments.of(
            "mix: [{input: 5, system: 600}]",
            "workload.mix[0].system: found '600', must be a mapping"),
        Arguments.of(
            "preset: chats",
            "w.yaml:3:11: workload.preset: there is no preset 'chats'; did you mean 'chat'?"),
        Arguments.of("preset: chat\ntrace: {file: t.csv}", "workload.trace: stands beside preset"),
        Arguments.of(
            "mix: [{input: 5}]\nsessions: {answers: real}",
            "workload.sessions: no class has turns"),
        Arguments.of(
            "preset: rag\nsessions: {answers: real}", "workload.sessions: no class has turns"),
        Arguments.of(
            "messages: {file: m.jsonl}\nsessions: {answers: real}",
            "workload.sessions: stands beside messages"),
        Arguments.of(
            "preset: chat\nsessions: {answers: some}",
            "workload.sessions.answers: found 'some', must be real or generated"),
        Arguments.of(
            "preset: chat\nsessions: {at_limit: halt}", "workload.sessions.at_limit: found 'halt'"),
        Arguments.of(
            "preset: chat\nsessions: {summary: 5}",
            "workload.sessions.summary: goes with at_limit: summarise"),
        Arguments.of(
            "mix: [{input: 5, turns: 2}]\nsessions: {at_limit: stop}",
            "workload.sessions.at_limit: needs a context_limit"),
        Arguments.of(
            "preset: agent\nsessions: {context_limit: 100, summary: 200}",
            "workload.sessions.summary: found 200, must be below the context_limit of 100"),
        Arguments.of(
            "salt: turn",
            "workload.salt: found 'turn', must be run (or true), session, request or false"));
  }

  @ParameterizedTest
  @MethodSource("mistakes")
  void mistakes_nameTheirPlace(String workload, String message) {
    assertThatThrownBy(() -> read(workload))
        .isInstanceOf(CandorException.class)
        .hasMessageContaining(message);
  }

  @Test
  void presets_areThoseOfTheSchema() throws IOException {
    JsonNode names =
        JsonMapper.shared()
            .readTree(Files.readString(Path.of("..", "docs", "scenario.schema.json")))
            .at("/properties/workload/properties/preset/enum");
    assertThat(names.valueStream().map(JsonNode::stringValue))
        .containsExactlyElementsOf(Presets.NAMES);
  }
}

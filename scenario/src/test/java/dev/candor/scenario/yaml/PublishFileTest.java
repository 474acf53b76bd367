package dev.candor.scenario.yaml;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.candor.scenario.Publish;
import dev.candor.scenario.Scenario;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class PublishFileTest {
  private static final String ALL =
      """
      prometheus: {port: 9464, linger: 3s}
      remote_write: {url: "http://127.0.0.1:9090/api/v1/write", headers: {X-Scope: "a ${TENANT}"}, every: 2s}
      otlp: {url: "http://127.0.0.1:4318", headers: {Authorization: "Bearer ${TENANT}"}, spans: 5%}
      influx: {url: "http://127.0.0.1:8086/api/v2/write?bucket=b", headers: {Authorization: "Token ${TENANT}"}}
      labels: {team: search, gpu: 4}
      """;

  @TempDir Path temp;

  private Path file(String publish) throws IOException {
    return Files.writeString(
        temp.resolve("publish.yaml"),
        "load: [{users: 1, for: 1s}]\npublish:\n" + publish.indent(2));
  }

  private Scenario read(String publish) throws IOException {
    return ScenarioFile.read(file(publish), Overrides.NONE, Map.of("TENANT", "s3cret")::get);
  }

  private static Publish.Otlp otlp(Publish publish) {
    return Objects.requireNonNull(publish.otlp());
  }

  @Test
  void everything_isRead_andWrittenBackWithoutSecrets() throws IOException {
    Scenario scenario = read(ALL);
    Publish publish = scenario.publish();
    assertThat(publish.prometheus()).isEqualTo(new Publish.Page(9464, 3_000_000_000L));
    assertThat(publish.remoteWrite())
        .isEqualTo(
            new Publish.Receiver(
                URI.create("http://127.0.0.1:9090/api/v1/write"),
                Map.of("X-Scope", "a s3cret"),
                2_000_000_000L));
    assertThat(otlp(publish).spans()).isEqualTo(0.05);
    assertThat(otlp(publish).to().everyNanos()).isEqualTo(Publish.Receiver.EVERY_NANOS);
    assertThat(publish.influx()).isInstanceOf(Publish.Influx.Server.class);
    assertThat(publish.labels()).containsOnly(Map.entry("team", "search"), Map.entry("gpu", "4"));
    String resolved = ResolvedYaml.write(scenario);
    assertThat(resolved).doesNotContain("s3cret").contains("X-Scope");
    Path again = Files.writeString(temp.resolve("scenario.yaml"), resolved);
    assertThat(ResolvedYaml.write(ScenarioFile.readRecorded(again))).isEqualTo(resolved);
  }

  @Test
  void readToResume_secretsOfReceivers_areNamed_andTakenFromTheOriginal() throws IOException {
    Path original = file(ALL);
    Path recorded = Files.writeString(temp.resolve("scenario.yaml"), ResolvedYaml.write(read(ALL)));
    assertThatThrownBy(() -> ScenarioFile.readToResume(recorded, null, name -> "s3cret"))
        .hasMessageContaining("publish.remote_write.headers.X-Scope")
        .hasMessageContaining("publish.otlp.headers.Authorization")
        .hasMessageContaining("publish.influx.headers.Authorization");
    assertThat(ScenarioFile.readToResume(recorded, original, name -> "s3cret").publish())
        .isEqualTo(read(ALL).publish());
  }

  @Test
  void shortForms_areTheWholeOnes() throws IOException {
    Publish publish =
        read("""
                prometheus: 0
                remote_write: http://127.0.0.1:9090/api/v1/write
                otlp: http://127.0.0.1:4318
                influx: figures.lp
                """)
            .publish();
    assertThat(publish.prometheus()).isEqualTo(new Publish.Page(0, Publish.Page.LINGER_NANOS));
    assertThat(otlp(publish).spans()).isEqualTo(Publish.Otlp.SPANS);
    assertThat(publish.influx())
        .isEqualTo(
            new Publish.Influx.Lines(
                temp.toAbsolutePath().resolve("figures.lp"), Publish.Receiver.EVERY_NANOS));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "prometheus: 70000 | publish.prometheus: found 70000, must be at most 65535",
        "prometheus: {linger: 5s} | needs a port, such as 9464",
        "prometheus: {port: 1, linger: 1h} | found 1h, must be from 0 to 10m",
        "remote_write: ftp://a | publish.remote_write: found 'ftp://a', must be an address",
        "remote_write: {every: 5s} | needs url",
        "remote_write: {url: 'http://a', spans: 1%} | unknown key 'spans'",
        "remote_write: {url: 'http://a', every: 100ms} | found 100ms, must be from 1s to 10m",
        "'remote_write: {url: ''http://a'', headers: {Host: b}}' | the header 'Host' is Candor's to set",
        "'remote_write: {url: ''http://a'', headers: {X: ''${NOT_SET}''}}' | variable NOT_SET is not set",
        "otlp: {url: 'http://a', spans: 2} | found 2, must be a share from 0 to 1",
        "otlp: [a] | found a list, must be a mapping",
        "influx: {every: 5s} | needs one of file and url",
        "'influx: {file: a, headers: {X: b}}' | stands beside file, which has none",
        "labels: {__a: b} | found '__a', must be a label's name",
        "labels: {phase: b} | the label 'phase' is Candor's to set",
        "labels: [a] | found a list, must be a mapping such as"
      })
  void mistakes_areNamed(String publish, String message) {
    assertThatThrownBy(() -> read(publish)).hasMessageContaining(message);
  }

  @Test
  void flags_winOverTheFile_andNameThemselves() throws IOException {
    Publish publish =
        PublishText.withFlags(read(ALL).publish(), "0", "http://127.0.0.1:1/w", null, "a.lp");
    assertThat(publish.prometheus()).isEqualTo(new Publish.Page(0, 3_000_000_000L));
    assertThat(Objects.requireNonNull(publish.remoteWrite()).headers()).isEmpty();
    assertThat(publish.otlp()).isEqualTo(read(ALL).publish().otlp());
    assertThat(publish.influx())
        .isEqualTo(new Publish.Influx.Lines(Path.of("a.lp"), Publish.Receiver.EVERY_NANOS));
    assertThatThrownBy(() -> PublishText.withFlags(Publish.NONE, "x", null, null, null))
        .hasMessage("--prometheus: found 'x', must be a whole number of at least 0");
    assertThatThrownBy(() -> PublishText.withFlags(Publish.NONE, null, null, "x", null))
        .hasMessageStartingWith("--otlp: found 'x'");
  }
}

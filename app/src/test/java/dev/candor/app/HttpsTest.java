package dev.candor.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.candor.app.cli.ExitCode;
import dev.candor.base.stats.Distribution;
import dev.candor.mock.MockOptions;
import dev.candor.mock.MockServer;
import dev.candor.mock.TlsIdentity;
import dev.candor.record.AttemptRecord;
import dev.candor.record.Outcome;
import dev.candor.record.RunReader;
import dev.candor.scenario.MockSettings;
import io.netty.pkitesting.CertificateBuilder;
import io.netty.pkitesting.X509Bundle;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A target behind TLS: trusted, not trusted, and trusted without a look. */
final class HttpsTest {
  private static final int USERS = 3;
  private static final MockSettings FAST =
      MockSettings.of(new Distribution.Constant(20e6), new Distribution.Constant(2e6))
          .withOutputTokens(new Distribution.Constant(5));

  @TempDir Path temp;
  private Path out;
  private X509Bundle authority;

  @BeforeEach
  void makeAuthority() throws Exception {
    out = temp.resolve("run");
    authority =
        new CertificateBuilder()
            .subject("CN=Test authority")
            .setIsCertificateAuthority(true)
            .buildSelfSigned();
    Files.writeString(temp.resolve("ca.pem"), authority.getCertificatePEM());
  }

  @Test
  void run_trustedAuthority_completesAll_reusesConnections() throws Exception {
    try (MockServer mock = start(loopbackIdentity())) {
      assertThat(mock.baseUrl()).hasScheme("https");
      Invocation run = run(mock, "{ca: ca.pem}");
      assertThat(run.carriedOut()).as(run.output() + run.error()).isTrue();
    }
    // The page of metrics is trusted by the same authority.
    assertThat(out.resolve("server.parquet")).exists();
    List<AttemptRecord> attempts = attempts();
    assertThat(attempts).hasSizeGreaterThan(2 * USERS);
    assertThat(attempts).extracting(AttemptRecord::outcome).containsOnly(Outcome.COMPLETED);
    assertThat(attempts.getFirst().connectNanos()).isPositive();
    assertThat(attempts.subList(USERS, attempts.size()))
        .extracting(AttemptRecord::connectNanos)
        .containsOnly((long) AttemptRecord.NONE);
  }

  @Test
  void run_unknownAuthority_exit3_saysNotTrusted() throws Exception {
    try (MockServer mock = start(loopbackIdentity())) {
      Invocation run = run(mock, "{verify: true}");
      assertThat(run.exitCode()).isEqualTo(ExitCode.NOT_CARRIED_OUT);
      assertThat(run.output())
          .contains("tls_failed")
          .contains("certificate is not trusted")
          .contains("target.tls.ca");
      assertThat(run.error()).doesNotContain("\tat ");
    }
    assertThat(attempts()).extracting(AttemptRecord::outcome).contains(Outcome.TLS_FAILED);
  }

  @Test
  void run_certificateOfAnotherHost_exit3_saysSo() throws Exception {
    try (MockServer mock = start(foreignIdentity())) {
      Invocation run = run(mock, "{ca: ca.pem}");
      assertThat(run.exitCode()).isEqualTo(ExitCode.NOT_CARRIED_OUT);
      assertThat(run.output()).contains("tls_failed");
    }
    // Whether the run says it too depends on how many attempts its second had time for, and its end
    // cancels those that it finds waiting.
    assertThat(attempts())
        .filteredOn(attempt -> attempt.outcome() == Outcome.TLS_FAILED)
        .isNotEmpty()
        .extracting(AttemptRecord::error)
        .allMatch(error -> error.contains("is another name's") && error.contains("127.0.0.1"));
  }

  @Test
  void run_http2_sharesConnections_overTls() throws Exception {
    try (MockServer mock = start(loopbackIdentity())) {
      Invocation run = run(mock, "{ca: ca.pem}, connections: {http: 2}");
      assertThat(run.carriedOut()).as(run.output() + run.error()).isTrue();
    }
    List<AttemptRecord> attempts = attempts();
    assertThat(attempts).hasSizeGreaterThan(2 * USERS);
    assertThat(attempts).extracting(AttemptRecord::outcome).containsOnly(Outcome.COMPLETED);
    assertThat(attempts.stream().filter(a -> a.connectNanos() != AttemptRecord.NONE)).hasSize(1);
  }

  @Test
  void run_severalUrls_takeTurns_andAreShown() throws Exception {
    try (MockServer first = MockServer.start(MockOptions.of(FAST, 1));
        MockServer second = MockServer.start(MockOptions.of(FAST, 2))) {
      Path scenario =
          Files.writeString(
              temp.resolve("urls.yaml"),
              """
              target: {urls: ["%s", "%s"], model: mock-model, connections: {http: 2}}
              load: [{users: %d, for: 1s}]
              """
                  .formatted(first.baseUrl(), second.baseUrl(), USERS));
      Invocation run = Invocation.of("run", scenario.toString(), "--out", out.toString());
      assertThat(run.carriedOut()).as(run.output() + run.error()).isTrue();
      assertThat(Files.readString(out.resolve("candor.log")))
          .contains(first.baseUrl() + ", " + second.baseUrl());
    }
    List<AttemptRecord> attempts = attempts();
    assertThat(attempts).extracting(AttemptRecord::outcome).containsOnly(Outcome.COMPLETED);
    long second = attempts.stream().filter(a -> a.target() == 1).count();
    assertThat(second).isBetween(attempts.size() * 4L / 10, attempts.size() * 6L / 10);
  }

  @Test
  void run_verifyFalse_trustsAnyCertificate() throws Exception {
    try (MockServer mock = start(foreignIdentity())) {
      Invocation run = run(mock, "{verify: false}");
      assertThat(run.carriedOut()).as(run.output() + run.error()).isTrue();
    }
    assertThat(attempts()).extracting(AttemptRecord::outcome).containsOnly(Outcome.COMPLETED);
    assertThat(out.resolve("server.parquet")).exists();
  }

  @Test
  void mock_certificateWithoutKey_exit2_namesBothFlags() {
    Invocation mock = Invocation.of("mock", "--port", "0", "--tls-cert", "server.pem");
    assertThat(mock.exitCode()).isEqualTo(ExitCode.USAGE);
    assertThat(mock.error()).contains("--tls-cert").contains("--tls-key");
  }

  @Test
  void mock_unreadableFiles_exit2_namesFlagAndFile() throws Exception {
    TlsIdentity good = loopbackIdentity();
    Path text = Files.writeString(temp.resolve("text.pem"), "not PEM");
    Path missing = temp.resolve("missing.pem");
    assertRefused("--tls-cert", missing, new TlsIdentity(missing, good.privateKey()));
    assertRefused("--tls-key", missing, new TlsIdentity(good.certificateChain(), missing));
    assertRefused("--tls-cert", text, new TlsIdentity(text, good.privateKey()));
    assertRefused("--tls-key", text, new TlsIdentity(good.certificateChain(), text));
    assertRefused("--tls-key", temp, new TlsIdentity(good.certificateChain(), temp));
  }

  private static void assertRefused(String flag, Path file, TlsIdentity identity) {
    Invocation mock =
        Invocation.of(
            "mock",
            "--port",
            "0",
            "--tls-cert",
            identity.certificateChain().toString(),
            "--tls-key",
            identity.privateKey().toString());
    assertThat(mock.exitCode()).isEqualTo(ExitCode.USAGE);
    assertThat(mock.error()).contains(flag + ":").contains(file.toString()).doesNotContain("\tat ");
  }

  private static MockServer start(TlsIdentity identity) {
    return MockServer.start(MockOptions.of(FAST, 1).withTls(identity));
  }

  private TlsIdentity loopbackIdentity() throws Exception {
    return identity(
        new CertificateBuilder()
            .subject("CN=localhost")
            .addSanDnsName("localhost")
            .addSanIpAddress("127.0.0.1"));
  }

  private TlsIdentity foreignIdentity() throws Exception {
    return identity(
        new CertificateBuilder().subject("CN=other.example").addSanDnsName("other.example"));
  }

  private TlsIdentity identity(CertificateBuilder certificate) throws Exception {
    X509Bundle issued = certificate.addExtendedKeyUsageServerAuth().buildIssuedBy(authority);
    return new TlsIdentity(
        Files.writeString(temp.resolve("server.pem"), issued.getCertificatePathPEM()),
        Files.writeString(temp.resolve("server.key"), issued.getPrivateKeyPEM()));
  }

  /** One second has one window of client health, too few for the verdict INVALID. */
  private Invocation run(MockServer mock, String tls) throws IOException {
    Path scenario =
        Files.writeString(
            temp.resolve("https.yaml"),
            """
            target: {url: "%s", model: mock-model, loops: 1, tls: %s}
            workload:
              mix: [{name: one, share: 1, input: 20, output: 5}]
            load: [{users: %d, for: 1s}]
            """
                .formatted(mock.baseUrl(), tls, USERS));
    return Invocation.of("run", scenario.toString(), "--out", out.toString());
  }

  private List<AttemptRecord> attempts() {
    List<AttemptRecord> attempts = new ArrayList<>();
    try (RunReader reader = RunReader.open(out)) {
      reader.forEachAttempt(attempts::add);
    }
    return attempts;
  }
}

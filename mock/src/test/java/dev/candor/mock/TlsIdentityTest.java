package dev.candor.mock;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.candor.base.error.CandorException;
import io.netty.pkitesting.CertificateBuilder;
import io.netty.pkitesting.CertificateBuilder.Algorithm;
import io.netty.pkitesting.X509Bundle;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A certificate and a key are taken where they belong together. */
final class TlsIdentityTest {
  @TempDir Path temp;

  private static X509Bundle bundle(Algorithm algorithm) throws Exception {
    return new CertificateBuilder()
        .subject("CN=localhost")
        .algorithm(algorithm)
        .setIsCertificateAuthority(true)
        .buildSelfSigned();
  }

  private TlsIdentity identity(X509Bundle certificate, X509Bundle key) throws IOException {
    return new TlsIdentity(
        Files.writeString(temp.resolve("server.pem"), certificate.getCertificatePathPEM()),
        Files.writeString(temp.resolve("server.key"), key.getPrivateKeyPEM()));
  }

  @ParameterizedTest
  @EnumSource(names = {"rsa2048", "ecp256", "ecp384", "ed25519"})
  void serverContext_ownKey_isTaken_anothersIsRefused(Algorithm algorithm) throws Exception {
    X509Bundle ours = bundle(algorithm);
    assertThat(identity(ours, ours).serverContext().isServer()).isTrue();
    assertRefused(identity(ours, bundle(algorithm)), "it is another's");
  }

  @Test
  void serverContext_keyOfAnotherType_isRefused() throws Exception {
    X509Bundle rsa = bundle(Algorithm.rsa2048);
    X509Bundle curve = bundle(Algorithm.ecp256);
    assertRefused(identity(rsa, curve), "it is not of type RSA");
    assertRefused(identity(curve, rsa), "it is not of type EC");
  }

  private static void assertRefused(TlsIdentity identity, String found) {
    assertThatThrownBy(identity::serverContext)
        .isInstanceOf(CandorException.class)
        .hasMessageContaining("--tls-key: " + identity.privateKey())
        .hasMessageContaining(identity.certificateChain() + " (--tls-cert)")
        .hasMessageEndingWith(found);
  }

  @Test
  void serverContext_keyWithPassword_isRefused() throws Exception {
    X509Bundle ours = bundle(Algorithm.ecp256);
    TlsIdentity identity = identity(ours, ours);
    Files.writeString(
        identity.privateKey(),
        "-----BEGIN ENCRYPTED PRIVATE KEY-----\nMIGb\n-----END ENCRYPTED PRIVATE KEY-----\n");
    assertThatThrownBy(identity::serverContext)
        .isInstanceOf(CandorException.class)
        .hasMessageContaining("--tls-key: " + identity.privateKey())
        .hasMessageContaining("without a password");
  }
}

package dev.candor.mock;

import dev.candor.base.error.CandorException;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import javax.net.ssl.SSLException;

/**
 * What a mock shows to clients over TLS.
 *
 * @param certificateChain PEM file, the server's certificate first
 * @param privateKey PEM file of that certificate's key, without a password
 */
public record TlsIdentity(Path certificateChain, Path privateKey) {

  /**
   * Reads both files.
   *
   * @throws CandorException where one cannot be read, with its flag and name
   */
  SslContext serverContext() {
    byte[] chain = read("--tls-cert", certificateChain);
    byte[] key = read("--tls-key", privateKey);
    requireCertificates(chain);
    try {
      return SslContextBuilder.forServer(
              new ByteArrayInputStream(chain), new ByteArrayInputStream(key))
          .build();
    } catch (SSLException | IllegalArgumentException e) {
      throw CandorException.user(
          "--tls-key: %s must hold a private key in PEM, without a password: %s"
              .formatted(privateKey, e.getMessage()));
    }
  }

  private void requireCertificates(byte[] chain) {
    String found = "none found";
    try {
      if (!CertificateFactory.getInstance("X.509")
          .generateCertificates(new ByteArrayInputStream(chain))
          .isEmpty()) {
        return;
      }
    } catch (CertificateException e) {
      found = String.valueOf(e.getMessage());
    }
    throw CandorException.user(
        "--tls-cert: %s must hold a certificate chain in PEM: %s"
            .formatted(certificateChain, found));
  }

  private static byte[] read(String flag, Path file) {
    try {
      return Files.readAllBytes(file);
    } catch (NoSuchFileException e) {
      throw CandorException.user("%s: there is no file %s".formatted(flag, file));
    } catch (IOException e) {
      throw CandorException.user("%s: cannot read %s: %s".formatted(flag, file, e.getMessage()));
    }
  }
}

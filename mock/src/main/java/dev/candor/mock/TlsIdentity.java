package dev.candor.mock;

import dev.candor.base.error.CandorException;
import io.netty.handler.codec.http2.Http2SecurityUtil;
import io.netty.handler.ssl.ApplicationProtocolConfig;
import io.netty.handler.ssl.ApplicationProtocolConfig.Protocol;
import io.netty.handler.ssl.ApplicationProtocolConfig.SelectedListenerFailureBehavior;
import io.netty.handler.ssl.ApplicationProtocolConfig.SelectorFailureBehavior;
import io.netty.handler.ssl.ApplicationProtocolNames;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SupportedCipherSuiteFilter;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.interfaces.RSAKey;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.net.ssl.SSLException;

/**
 * What a mock shows to clients over TLS.
 *
 * @param certificateChain PEM file, the server's certificate first
 * @param privateKey PEM file of that certificate's key, without a password
 */
public record TlsIdentity(Path certificateChain, Path privateKey) {
  private static final ApplicationProtocolConfig HTTP_2_OR_1 =
      new ApplicationProtocolConfig(
          Protocol.ALPN,
          SelectorFailureBehavior.NO_ADVERTISE,
          SelectedListenerFailureBehavior.ACCEPT,
          ApplicationProtocolNames.HTTP_2,
          ApplicationProtocolNames.HTTP_1_1);

  /** PKCS #8; of other forms, the JDK reads none. */
  private static final Pattern PRIVATE_KEY =
      Pattern.compile("-----BEGIN PRIVATE KEY-----([^-]+)-----END PRIVATE KEY-----");

  /**
   * Reads both files.
   *
   * @throws CandorException where one cannot be read, or they do not belong together, with its flag
   *     and name
   */
  SslContext serverContext() {
    byte[] chain = read("--tls-cert", certificateChain);
    byte[] key = read("--tls-key", privateKey);
    List<X509Certificate> certificates = certificates(chain);
    try {
      return SslContextBuilder.forServer(
              key(key, certificates.getFirst().getPublicKey()), certificates)
          .ciphers(Http2SecurityUtil.CIPHERS, SupportedCipherSuiteFilter.INSTANCE)
          .applicationProtocolConfig(HTTP_2_OR_1)
          .build();
    } catch (SSLException e) {
      throw CandorException.user(
          "--tls-cert, --tls-key: cannot serve with %s and %s: %s"
              .formatted(certificateChain, privateKey, e.getMessage()));
    }
  }

  private List<X509Certificate> certificates(byte[] chain) {
    String found = "none found";
    try {
      List<X509Certificate> certificates =
          CertificateFactory.getInstance("X.509")
              .generateCertificates(new ByteArrayInputStream(chain))
              .stream()
              .map(X509Certificate.class::cast)
              .toList();
      if (!certificates.isEmpty()) {
        return certificates;
      }
    } catch (CertificateException e) {
      found = String.valueOf(e.getMessage());
    }
    throw CandorException.user(
        "--tls-cert: %s must hold a certificate chain in PEM: %s"
            .formatted(certificateChain, found));
  }

  /** Every handshake with another certificate's key would fail, and only the clients would know. */
  private PrivateKey key(byte[] pem, PublicKey certified) {
    Matcher matcher = PRIVATE_KEY.matcher(new String(pem, StandardCharsets.US_ASCII));
    if (!matcher.find()) {
      throw CandorException.user(
          "--tls-key: %s must hold a private key in PEM (PKCS #8), without a password: none found"
              .formatted(privateKey));
    }
    String found = "it is another's";
    try {
      PrivateKey key =
          KeyFactory.getInstance(certified.getAlgorithm())
              .generatePrivate(
                  new PKCS8EncodedKeySpec(Base64.getMimeDecoder().decode(matcher.group(1))));
      if (belongTogether(key, certified)) {
        return key;
      }
    } catch (GeneralSecurityException | IllegalArgumentException e) {
      found = "it is not of type " + certified.getAlgorithm();
    }
    throw CandorException.user(
        "--tls-key: %s must hold the private key of the first certificate in %s (--tls-cert): %s"
            .formatted(privateKey, certificateChain, found));
  }

  private static boolean belongTogether(PrivateKey key, PublicKey certified)
      throws GeneralSecurityException {
    if (key instanceof RSAKey ours && certified instanceof RSAKey theirs) {
      return ours.getModulus().equals(theirs.getModulus());
    }
    String algorithm = certified.getAlgorithm();
    Signature signature =
        Signature.getInstance(algorithm.equals("EC") ? "SHA256withECDSA" : algorithm);
    signature.initSign(key);
    byte[] signed = signature.sign();
    signature.initVerify(certified);
    return signature.verify(signed);
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

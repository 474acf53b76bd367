package dev.candor.load.transport.http;

import dev.candor.base.error.CandorException;
import dev.candor.scenario.ClientCertificate;
import dev.candor.scenario.Connections.HttpVersion;
import dev.candor.scenario.Target;
import io.netty.handler.codec.http2.Http2SecurityUtil;
import io.netty.handler.ssl.ApplicationProtocolConfig;
import io.netty.handler.ssl.ApplicationProtocolConfig.Protocol;
import io.netty.handler.ssl.ApplicationProtocolConfig.SelectedListenerFailureBehavior;
import io.netty.handler.ssl.ApplicationProtocolConfig.SelectorFailureBehavior;
import io.netty.handler.ssl.ApplicationProtocolNames;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SupportedCipherSuiteFilter;
import io.netty.handler.ssl.util.InsecureTrustManagerFactory;
import java.nio.file.Path;
import javax.net.ssl.SSLException;

/** What a run's TLS has in common, its sessions among it: they are resumed on any loop. */
final class TlsContext {
  /** One session an address is enough; the JDK keeps several for TLS 1.3, whose are used once. */
  private static final int SESSIONS = 20_000;

  private TlsContext() {}

  static SslContext of(Target target) {
    SslContextBuilder builder = SslContextBuilder.forClient().sessionCacheSize(SESSIONS);
    Path authority = target.certificateAuthority();
    if (!target.verifyTls()) {
      builder
          .trustManager(InsecureTrustManagerFactory.INSTANCE)
          .endpointIdentificationAlgorithm(null);
    } else {
      builder.endpointIdentificationAlgorithm("HTTPS");
      if (authority != null) {
        readable(
            "target.tls.ca: the certificate authority %s cannot be read: %s",
            authority, () -> builder.trustManager(authority.toFile()));
      }
    }
    ClientCertificate own = target.connections().certificate();
    if (own != null) {
      readable(
          "target.tls.cert, target.tls.key: %s must be a certificate chain and its key, in PEM"
              + " (PKCS #8, without a password): %s",
          own.chain() + ", " + own.key(),
          () -> builder.keyManager(own.chain().toFile(), own.key().toFile()));
    }
    if (target.connections().version() == HttpVersion.HTTP_2) {
      builder
          .ciphers(Http2SecurityUtil.CIPHERS, SupportedCipherSuiteFilter.INSTANCE)
          .applicationProtocolConfig(
              new ApplicationProtocolConfig(
                  Protocol.ALPN,
                  SelectorFailureBehavior.NO_ADVERTISE,
                  SelectedListenerFailureBehavior.ACCEPT,
                  ApplicationProtocolNames.HTTP_2));
    }
    try {
      return builder.build();
    } catch (SSLException | IllegalArgumentException e) {
      throw CandorException.user(
          "target.tls: no TLS client can be made of it: %s".formatted(e.getMessage()));
    }
  }

  private static void readable(String message, Object file, Runnable read) {
    try {
      read.run();
    } catch (IllegalArgumentException e) {
      Throwable cause = e.getCause() == null ? e : e.getCause();
      throw CandorException.user(message.formatted(file, cause.getMessage()));
    }
  }
}

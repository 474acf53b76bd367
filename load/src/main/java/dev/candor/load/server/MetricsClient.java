package dev.candor.load.server;

import dev.candor.base.error.CandorException;
import dev.candor.scenario.Target;
import java.io.IOException;
import java.io.InputStream;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import org.jspecify.annotations.Nullable;

/** Asks for pages: in bounded time, up to a bounded size, trusting what the target's TLS trusts. */
final class MetricsClient implements AutoCloseable {
  static final int LARGEST_PAGE = 16 << 20;
  static final Duration PATIENCE = Duration.ofSeconds(2);

  private final HttpClient client;
  private final Target target;

  MetricsClient(Target target) {
    this.target = target;
    HttpClient.Builder builder =
        HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).connectTimeout(PATIENCE);
    Path authority = target.certificateAuthority();
    if (!target.verifyTls()) {
      builder.sslContext(context(new AnyCertificate()));
    } else if (authority != null) {
      builder.sslContext(trusting(authority));
    }
    client = builder.build();
  }

  /** The text of the page, or why there is none: {@link #words} says it. */
  CompletableFuture<String> page(URI url) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(url)
            .timeout(PATIENCE)
            .header("accept", "text/plain, application/openmetrics-text;q=0.5, */*;q=0.1");
    if (target.metrics().auth()) {
      if (target.apiKey() != null) {
        request.setHeader("authorization", "Bearer " + target.apiKey());
      }
      target.headers().forEach(request::setHeader);
    }
    CompletableFuture<HttpResponse<byte[]>> answer =
        client.sendAsync(request.build(), info -> new BoundedBody(LARGEST_PAGE));
    return answer
        // The request's own timeout ends with the head of its answer.
        .copy()
        .orTimeout(PATIENCE.toMillis(), TimeUnit.MILLISECONDS)
        .whenComplete((any, failure) -> answer.cancel(true))
        .thenApply(MetricsClient::text);
  }

  private static String text(HttpResponse<byte[]> answer) {
    if (answer.statusCode() != 200) {
      throw new CompletionException(new IOException("HTTP " + answer.statusCode()));
    }
    return new String(answer.body(), StandardCharsets.UTF_8);
  }

  /** What became of a page, in a few words. */
  static String words(Throwable failure) {
    Throwable cause =
        failure instanceof CompletionException && failure.getCause() != null
            ? failure.getCause()
            : failure;
    if (cause instanceof TimeoutException || cause instanceof java.net.http.HttpTimeoutException) {
      return "no answer within %d s".formatted(PATIENCE.toSeconds());
    }
    if (cause instanceof ConnectException) {
      // Its message is seldom there.
      return "no connection";
    }
    String message = cause.getMessage();
    return message == null ? cause.getClass().getSimpleName() : message;
  }

  private static SSLContext trusting(Path authority) {
    try (InputStream in = Files.newInputStream(authority)) {
      KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
      store.load(null, null);
      int number = 0;
      for (Certificate each : CertificateFactory.getInstance("X.509").generateCertificates(in)) {
        store.setCertificateEntry("ca" + number++, each);
      }
      TrustManagerFactory factory =
          TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
      factory.init(store);
      return context(factory.getTrustManagers());
    } catch (IOException | GeneralSecurityException e) {
      throw CandorException.user(
          "target.tls.ca: the certificate authority %s cannot be read: %s"
              .formatted(authority, e.getMessage()));
    }
  }

  private static SSLContext context(@Nullable TrustManager... trusted) {
    try {
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(null, trusted, null);
      return context;
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("no TLS here", e);
    }
  }

  @Override
  public void close() {
    client.shutdownNow();
    client.close();
  }
}

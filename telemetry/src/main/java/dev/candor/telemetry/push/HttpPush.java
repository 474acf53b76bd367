package dev.candor.telemetry.push;

import dev.candor.scenario.Publish;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.Map;
import java.util.concurrent.Executor;

/** POSTs bodies to one receiver, with its headers. For one thread. */
public final class HttpPush {
  private static final Duration CONNECT = Duration.ofSeconds(2);
  private static final Duration ANSWER = Duration.ofSeconds(5);
  private static final int SHOWN_OF_ANSWER = 200;

  private final Publish.Receiver to;
  private final HttpClient client;

  /**
   * @param executor of the client's threads
   */
  public HttpPush(Publish.Receiver to, Executor executor) {
    this.to = to;
    this.client =
        HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(CONNECT)
            .executor(executor)
            .build();
  }

  /** Where to, without what may be a secret. */
  public String address() {
    URI url = to.url();
    return "%s://%s%s".formatted(url.getScheme(), url.getAuthority(), url.getPath());
  }

  /**
   * Sends {@code body}.
   *
   * @param headers that say what it is
   * @throws IOException where there was no answer, or no good one
   */
  public void post(byte[] body, Map<String, String> headers)
      throws IOException, InterruptedException {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(to.url())
            .timeout(ANSWER)
            .POST(HttpRequest.BodyPublishers.ofByteArray(body));
    headers.forEach(request::setHeader);
    to.headers().forEach(request::setHeader);
    HttpResponse<byte[]> answer =
        client.send(
            request.build(),
            HttpResponse.BodyHandlers.limiting(HttpResponse.BodyHandlers.ofByteArray(), 1 << 20));
    if (answer.statusCode() / 100 != 2) {
      byte[] shown = Arrays.copyOf(answer.body(), Math.min(answer.body().length, SHOWN_OF_ANSWER));
      throw new IOException(
          "HTTP %d %s"
              .formatted(
                  answer.statusCode(),
                  new String(shown, StandardCharsets.UTF_8).strip().replaceAll("\\p{Cntrl}", " ")));
    }
  }
}

package dev.candor.app.run;

import dev.candor.base.error.CandorException;
import dev.candor.base.error.ErrorCode;
import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;

/** Has a server empty its prefix cache ahead of a run. */
final class CacheReset {
  private static final Duration PATIENCE = Duration.ofSeconds(10);

  private CacheReset() {}

  /**
   * Posts to {@code path} of every address, and says so.
   *
   * @throws CandorException where one does not answer with 2xx: what follows would not be cold
   */
  static String reset(List<URI> urls, String path) throws InterruptedException {
    try (HttpClient client =
        HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(PATIENCE)
            .build()) {
      for (URI url : urls) {
        post(client, url.resolve(path));
      }
    }
    return "cache: emptied ahead of the run by " + path;
  }

  private static void post(HttpClient client, URI hook) throws InterruptedException {
    HttpRequest request =
        HttpRequest.newBuilder(hook)
            .timeout(PATIENCE)
            .POST(HttpRequest.BodyPublishers.noBody())
            .build();
    int status;
    try {
      status = client.send(request, HttpResponse.BodyHandlers.discarding()).statusCode();
    } catch (ConnectException e) {
      // Its message is seldom there.
      throw failed(hook, "no connection");
    } catch (IOException e) {
      throw failed(hook, String.valueOf(e.getMessage()));
    }
    if (status / 100 != 2) {
      throw failed(hook, "it answered with status " + status);
    }
  }

  private static CandorException failed(URI hook, String why) {
    return new CandorException(
        ErrorCode.TARGET,
        "workload.cache.reset: %s did not empty the cache: %s".formatted(hook, why));
  }
}

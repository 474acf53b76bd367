package dev.candor.app.run;

import dev.candor.base.error.CandorException;
import dev.candor.base.error.ErrorCode;
import java.io.IOException;
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
    try (HttpClient client = HttpClient.newBuilder().connectTimeout(PATIENCE).build()) {
      for (URI url : urls) {
        URI hook = url.resolve(path);
        HttpRequest request =
            HttpRequest.newBuilder(hook)
                .timeout(PATIENCE)
                .POST(HttpRequest.BodyPublishers.noBody())
                .build();
        int status = client.send(request, HttpResponse.BodyHandlers.discarding()).statusCode();
        if (status / 100 != 2) {
          throw failed(hook, "it answered with status " + status);
        }
      }
    } catch (IOException e) {
      throw failed(urls.getFirst().resolve(path), String.valueOf(e.getMessage()));
    }
    return "cache: emptied ahead of the run by " + path;
  }

  private static CandorException failed(URI hook, String why) {
    return new CandorException(
        ErrorCode.TARGET,
        "workload.cache.reset: %s did not empty the cache: %s".formatted(hook, why));
  }
}

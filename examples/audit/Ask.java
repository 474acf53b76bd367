import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.Random;

/**
 * A tiny application for candor audit: five users ask one question after another until it is ended. Run it as
 * {@code java Ask.java at-once}, which retries without a pause, or {@code java Ask.java backoff}.
 */
public final class Ask {
  private static final HttpClient CLIENT = HttpClient.newHttpClient();
  private static final String URL = System.getenv("OPENAI_BASE_URL") + "/chat/completions";
  private static final Random RANDOM = new Random();

  public static void main(String[] args) {
    boolean atOnce = args.length > 0 && args[0].equals("at-once");
    for (int user = 0; user < 5; user++) {
      int own = user;
      new Thread(() -> askForEver(own, atOnce)).start();
    }
  }

  private static void askForEver(int user, boolean atOnce) {
    for (int question = 0; ; question++) {
      try {
        String body =
            "{\"model\": \"mock-model\", \"messages\": [{\"role\": \"user\", \"content\": \"Question %d of user %d?\"}]}"
                .formatted(question, user);
        if (atOnce) {
          retryAtOnce(body);
        } else {
          retryWithBackoff(body);
        }
        Thread.sleep(700);
      } catch (InterruptedException e) {
        return;
      }
    }
  }

  private static void retryAtOnce(String body) throws InterruptedException {
    for (int attempt = 0; attempt < 50 && pauseMillis(body) >= 0; attempt++) {}
  }

  private static void retryWithBackoff(String body) throws InterruptedException {
    for (int retry = 0; retry < 3; retry++) {
      long asked = pauseMillis(body);
      if (asked < 0) {
        return;
      }
      double own = Math.min(8000, 500 * Math.pow(2, retry)) * (0.5 + RANDOM.nextDouble() / 2);
      Thread.sleep(Math.max(asked + RANDOM.nextInt(200), asked > 0 ? 0 : (long) own));
    }
  }

  /** -1: answered; else for how long the service asks to wait. */
  private static long pauseMillis(String body) throws InterruptedException {
    try {
      HttpRequest request =
          HttpRequest.newBuilder(URI.create(URL))
              .header("content-type", "application/json")
              .POST(HttpRequest.BodyPublishers.ofString(body))
              .build();
      HttpResponse<String> answer = CLIENT.send(request, HttpResponse.BodyHandlers.ofString());
      if (answer.statusCode() == 200) {
        return -1;
      }
      return answer.headers().firstValueAsLong("retry-after-ms").orElse(0);
    } catch (IOException e) {
      return 0;
    }
  }
}

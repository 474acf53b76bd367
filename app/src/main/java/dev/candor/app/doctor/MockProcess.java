package dev.candor.app.doctor;

import dev.candor.app.JavaCommand;
import dev.candor.base.error.CandorException;
import dev.candor.base.error.ErrorCode;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** {@code candor mock} in a process of its own, which ends with this one. */
final class MockProcess implements AutoCloseable {
  private static final Pattern ADDRESS = Pattern.compile("candor mock: (\\S+) .*");

  private final Process process;
  private final URI url;
  private final HttpClient http = HttpClient.newHttpClient();

  private MockProcess(Process process, URI url) {
    this.process = process;
    this.url = url;
  }

  /**
   * Starts it on a free port of loopback and waits until it listens.
   *
   * @param arguments of {@code candor mock}, beside the port
   * @throws CandorException where it does not start
   */
  static MockProcess start(List<String> arguments) {
    List<String> command =
        new ArrayList<>(JavaCommand.of(List.of("mock", "--port", "0", "--until-input-ends")));
    command.addAll(arguments);
    try {
      // Its standard input is a pipe of ours: it closes with us, however we end.
      Process process =
          new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
      return new MockProcess(process, address(process));
    } catch (IOException e) {
      throw failed("cannot start the mock: " + e.getMessage(), e);
    }
  }

  private static URI address(Process process) throws IOException {
    BufferedReader said = process.inputReader(StandardCharsets.UTF_8);
    for (String line = said.readLine(); line != null; line = said.readLine()) {
      Matcher matcher = ADDRESS.matcher(line);
      if (matcher.matches()) {
        return URI.create(matcher.group(1));
      }
    }
    throw failed("the mock ended before it listened; its own words are above", null);
  }

  /** Base address, with {@code /v1}. */
  URI url() {
    return url;
  }

  /** The truth of the last requests, as the mock writes it; its own error is in the first line. */
  InputStream truth(int last) throws InterruptedException {
    return ask("GET", url.resolve("/truth?last=" + last));
  }

  /** Makes the mock forget what was. */
  void forget() throws InterruptedException {
    try {
      ask("DELETE", url.resolve("/truth")).close();
    } catch (IOException e) {
      throw failed("the mock does not answer: " + e.getMessage(), e);
    }
  }

  private InputStream ask(String method, URI address) throws InterruptedException {
    HttpRequest request =
        HttpRequest.newBuilder(address)
            .method(method, HttpRequest.BodyPublishers.noBody())
            .version(HttpClient.Version.HTTP_1_1)
            .build();
    try {
      HttpResponse<InputStream> answer =
          http.send(request, HttpResponse.BodyHandlers.ofInputStream());
      if (answer.statusCode() >= 300) {
        throw failed(
            "the mock answered %s %s with %d".formatted(method, address, answer.statusCode()),
            null);
      }
      return answer.body();
    } catch (IOException e) {
      throw failed("the mock does not answer: " + e.getMessage(), e);
    }
  }

  private static CandorException failed(String what, @Nullable Throwable cause) {
    return new CandorException(ErrorCode.TARGET, "doctor: " + what, cause);
  }

  @Override
  public void close() {
    http.close();
    process.destroy();
    boolean ended = false;
    try {
      ended = process.waitFor(10, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    if (!ended) {
      process.destroyForcibly();
    }
  }
}

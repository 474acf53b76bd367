package dev.candor.scenario.yaml;

import dev.candor.base.error.CandorException;
import dev.candor.base.yaml.Problems;
import dev.candor.base.yaml.Section;
import dev.candor.base.yaml.Value;
import dev.candor.scenario.ClientCertificate;
import dev.candor.scenario.Connections;
import dev.candor.scenario.Connections.HttpVersion;
import java.net.URI;
import java.nio.file.Path;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** Reads the {@code target.connections} section, and of {@code target.tls} our own certificate. */
final class ConnectionsReader {
  private final FileNames files;
  private final UnaryOperator<String> secrets;
  private final Problems problems;

  /**
   * @param secrets puts environment variables in where a text names them
   */
  ConnectionsReader(FileNames files, UnaryOperator<String> secrets, Problems problems) {
    this.files = files;
    this.secrets = secrets;
    this.problems = problems;
  }

  /**
   * @param addresses of the target; 0: the embedded mock
   */
  Connections read(@Nullable Value value, Section tls, int addresses) {
    Section section = new Section(value, problems, Keys.CONNECTIONS);
    HttpVersion version = section.read("http", HttpVersion.HTTP_1_1, ConnectionsReader::version);
    boolean onePerRequest = section.bool("per_request", false);
    boolean keepAlive = section.bool("keep_alive", true);
    int most = section.integer("most", 0, 0);
    if (onePerRequest && version != HttpVersion.HTTP_2) {
      section.problem(
          "per_request", "is of HTTP/2; HTTP/1.1 is always so, or say http: \"2\" beside it");
    }
    if (!keepAlive && version == HttpVersion.HTTP_2 && !onePerRequest) {
      section.problem(
          "keep_alive",
          "found false with many requests on a connection; say per_request: true too");
    }
    if (most > 0 && most < addresses) {
      section.problem(
          "most",
          "found %d, must be at least 1 for each of the %d addresses".formatted(most, addresses));
    }
    if (section.has("unix_socket")) {
      if (section.has("proxy")) {
        section.problem("unix_socket", "stands beside proxy; keep one of them");
      }
      if (addresses != 1) {
        section.problem(
            "unix_socket",
            addresses == 0
                ? "needs a target.url, for its path and host; the embedded mock has no such socket"
                : "is one place, and target.urls names %d".formatted(addresses));
      }
    }
    return new Connections(
        version,
        onePerRequest,
        keepAlive,
        most,
        section.<@Nullable URI>read("proxy", null, this::proxy),
        section.<@Nullable Path>read("unix_socket", null, FileNames::path),
        certificate(tls));
  }

  private static HttpVersion version(String text) {
    for (HttpVersion version : HttpVersion.values()) {
      if (version.key().equals(text)) {
        return version;
      }
    }
    throw CandorException.user("found '%s', must be \"1.1\" or \"2\"".formatted(text));
  }

  /** Messages show the text as it stands in the file: what it resolves to may be a password. */
  private URI proxy(String text) {
    try {
      URI url = new URI(secrets.apply(text));
      boolean known = "http".equals(url.getScheme()) || "socks5".equals(url.getScheme());
      boolean bare = url.getRawPath() == null || url.getRawPath().matches("/?");
      if (known
          && url.getHost() != null
          && url.getPort() > 0
          && TargetReader.hasPort(url)
          && bare
          && url.getQuery() == null) {
        return url;
      }
    } catch (java.net.URISyntaxException e) {
      // Answered below.
    }
    throw CandorException.user(
        "found '%s', must be a proxy such as http://user:${PASSWORD}@127.0.0.1:3128 or socks5://127.0.0.1:1080"
            .formatted(text));
  }

  private @Nullable ClientCertificate certificate(Section tls) {
    Path chain = tls.<@Nullable Path>read("cert", null, files::existing);
    Path key = tls.<@Nullable Path>read("key", null, files::existing);
    if (tls.has("cert") != tls.has("key")) {
      tls.problem(
          tls.has("cert") ? "cert" : "key",
          "stands alone; %s is missing beside it".formatted(tls.has("cert") ? "key" : "cert"));
    }
    return chain == null || key == null ? null : new ClientCertificate(chain, key);
  }
}
